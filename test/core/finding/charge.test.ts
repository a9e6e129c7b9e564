/** Charges judged by the shipped rules: what they find of lines, numbers and invoices, whom they name, what they leave open. */
import fc from 'fast-check';
import { chargesAsOf } from '../../../src/core/finding/charge.ts';
import type { Finding } from '../../../src/core/finding/finding.ts';
import { judgeInvoices } from '../../../src/core/finding/invoice.ts';
import { decodeChargeOutcomes, encodeChargeOutcomes } from '../../../src/core/finding/outcome-code.ts';
import type { Label } from '../../../src/core/label/label.ts';
import type { ChargeDigest } from '../../../src/core/ledger/charge.ts';
import { NOTHING_COVERED } from '../../../src/core/ledger/coverage.ts';
import { DAY_MS } from '../../../src/core/units/day.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { NUMBER, type Story, answers, book, covered, gappy, judge, sale, told } from '../../support/charge-story.ts';
import { AS_OF, aJourney, aScan } from '../../support/judge.ts';
import { aDigest, aLine, anAdjustment, anInvoice, lines } from '../../support/ledger.ts';

describe('an honest parcel', () => {
  test('charged as it was sold has no finding', () => expect(told({ mailers: {} })).toEqual([]));

  test('is judged once a line and once as a number, each rule where it belongs', () => {
    expect(answers({}, 'duplicate-charge')).toEqual(['clear', null]);
    expect(answers({}, 'own-mailer-id-abused')).toEqual([null, 'unknown: number.mailer_registered']);
    expect(answers({}, 'duplicate-invoice')).toEqual([null, null]);
    expect(answers({ charges: { lines: [], adjustments: [anAdjustment()] } }, 'duplicate-charge')).toEqual([
      null,
      null,
    ]);
  });
});

