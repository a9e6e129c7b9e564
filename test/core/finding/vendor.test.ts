import type { SavingSums } from '../../../src/core/facts/vendor-input.ts';
import { type GatheredRow, judgeVendors } from '../../../src/core/finding/vendor.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { shippedBook } from '../../support/judge.ts';

const AS_OF = Date.UTC(2026, 10, 30, 6);

const savings: SavingSums = {
  labels: 12,
  sameSpeedMills: 4_000,
  slowerMills: 20_500,
  commonest: {
    service: 'priority_mail',
    packaging: 'package',
    toService: 'ground_advantage',
    toPackaging: 'package',
    labels: 9,
  },
};

/** What is gathered of a week in which 12 of 30 labels could have been sent for less; `null` = nothing could be compared. */
function aWeek(vendor: string, week: string, over: Partial<SavingSums> | null = {}): GatheredRow[] {
  const purchases = { labels: 30 };
  return [{ vendor, week, gathered: over === null ? { purchases } : { purchases, savings: { ...savings, ...over } } }];
}

const none: SavingSums = { labels: 0, sameSpeedMills: 0, slowerMills: 0, commonest: null };

function judge(rows: readonly GatheredRow[], asOf = AS_OF) {
  return judgeVendors(rows, { asOf, book: shippedBook, sha256Hex });
}

describe('a rule about vendors that names the week', () => {
  test('finds once a vendor and week, under keys no barcode can be', () => {
    const { findings } = judge([
      ...aWeek('Acme', '2026-11-16'),
      ...aWeek('Acme', '2026-11-23'),
      ...aWeek('Bolt', '2026-11-16'),
    ]);
    expect(
      findings.map(({ rule, subject, trackingNumber, vendor, evidence }) => [
        rule,
        subject,
        trackingNumber,
        vendor,
        evidence['week.start'],
      ]),
    ).toEqual([
      ['cheaper-service', 'vendor', '@vendor/Acme', 'Acme', '2026-11-16'],
      ['cheaper-service', 'vendor', '@vendor/Acme', 'Acme', '2026-11-23'],
      ['cheaper-service', 'vendor', '@vendor/Bolt', 'Bolt', '2026-11-16'],
    ]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(3);
  });

  test('gives a week the same identity whatever it says and whenever it is judged', () => {
    const [first] = judge(aWeek('Acme', '2026-11-16')).findings;
    const [later] = judge(
      [...aWeek('Acme', '2026-11-16', { labels: 20 }), ...aWeek('Acme', '2026-11-23')],
      AS_OF + 1e9,
    ).findings;
    expect(later?.id).toBe(first?.id);
    expect(later?.evidence).not.toEqual(first?.evidence);
  });

  test('says in words how much, how fast and by which change, and that it is a saving', () => {
    const [finding] = judge(aWeek('Acme', '2026-11-16')).findings;
    expect(finding).toMatchObject({
      severity: 'info',
      attribution: 'us',
      amount: { mills: 24_500, currency: 'USD' },
      amountKind: 'saving',
    });
    expect(finding?.message.en).toContain('12 of 30 labels bought from Acme');
    expect(finding?.message.en).toContain(
      'at least 24.50 USD less in all, 4.00 USD of it by services as fast or faster and 20.50 USD by slower ones',
    );
    expect(finding?.message.en).toContain(
      'USPS Ground Advantage (own packaging) instead of USPS Priority Mail (own packaging)',
    );
    expect(finding?.message['zh-CN']).toContain('USPS Ground Advantage（自备包装）');
  });

  test('waits for the end of the week', () => {
    const sunday = Date.UTC(2026, 10, 22, 23, 59);
    expect(judge(aWeek('Acme', '2026-11-16'), sunday).findings).toEqual([]);
    expect(judge(aWeek('Acme', '2026-11-16'), sunday + 60_000).findings).toHaveLength(1);
  });

  test('counts an answer a vendor and week: fires, clear without a saving, unknown where nothing had a price', () => {
    const { outcomes } = judge([
      ...aWeek('Acme', '2026-11-16'),
      ...aWeek('Bolt', '2026-11-16', none),
      ...aWeek('Cut', '2026-11-16', null),
    ]);
    expect(outcomes).toEqual([
      { rule: 'cheaper-service', fires: 1, clear: 1, unknown: 1, missing: { 'week.saving_labels': 1 } },
    ]);
  });

  test('answers nothing about a vendor told of only as a whole', () => {
    const { findings, outcomes } = judge([{ vendor: 'Acme', week: null, gathered: {} }]);
    expect(findings).toEqual([]);
    expect(outcomes).toMatchObject([{ fires: 0, clear: 0, unknown: 0 }]);
  });

  test('puts what several gatherers tell of one vendor and week together', () => {
    const of = { vendor: 'Acme', week: '2026-11-16' };
    const apart = [
      { ...of, gathered: { purchases: { labels: 30 } } },
      { ...of, gathered: { savings } },
    ];
    expect(judge(apart)).toEqual(judge(aWeek('Acme', '2026-11-16')));
  });

  test('judges the same however its rows are ordered', () => {
    const rows = [...aWeek('Bolt', '2026-11-16'), ...aWeek('Acme', '2026-11-23'), ...aWeek('Acme', '2026-11-16')];
    expect(judge(rows.toReversed())).toEqual(judge(rows));
  });
});
