import type { SavingSums } from '../../../src/core/facts/vendor-input.ts';
import { type GatheredRow, judgeVendors } from '../../../src/core/finding/vendor.ts';
import type { RuleBook } from '../../../src/core/rules/rule.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { shippedBook } from '../../support/judge.ts';

const AS_OF = Date.UTC(2026, 10, 30, 6);

const bought = { service: 'priority_mail', packaging: 'package' } as const;

const savings: SavingSums = {
  labels: 21,
  sameSpeedLabels: 12,
  sameSpeedMills: 24_500,
  slowerMills: 20_500,
  commonest: { ...bought, toService: 'ground_advantage', toPackaging: 'package', labels: 9 },
  commonestSameSpeed: { ...bought, toService: 'priority_mail', toPackaging: 'small_flat_rate_box', labels: 7 },
};

/**
 * What is gathered of a week in which 12 of 30 labels could have been sent as fast for less, and 9 more by slower services;
 * `null` = nothing could be compared.
 */
function aWeek(vendor: string, week: string, over: Partial<SavingSums> | null = {}): GatheredRow[] {
  const purchases = { labels: 30 };
  return [{ vendor, week, gathered: over === null ? { purchases } : { purchases, savings: { ...savings, ...over } } }];
}

const noneAsFast = { sameSpeedLabels: 0, sameSpeedMills: 0, commonestSameSpeed: null };
const none = { ...noneAsFast, labels: 0, slowerMills: 0, commonest: null };
const onlySlower = { ...noneAsFast, labels: 9 };
const noSlower = { labels: 12, slowerMills: 0, commonest: savings.commonestSameSpeed };

/** The shipped rule that names the week. */
const weekly: RuleBook = { ...shippedBook, rules: shippedBook.rules.filter(({ id }) => id === 'cheaper-service') };

/** The same, where buyers are promised no speed. */
const unhurried: RuleBook = { ...weekly, rules: weekly.rules.map((rule) => rule.withParams({ slower_counts: 1 })) };

function judge(rows: readonly GatheredRow[], { asOf = AS_OF, book = weekly } = {}) {
  return judgeVendors(rows, { asOf, book, sha256Hex });
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
    const [later] = judge([...aWeek('Acme', '2026-11-16', { sameSpeedLabels: 11 }), ...aWeek('Acme', '2026-11-23')], {
      asOf: AS_OF + 1e9,
    }).findings;
    expect(later?.id).toBe(first?.id);
    expect(later?.evidence).not.toEqual(first?.evidence);
  });

  test('counts services as fast or faster, and says what slower ones would have saved where nobody was promised a day', () => {
    const [finding] = judge(aWeek('Acme', '2026-11-16')).findings;
    expect(finding).toMatchObject({
      severity: 'info',
      attribution: 'us',
      amount: { mills: 24_500, currency: 'USD' },
      amountKind: 'saving',
    });
    const said = finding?.message.en ?? '';
    expect(said).toContain(
      '12 of 30 labels bought from Acme could have been sent for less by services as fast or faster: by the published commercial prices for at least 24.50 USD less',
    );
    expect(said).toContain(
      'Most often, on 7 labels, it is USPS Priority Mail (Small Flat Rate Box) instead of USPS Priority Mail (own packaging)',
    );
    expect(said).toContain(
      'Slower services would have saved 20.50 USD more, on 9 labels, where no buyer was promised a day',
    );
    expect(said).not.toContain('Ground Advantage');
    expect(finding?.message['zh-CN']).toContain('改用较慢的服务还可再少付 20.50 USD');
  });

  test('speaks of no slower service where none would have saved more', () => {
    const [finding] = judge(aWeek('Acme', '2026-11-16', noSlower)).findings;
    expect(finding?.amount).toEqual({ mills: 24_500, currency: 'USD' });
    expect(finding?.message.en).not.toContain('lower service');
  });

  test('is unknown where only slower services would save, for nobody knows what the buyers were promised', () => {
    const { findings, outcomes } = judge(aWeek('Acme', '2026-11-16', onlySlower));
    expect(findings).toEqual([]);
    expect(outcomes).toMatchObject([{ fires: 0, clear: 0, unknown: 1, missing: { 'week.promises_known': 1 } }]);
  });

  test('counts slower services too where buyers are promised no speed, and keeps the parts apart', () => {
    const rows = [...aWeek('Acme', '2026-11-16'), ...aWeek('Bolt', '2026-11-16', onlySlower)];
    const [both, slower] = judge(rows, { book: unhurried }).findings;
    expect(both?.amount?.mills).toBe(45_000);
    expect(both?.message.en).toContain(
      '21 of 30 labels bought from Acme could have been sent for less: by the published commercial prices for at least 45.00 USD less in all, 24.50 USD of it by services as fast or faster and 20.50 USD by slower ones',
    );
    expect(both?.message.en).toContain('on 9 labels, it is USPS Ground Advantage (own packaging)');
    expect(slower?.amount?.mills).toBe(20_500);
    expect(slower?.message.en).toContain(
      '9 of 30 labels bought from Bolt could have been sent for less by slower services',
    );
  });

  test('waits for the end of the week', () => {
    const sunday = Date.UTC(2026, 10, 22, 23, 59);
    expect(judge(aWeek('Acme', '2026-11-16'), { asOf: sunday }).findings).toEqual([]);
    expect(judge(aWeek('Acme', '2026-11-16'), { asOf: sunday + 60_000 }).findings).toHaveLength(1);
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
