/** Money of a report: stories of labels, findings and what may be counted of them. */
import fc from 'fast-check';
import type { OpenFinding } from '../../src/reports/report-rows.ts';
import { sumTotals } from '../../src/reports/totals.ts';
import { openFinding } from '../support/report.ts';

let serial = 0;
const finding = (change: Partial<OpenFinding>): OpenFinding => {
  serial += 1;
  return openFinding({ id: serial.toString(16).padStart(32, '0'), goodsMills: null, goodsCurrency: null, ...change });
};
const sale = {
  trackingNumber: '9400111899223344556677',
  vendor: 'Cheap Labels',
  saleKey: 'CL-1',
  currency: 'USD',
  purchasedDay: '2026-11-16',
};
const nothingJudged = { audited: 0, rated: 0, chargedOfRatedMills: 0, expectedMills: 0 };

function dollars(findings: OpenFinding[], chargedMills: number[] = [8000]) {
  const charged = chargedMills.map((mills, index) => ({
    ...sale,
    saleKey: `CL-${index + 1}`,
    chargedMills: mills,
    invoicedMills: 0,
    orderId: null,
  }));
  return sumTotals({ sold: [], judged: nothingJudged, findings, charged }).find((row) => row.currency === 'USD');
}

describe('what is at stake', () => {
  test.each<{ story: string; findings: Partial<OpenFinding>[]; charged?: number[]; atStake: string }>([
    { story: 'one finding counts in full', findings: [{ amountMills: 2100 }], atStake: '2.10' },
    {
      story: 'of two findings about a label the greater counts',
      findings: [{ amountMills: 2100 }, { amountMills: 5000 }],
      atStake: '5.00',
    },
    { story: 'never more than was charged', findings: [{ amountMills: 9000 }], atStake: '8.00' },
    {
      story: 'two purchases under one number count each',
      findings: [{ amountMills: 2100 }, { amountMills: 3000, saleKey: 'CL-2' }],
      charged: [8000, 8000],
      atStake: '5.10',
    },
    {
      story: 'a finding about the whole parcel is capped by all its purchases',
      findings: [{ amountMills: 20_000, saleKey: null }],
      charged: [8000, 7000],
      atStake: '15.00',
    },
    {
      story: 'a finding about the parcel does not add to those about its purchases',
      findings: [{ amountMills: 4000, saleKey: null }, { amountMills: 3000 }],
      atStake: '4.00',
    },
    {
      story: 'a finding about a vendor adds its own amount',
      findings: [{ amountMills: 2100 }, { amountMills: 100_000, subject: 'vendor', trackingNumber: '@vendor/x' }],
      atStake: '102.10',
    },
    {
      story: 'what could have been saved was neither lost nor is it at stake',
      findings: [
        { amountMills: 2100 },
        { amountMills: 100_000, amountKind: 'saving', subject: 'vendor', trackingNumber: '@vendor/x' },
      ],
      atStake: '2.10',
    },
    {
      story: 'a finding without an amount adds nothing',
      findings: [{ amountMills: null, currency: null }, { amountMills: 2100 }],
      atStake: '2.10',
    },
  ])('$story', ({ findings, charged, atStake }) => {
    expect(dollars(findings.map(finding), charged)?.atStake).toBe(atStake);
  });

  test('only what can be claimed back is recoverable', () => {
    const findings = [finding({ amountMills: 5000 }), finding({ amountMills: 1350, amountKind: 'recoverable' })];
    expect(dollars(findings)).toMatchObject({ atStake: '5.00', recoverable: '1.35' });
  });

  test('goods of a parcel count once, in their own currency', () => {
    const goods = { goodsMills: 45_000, goodsCurrency: 'CNY' };
    const findings = [finding(goods), finding({ ...goods, goodsMills: 50_000 })];
    const totals = sumTotals({ sold: [], judged: nothingJudged, findings, charged: [] });
    expect(totals.map(({ currency, goodsAtRisk }) => [currency, goodsAtRisk])).toEqual([
      ['CNY', '50.00'],
      ['USD', '0.00'],
    ]);
  });

  describe('goods of an order count once', () => {
    const goodsOf = (
      parcels: { number: string; orderId: string | null; saleKey?: string | null; mills?: number }[],
    ) => {
      const told = parcels.map(({ number, saleKey, mills }) =>
        finding({
          trackingNumber: number,
          saleKey: saleKey === null ? null : 'S',
          goodsMills: mills ?? 300_000,
          goodsCurrency: 'USD',
        }),
      );
      const charged = parcels.map(({ number, orderId }) => ({
        ...sale,
        trackingNumber: number,
        saleKey: 'S',
        chargedMills: 8000,
        invoicedMills: 0,
        orderId,
      }));
      return sumTotals({ sold: [], judged: nothingJudged, findings: told, charged })[0]?.goodsAtRisk;
    };

    test('two refused parcels of one order do not double it', () => {
      const refused = ['1', '2'].map((number) => ({ number, orderId: 'O1' }));
      expect(goodsOf(refused)).toBe('300.00');
    });

    test('a finding about the whole parcel is about the same order', () => {
      expect(
        goodsOf([
          { number: '1', orderId: 'O1', saleKey: null },
          { number: '2', orderId: 'O1' },
        ]),
      ).toBe('300.00');
    });

    test('two orders, or labels without one, stand each for their own; of two values of an order the greater counts', () => {
      const two = (...orderIds: (string | null)[]) =>
        orderIds.map((orderId, index) => ({ number: String(index), orderId, mills: 100_000 * (index + 1) }));
      expect(goodsOf(two('O1', 'O2'))).toBe('300.00');
      expect(goodsOf(two(null, null))).toBe('300.00');
      expect(goodsOf(two('O1', 'O1'))).toBe('200.00');
    });
  });

  describe('about charges', () => {
    const charge = { subject: 'charge', saleKey: null } as const;
    const unsold = { ...charge, trackingNumber: '9400111899223344556684' };

    test('of a label belongs to the label, and what was charged for it may stand on the invoice alone', () => {
      const findings = [
        { amountMills: 6000 },
        { ...charge, saleKey: 'CL-1', rule: 'charge-differs', amountMills: 12_000 },
      ];
      expect(dollars(findings.map(finding))?.atStake).toBe('8.00');
      const invoiced = [{ ...sale, chargedMills: 8000, invoicedMills: 20_000, orderId: null }];
      const totals = sumTotals({ sold: [], judged: nothingJudged, findings: findings.map(finding), charged: invoiced });
      expect(totals[0]?.atStake).toBe('12.00');
    });

    test('of a number without a label counts once, however many rules agree on it', () => {
      const findings = [
        { ...unsold, rule: 'charge-without-label', amountMills: 7850 },
        { ...unsold, rule: 'charge-without-label', amountMills: 1150 },
        { ...unsold, rule: 'duplicate-charge', amountMills: 7850 },
      ];
      expect(dollars(findings.map(finding))?.atStake).toBe('9.00');
    });

    test('an invoice and its own lines are the same money, and of the invoice counts what its lines leave', () => {
      const evidence = { 'charge.invoice_number': '7' };
      const line = { ...unsold, saleKey: 'CL-9', rule: 'duplicate-charge', evidence };
      const lines = [
        { ...line, amountMills: 7850 },
        { ...line, rule: 'charge-differs', amountMills: 2000 },
        { ...line, trackingNumber: '9400111899223344556691', amountMills: 7150 },
        {
          ...line,
          evidence: { 'charge.invoice_number': '8' },
          trackingNumber: '9400111899223344556707',
          amountMills: 1000,
        },
      ];
      const whole = {
        ...charge,
        rule: 'duplicate-invoice',
        trackingNumber: '@invoice/Cheap Labels/7',
        amountMills: 20_000,
      };
      expect(dollars([...lines, whole].map(finding))?.atStake).toBe('21.00');
      expect(dollars([...lines, { ...whole, amountMills: 15_000 }].map(finding))?.atStake).toBe('16.00');
      expect(dollars([...lines, { ...whole, amountMills: 9000 }].map(finding))?.atStake).toBe('16.00');
    });

    test('of invoices and accounts count each by their own amounts', () => {
      const keys = ['@invoice/Cheap Labels/7', '@invoice/Cheap Labels/8', '@Cheap Labels/9'];
      const findings = keys.map((trackingNumber) => ({ ...charge, trackingNumber, amountMills: 50_000 }));
      expect(dollars(findings.map(finding))?.atStake).toBe('150.00');
    });
  });

  test('an amount in another currency than the charge is not capped by it', () => {
    const totals = sumTotals({
      sold: [{ vendor: 'V', currency: 'CNY', labels: 1, chargedMills: 10_000, firstDay: '', lastDay: '' }],
      judged: nothingJudged,
      findings: [finding({ amountMills: 90_000 })],
      charged: [{ ...sale, currency: 'CNY', chargedMills: 10_000, invoicedMills: 0, orderId: null }],
    });
    expect(totals).toMatchObject([
      { currency: 'CNY', charged: '10.00', atStake: '0.00' },
      { currency: 'USD', charged: '0.00', atStake: '90.00' },
    ]);
  });

  test('published prices stand in dollars beside what was charged for the same labels', () => {
    const judged = { audited: 3, rated: 2, chargedOfRatedMills: 5000, expectedMills: 9005 };
    expect(sumTotals({ sold: [], judged, findings: [], charged: [] })).toMatchObject([
      { currency: 'USD', chargedOfRated: '5.00', expected: '9.005' },
    ]);
  });

  test('whatever is found about one label, no more than its charge is at stake, and no more recoverable than that', () => {
    const amounts = fc.array(
      fc.record({ amountMills: fc.nat(20_000), amountKind: fc.constantFrom('recoverable', 'exposure') }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(amounts, fc.nat(10_000), (list, charged) => {
        const totals = dollars(
          list.map((amount) => finding(amount)),
          [charged],
        );
        const atStake = Number(totals?.atStake ?? '0');
        expect(atStake).toBeLessThanOrEqual(charged / 1000);
        expect(Number(totals?.recoverable ?? '0')).toBeLessThanOrEqual(atStake);
      }),
    );
  });
});
