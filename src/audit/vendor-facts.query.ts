/**
 * What rules about vendors need to know, gathered over every label known by the clock of the audit. A new fact about vendors
 * is its entry in core/facts/vendor.ts and, where it needs another figure, a query of its own in the list here.
 */
import type { QueryRunner } from 'typeorm';
import { type MailerIdUse, sharedMailerIds } from '../core/finding/mailer-id.ts';
import type { GatheredRow } from '../core/finding/vendor.ts';
import type { Day, Instant } from '../core/units/day.ts';
import { gatherSavings } from './saving.query.ts';
import { gatherAnswers } from './vendor-answers.query.ts';
import { gatherDeclared } from './vendor-declared.query.ts';
import { type OfLate, readLatest } from './vendor-labels.query.ts';
import { gatherNotices } from './vendor-notices.query.ts';
import { gatherPrices } from './vendor-prices.query.ts';

/** What the audit knows before it gathers. */
export interface BeforeGathering {
  asOf: Instant;
  /** Read once for labels and vendors, for it asks every label. */
  mailerIds: readonly MailerIdUse[];
  /** Days on which the carrier closed its tracking to everybody. */
  accessClosedOn: readonly Day[];
}

/** Tells one kind of figures, by vendor and week or over all its labels; runs after every label was judged. */
type Gatherer = (runner: QueryRunner, before: BeforeGathering & OfLate) => Promise<GatheredRow[]>;

const GATHERERS: readonly Gatherer[] = [
  async (runner, { asOf }) => gatherSavings(runner, asOf),
  async (_runner, { mailerIds }) => sharedMailerIds(mailerIds),
  async (runner, before) => gatherPrices(runner, before),
  async (runner, before) => gatherDeclared(runner, before),
  async (runner, { asOf }) => gatherNotices(runner, asOf),
  async (runner, { asOf, accessClosedOn }) => gatherAnswers(runner, { asOf, accessClosedOn }),
];

/** Everything that is gathered about vendors as of the instant. */
export async function gatherVendors(runner: QueryRunner, before: BeforeGathering): Promise<GatheredRow[]> {
  const rows: GatheredRow[] = [];
  const known = { ...before, latest: await readLatest(runner, before.asOf) };
  for (const gather of GATHERERS) rows.push(...(await gather(runner, known)));
  return rows;
}