describe('lines of invoices', () => {
  test.each<[string, Story, [string, string, string, number | null][]]>([
    ['one too many', { charges: aDigest({}, {}) }, [['duplicate-charge', 'medium', 'vendor', 12_000]]],
    ['one too many, given back', { charges: aDigest({}, {}, { amountMills: -12_000 }) }, []],
    [
      'a dollar more than it was sold at',
      { charges: aDigest({ amountMills: 13_000 }) },
      [['charge-differs', 'medium', 'vendor', 1_000]],
    ],
    [
      'a dollar less, a week after the period',
      { charges: aDigest({ amountMills: 11_000 }) },
      [['charge-differs', 'info', 'open', null]],
    ],
    [
      'a dollar less, and nobody knows of a period',
      { charges: aDigest({ amountMills: 11_000 }), coverage: NOTHING_COVERED },
      [],
    ],
    ['no label under the number', { sales: [] }, [['charge-without-label', 'medium', 'vendor', 12_000]]],
    [
      'no label, and twice',
      { sales: [], charges: aDigest({}, {}) },
      [
        ['charge-without-label', 'medium', 'vendor', 12_000],
        ['duplicate-charge', 'medium', 'vendor', 12_000],
      ],
    ],
    [
      'no label, and given back',
      { sales: [], charges: aDigest({}, { chargeType: 'refund', amountMills: -12_000, chargedDay: '2026-11-09' }) },
      [],
    ],
    [
      'no label, on a day without any',
      { sales: [], charges: aDigest({ chargedDay: '2026-11-12' }), coverage: gappy },
      [],
    ],
    [
      'no label, on a day before one without any',
      { sales: [], charges: aDigest({ chargedDay: '2026-11-10' }), coverage: gappy },
      [],
    ],
    [
      'no label, without a day, and some day of the period has none',
      { sales: [], charges: aDigest({ chargedDay: null }), coverage: gappy },
      [],
    ],
    [
      'no label, within the days that have some',
      { sales: [], charges: aDigest({ chargedDay: '2026-11-09' }), coverage: gappy },
      [['charge-without-label', 'medium', 'vendor', 12_000]],
    ],
    ['no label, charged before the first one known', { sales: [], charges: aDigest({ chargedDay: '2026-10-31' }) }, []],
    ['no label, and no label file of the vendor', { sales: [], coverage: { ...covered, sold: [] } }, []],
    [
      'no label, within three days of the end of the period',
      { sales: [], charges: aDigest({ periodTo: '2026-11-29', invoiceDate: '2026-11-30' }) },
      [['charge-without-label', 'info', 'open', null]],
    ],
    [
      'no label, and an adjustment that may be of an older one',
      { sales: [], charges: aDigest({ chargeType: 'adjustment' }) },
      [],
    ],
    [
      "no label of the vendor, but another one's",
      { sales: [{ ...sale, vendor: 'bolt' }] },
      [['charge-without-label', 'medium', 'open', 12_000]],
    ],
    ['a top-up', { sales: [], charges: aDigest({ chargeType: 'top_up' }) }, []],
  ])('%s', (_story, story, expected) => expect(told(story)).toEqual(expected));

  const voided: Label = { ...sale, status: 'voided', voidedAt: Date.UTC(2026, 10, 7, 9), voidedBy: 'us' };
  const late = aDigest({ chargedDay: '2026-11-15' });
  test.each<[string, Story, [string, string, string, number | null][]]>([
    ['and never used', { journey: aJourney() }, [['charged-after-void', 'medium', 'vendor', 12_000]]],
    ['and nobody asked whether it was used', {}, [['charged-after-void', 'medium', 'open', 12_000]]],
    [
      'and used',
      { journey: aJourney({ firstScan: aScan(AS_OF - 9 * DAY_MS) }) },
      [['charged-after-void', 'medium', 'open', 12_000]],
    ],
    [
      'and given back',
      {
        charges: aDigest(
          { chargedDay: '2026-11-15' },
          { chargeType: 'refund', amountMills: -12_000, chargedDay: '2026-11-18' },
        ),
      },
      [],
    ],
    [
      'and given back by the row of the label',
      { sales: [{ ...voided, status: 'refunded', refundedAt: Date.UTC(2026, 10, 18), refundedMills: 12_000 }] },
      [],
    ],
    ['on the day before', { charges: aDigest({ chargedDay: '2026-11-06' }) }, []],
    ['on the day after, which may be the same day elsewhere', { charges: aDigest({ chargedDay: '2026-11-08' }) }, []],
    ['and sold again', { sales: [voided, { ...sale, saleKey: 'L2', labelId: 'L2', purchasedDay: '2026-11-14' }] }, []],
  ])('of a voided label charged later, %s', (_story, story, expected) =>
    expect(told({ sales: [voided], charges: late, ...story })).toEqual(expected),
  );

  test('in another currency than the label are left open, and never compared', () => {
    const cny = { charges: aDigest({ currency: 'CNY' }) };
    expect(told(cny)).toEqual([]);
    expect(answers(cny, 'charge-differs')[0]).toMatch(/^unknown: charge\.leads_part/);
  });

  test('of a number that a spreadsheet spoilt are left open', () => {
    const spoilt = {
      number: '9.4E+21',
      sales: [],
      charges: aDigest({ trackingNumber: '9.4E+21' }, { trackingNumber: '9.4E+21' }),
    };
    expect(told(spoilt)).toEqual([]);
    expect(answers(spoilt, 'duplicate-charge')).toEqual(['clear', 'unknown: number.damaged', null]);
  });

  test('of an account are judged, and the account is no number', () => {
    const account = {
      number: '@acme/INV-11',
      sales: [],
      charges: aDigest({ trackingNumber: null, chargeType: 'fee' }),
    };
    expect(judge(account).outcomes).toHaveLength(1);
    expect(told(account)).toEqual([]);
  });

  test('have a finding each, tied to the label they are for, under an identity of their own', () => {
    const { findings } = judge({ charges: aDigest({}, {}, {}) });
    expect(
      findings.map(({ subject, trackingNumber, vendor, saleKey, labelId }) => [
        subject,
        trackingNumber,
        vendor,
        saleKey,
        labelId,
      ]),
    ).toEqual([1, 2].map(() => ['charge', NUMBER, 'acme', 'L1', 'L1']));
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
    const again = judge({ charges: aDigest({}, {}, {}, { amountMills: -1 }) }).findings;
    expect(again.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
  });

  test('are looked at again when their period is settled', () => {
    const young = judge({ sales: [], charges: aDigest({ periodTo: '2026-11-30', invoiceDate: '2026-11-30' }) });
    expect(young.nextReviewAt).toBe(Date.UTC(2026, 11, 3));
  });
});

describe('what was known by the clock of the audit', () => {
  const digest: ChargeDigest = {
    lines: lines({}, { chargedDay: '2026-12-02', invoiceDate: null }, { invoiceDate: '2026-12-05' }),
    adjustments: [anAdjustment(), anAdjustment({ adjustmentId: 'ADJ-2', notifiedDay: '2026-12-03' })],
  };

  test('leaves out lines and adjustments of later days, and says when the next is known', () => {
    const { charges, nextAt } = chargesAsOf(digest, AS_OF);
    expect(charges?.lines.map(({ lineNumber }) => lineNumber)).toEqual(['1']);
    expect(charges?.adjustments.map(({ adjustmentId }) => adjustmentId)).toEqual(['ADJ-1']);
    expect(nextAt).toBe(Date.UTC(2026, 11, 2));
  });

  test('is all of it in time, and nothing where nothing is', () => {
    expect(chargesAsOf(digest, AS_OF + 9 * DAY_MS)).toEqual({ charges: digest, nextAt: null });
    expect(chargesAsOf(null, AS_OF)).toEqual({ charges: null, nextAt: null });
    expect(chargesAsOf({ lines: [aLine({ chargedDay: '2026-12-02' })], adjustments: [] }, AS_OF).charges).toBeNull();
  });
});

describe('invoices', () => {
  const bench = { asOf: AS_OF, book, sha256Hex };
  const again = anInvoice({ invoiceNumber: 'INV-10-B', invoiceDate: '2026-11-05' });

  test('said twice are told once, under a key no barcode can be', () => {
    const { findings, outcomes } = judgeInvoices([again, anInvoice()], bench);
    expect(
      findings.map(({ rule, subject, trackingNumber, vendor, amount }) => [
        rule,
        subject,
        trackingNumber,
        vendor,
        amount?.mills,
      ]),
    ).toEqual([['duplicate-invoice', 'charge', '@invoice/acme/INV-10-B', 'acme', 120_000]]);
    expect(outcomes).toEqual([{ rule: 'duplicate-invoice', fires: 1, clear: 1, unknown: 0, missing: {} }]);
  });

  test('that may be the same are counted as unknown', () => {
    const blank = { numberedLines: 0, periodFrom: null, periodTo: null };
    const { outcomes } = judgeInvoices([anInvoice(blank), { ...again, ...blank }], bench);
    expect(outcomes).toMatchObject([{ fires: 0, clear: 1, unknown: 1, missing: { 'invoice.repeats': 1 } }]);
  });

  test('in two currencies are two, each with an identity of its own', () => {
    const rows = [anInvoice(), again].flatMap((invoice) => [invoice, { ...invoice, currency: 'CNY' }]);
    const { findings } = judgeInvoices(rows, bench);
    expect(findings.map(({ amount }) => amount?.currency)).toEqual(['CNY', 'USD']);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  test('of two vendors are never the same', () => {
    expect(judgeInvoices([anInvoice(), { ...again, vendor: 'bolt' }], bench).findings).toEqual([]);
  });
});

test('outcomes about charges are kept as one text, with a place for every rule', () => {
  const { outcomes } = judge({ charges: aDigest({}, {}) });
  for (const some of outcomes) {
    const plain = some.map((outcome) => outcome && { ...outcome, finding: undefined });
    expect(decodeChargeOutcomes(encodeChargeOutcomes(some))).toEqual(
      plain.map((outcome) => (outcome?.answer === 'fires' ? { answer: 'fires' } : outcome)),
    );
  }
});

test('judging is the same whatever the order of lines, and a reversal more never adds a finding', () => {
  const ids = (findings: readonly Finding[], rule: string): number =>
    findings.filter((finding) => finding.rule === rule).length;
  const some = fc.record({
    chargeType: fc.constantFrom('postage' as const, 'surcharge' as const, 'refund' as const, 'adjustment' as const),
    amountMills: fc.constantFrom(-12_000, 4_000, 12_000, 13_000),
    chargedDay: fc.constantFrom(null, '2026-11-05', '2026-11-15'),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), fc.boolean(), (overs, isSold) => {
      const all = lines(...overs);
      const sales = isSold ? [sale] : [];
      const before = judge({ sales, charges: { lines: all, adjustments: [] } });
      expect(judge({ sales, charges: { lines: all.toReversed(), adjustments: [] } })).toEqual(before);
      const reversal = aLine({
        lineNumber: '99',
        chargeType: 'refund',
        amountMills: -12_000,
        chargedDay: '2026-11-18',
      });
      const after = judge({ sales, charges: { lines: [...all, reversal], adjustments: [] } });
      for (const rule of ['duplicate-charge', 'charge-without-label', 'charged-after-void']) {
        expect(ids(after.findings, rule)).toBeLessThanOrEqual(ids(before.findings, rule));
      }
    }),
  );
});
