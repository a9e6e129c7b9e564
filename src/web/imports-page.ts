/** What the pages of imports show: the list with a place to drop files, and one import with its rejected rows. */
import type { ImportView, RejectedView } from '../ingest/import-view.ts';
import { IMPORT_KINDS } from '../ingest/import-request.ts';
import { rejectedRowsName } from '../ingest/shown-name.ts';
import { groupDigits } from '../reports/number-text.ts';
import type { Wording } from '../reports/wording.ts';
import type { PageWords } from './page.ts';

export interface ImportsPageInput {
  imports: readonly ImportView[];
  /** Address of the earlier ones; null at the end. */
  next: string | null;
  /** Whether the reader may bring files. */
  mayBring: boolean;
  /** Sentences about files that were not taken. */
  problems: readonly string[];
  /** How many files were just taken. */
  received: number;
}

/** The list, the newest first. */
export function importsPage(input: ImportsPageInput, words: PageWords) {
  const { imports, next, mayBring, problems, received } = input;
  const { wording } = words;
  return {
    title: wording.say('imports.title'),
    mayBring,
    problems,
    received: received === 0 ? null : wording.say('imports.received', { count: received }),
    kinds: IMPORT_KINDS.map((kind) => ({ kind, name: wording.say(`kind.${kind}`) })),
    imports: imports.map((view) => summary(view, words)),
    next,
  };
}

export interface ImportPageInput {
  view: ImportView;
  rejected: readonly RejectedView[];
  /** Address of further problems; null at the end. */
  next: string | null;
}

/** One import. */
export function importPage({ view, rejected, next }: ImportPageInput, words: PageWords) {
  const { wording } = words;
  const refused = view.importId !== null && view.rejected > 0;
  return {
    title: view.file,
    ...summary(view, words),
    running: !hasEnded(view),
    problem: view.problem,
    bytes: wording.say('imports.bytes', { count: view.bytes }),
    personal: view.personalDropped === 0 ? null : wording.say('imports.personal', { count: view.personalDropped }),
    problems: rejected.map(({ row, field, problem, value }) => ({
      row: groupDigits(row),
      field,
      problem,
      value: value ?? '',
    })),
    rejectedFile: refused
      ? { href: `/api/v1/imports/${view.id}/rejected-rows?format=csv`, name: rejectedRowsName(view.file) }
      : null,
    next,
  };
}

function summary(view: ImportView, { wording, instantText }: PageWords) {
  const { id, state, file, kind, vendor, rows, accepted, repeated, rejected, receivedAt, receivedBy } = view;
  const counted = state === 'done';
  return {
    id,
    href: `/imports/${id}`,
    file,
    state,
    stateText: stateText(view, wording),
    kind: kind !== null && wording.knows(`kind.${kind}`) ? wording.say(`kind.${kind}`) : '',
    vendor: vendor ?? '',
    rows: counted ? groupDigits(rows) : '',
    accepted: counted ? groupDigits(accepted) : '',
    repeated: counted ? groupDigits(repeated) : '',
    rejected: counted ? groupDigits(rejected) : '',
    receivedAt: instantText(receivedAt.getTime()),
    receivedBy: receivedBy ?? '',
  };
}

function stateText({ state, progress }: ImportView, wording: Wording): string {
  return wording.say(`imports.state_${state}`, { percent: String(Math.floor(progress * 100)) });
}

function hasEnded({ state }: ImportView): boolean {
  return state === 'done' || state === 'failed';
}
