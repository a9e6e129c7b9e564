/** A report put together: the contract's order, sums that agree, and gaps that are told. */
import fc from 'fast-check';
import { makeReport } from '../../src/reports/make-report.ts';
import { renderJson } from '../../src/reports/json.ts';
import { countsLabels } from '../../src/reports/not-checked.ts';
import { ReportDocumentSchema } from '../../src/reports/report-document.ts';
import type { ReportInput } from '../../src/reports/report-input.ts';
import type { ReportRows } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { PROJECT_ROOT, openFinding, reportInput, reportRows } from '../support/report.ts';

const english = loadWording(PROJECT_ROOT, 'en');
const report = (rows: Partial<ReportRows> = {}, input: Partial<ReportInput> = {}) =>
  makeReport(reportInput(input), reportRows(rows), english);

describe('the document', () => {
  test('has the keys of the contract in their order', () => {
    const { document } = report();
    expect(Object.keys(document)).toEqual([
      'schema',
      'asOf',
      'window',
      'ruleSet',
      'data',
      'sources',
      'labels',
      'outcomes',
      'findings',
      'totals',
      'vendors',
      'notChecked',
      'coverage',
      'stopList',
      'claims',
      'suppressions',
      'suppressedFindings',
      'flaggedRules',
      'shadow',
    ]);
    expect(Object.keys(document.findings[0] ?? {})).toEqual([
      'id',
      'rule',
      'severity',
      'verdict',
      'attribution',
      'confidence',
      'subject',
      'trackingNumber',
      'vendor',
      'labelId',
      'amount',
      'message',
      'evidence',
      'deadline',
      'nextStep',
    ]);
  });

  test('every rule answers once for every purchase', () => {
    const { document } = report();
    for (const { fires, clear, unknown } of document.outcomes) expect(fires + clear + unknown).toBe(300);
    expect(document.outcomes[0]).toEqual({
      rule: 'below-floor-price',
      fires: 61,
      clear: 212,
      unknown: 27,
      missing: { 'price.floor_mills': 27 },
    });
  });

  test('rules about vendors stand among the others, counted by vendor and week, and leave the labels checked', () => {
    const { book } = reportInput();
    const title = { en: 'Another service would have cost less', 'zh-CN': '其他服务更便宜' };
    const missing = { 'week.saving_labels': 2 };
    const answered = { rule: 'cheaper-service', fires: 3, clear: 4, unknown: 2, missing };
    const vendorRules = [{ id: 'cheaper-service', title }];
    const { document } = report({ vendorOutcomes: [answered] }, { book: { ...book, vendorRules } });
    expect(document.outcomes.map(({ rule }) => rule)).toEqual([
      'below-floor-price',
      'cheaper-service',
      'counterfeit-postage-notice',
      'never-accepted',
      'tracking-number-reused',
      'zone-mismatch',
    ]);
    expect(document.outcomes[1]).toEqual(answered);
    expect(document.ruleSet.rules).toBe(6);
    const gap = document.notChecked.find(({ what }) => what === 'vendor_times');
    expect(gap).toEqual({
      what: 'vendor_times',
      why: 'Another service would have cost less: No label of the week has a published price, so that nothing could be compared.',
      count: 2,
    });
    expect(gap && countsLabels(gap)).toBe(false);
  });

  test('a vendor whose tracking was lost is watched, and its labels stand among what was not checked', () => {
    const honest = reportRows();
    const loss = openFinding({
      id: '9'.repeat(32),
      rule: 'tracking-source-lost',
      subject: 'vendor',
      severity: 'high',
      attribution: 'open',
      vendor: honest.sold[0]?.vendor ?? '',
      trackingNumber: `@vendor/${honest.sold[0]?.vendor ?? ''}`,
      saleKey: null,
      evidence: {
        'vendor.answered_before_share': 0.97,
        'vendor.answered_after_share': 0.4,
        'vendor.answers_after_day': '2026-11-24',
      },
    });
    const { document } = report({ findings: [loss] });
    const [sold] = honest.sold;
    const vendor = document.vendors.find((each) => each.vendor === sold?.vendor);
    expect(vendor?.decision).toBe('watch');
    expect(vendor?.reasons.join(' ')).toContain('they answered for 97% of its labels, and since for 40% at best');
    expect(document.notChecked).toContainEqual({
      what: 'tracking',
      why: `Since 2026-11-24 the sources of tracking answer for far fewer labels of ${sold?.vendor} than before; there is no all-clear for them.`,
      count: sold?.labels,
    });
  });

  test('a rule about vendors that no audit has asked yet has answered nothing', () => {
    const { book } = reportInput();
    const vendorRules = [{ id: 'cheaper-service', title: { en: 'Cheaper service', 'zh-CN': '更便宜的服务' } }];
    const { document } = report({}, { book: { ...book, vendorRules } });
    expect(document.outcomes[1]).toEqual({ rule: 'cheaper-service', fires: 0, clear: 0, unknown: 0, missing: {} });
  });

  test('rules about charges count lines, adjustments, numbers and invoices, each rule what it judges', () => {
    const { book } = reportInput();
    const chargeRules = ['charge-without-label', 'duplicate-invoice'].map((id) => ({
      id,
      title: { en: id, 'zh-CN': id },
    }));
    const chargeOutcomes = [
      { code: '!;-', purchases: 2 },
      { code: '?made.up;-', purchases: 5 },
      { code: '-;-', purchases: 7 },
    ];
    const invoiceOutcomes = [{ rule: 'duplicate-invoice', fires: 1, clear: 3, unknown: 0, missing: {} }];
    const { document } = report({ chargeOutcomes, invoiceOutcomes }, { book: { ...book, chargeRules } });
    expect(document.outcomes.filter(({ rule }) => chargeRules.some(({ id }) => id === rule))).toEqual([
      { rule: 'charge-without-label', fires: 2, clear: 0, unknown: 5, missing: { 'made.up': 5 } },
      { rule: 'duplicate-invoice', fires: 1, clear: 3, unknown: 0, missing: {} },
    ]);
    const gap = document.notChecked.find(({ what }) => what === 'charges');
    expect(gap).toEqual({ what: 'charges', why: 'charge-without-label: The fact made.up is not known.', count: 5 });
    expect(gap && countsLabels(gap)).toBe(false);
    const other = [{ code: '!', purchases: 1 }];
    expect(() => report({ chargeOutcomes: other }, { book: { ...book, chargeRules } })).toThrow(/1 rules.* has 2/);
  });

  test('the window ends on the day after the last purchase', () => {
    expect(report().document.window).toEqual({ from: '2026-11-01', to: '2026-12-01', timeZone: 'UTC' });
    expect(report({ sold: [] }).document.window).toMatchObject({ from: null, to: null });
  });

  test('a purchase judged by another number of rules is refused, not miscounted', () => {
    expect(() => report({ outcomes: [{ code: ';;', purchases: 3 }] })).toThrow('judged by 3 rules');
  });

  test('rejected rows stand under the name the file has now', () => {
    const [row] = reportRows().rejected;
    const rejected = row ? [{ ...row, file: 'old-name.csv' }] : [];
    expect(report({ rejected }).rejectedRows.map(({ file }) => file)).toEqual(['labels.csv']);
  });

  test('a finding about a vendor shows no number', () => {
    const findings = [openFinding({ id: 'f'.repeat(32), trackingNumber: '@vendor/x', subject: 'vendor' })];
    expect(report({ findings }).document.findings[0]?.trackingNumber).toBeNull();
  });
});

