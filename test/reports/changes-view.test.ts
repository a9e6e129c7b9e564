/** What changed since the report before: told first on the page and in the workbook, and nowhere where nothing stood before. */
import { renderHtml } from '../../src/reports/html.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import { type ReportChanges, changesBetween, reportedIds } from '../../src/reports/report-changes.ts';
import { compileTemplate, reportEngine, reportStylesheet } from '../../src/reports/report-engine.ts';
import { pageView } from '../../src/reports/page-view.ts';
import { sheetsOf } from '../../src/reports/sheets.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, reportInput, reportRows } from '../support/report.ts';

const wording = loadWording(PROJECT_ROOT, 'en');
const alone = makeReport(reportInput(), reportRows(), wording);
const [first = '', second = '', ...others] = alone.document.findings.map(({ id }) => id);
const changes: ReportChanges = {
  since: '2026-11-30',
  new: [first],
  reopened: [second],
  stillOpen: others,
  resolved: ['f'.repeat(32)],
};

test('the page tells it before everything else', () => {
  const html = renderHtml({ ...alone, changes }, { root: PROJECT_ROOT, wording });
  expect(html).toContain(`1 new, 1 back again, 1 resolved, ${others.length} still open.`);
  expect(html.indexOf('Since 2026-11-30')).toBeLessThan(html.indexOf('>Vendors<'));
  expect(html.match(/<caption[^>]*>(New|Back again)<\/caption>/g)).toHaveLength(2);
});

test('the workbook lists every change, those that are new first', () => {
  const sheet = sheetsOf({ ...alone, changes }, wording).find(({ name }) => name === 'Changes');
  expect(sheet?.rows.map(([change, id]) => [change, id])).toEqual([
    ['New', first],
    ['Back again', second],
    ['Resolved', 'f'.repeat(32)],
  ]);
});

test.each([null, { ...changes, since: null }])(
  'a report that stands alone, or is the first, has no such section',
  (none) => {
    const model = { ...alone, changes: none };
    expect(pageView(model, wording).changes).toBeNull();
    expect(sheetsOf(model, wording).map(({ name }) => name)).not.toContain('Changes');
  },
);

test.each(LOCALES_SHOWN)(
  'the stored view in %s is shown again through the same partials, its looks in a stylesheet',
  (locale) => {
    const words = loadWording(PROJECT_ROOT, locale);
    const view: unknown = JSON.parse(JSON.stringify(pageView({ ...alone, changes }, words)));
    const engine = reportEngine({ root: PROJECT_ROOT, wording: words, css: 'classes' });
    const html = compileTemplate(engine, PROJECT_ROOT, { path: 'partials/report-changes.hbs' })(view as object);
    expect(html).not.toContain('style=');
    const named = [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => (names ?? '').split(' '));
    const sheet = reportStylesheet(PROJECT_ROOT);
    for (const name of named.filter((each) => each.startsWith('r-'))) expect(sheet).toContain(`.${name}{`);
  },
);

test('of two reports: what is new, what stayed, what went, and what came back', () => {
  const before = { day: '2026-11-30', ids: ['stays', 'goes'] };
  const between = changesBetween(before, ['news', 'stays', 'back'], new Set(['stays', 'back']));
  expect(between).toEqual({
    since: '2026-11-30',
    new: ['news'],
    stillOpen: ['stays'],
    resolved: ['goes'],
    reopened: ['back'],
  });
  expect(reportedIds(between).sort()).toEqual(['back', 'news', 'stays']);
});
