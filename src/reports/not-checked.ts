/** What an audit did not look at, and why: the difference between "nothing found" and "nothing to see". */
import { HOUR_MS, type Instant } from '../core/units/day.ts';
import { compareText } from './order.ts';
import type { NotChecked, ReportOutcome } from './report-document.ts';
import type { LateSource, ReportInput } from './report-input.ts';
import type { AnswerRow, ReportRows, WithoutLabel } from './report-rows.ts';
import { vendorsLost } from './source-loss.ts';
import type { Wording } from './wording.ts';

/** Tracking older than this cannot speak of the last two days before the audit. */
const STALE_AFTER_HOURS = 48;

export interface NotCheckedInput {
  input: Pick<ReportInput, 'asOf' | 'locale' | 'sources' | 'book' | 'notRead' | 'laterRows' | 'lateSources'>;
  rows: Pick<ReportRows, 'received' | 'answers' | 'judged' | 'latestNewsMs' | 'withoutLabel' | 'sold' | 'findings'>;
  /** Of the rules about labels. */
  outcomes: readonly ReportOutcome[];
  /** Of the rules about vendors. */
  aboutVendors: readonly ReportOutcome[];
  /** Of the rules about charges. */
  aboutCharges: readonly ReportOutcome[];
  wording: Wording;
}

/**
 * Everything left out, in this order: files that did not come, vendors whose tracking was lost, tracking without an answer, purchases without a published price, answers each
 * rule could not give (rules in the order of the book, the most frequent cause first; those about labels, then those about vendors and about charges), rows and files, later rows, what was told about numbers
 * without a label, and values about people that were dropped.
 */
export function listNotChecked({
  input,
  rows,
  outcomes,
  aboutVendors,
  aboutCharges,
  wording,
}: NotCheckedInput): NotChecked[] {
  return [
    ...(input.lateSources ?? []).flatMap((late) => entry(SOURCE_LATE, lateText(late, wording), 1)),
    ...lostTracking(rows, wording),
    ...trackingGaps(rows.answers, wording),
    ...staleTracking(input, rows, wording),
    ...entry('price', wording.say('not_checked.price'), rows.judged.audited - rows.judged.rated),
    ...outcomes.flatMap((outcome) => unknownAnswers(outcome, input, wording)),
    ...aboutVendors.flatMap((outcome) => unknownAbout('vendor', outcome, input, wording)),
    ...aboutCharges.flatMap((outcome) => unknownAbout('charge', outcome, input, wording)),
    ...input.sources.flatMap(({ file, rejected }) =>
      entry('rows', wording.say('not_checked.rejected', { file }), rejected),
    ),
    ...input.notRead.flatMap(({ file, why, sent }) =>
      entry(sent ? SOURCE_UNREAD : 'file', wording.say('not_checked.file', { file, why }), 1),
    ),
    ...entry('labels', wording.say('not_checked.later_labels'), input.laterRows.labels),
    ...entry('labels', wording.say('not_checked.unjudged'), unjudged(input, rows)),
    ...entry('events', wording.say('not_checked.later_events'), input.laterRows.events),
    ...entry(CHARGES, wording.say('not_checked.later_charges'), input.laterRows.charges ?? 0),
    ...withoutLabel(rows.withoutLabel, wording),
    ...input.sources.flatMap(({ file, personalDropped }) =>
      entry('personal_data', wording.say('not_checked.personal_data', { file }), personalDropped),
    ),
  ];
}

/** A file that should have come: with it, "nothing found" says little. */
const SOURCE_LATE = 'source_late';
/** A file that somebody sent, not one that merely lay in a folder, of which nothing was read. */
const SOURCE_UNREAD = 'source_unread';

/** A rule about vendors counts vendors, or weeks of theirs. */
const VENDOR_TIMES = 'vendor_times';

/** A rule about charges counts lines, adjustments, invoices or numbers. */
const CHARGES = 'charges';

/** What an entry counts where it does not count labels; all others do. */
const NOT_LABELS: ReadonlySet<string> = new Set([
  SOURCE_LATE,
  SOURCE_UNREAD,
  'rows',
  'file',
  'events',
  'statement_without_label',
  'tracking_without_label',
  'invoice_without_label',
  'personal_data',
  VENDOR_TIMES,
  CHARGES,
]);

/** Whether the entry counts labels that were not checked in full. */
export function countsLabels({ what }: NotChecked): boolean {
  return !NOT_LABELS.has(what);
}

/** Whether the entry tells of a file that belongs in the report: it did not come, or was sent and could not be read. */
export function tellsOfMissingFile({ what }: NotChecked): boolean {
  return what === SOURCE_LATE || what === SOURCE_UNREAD;
}

