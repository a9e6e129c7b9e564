/** evidence-<number>.html: the page to print as a file of its own, which loads nothing from anywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceView } from './evidence-view.ts';
import { compileTemplate, reportEngine } from './report-engine.ts';
import type { Wording } from './wording.ts';

/** The stylesheet of evidence, on pages and in files. */
export function evidenceStylesheet(root: string): string {
  return readFileSync(join(root, 'templates', 'assets', 'evidence.css'), 'utf8');
}

/** Renders the file from templates/ under `root`. */
export function renderEvidenceHtml(view: EvidenceView, { root, wording }: { root: string; wording: Wording }): string {
  const engine = reportEngine({ root, wording, css: 'classes' });
  const fill = compileTemplate(engine, root, { path: 'pages/evidence-file.hbs' });
  return fill({ ...view, styles: evidenceStylesheet(root) });
}
