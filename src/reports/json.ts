/** report.json: the document as text. */
import type { ReportDocument } from './report-document.ts';

/** Two-space JSON with a newline at its end; the keys stand in the order of the contract. */
export function renderJson(document: ReportDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
