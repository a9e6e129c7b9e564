/** Holds what comes in against the schema of its route, and names the fields that are wrong. */
import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { type FieldProblem, HttpProblem } from './http-problem.ts';

type Issues = Parameters<
  NonNullable<NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory']>
>[0];

/** More than this tell nobody anything. */
const MOST_ERRORS = 100;

@Injectable()
export class HttpValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: refusal });
  }
}

/** The answer to a request whose parts do not fit; with one wrong field its sentence stands in the detail itself. */
function refusal(issues: Issues): HttpProblem {
  const errors = issues.slice(0, MOST_ERRORS).map(fieldProblem);
  const [first] = errors;
  const sentence = first === undefined ? '' : first.field === '' ? first.message : `${first.field}: ${first.message}`;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more, see errors)` : '';
  return new HttpProblem(400, `the request is not right: ${sentence}${more}`, { errors });
}

function fieldProblem({ path, message }: Issues[number]): FieldProblem {
  const field = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return { field, message };
}
