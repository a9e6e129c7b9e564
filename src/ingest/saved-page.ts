/** Takes the parcels out of a tracking page of tools.usps.com that somebody saved, whichever year's markup it has, as plain text. */
import { load } from 'cheerio';
import type { PageLayout, PageParcel, PageStep, UspsPage } from '../core/mapping/providers/usps-page.ts';
import type { Instant } from '../core/units/day.ts';

type Page = ReturnType<typeof load>;
type Element = ReturnType<Page>;

/** Marks by which the layouts are known, the newest first: newer pages keep classes of older ones. */
const MARKS: readonly { layout: PageLayout; selector: string }[] = [
  { layout: 'current', selector: '.tb-step, .latest-update-banner-wrapper, .tracking-progress-bar-status-container' },
  {
    layout: '2018-2022',
    selector: '.track-statusbar, .current-tracking-status-wrapper, .thPanalAction, .delivery_status',
  },
  { layout: '2017', selector: 'table.tracking_history' },
  { layout: 'current', selector: '.track-bar-container' },
];

/** The page as plain data; null for a page of another kind, a refusal of the site among them. */
export function uspsPageOf(html: string): UspsPage | null {
  const $ = load(html);
  const savedAt = savedAtOf($, html);
  $('script, style, noscript, template').remove();
  $('br').replaceWith(' ');
  const layout = MARKS.find(({ selector }) => $(selector).length > 0)?.layout;
  if (layout === undefined) return null;
  const parcels = merged(sectionsOf($, layout).flatMap((section) => parcelIn($, section, layout)));
  return parcels.length === 0 ? null : { layout, parcels, savedAt };
}

/** Programs that save pages write down when, in a comment or a field of their own; a plain browser does not. */
function savedAtOf($: Page, html: string): Instant | null {
  const written =
    $('meta[name="savepage-date"]').attr('content') ?? /^\s*saved date: (.+)$/m.exec(html.slice(0, HEAD_LENGTH))?.[1];
  const at = written === undefined ? Number.NaN : Date.parse(written);
  return Number.isNaN(at) ? null : at;
}

const HEAD_LENGTH = 4000;
const NUMBERS = '.tracking-number, #trackingNum, input[name="label"]';
const HISTORY_2017 = 'table.tracking_history';

/** The parts of the page about one number each. */
function sectionsOf($: Page, layout: PageLayout): Element[] {
  const bars = $('.track-bar-container')
    .toArray()
    .map((node) => $(node))
    .filter((bar) => bar.find(NUMBERS).length > 0 && bar.parents('.track-bar-container').length === 0);
  if (bars.length > 0) return bars;
  if (layout !== '2017' || $('.tracking-number').length < 2) return [$('body')];
  // Numbers and tables follow each other: a table is about the number before it.
  const sections: Element[] = [];
  $(`.tracking-number, ${HISTORY_2017}`).each((_, node) => {
    const element = $(node);
    const [last] = sections.slice(-1);
    if (!element.is(HISTORY_2017)) sections.push(element);
    else if (last !== undefined) sections[sections.length - 1] = last.add(element);
  });
  return sections;
}

function parcelIn($: Page, section: Element, layout: PageLayout): PageParcel[] {
  const number = numberIn($, section);
  if (number === null) return [];
  const told = READERS[layout]($, section);
  if (told.steps.length > 0 || told.banners.length > 0) return [{ number, ...told }];
  const texts = within(section, 'h2, h3, p, li, td');
  return [{ number, ...told, banners: textsOf($, texts) }];
}

/** The elements in the section, or the section itself where it is one of them. */
function within(section: Element, selector: string): Element {
  return section.filter(selector).add(section.find(selector));
}

function numberIn($: Page, section: Element): string | null {
  for (const node of within(section, NUMBERS).toArray()) {
    const element = $(node);
    for (const written of [element.attr('value') ?? '', element.text()]) {
      const number = written.replace(/^.*:/s, '').replaceAll(/\s+/gu, '').toUpperCase();
      if (/^[A-Z0-9]{10,34}$/.test(number) && /\d/.test(number)) return number;
    }
  }
  return null;
}

