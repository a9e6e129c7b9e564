/** A made-up audit to report on: three vendors, one of them selling counterfeits, with everything a report can show. */
import { projectRoot } from '../../src/platform/config.ts';
import type { Locale, Worded } from '../../src/core/rules/answer.ts';
import type { ReportInput } from '../../src/reports/report-input.ts';
import type { OpenFinding, ReportRows } from '../../src/reports/report-rows.ts';

export const PROJECT_ROOT = projectRoot();
export const AS_OF = Date.UTC(2026, 11, 1, 6);

const titles: Record<string, Worded> = {
  'below-floor-price': { en: 'Sold below the lowest lawful price', 'zh-CN': '售价低于最低合法价格' },
  'counterfeit-postage-notice': { en: 'Carrier reports counterfeit postage', 'zh-CN': '承运商报告邮资系伪造' },
  'never-accepted': { en: 'Bought but never accepted', 'zh-CN': '已购买但从未收寄' },
  'tracking-number-reused': { en: 'One number sold twice', 'zh-CN': '同一单号重复出售' },
  'zone-mismatch': { en: 'Billed for another zone', 'zh-CN': '计费分区不符' },
};

export function reportInput(change: Partial<ReportInput> = {}): ReportInput {
  return {
    asOf: AS_OF,
    locale: 'en',
    timeZone: 'UTC',
    sources: [
      source({
        importIds: ['a'.repeat(64)],
        file: 'labels.csv',
        kind: 'labels',
        rows: 303,
        accepted: 300,
        rejected: 2,
      }),
      source({ importIds: ['b'.repeat(64)], file: 'tracking.csv', kind: 'tracking', rows: 2104, accepted: 2104 }),
    ],
    book: {
      judgedBy: 'b'.repeat(32),
      version: '4f1d2c0b9a8e7d6c',
      rules: Object.entries(titles).map(([id, title]) => ({ id, title })),
      vendorRules: [],
      stopping: { stated: ['counterfeit-postage-notice'], naming: ['counterfeit-postage-notice'], vendorsAtOnce: 5 },
      chargeRules: [],
      facts: {
        'journey.notice_at': { unit: 'instant', unknownWhen: 'No tracking is on file.' },
        'label.charged_mills': { unit: 'mills', unknownWhen: null },
        'label.weight_milli_oz': { unit: 'milli_oz', unknownWhen: 'The label states no weight.' },
        'price.floor_mills': {
          unit: 'mills',
          unknownWhen: 'The parcel could be cubic and no cubic prices are on file.',
        },
      },
    },
    data: { version: '9c3b2a1f0e4d5c6b', priceLists: ['2026-07-12', '2026-10-04'] },
    notRead: [{ file: 'truth.csv', why: 'its header is that of no known file.' }],
    laterRows: { labels: 0, events: 0 },
    ...change,
  };
}

function source(change: Partial<ReportInput['sources'][number]>): ReportInput['sources'][number] {
  const given = {
    importIds: [],
    file: '',
    kind: 'labels',
    vendor: null,
    rows: 0,
    accepted: 0,
    repeated: 0,
    rejected: 0,
    personalDropped: 0,
  };
  const all = { ...given, ...change };
  return { ...all, repeated: all.rows - all.accepted - all.rejected };
}

const sentences: Record<string, { message: Worded; nextStep: Worded }> = {
  'counterfeit-postage-notice': {
    message: {
      en: 'The carrier stated on 2026-11-18 that this package was shipped with fraudulent postage; nothing moved since, and no proof of payment is on file.',
      'zh-CN': '承运商于 2026-11-18 声明该包裹使用了欺诈性邮资；此后无任何移动记录，且未见付款证明。',
    },
    nextStep: {
      en: 'Stop using unused labels of this vendor, ask for the proof of payment of this label, and send a replacement to the customer.',
      'zh-CN': '停止使用该供应商尚未使用的面单，要求其提供该面单的付款证明，并向客户补寄。',
    },
  },
  'below-floor-price': {
    message: {
      en: 'Charged USD 2.10 for postage whose lowest published price less 20% is USD 6.12.',
      'zh-CN': '邮资收费 2.10 美元，而最低公布价格减去 20% 后为 6.12 美元。',
    },
    nextStep: {
      en: 'Ask the vendor which contract allows this price and for the statement of the postage provider.',
      'zh-CN': '请供应商说明何种合同允许该价格，并提供邮资服务商的对账单。',
    },
  },
  'zone-mismatch': {
    message: {
      en: 'Billed for zone 7; origin and destination are in zone 5.',
      'zh-CN': '按 7 区计费，而寄件地与目的地之间为 5 区。',
    },
    nextStep: { en: 'Claim the difference from the vendor.', 'zh-CN': '向供应商索回差额。' },
  },
  'never-accepted': {
    message: {
      en: 'Bought on 2026-11-03 and not accepted by the carrier when tracking was last read on 2026-12-01.',
      'zh-CN': '购于 2026-11-03，截至 2026-12-01 最近一次查询，承运商仍未收寄。',
    },
    nextStep: {
      en: 'Look for the parcel; if it was not sent, ask for a refund in time.',
      'zh-CN': '查找包裹；如未寄出，请及时申请退款。',
    },
  },
};

