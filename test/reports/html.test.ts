/** The page: self-contained, small, accessible, equal to the document, and deaf to whatever names hold. */
import fc from 'fast-check';
import { renderHtml } from '../../src/reports/html.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import { groupDigits } from '../../src/reports/number-text.ts';
import type { ReportRows } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, openFinding, reportInput, reportRows, rowsToFollow } from '../support/report.ts';

const english = loadWording(PROJECT_ROOT, 'en');
const model = (rows: Partial<ReportRows> = {}) => makeReport(reportInput(), reportRows(rows), english);
const page = (rows: Partial<ReportRows> = {}) => renderHtml(model(rows), { root: PROJECT_ROOT, wording: english });

describe.each(LOCALES_SHOWN)('in %s', (locale) => {
  const wording = loadWording(PROJECT_ROOT, locale);
  const html = renderHtml(makeReport(reportInput({ locale }), reportRows(), wording), { root: PROJECT_ROOT, wording });

  test('it is one file under 100 KB that loads and runs nothing', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(html).not.toMatch(/<(script|link|img|iframe|object)\b|url\(|@import|\bon\w+=/i);
  });

  test('it names its language and its verdict', () => {
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html).toMatch(/<title>.+Cheap Labels.+<\/title>/);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  test('every table of data has a caption, and every heading cell says what it heads', () => {
    const tables = html.match(/<table (?!role="presentation")[^>]*>\s*\S+/g) ?? [];
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) expect(table).toContain('<caption');
    for (const [cell] of html.matchAll(/<th\b[^>]*>/g)) expect(cell).toMatch(/scope="(row|col)"/);
  });

  test('the same report gives the same bytes', () => {
    const again = makeReport(reportInput({ locale }), reportRows(), wording);
    expect(renderHtml(again, { root: PROJECT_ROOT, wording })).toBe(html);
  });
});

test('its figures are those of the document', () => {
  const { document } = model();
  const html = page();
  for (const { currency: _, ...amounts } of document.totals) {
    for (const amount of Object.values(amounts)) expect(html).toContain(`>${groupDigits(amount)}</td>`);
  }
  for (const { fires, clear, unknown } of document.outcomes) {
    expect(html).toMatch(new RegExp(`>${fires}</td>\\s*<td[^>]*>${clear}</td>\\s*<td[^>]*>${unknown}</td>`));
  }
  for (const { why, count } of document.notChecked) {
    expect(html.replaceAll('&#x27;', "'")).toMatch(new RegExp(`${escaped(why)}</td>\\s*<td[^>]*>${count}</td>`));
  }
  for (const { rows, file } of document.sources)
    expect(html).toMatch(new RegExp(`${file}</th>[^]*?>${groupDigits(rows)}</td>`));
});

test('of many findings of one rule the first six are shown, and the number of the others', () => {
  const html = page();
  expect(html).toContain('And 55 more in findings.csv.');
  expect(html.match(/Charged USD 2\.10/g)).toHaveLength(6);
});

test('a report with thousands of findings stays small', () => {
  const findings = Array.from({ length: 5000 }, (_, index) =>
    openFinding({ id: index.toString(16).padStart(32, '0'), saleKey: String(index) }),
  );
  expect(page({ findings }).length).toBeLessThan(100_000);
});

test('without findings it says so, and still says what was not checked', () => {
  const html = page({ findings: [], charged: [] });
  expect(html).toContain('No rule fired.');
  expect(html).toContain('No source was asked about these labels');
});

test('nothing a file holds becomes markup', () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='x",
      '{{lookup}}',
      '</td></table>',
    ),
    fc.string(),
  );
  const tags = (html: string): number => html.match(/<[a-z!/]/gi)?.length ?? 0;
  const plain = tags(page(oneFinding('x')));
  fc.assert(
    fc.property(nasty, (text) => {
      fc.pre(text !== '');
      expect(tags(page(oneFinding(text)))).toBe(plain);
    }),
    { numRuns: 30 },
  );
});

function oneFinding(text: string): Partial<ReportRows> {
  const words = { en: text, 'zh-CN': text };
  const finding = openFinding({
    id: '1'.repeat(32),
    vendor: text,
    labelId: text,
    trackingNumber: `9${text}`,
    message: words,
    nextStep: words,
    evidence: { [`fact.${text}`]: text },
  });
  const sold = [
    { vendor: text, currency: 'USD', labels: 1, chargedMills: 1, firstDay: '2026-11-01', lastDay: '2026-11-01' },
  ];
  return { findings: [finding], sold, answers: [], rated: [] };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

test('a day of the stop list is not broken, and hours that a rule worked out have their unit', () => {
  const [first] = reportRows().findings;
  if (first === undefined) throw new Error('the made-up audit has findings');
  const html = page({ ...rowsToFollow(), findings: [{ ...first, evidence: { hours_before: 204.6 } }] });
  expect(html).toContain('<span style="white-space:nowrap">bought 2026-11-28</span>');
  expect(html).toMatch(/before the purchase by (<[^>]+>)?205 h/);
});
