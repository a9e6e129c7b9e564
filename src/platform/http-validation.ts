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
  const problems = issues.flatMap(fieldProblems);
  const errors = problems.slice(0, MOST_ERRORS);
  const [first] = errors;
  const sentence = first === undefined ? '' : first.field === '' ? first.message : `${first.field}: ${first.message}`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more, see errors)` : '';
  return new HttpProblem(400, `the request is not right: ${sentence}${more}`, { errors });
}

/** Fields that nobody knows are told by zod in one issue about what holds them. */
function fieldProblems(issue: Issues[number]): FieldProblem[] {
  const place = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  const unknown: unknown[] = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys : [];
  const places = unknown.length === 0 ? [place] : unknown.map((key) => [...place, String(key)]);
  return places.map((path) => ({ field: path.join('.'), message: issue.message }));
}
