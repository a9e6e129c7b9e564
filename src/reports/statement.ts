/** What a source stated, as the evidence of a finding keeps it: when, by whom, in which words. */
import type { EvidenceValue } from '../core/rules/answer.ts';
import { type Instant, parseWrittenTime, startOfDay } from '../core/units/day.ts';

export interface Statement {
  /** ISO 8601. */
  at: string;
  text: string | null;
  code: string | null;
  source: string | null;
}

/** Evidence of a statement is told by facts of one name: `journey.notice_at`, `_text`, `_code`, `_source`. */
const STATED_TEXT = /^(journey\.\w+)_text$/;

/** Null for a finding that rests on no statement; it then speaks for itself. */
export function statementOf(evidence: Readonly<Record<string, EvidenceValue>>): Statement | null {
  const name = Object.keys(evidence)
    .map((key) => STATED_TEXT.exec(key)?.[1])
    .find((each) => each !== undefined);
  const part = (suffix: string): string | null => {
    const value = evidence[`${name}_${suffix}`];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const at = part('at');
  if (at === null) return null;
  const statement = { at, text: part('text'), code: part('code'), source: part('source') };
  return statement.text === null && statement.code === null ? null : statement;
}

/** When it was stated, or midnight UTC of the day of the adjustment that states it; null for a finding that rests on neither. */
export function statedAt(evidence: Readonly<Record<string, EvidenceValue>>): Instant | null {
  const at = statementOf(evidence)?.at ?? evidence['adjustment.unmanifested_day'];
  const written = typeof at === 'string' ? parseWrittenTime(at) : null;
  return written && (written.instant ?? startOfDay(written.day));
}

/** The same words of one source about some labels. */
export interface StatedTogether {
  statement: Statement;
  /** The latest of them; the statement is the earliest. */
  lastAt: string;
  count: number;
}

/** Equal words of one source together; what was stated most often first. */
export function gatherStatements(statements: readonly Statement[]): StatedTogether[] {
  const groups = new Map<string, StatedTogether>();
  for (const statement of statements) {
    const key = JSON.stringify([statement.source, statement.text, statement.code]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { statement, lastAt: statement.at, count: 1 });
      continue;
    }
    group.count += 1;
    if (statement.at < group.statement.at) group.statement = statement;
    if (statement.at > group.lastAt) group.lastAt = statement.at;
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
