/** Stories of single parcels, imported and audited together over a real database, each with what one rule answers about it. */
import { canonicalNumber } from '../../src/core/barcode/canonical.ts';
import { Auditing, type StoredFinding } from './auditing.ts';
import { useDatabase } from './database.ts';
import { impb } from './month/parcel.ts';

export type Row = Readonly<Record<string, string>>;

/** When all stories are audited, unless one says otherwise. */
export const AS_OF = '2026-12-01T06:00:00Z';

/** What is on file about one number. */
export interface Told {
  /** What is different from an honest label; several for several purchases. */
  label?: Row;
  labels?: readonly Row[];
  /** Rows of a tracking file; without a number they are of this one, without a source of USPS. */
  tracking?: readonly Row[];
  /** Rows of an adjustments file; without a number they are of this one, without a vendor of the honest label's. */
  adjustments?: readonly Row[];
  /** Rows of an invoice, likewise. */
  invoice?: readonly Row[];
}

/**
 * `clear`, `unknown: <missing facts>`, or the finding or findings. Of several purchases the answers, in order of vendor and
 * sale, with `; ` between.
 */
export type Expected = string | Partial<StoredFinding> | readonly Partial<StoredFinding>[];
export type Story = readonly [name: string, told: Told, expected: Expected];

/** An honest label for half a pound from Los Angeles to Phoenix, bought on a Monday and mailed on the next day. */
export function honestLabel(over: Row = {}): Row {
  return {
    vendor: 'Story Labels',
    purchased_at: '2026-11-09T17:00:00Z',
    ship_date: '2026-11-10',
    service: 'ground_advantage',
    rate_type: 'weight',
    packaging: 'package',
    weight_oz: '8',
    origin_zip: '90058',
    destination_zip: '85004',
    charged: '7.31',
    ...over,
  };
}

export const LOS_ANGELES = { city: 'LOS ANGELES', state: 'CA', zip: '90058' };
export const PHOENIX = { city: 'PHOENIX', state: 'AZ', zip: '85004' };
export const NEWARK = { city: 'NEWARK', state: 'NJ', zip: '07102' };
export const HONOLULU = { city: 'HONOLULU', state: 'HI', zip: '96819' };

/** What every adjustment states, made two weeks after the honest label was bought. */
function anAdjustment(id: string): Row {
  return {
    adjustment_id: `ADJ-${id}`,
    vendor: 'Story Labels',
    assessed_at: '2026-11-23T09:00:00Z',
    reason: 'weight',
    amount: '2.50',
  };
}

/** An event by its code, on a day of November and an hour in UTC. */
export function coded(code: string, time: string, more: Row = {}): Row {
  return { event_time: instantOf(time), event_code: code, ...more };
}

/** An event by its words. */
export function said(text: string, time: string, more: Row = {}): Row {
  return { event_time: instantOf(time), event_text: text, ...more };
}

/** How a source answered when it was asked. */
export function asked(outcome: string, time: string, more: Row = {}): Row {
  return { outcome, retrieved_at: instantOf(time), ...more };
}

/** USPS showed all it has a day before the audit. */
export const ANSWERED = asked('answered', '30 05:00');

/** "10 18:00" is the tenth of November, 18:00 UTC; anything else stands as it is. */
function instantOf(time: string): string {
  const match = /^(\d\d) (\d\d:\d\d)$/.exec(time);
  return match ? `2026-11-${match[1]}T${match[2]}:00Z` : time;
}

/** Audits all stories at once and tests each for what the rule answers about its number. */
export function testStories(rule: string, stories: readonly Story[], asOf = AS_OF): void {
  describe(rule, () => {
    const database = useDatabase();
    const auditing = new Auditing(database.dataSource);
    const numbered = stories.map(([name, told, expected], index) => ({ name, expected, ...rowsOf(told, index) }));

    beforeAll(async () => {
      await auditing.take(
        'labels',
        numbered.flatMap(({ labels }) => labels),
      );
      const tracking = numbered.flatMap((story) => story.tracking);
      if (tracking.length > 0) await auditing.take('tracking', tracking);
      const adjustments = numbered.flatMap((story) => story.adjustments);
      if (adjustments.length > 0) await auditing.take('adjustments', adjustments);
      const invoice = numbered.flatMap((story) => story.invoice);
      if (invoice.length > 0) await auditing.take('invoice', invoice);
      await auditing.audit(asOf);
    });

    test.each(numbered)('$name', async ({ number, expected }) => {
      const answers = (await auditing.answers(number, rule)).join('; ');
      if (typeof expected === 'string') return expect(answers).toBe(expected);
      expect(answers).toContain('fires');
      expect(await auditing.findings({ number, rule })).toMatchObject([expected].flat());
    });
  });
}

function rowsOf({ label = {}, labels = [label], tracking = [], adjustments = [], invoice = [] }: Told, index: number) {
  const written = labels[0]?.['tracking_number'] ?? impb('001', '900000092', 1000 + index);
  const number = canonicalNumber(written).canonical;
  return {
    number,
    labels: labels.map((row, sale) => honestLabel({ tracking_number: written, label_id: `S${index}-${sale}`, ...row })),
    tracking: tracking.map((row) => ({ tracking_number: number, source: 'USPS', ...row })),
    adjustments: adjustments.map((row, place) => ({
      tracking_number: number,
      ...anAdjustment(`${index}-${place}`),
      ...row,
    })),
    invoice: invoice.map((row) => ({
      tracking_number: number,
      vendor: 'Story Labels',
      invoice_number: `INV-${index}`,
      ...row,
    })),
  };
}
