/** How the sources that were asked about each vendor's parcels answered, day by day. */
import type { QueryRunner } from 'typeorm';
import type { GatheredRow } from '../core/finding/vendor.ts';
import { type AskedDay, lossOf, peersOn } from '../core/risk/answer-loss.ts';
import { SOURCE_KINDS } from '../core/journey/codes.ts';
import { DAY_MS, type Day, type Instant, formatInstant } from '../core/units/day.ts';
import { LIVE, type OfVendor, byVendor } from './vendor-labels.query.ts';

/** Days that are compared. */
const COMPARED_DAYS = 28;
/** So long before them a parcel that nobody ever knew has been asked about often enough to be told from a new one. */
const LEAD_DAYS = 28;
/** A parcel is due to be known two days after its mailing day, and no more asked about after six weeks. */
const DUE_AFTER_DAYS = 2;
const DUE_UNTIL_DAYS = 45;

/**
 * One row a vendor that sources were asked about on days enough. `accessClosedOn` = days on which the carrier closed its
 * tracking to everybody.
 */
export async function gatherAnswers(
  runner: QueryRunner,
  { asOf, accessClosedOn }: { asOf: Instant; accessClosedOn: readonly Day[] },
): Promise<GatheredRow[]> {
  const days = await readDays(runner, asOf);
  return [...byVendor(days)].flatMap(([vendor, own]): GatheredRow[] => {
    const loss = lossOf(own, accessClosedOn);
    if (loss === null) return [];
    const others = days.filter((day) => day.vendor !== vendor);
    const peers = { before: peersOn(loss.before.day, others), after: peersOn(loss.after.day, others) };
    return [{ vendor, week: null, gathered: { answers: { ...loss, peers } } }];
  });
}

/**
 * A label counts on a day on which somebody asked about it, if it was due, and was answered for before or is asked about for
 * the first time. One that nobody has ever known is asked about again every day, and would weigh the more the fewer others
 * are: on Sundays. What a person wrote is no answer.
 */
async function readDays(runner: QueryRunner, asOf: Instant): Promise<OfVendor<AskedDay>[]> {
  return runner.query(
    `WITH told AS (
       SELECT e.tracking_number, (e.retrieved_at AT TIME ZONE 'UTC')::date AS day,
              bool_or(e.outcome IN ('answered', 'withheld')) AS answered, bool_or(e.outcome = 'no_access') AS refused
         FROM event e
        WHERE e.outcome IS NOT NULL AND e.retrieved_at <= $1::timestamptz AND e.retrieved_at > $2::timestamptz
          AND e.source_rank < $4
        GROUP BY 1, 2),
     due AS (
       SELECT l.vendor, t.day, t.answered, t.refused, min(t.day) OVER label AS first,
              min(t.day) FILTER (WHERE t.answered) OVER label AS known
         FROM told t JOIN label l USING (tracking_number)
        WHERE ${LIVE} AND t.day BETWEEN coalesce(l.ship_date, l.purchased_day) + ${DUE_AFTER_DAYS}
          AND coalesce(l.ship_date, l.purchased_day) + ${DUE_UNTIL_DAYS}
       WINDOW label AS (PARTITION BY l.tracking_number, l.vendor, l.sale_key))
     SELECT vendor, day, count(*)::int AS asked, (count(*) FILTER (WHERE answered))::int AS answered,
            (count(*) FILTER (WHERE refused AND NOT answered))::int AS "noAccess"
       FROM due
      WHERE (day = first OR known < day) AND day > ($3::timestamptz AT TIME ZONE 'UTC')::date
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [
      formatInstant(asOf),
      formatInstant(asOf - (COMPARED_DAYS + LEAD_DAYS) * DAY_MS),
      formatInstant(asOf - COMPARED_DAYS * DAY_MS),
      SOURCE_KINDS.indexOf('person'),
    ],
  );
}