/** One open finding; everything but its id has a sensible default. */
export function openFinding(change: Partial<OpenFinding> & { id: string }): OpenFinding {
  const rule = change.rule ?? 'counterfeit-postage-notice';
  const words = sentences[rule] ?? {
    message: { en: 'Seen.', 'zh-CN': '已见。' },
    nextStep: { en: 'Ask.', 'zh-CN': '询问。' },
  };
  return {
    trackingNumber: '9400111899223344556677',
    rule,
    ruleVersion: '1',
    severity: 'critical',
    verdict: 'payment_unproven',
    attribution: 'vendor',
    confidence: 'strong',
    subject: 'label',
    vendor: 'Cheap Labels',
    saleKey: 'CL-1',
    labelId: 'CL-1',
    amountMills: 2100,
    currency: 'USD',
    amountKind: 'exposure',
    goodsMills: 45_000,
    goodsCurrency: 'USD',
    deadline: null,
    evidence: { 'journey.notice_at': Date.UTC(2026, 10, 18, 14, 5), 'label.charged_mills': 2100 },
    ...words,
    ...change,
  };
}

const hex = (number: number): string => number.toString(16).padStart(32, '0');
const number = (serial: number): string => `94001118992${String(23_344_550_000 + serial)}`;

function fakes(): OpenFinding[] {
  return Array.from({ length: 23 }, (_, index) =>
    openFinding({ id: hex(index + 1), trackingNumber: number(index), saleKey: `CL-${index}`, labelId: `CL-${index}` }),
  );
}

function cheap(): OpenFinding[] {
  return Array.from({ length: 61 }, (_, index) =>
    openFinding({
      id: hex(1000 + index),
      rule: 'below-floor-price',
      trackingNumber: number(index),
      saleKey: `CL-${index}`,
      labelId: `CL-${index}`,
      verdict: 'price_suspect',
      amountMills: 4020 + index * 10,
      goodsMills: null,
      goodsCurrency: null,
      evidence: { 'label.charged_mills': 2100, 'label.weight_milli_oz': 12_000, 'price.floor_mills': 7650 },
    }),
  );
}

function careless(): OpenFinding[] {
  const zones = Array.from({ length: 9 }, (_, index) =>
    openFinding({
      id: hex(2000 + index),
      rule: 'zone-mismatch',
      severity: 'low',
      verdict: 'billing_error',
      confidence: 'proven',
      vendor: 'ParcelWorks',
      trackingNumber: number(200 + index),
      saleKey: `PW-${index}`,
      labelId: `PW-${index}`,
      amountMills: 1350,
      amountKind: 'recoverable',
      goodsMills: null,
      goodsCurrency: null,
      evidence: { 'label.zone': 7, 'price.zone': 5 },
    }),
  );
  const unsent = openFinding({
    id: hex(3000),
    rule: 'never-accepted',
    severity: 'low',
    verdict: 'process_gap',
    attribution: 'open',
    confidence: 'indicative',
    vendor: 'ParcelWorks',
    trackingNumber: number(260),
    saleKey: 'PW-60',
    labelId: 'PW-60',
    amountMills: 7700,
    amountKind: 'recoverable',
    goodsMills: null,
    goodsCurrency: null,
    deadline: '2026-12-01',
    evidence: { 'label.charged_mills': 7700 },
  });
  return [...zones, unsent];
}

