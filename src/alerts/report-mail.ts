/** The mail of a report as text and HTML: as full as its limits allow, however large the report is. */
import type Handlebars from 'handlebars';
import { compileTemplate, reportEngine } from '../reports/report-engine.ts';
import { fitting, halved } from './fitting.ts';
import { type Caps, type ReportMailInput, type ReportMailView, reportMailView } from './report-mail-view.ts';

/** Gmail cuts longer HTML off (its documented limit is 102 KB); the rest of it is for the encoding on the way. */
export const HTML_LIMIT = 98_000;
/** The text part tells more, for who reads it instead; longer than this nobody reads a mail. */
export const TEXT_LIMIT = 250_000;

const HTML_CAPS: Caps = { groups: 10, rows: 3, lines: 24, characters: 700 };
const TEXT_CAPS: Caps = { groups: 200, rows: 6, lines: 300, characters: 2_000 };

export interface RenderedMail {
  text: string;
  html: string;
}

/** Both parts, from `templates/email/` under `root`; the same report gives the same text. */
export function renderReportMail(input: ReportMailInput, root: string): RenderedMail {
  const engine = reportEngine({ root, wording: input.wording, css: 'inline' });
  const part = (name: string, caps: Caps, limit: number): string => {
    const render = template(engine, root, name);
    return fitting((halvings) => render(reportMailView(input, less(caps, halvings))), limit);
  };
  return {
    html: part('report.hbs', HTML_CAPS, HTML_LIMIT),
    text: part('report.txt.hbs', TEXT_CAPS, TEXT_LIMIT),
  };
}

function less({ groups, rows, lines, characters }: Caps, halvings: number): Caps {
  return {
    groups: halved(groups, 1, halvings),
    rows: halved(rows, 1, halvings),
    lines: halved(lines, 2, halvings),
    characters: halved(characters, 60, halvings),
  };
}

function template(engine: typeof Handlebars, root: string, name: string): (view: ReportMailView) => string {
  return compileTemplate(engine, root, { path: `email/${name}`, escape: !name.endsWith('.txt.hbs') });
}
