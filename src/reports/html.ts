/** report.html: one self-contained page that survives mail clients, phones and paper. */
import { pageView } from './page-view.ts';
import { compileTemplate, reportEngine } from './report-engine.ts';
import type { ReportModel } from './report-model.ts';
import type { Wording } from './wording.ts';

/** Renders the page from templates/ under `root`. */
export function renderHtml(model: ReportModel, { root, wording }: { root: string; wording: Wording }): string {
  const engine = reportEngine({ root, wording, css: 'inline' });
  return compileTemplate(engine, root, { path: 'pages/report.hbs' })(pageView(model, wording));
}
