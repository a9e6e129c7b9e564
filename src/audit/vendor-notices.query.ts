/** How many of each vendor's labels the carrier had in hand, and how many of those bear a notice that is the vendor's. */
import type { QueryRunner } from 'typeorm';
import type { GatheredRow } from '../core/finding/vendor.ts';
import { type AnsweredWeek, noticeRates } from '../core/risk/notices.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { OUTBOUND, WEEK } from './vendor-labels.query.ts';

/** The rule whose findings are counted, as it judged them; what a person dismissed, and what no longer stands, counts not. */
const NOTICE_RULE = 'counterfeit-postage-notice';
const NOT_COUNTED = ['dismissed', 'resolved'];

/**
 * One row a vendor with an outbound label. Money given back, or a void, takes no label out: what the carrier had in hand it had,
 * and a vendor who refunds what was refused would else have sold nothing but good ones. Runs after every label was judged.
 */
export async function gatherNotices(runner: QueryRunner, asOf: Instant): Promise<GatheredRow[]> {
  const weeks: AnsweredWeek[] = await runner.query(
    `SELECT l.vendor, ${WEEK} AS week, (count(*) FILTER (WHERE d.seen_by_carrier))::int AS answers,
            (count(*) FILTER (WHERE d.seen_by_carrier AND n.tracking_number IS NOT NULL))::int AS noticed
       FROM label l
       LEFT JOIN judged d USING (tracking_number)
       LEFT JOIN (SELECT DISTINCT tracking_number, vendor, sale_key FROM finding
                   WHERE rule = $2 AND attribution = 'vendor' AND state <> ALL ($3::text[])) n
         USING (tracking_number, vendor, sale_key)
      WHERE ${OUTBOUND} GROUP BY 1, 2`,
    [formatInstant(asOf), NOTICE_RULE, NOT_COUNTED],
  );
  return [...noticeRates(weeks)].map(([vendor, notices]) => ({ vendor, week: null, gathered: { notices } }));
}