function lateText({ kind, vendor, hours }: LateSource, wording: Wording): string {
  const labels = kind === 'labels';
  if (hours === null) return wording.say(labels ? 'not_checked.late_labels_never' : 'not_checked.late_tracking_never');
  if (vendor !== null) return wording.say('not_checked.late_vendor', { vendor, hours });
  return wording.say(labels ? 'not_checked.late_labels' : 'not_checked.late_tracking', { hours });
}

/** Statements stand apart and first: a counterfeit notice must not drown among numbers of other people's parcels. */
function withoutLabel({ tracked, stated, charges }: WithoutLabel, wording: Wording): NotChecked[] {
  return [
    ...entry('statement_without_label', wording.say('not_checked.statement_without_label'), stated),
    ...entry('tracking_without_label', wording.say('not_checked.tracking_without_label'), tracked),
    ...entry('invoice_without_label', wording.say('not_checked.invoice_without_label'), charges),
  ];
}

function entry(what: string, why: string, count: number): NotChecked[] {
  return count > 0 ? [{ what, why, count }] : [];
}

function unjudged(
  { laterRows }: NotCheckedInput['input'],
  { received, judged }: Pick<ReportRows, 'received' | 'judged'>,
): number {
  return Math.max(0, received - laterRows.labels - judged.audited);
}

/** All labels of such a vendor: what is found about them, or not, is no longer what the carrier would say. */
function lostTracking({ sold, findings }: Pick<ReportRows, 'sold' | 'findings'>, wording: Wording): NotChecked[] {
  return vendorsLost(findings).flatMap(({ vendor, day }) => {
    const labels = sold.filter((row) => row.vendor === vendor).reduce((sum, row) => sum + row.labels, 0);
    return entry('tracking', wording.say('not_checked.tracking_lost', { vendor, day }), labels);
  });
}

function trackingGaps(answers: readonly AnswerRow[], wording: Wording): NotChecked[] {
  const gaps = ['none', 'no_access', 'not_found', 'error'] as const;
  return gaps.flatMap((gap) => {
    const labels = answers.filter((row) => row.answer === gap).reduce((sum, row) => sum + row.labels, 0);
    return entry('tracking', wording.say(`not_checked.tracking_${gap}`), labels);
  });
}

function staleTracking(
  { asOf, laterRows }: { asOf: Instant; laterRows: { events: number } },
  { answers, latestNewsMs }: Pick<ReportRows, 'answers' | 'latestNewsMs'>,
  wording: Wording,
): NotChecked[] {
  // With later rows set aside the newest news is not known exactly, and being late would be a guess.
  if (latestNewsMs === null || laterRows.events > 0) return [];
  const hours = Math.floor((asOf - latestNewsMs) / HOUR_MS);
  if (hours < STALE_AFTER_HOURS) return [];
  const labels = answers.reduce((sum, row) => sum + row.labels, 0);
  return entry('tracking', wording.say('not_checked.tracking_late', { hours }), labels);
}

function unknownAnswers(
  { rule, missing }: ReportOutcome,
  { book }: Pick<ReportInput, 'book'>,
  wording: Wording,
): NotChecked[] {
  return Object.entries(missing)
    .sort(([factA, a], [factB, b]) => b - a || compareText(factA, factB))
    .flatMap(([fact, count]) => entry(rule, whyUnknown(fact, book, wording), count));
}

function unknownAbout(
  subject: 'vendor' | 'charge',
  { rule, missing }: ReportOutcome,
  { book, locale }: Pick<ReportInput, 'book' | 'locale'>,
  wording: Wording,
): NotChecked[] {
  const rules = subject === 'vendor' ? book.vendorRules : book.chargeRules;
  const title = rules.find(({ id }) => id === rule)?.title[locale] ?? rule;
  return Object.entries(missing).flatMap(([fact, count]) => {
    const why = wording.say('not_checked.about_rule', { rule: title, why: whyUnknown(fact, book, wording) });
    return entry(subject === 'vendor' ? VENDOR_TIMES : CHARGES, why, count);
  });
}

/** The reason in the report's language where it has one, else the dictionary's, else the name of the fact. */
function whyUnknown(fact: string, book: ReportInput['book'], wording: Wording): string {
  const key = `missing.${fact}`;
  if (wording.knows(key)) return wording.say(key);
  const unknownWhen = book.facts[fact]?.unknownWhen ?? null;
  const known = wording.locale === 'en' && unknownWhen !== null;
  return known
    ? wording.say('not_checked.fact_because', { fact, because: unknownWhen })
    : wording.say('not_checked.fact', { fact });
}