type Told = Omit<PageParcel, 'number'>;

const READERS: Readonly<Record<PageLayout, ($: Page, section: Element) => Told>> = {
  current: ($, section) => ({
    steps: section
      .find('.tb-step')
      .toArray()
      .map((node) => $(node))
      .filter((step) => !step.hasClass('toggle-history-container'))
      .map((step) => ({
        status: textOf(step.find('.tb-status').first()),
        detail: textOf(step.find('.tb-status-detail').first()),
        location: textOf(step.find('.tb-location').first()),
        date: textOf(step.find('.tb-date').first()),
      })),
    banners: textsOf(
      $,
      section.find('.banner-header, .banner-content, .latest-update-banner-wrapper:not(:has(.banner-content))'),
    ),
    isWhole: true,
  }),

  '2018-2022': ($, section) => {
    const status = textOf(section.find('.delivery_status h2').first());
    const feed = textsOf($, section.find('.status_feed p'));
    const history = historySteps($, section.find('.thPanalAction').first());
    const [date = null, detail = null, location = null] = feed;
    const newest = date === null || detail === null ? [] : [{ status, detail, location, date }];
    const banners = [...(status === null ? [] : [status]), ...feed, ...history.sentences];
    const isWhole = history.steps.length > 0;
    return { steps: isWhole ? history.steps : newest, banners, isWhole };
  },

  '2017': ($, section) => {
    const steps: PageStep[] = [];
    const banners: string[] = [];
    within(section, HISTORY_2017)
      .find('tr')
      .each((_, node) => {
        const row = $(node);
        const cells = row.children('td');
        if (cells.length === 1 || row.hasClass('row_notification')) banners.push(...textsOf($, cells));
        else if (cells.length > 1) steps.push(stepOf2017($, cells));
      });
    return { steps, banners, isWhole: true };
  },
};

function stepOf2017($: Page, cells: Element): PageStep {
  const [date = null, detail = null, location = null] = cells.toArray().map((cell) => textOf($(cell)));
  return { status: null, detail, location, date };
}

/** Parts divided by lines, each its date in bold, what happened, where, and sometimes a sentence. */
function historySteps($: Page, history: Element): { steps: PageStep[]; sentences: string[] } {
  const steps: PageStep[] = [];
  const sentences: string[] = [];
  let place = 0;
  history.find('span').each((_, node) => {
    const span = $(node);
    const text = textOf(span);
    if (span.find('span').length > 0) return;
    const step = steps.at(-1);
    if (span.find('strong').length > 0) {
      steps.push({ status: null, detail: null, location: null, date: text });
      place = 0;
    } else if (step !== undefined && text !== null) {
      if (place === 0) step.detail = text;
      else if (place === 1) step.location = text;
      else sentences.push(text);
      place += 1;
    }
  });
  return { steps, sentences };
}

/** What stands twice, for wide and for narrow screens, is told once. */
function merged(parcels: readonly PageParcel[]): PageParcel[] {
  const byNumber = new Map<string, PageParcel>();
  for (const { number, steps, banners, isWhole } of parcels) {
    const before = byNumber.get(number);
    byNumber.set(number, {
      number,
      steps: unique([...(before?.steps ?? []), ...steps]),
      banners: unique([...(before?.banners ?? []), ...banners]),
      isWhole: isWhole || (before?.isWhole ?? false),
    });
  }
  return [...byNumber.values()];
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

function textsOf($: Page, elements: Element): string[] {
  return elements.toArray().flatMap((node) => textOf($(node)) ?? []);
}

/** The element's text in one line; null when there is none. */
function textOf(element: Element): string | null {
  const text = element.text().replaceAll(/\s+/gu, ' ').trim();
  return text === '' ? null : text;
}
