/** What has been judged, at which revision, by which book, with which answers. */
import type { PoolClient } from 'pg';
import { type Instant, formatInstant } from '../core/units/day.ts';
import type { ParcelJudgement } from '../core/finding/parcel.ts';
import { copyIn, copyLine } from '../platform/database-copy.ts';
import type { ParcelRows } from './parcel-row.ts';

export interface JudgedParcel extends ParcelJudgement {
  trackingNumber: string;
  revision: number;
}

const JUDGED = [
  'revision',
  'book',
  'as_of',
  'next_review_at',
  'due_next_run',
  'outcomes',
  'charge_outcomes',
  'rated',
  'charged_of_rated_mills',
  'expected_mills',
  'sold_by',
  'zone',
  'weight_cell',
  'scale_cell',
  'compared_mills',
  'published_mills',
  'seen_by_carrier',
];
const COLUMNS = ['tracking_number', ...JUDGED].join(', ');

/** Writes the judgements of a slice in the caller's transaction, replacing older ones. */
export async function writeJudged(
  client: PoolClient,
  judged: readonly JudgedParcel[],
  { book, asOf }: { book: string; asOf: Instant },
): Promise<void> {
  const judgedAt = formatInstant(asOf);
  await client.query('CREATE TEMPORARY TABLE IF NOT EXISTS judged_slice (LIKE judged) ON COMMIT DELETE ROWS');
  const lines = judged.map((parcel) =>
    copyLine([
      parcel.trackingNumber,
      String(parcel.revision),
      book,
      judgedAt,
      parcel.nextReviewAt === null ? null : formatInstant(parcel.nextReviewAt),
      parcel.asksOthers ? 't' : 'f',
      arrayText(parcel.outcomes),
      arrayText(parcel.chargeOutcomes),
      String(parcel.rated),
      String(parcel.chargedOfRatedMills),
      String(parcel.expectedMills),
      parcel.pricing?.soldBy ?? null,
      numberText(parcel.pricing?.zone),
      numberText(parcel.pricing?.weightCell),
      numberText(parcel.pricing?.scaleCell),
      numberText(parcel.pricing?.comparedMills),
      numberText(parcel.pricing?.publishedMills),
      parcel.seenByCarrier ? 't' : 'f',
    ]),
  );
  await copyIn(client, `COPY judged_slice (${COLUMNS}) FROM STDIN`, [lines.join('')]);
  await client.query(
    `INSERT INTO judged (${COLUMNS}) SELECT ${COLUMNS} FROM judged_slice
     ON CONFLICT (tracking_number) DO UPDATE SET ${JUDGED.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
}

/** As of when each of the parcels was last judged; those never judged are left out. */
export async function readJudgedAsOf(
  client: PoolClient,
  trackingNumbers: readonly string[],
): Promise<Map<string, Instant>> {
  const { rows } = await client.query<{ tracking_number: string; as_of: number }>(
    `SELECT tracking_number, (extract(epoch from as_of) * 1000)::bigint AS as_of FROM judged WHERE tracking_number = ANY ($1)`,
    [trackingNumbers],
  );
  return new Map(rows.map((row) => [row.tracking_number, row.as_of]));
}

/** Leaves out the parcels that somebody else has judged since they were read: what was judged here is older. */
export async function stillToWrite(
  client: PoolClient,
  slice: readonly Pick<ParcelRows, 'trackingNumber' | 'judgedAsOf'>[],
  judgements: readonly JudgedParcel[],
): Promise<JudgedParcel[]> {
  const numbers = slice.map(({ trackingNumber }) => trackingNumber);
  const now = await readJudgedAsOf(client, numbers);
  const read = new Map(slice.map(({ trackingNumber, judgedAsOf }) => [trackingNumber, judgedAsOf]));
  return judgements.filter(({ trackingNumber }) => (now.get(trackingNumber) ?? null) === read.get(trackingNumber));
}

/** A PostgreSQL array literal of outcome codes, which hold neither quotes nor backslashes. */
function arrayText(codes: readonly string[]): string {
  return `{${codes.map((code) => `"${code}"`).join(',')}}`;
}

function numberText(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