describe('the order of findings', () => {
  test('severity, then currency and the greatest amount, none last, then id', () => {
    const id = (digit: string): string => digit.repeat(32);
    const findings = [
      openFinding({ id: id('1'), severity: 'low', amountMills: 9000 }),
      openFinding({ id: id('2'), amountMills: null, currency: null }),
      openFinding({ id: id('3'), amountMills: 1000 }),
      openFinding({ id: id('5'), amountMills: 2000 }),
      openFinding({ id: id('4'), amountMills: 2000 }),
      openFinding({ id: id('6'), amountMills: 50, currency: 'CNY' }),
      openFinding({ id: id('7'), severity: 'high' }),
    ];
    expect(
      report({ findings })
        .document.findings.map((finding) => finding.id[0])
        .join(''),
    ).toBe('6453271');
  });

  test('the same findings in any order give the same bytes', () => {
    const whole = reportRows().findings;
    const expected = renderJson(report().document);
    fc.assert(
      fc.property(fc.shuffledSubarray(whole, { minLength: whole.length }), (findings) => {
        expect(renderJson(report({ findings }).document)).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what was not checked', () => {
  const what = (rows: Partial<ReportRows>, input: Partial<ReportInput> = {}) =>
    report(rows, input).document.notChecked.map((gap) => `${gap.what} ${gap.count}`);

  test('every gap of a usual month is told, each with its count', () => {
    expect(what({})).toEqual([
      'tracking 2',
      'tracking 10',
      'price 7',
      'below-floor-price 27',
      'counterfeit-postage-notice 12',
      'never-accepted 12',
      'rows 2',
      'file 1',
    ]);
  });

  test('tracking that stopped two days ago is told for all labels', () => {
    expect(what({ latestNewsMs: reportInput().asOf - 48 * 3_600_000 })).toContain('tracking 300');
    expect(what({ latestNewsMs: reportInput().asOf - 47 * 3_600_000 })).not.toContain('tracking 300');
  });

  test('rows after the clock of the audit are told', () => {
    const gaps = what({ received: 307 }, { laterRows: { labels: 7, events: 41, charges: 3 } });
    expect(gaps).toEqual(expect.arrayContaining(['labels 7', 'events 41', 'charges 3']));
  });

  test('labels that were received and never judged are told', () => {
    expect(what({ received: 304 })).toContain('labels 4');
  });

  test('what was told about numbers that nobody is known to have bought is told, a counterfeit notice apart', () => {
    expect(what({ withoutLabel: { tracked: 5, stated: 1, charges: 3 } }).slice(-3)).toEqual([
      'statement_without_label 1',
      'tracking_without_label 5',
      'invoice_without_label 3',
    ]);
  });

  test('values about people that were dropped are told file by file, and leave the list of sources as it is', () => {
    const sources = reportInput().sources.map((source, index) => ({ ...source, personalDropped: 12 * index }));
    const { document } = report({}, { sources });
    expect(document.notChecked.at(-1)).toMatchObject({ what: 'personal_data', count: 12 });
    expect(document.notChecked.at(-1)?.why).toContain('tracking.csv');
    expect(document.sources).toEqual(report().document.sources);
  });

  test('a missing fact without words of its own is named', () => {
    const gaps = report({ outcomes: [{ code: '?made.up;;;;', purchases: 300 }] }).document.notChecked;
    expect(gaps.find((gap) => gap.what === 'below-floor-price')?.why).toBe('The fact made.up is not known.');
  });
});

test('stored words the contract does not know stop the report', () => {
  const broken = JSON.parse(JSON.stringify(openFinding({ id: 'a'.repeat(32) })).replace('critical', 'dreadful'));
  expect(() => report({ findings: [broken] })).toThrow('severity');
});

test('the schema refuses an amount that is a number', () => {
  const { document } = report();
  const totals = document.totals.map((row) => ({ ...row, charged: 1 }));
  expect(ReportDocumentSchema.safeParse({ ...document, totals }).success).toBe(false);
});
