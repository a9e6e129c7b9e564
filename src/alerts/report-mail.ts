/** The mail of a report as text and HTML: as full as its limits allow, however large the report is. */
import type Handlebars from 'handlebars';
import { compileTemplate, reportEngine } from '../reports/report-engine.ts';
import { type Caps, type ReportMailInput, type ReportMailView, reportMailView } from './report-mail-view.ts';

/** Gmail cuts longer HTML off (its documented limit is 102 KB); the rest of it is for the encoding on the way. */
const HTML_LIMIT = 98_000;
/** The text part tells more, for who reads it instead; longer than this nobody reads a mail. */
const TEXT_LIMIT = 250_000;

const HTML_CAPS: Caps = { groups: 10, rows: 3, lines: 24, characters: 700 };
const TEXT_CAPS: Caps = { groups: 200, rows: 6, lines: 300, characters: 2_000 };
/** Smaller than this nothing is left to tell; a mail of the smallest caps fits every limit. */
const SMALLEST: Caps = { groups: 1, rows: 1, lines: 2, characters: 60 };

export interface RenderedMail {
  text: string;
  html: string;
}

/** Both parts, from `templates/email/` under `root`; the same report gives the same text. */
export function renderReportMail(input: ReportMailInput, root: string): RenderedMail {
  const engine = reportEngine({ root, wording: input.wording, css: 'inline' });
  return {
    html: fitting(input, { render: template(engine, root, 'report.hbs'), caps: HTML_CAPS, limit: HTML_LIMIT }),
    text: fitting(input, { render: template(engine, root, 'report.txt.hbs'), caps: TEXT_CAPS, limit: TEXT_LIMIT }),
  };
}

function template(engine: typeof Handlebars, root: string, name: string): (view: ReportMailView) => string {
  return compileTemplate(engine, root, { path: `email/${name}`, escape: !name.endsWith('.txt.hbs') });
}

interface Fit {
  render: (view: ReportMailView) => string;
  caps: Caps;
  /** In bytes. */
  limit: number;
}

/** Shows half as much until it fits. */
function fitting(input: ReportMailInput, { render, caps, limit }: Fit): string {
  const rendered = render(reportMailView(input, caps));
  const half = halved(caps);
  if (Buffer.byteLength(rendered) <= limit || half === null) return rendered;
  return fitting(input, { render, caps: half, limit });
}

/** Null when the caps are the smallest already. */
function halved(caps: Caps): Caps | null {
  const next = {
    groups: Math.max(SMALLEST.groups, Math.ceil(caps.groups / 2)),
    rows: Math.max(SMALLEST.rows, Math.ceil(caps.rows / 2)),
    lines: Math.max(SMALLEST.lines, Math.ceil(caps.lines / 2)),
    characters: Math.max(SMALLEST.characters, Math.ceil(caps.characters / 2)),
  };
  return Object.values(next).join() === Object.values(caps).join() ? null : next;
}