/** What the database would hold for that audit. */
export function reportRows(change: Partial<ReportRows> = {}): ReportRows {
  const findings = [...fakes(), ...cheap(), ...careless()];
  const sales = new Map(findings.map((finding) => [finding.trackingNumber, finding]));
  return {
    received: 300,
    suppressions: [],
    hiddenIds: [],
    shadow: [],
    shadowExamples: [],
    dismissed: [],
    sold: [
      {
        vendor: 'Cheap Labels',
        currency: 'USD',
        labels: 80,
        chargedMills: 168_000,
        firstDay: '2026-11-01',
        lastDay: '2026-11-30',
      },
      {
        vendor: 'Honest Postage',
        currency: 'USD',
        labels: 140,
        chargedMills: 1_103_450,
        firstDay: '2026-11-01',
        lastDay: '2026-11-30',
      },
      {
        vendor: 'ParcelWorks',
        currency: 'USD',
        labels: 80,
        chargedMills: 701_020,
        firstDay: '2026-11-02',
        lastDay: '2026-11-28',
      },
    ],
    answers: [
      { vendor: 'Cheap Labels', answer: 'answered', labels: 70, recent: 0 },
      { vendor: 'Cheap Labels', answer: 'no_access', labels: 10, recent: 0 },
      { vendor: 'Honest Postage', answer: 'answered', labels: 138, recent: 0 },
      { vendor: 'Honest Postage', answer: 'none', labels: 2, recent: 0 },
      { vendor: 'ParcelWorks', answer: 'answered', labels: 80, recent: 0 },
    ],
    rated: [
      { vendor: 'Cheap Labels', rated: 76, recent: 0, chargedOfRatedMills: 159_600, expectedMills: 612_040 },
      { vendor: 'Honest Postage', rated: 139, recent: 0, chargedOfRatedMills: 1_095_100, expectedMills: 1_246_010 },
      { vendor: 'ParcelWorks', rated: 78, recent: 0, chargedOfRatedMills: 684_300, expectedMills: 671_250 },
    ],
    judged: { audited: 300, rated: 293, chargedOfRatedMills: 1_939_000, expectedMills: 2_529_300 },
    vendorOutcomes: [],
    chargeOutcomes: [],
    invoiceOutcomes: [],
    outcomes: [
      { purchases: 190, code: ';;;;' },
      { purchases: 23, code: '!;!;;;' },
      { purchases: 38, code: '!;;;;' },
      { purchases: 9, code: ';;;;!' },
      { purchases: 1, code: ';;!;;' },
      { purchases: 27, code: '?price.floor_mills;;;;' },
      { purchases: 12, code: ';?journey.notice_at;?journey.notice_at;;' },
    ],
    findings,
    charged: [...sales.values()].map((finding) => ({
      trackingNumber: finding.trackingNumber,
      vendor: finding.vendor ?? '',
      saleKey: finding.saleKey ?? '',
      chargedMills: finding.vendor === 'ParcelWorks' ? 8900 : 2100,
      currency: 'USD',
      invoicedMills: 0,
      orderId: null,
      purchasedDay: '2026-11-16',
    })),
    rejected: [
      {
        importId: 'a'.repeat(64),
        row: 17,
        position: 0,
        file: 'labels.csv',
        field: 'charged',
        problem: 'is not an amount: write 12.34',
        value: '12,34',
      },
      {
        importId: 'a'.repeat(64),
        row: 88,
        position: 0,
        file: 'labels.csv',
        field: 'tracking_number',
        problem: 'is empty',
        value: null,
      },
    ],
    peers: [],
    outstanding: { vendors: [], from: '2026-11-01', stop: [], transit: [] },
    claims: [],
    passed: [],
    withoutLabel: { tracked: 0, stated: 0, charges: 0 },
    latestNewsMs: AS_OF - 5 * 3_600_000,
    ...change,
  };
}

export const LOCALES_SHOWN: readonly Locale[] = ['en', 'zh-CN'];

/** The same with something to do: a label to stop, two parcels of one order on their way, and a claim that ends today. */
export function rowsToFollow(): Partial<ReportRows> {
  const vendor = 'Cheap Labels';
  const bought = { vendor, labelId: 'CL-90', orderId: 'SO-90', purchasedAt: '2026-11-28T09:00:00Z', shipDate: null };
  const onItsWay = { orderMills: 45_000, orderCurrency: 'USD', lastScanAt: null, standing: 'scanned' as const };
  return {
    outstanding: {
      vendors: [vendor],
      from: '2026-11-01',
      stop: [{ ...bought, trackingNumber: number(900), chargedMills: 2_100, currency: 'USD', tracked: true }],
      transit: [901, 902].map((serial) => ({ ...bought, ...onItsWay, trackingNumber: number(serial) })),
    },
    claims: [
      {
        id: hex(3000),
        trackingNumber: number(260),
        deadline: '2026-12-01',
        account: 'A-7',
        orderId: 'SO-60',
        purchasedDay: '2026-11-03',
        shipDate: '2026-11-03',
      },
    ],
  };
}
