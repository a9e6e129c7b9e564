/** The work of `rules explain`: the answers of a rule for one number or vendor, each taken apart, as text or JSON. */
import { ExplainService, type Explained, type ExplainedRule } from '../audit/explain.service.ts';
import type { ExplainedPart, ExplainedValue, PartValue } from '../core/rules/explain.ts';
import { formatValue } from '../core/rules/format.ts';
import { formatInstant, type Instant, parseWrittenTime } from '../core/units/day.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { UsageError } from '../platform/errors.ts';
import { describeExplanation } from '../reports/explanation.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

/** As commander gathers them. */
export interface ExplainOptions {
  asOf?: string;
  database?: string;
  json?: boolean;
}

/** Prints every answer of the rule. Throws a NotFoundError for a rule, number or vendor that is not known. */
export async function explainRule(
  id: string,
  subject: string,
  { asOf, database, json }: ExplainOptions,
  { io, schema }: { io: CliIo; schema: DatabaseSchema },
): Promise<void> {
  const at = readClock(asOf) ?? io.now();
  const rooms = await openRooms(io, schema, database ?? null);
  try {
    const explained = await rooms.get(ExplainService).explain(id, subject, at);
    io.stdout.write(json === true ? jsonOf(explained, subject, at) : textOf(explained, subject, at));
  } finally {
    await rooms.close();
  }
}

function readClock(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const written = parseWrittenTime(text);
  if (written?.precision === 'instant') return written.instant;
  throw new UsageError(`--as-of takes an ISO 8601 time with its offset, such as 2026-12-01T06:00:00Z; got "${text}"`);
}

function jsonOf({ rule, book, dataVersion, answers }: ExplainedRule, subject: string, at: Instant): string {
  const document = {
    rule: rule.id,
    subject,
    asOf: formatInstant(at),
    status: rule.file.status,
    versions: { rule: rule.version, data: dataVersion, book },
    answers: answers.map(({ about, vendor, explanation }) => ({
      about,
      vendor,
      answer: explanation.result.answer,
      missing: explanation.result.answer === 'unknown' ? explanation.result.missing : [],
      message: explanation.result.answer === 'fires' ? explanation.result.judgement.message : null,
      ...describeExplanation(explanation, null),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function textOf({ rule, book, dataVersion, answers }: ExplainedRule, subject: string, at: Instant): string {
  const head = [
    `${rule.id}: ${rule.title.en}`,
    `about ${subject}, as of ${formatInstant(at)}`,
    `rule version ${rule.file.version} (${rule.version}), ${rule.file.status}; data ${dataVersion}; book ${book}`,
  ];
  const bodies = answers.length === 0 ? ['no week of this vendor is known'] : answers.flatMap(answerLines);
  return `${[...head, ...bodies].join('\n')}\n`;
}

function answerLines({ about, vendor, explanation }: Explained): string[] {
  const { result, when, needs, chosen, facts, lets, params } = explanation;
  const missing = result.answer === 'unknown' ? ` for want of ${result.missing.join(', ')}` : '';
  const named = [...facts, ...lets].map((each) => [each.name, shown(each)] as const);
  const own = params.map((each) => [`params.${each.name}`, paramText(each)] as const);
  return [
    '',
    `${[vendor, about].filter((part) => part !== '').join(', ')}: ${result.answer}${missing}`,
    ...(result.answer === 'fires' ? [result.judgement.message.en] : []),
    '',
    'when (* = decided)',
    ...partLines(when, 0),
    ...(needs.length === 0 ? [] : ['needs']),
    ...needs.flatMap((need) => partLines(need, 0)),
    ...chosen.map(({ what, is, when: by }) => `${what} is ${is}${by === null ? '' : `, since ${by}`}`),
    ...section('facts and lets', named),
    ...section('parameters', own),
  ];
}

const VALUES: Readonly<Record<PartValue, string>> = {
  true: 'true',
  false: 'false',
  unknown: 'unknown',
  not_asked: 'not asked',
};

function partLines({ kind, text, value, decided, parts }: ExplainedPart, depth: number): string[] {
  const shownAs = kind === 'all' ? 'all of' : kind === 'any' ? 'one of' : text;
  const line = `${decided ? '*' : ' '} ${VALUES[value].padEnd(8)} ${'  '.repeat(depth)}${shownAs}`;
  return [line, ...parts.flatMap((part) => partLines(part, depth + 1))];
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

function shown({ value, unit, currency }: ExplainedValue): string {
  return value === null ? 'unknown' : formatValue(value, { unit, currency }, 'en');
}

function paramText(param: ExplainedValue & { standard: number }): string {
  if (param.value === param.standard) return shown(param);
  return `${shown(param)} for this vendor, ${shown({ ...param, value: param.standard })} for others`;
}
