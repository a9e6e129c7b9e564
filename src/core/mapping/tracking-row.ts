/** A row of a tracking file: something a source said about a parcel, or what a source answered when asked. */
import { ASK_OUTCOMES, type AskOutcome, type CarrierEvent } from '../journey/event.ts';
import type { Result } from '../units/result.ts';
import type { ColumnPlan, Layout } from './column-plan.ts';
import { eventHasher } from './event-hash.ts';
import { trackingNumber } from './key-cells.ts';
import { RowCells } from './row-cells.ts';

const COLUMNS = [
  'tracking_number',
  'event_time',
  'event_code',
  'event_text',
  'city',
  'state',
  'zip',
  'country',
  'source',
  'retrieved_at',
  'outcome',
  'mailpiece_id',
] as const;

export type TrackingColumn = (typeof COLUMNS)[number];
export const TRACKING_LAYOUT: Layout<TrackingColumn> = { columns: COLUMNS, required: ['tracking_number'] };

/** The code under which a carrier's refusal to show a package is passed on as an event (docs: canonical files). */
const REFUSAL_CODE = '150012';

/** One row: an event, or (`ask`) an answer without one, whose instant is when the source was asked. */
export interface TrackingRow extends CarrierEvent {
  kind: 'event' | 'ask';
  trackingNumber: string;
  outcome: AskOutcome | null;
  /** How far the source is trusted: 0 = the carrier itself, greater = trusted less. */
  sourceRank: number;
}

/** What a reader of tracking must be told. */
export interface TrackingReading {
  /** Makes the identity of events. */
  sha256Hex: (text: string) => string;
  sourceRank: (source: string | null) => number;
}

/** What is null on every row of a file that lacks the column. */
export const TRACKING_SOURCES: Readonly<Partial<Record<keyof TrackingRow, TrackingColumn>>> = {
  code: 'event_code',
  text: 'event_text',
  city: 'city',
  state: 'state',
  zip: 'zip',
  country: 'country',
  source: 'source',
  retrievedAt: 'retrieved_at',
  outcome: 'outcome',
  mailpieceId: 'mailpiece_id',
};

type Cells = RowCells<TrackingColumn>;
type Parts = Pick<TrackingRow, 'code' | 'text' | 'city' | 'state' | 'zip' | 'country' | 'source' | 'outcome'>;

/** A function from the cells of a row to its event or answer. */
export function trackingReader(plan: ColumnPlan<TrackingColumn>, { sha256Hex, sourceRank }: TrackingReading) {
  const row = new RowCells(plan);
  const hash = eventHasher(sha256Hex);
  return (cells: readonly string[]): Result<TrackingRow> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const number = trackingNumber(row);
    const eventTime = row.instant('event_time');
    const retrievedAt = row.instant('retrieved_at');
    const parts = partsOf(row);
    const mailpieceId = row.text('mailpiece_id');
    const kind = parts.code === null && parts.text === null && parts.outcome !== null ? 'ask' : 'event';
    const at = kind === 'ask' ? retrievedAt : (eventTime ?? (isRefusal(parts) ? retrievedAt : null));
    if (row.problems.length === 0) checkSaysSomething(row, parts, at);
    if (row.problems.length > 0 || at === null || number === null) return { ok: false, problems: row.problems };
    const identity =
      kind === 'ask'
        ? hash(['ask', parts.outcome, parts.source])
        : hash([parts.code, parts.text, parts.city, parts.state, parts.zip, parts.country]);
    // No spreading: it makes the objects of a large file several times as slow to build.
    const { code, text, city, state, zip, country, source, outcome } = parts;
    return {
      ok: true,
      value: {
        kind,
        trackingNumber: number.canonical,
        at,
        hash: identity,
        code,
        text,
        city,
        state,
        zip,
        country,
        source,
        retrievedAt,
        outcome,
        mailpieceId,
        sourceRank: sourceRank(source),
      },
    };
  };
}

function partsOf(row: Cells): Parts {
  const country = row.country('country');
  return {
    code: eventCode(row.text('event_code')),
    text: collapsed(row.text('event_text')),
    city: collapsed(row.text('city')),
    state: collapsed(row.text('state')),
    zip: row.zip('zip', country),
    country,
    source: row.text('source'),
    outcome: row.word('outcome', ASK_OUTCOMES),
  };
}

/** Codes have two places at least; a spreadsheet makes "3" of "03". */
function eventCode(text: string | null): string | null {
  if (text === null) return null;
  return text.length === 1 && text >= '0' && text <= '9' ? `0${text}` : text.toUpperCase();
}

/** A refusal is dated by when it was met; the carrier gives it no time of its own. */
function isRefusal(parts: Parts): boolean {
  return parts.code === REFUSAL_CODE || parts.outcome === 'withheld';
}

function checkSaysSomething(row: Cells, parts: Parts, at: number | null): void {
  if (parts.code === null && parts.text === null) {
    if (parts.outcome === null)
      row.reject('event_code', 'is empty, and so are event_text and outcome: the row says nothing');
    else if (at === null) row.reject('retrieved_at', 'is required on a row that only states an outcome');
  } else if (at === null) {
    row.reject('event_time', 'is required and empty');
  }
}

/** Runs of white space as one space: sources differ in them, events do not. */
function collapsed(text: string | null): string | null {
  return text === null || !/\s\s|[^\S ]/.test(text) ? text : text.replace(/\s+/g, ' ');
}
