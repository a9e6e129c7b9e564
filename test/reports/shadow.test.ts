/** Rules that are tried out in a report: a section of their own, and nothing of it anywhere else. */
import { renderHtml } from '../../src/reports/html.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import type { ShadowRule } from '../../src/reports/report-input.ts';
import type { ReportRows } from '../../src/reports/report-rows.ts';
import { sheetsOf } from '../../src/reports/sheets.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, reportInput, reportRows } from '../support/report.ts';

const title = { en: 'Postage far under the price', 'zh-CN': '邮资远低于价格' };
const TRIED: ShadowRule[] = [
  { id: 'below-floor-price', title, number: 3, version: 'a'.repeat(16), active: 2 },
  {
    id: 'brand-new',
    title: { en: 'A rule of its own', 'zh-CN': '独立规则' },
    number: 1,
    version: 'b'.repeat(16),
    active: null,
  },
];
const row = { rule: 'below-floor-price', vendor: 'Cheap Labels', currency: 'USD', mills: 0, dismissed: 0 } as const;
const ROWS: Pick<ReportRows, 'shadow' | 'shadowExamples'> = {
  shadow: [
    { ...row, change: 'new', findings: 3, mills: 4_500 },
    { ...row, change: 'gone', findings: 5, dismissed: 4 },
    { ...row, change: 'same', findings: 2, mills: 1_000 },
    { ...row, change: 'changed', vendor: 'ParcelWorks', currency: 'CNY', findings: 1, mills: 7_000 },
    { ...row, rule: 'brand-new', change: 'only', vendor: null, currency: null, findings: 1 },
  ],
  shadowExamples: [
    {
      rule: 'below-floor-price',
      change: 'changed',
      trackingNumber: '9400111899223344556677',
      vendor: 'ParcelWorks',
      severity: 'high',
      amountMills: 7_000,
      currency: 'CNY',
      message: { en: 'Charged <little>.', 'zh-CN': '收费过低。' },
      activeSeverity: 'medium',
      activeMills: 6_000,
      activeCurrency: 'USD',
    },
  ],
};

function report(locale: 'en' | 'zh-CN' = 'en') {
  const { book } = reportInput();
  const wording = loadWording(PROJECT_ROOT, locale);
  return {
    wording,
    model: makeReport(reportInput({ locale, book: { ...book, shadow: TRIED } }), reportRows(ROWS), wording),
  };
}

test('the document tells of each by vendor and currency, and beside the active version', () => {
  const { shadow } = report().model.document;
  expect(shadow).toMatchObject([
    {
      rule: 'below-floor-price',
      number: 3,
      active: 2,
      fires: 6,
      amounts: [
        { value: '7.00', currency: 'CNY' },
        { value: '5.50', currency: 'USD' },
      ],
      compared: { new: 3, gone: 5, changed: 1, same: 2, goneDismissed: 4 },
      vendors: [
        { vendor: 'Cheap Labels', fires: 5, compared: { new: 3, gone: 5, changed: 0, same: 2 } },
        { vendor: 'ParcelWorks', fires: 1, compared: { new: 0, gone: 0, changed: 1, same: 0 } },
      ],
      examples: [
        {
          change: 'changed',
          severity: 'high',
          activeSeverity: 'medium',
          activeAmount: { value: '6.00', currency: 'USD' },
        },
      ],
    },
    { rule: 'brand-new', active: null, fires: 1, amounts: [], compared: null, vendors: [{ vendor: null, fires: 1 }] },
  ]);
});

test('nothing else of the document is another', () => {
  const { shadow: _, ...tried } = report().model.document;
  const { shadow: none, ...others } = makeReport(reportInput(), reportRows(), report().wording).document;
  expect(none).toEqual([]);
  expect(tried).toEqual(others);
});

test.each(LOCALES_SHOWN)('page and workbook tell it in %s', (locale) => {
  const { model, wording } = report(locale);
  const html = renderHtml(model, { root: PROJECT_ROOT, wording });
  expect(html).toContain(wording.say('shadow.title'));
  expect(html).toContain(wording.say('shadow.beside', { rule: 'below-floor-price', number: 3, active: 2 }));
  expect(html).toContain(wording.say('shadow.gone_dismissed', { count: 4 }));
  expect(html).not.toContain('<little>');
  const sheet = sheetsOf(model, wording).find(({ name }) => name === wording.say('sheet.shadow'));
  expect(sheet?.rows).toHaveLength(3);
});

test('without a rule that is tried out there is no section and no sheet', () => {
  const { wording } = report();
  const model = makeReport(reportInput(), reportRows(), wording);
  expect(renderHtml(model, { root: PROJECT_ROOT, wording })).not.toContain(wording.say('shadow.title'));
  expect(sheetsOf(model, wording).map(({ name }) => name)).not.toContain(wording.say('sheet.shadow'));
});
