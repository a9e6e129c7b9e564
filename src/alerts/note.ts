/** A mail of a few sentences. */
import { compileTemplate, reportEngine } from '../reports/report-engine.ts';
import type { Wording } from '../reports/wording.ts';
import type { Content } from './outbox.service.ts';

export interface Note {
  subject: string;
  /** Its first sentence. */
  lead: string;
  paragraphs: readonly string[];
}

/** Both parts, by the templates of `root`. */
export function renderNote(
  { subject, lead, paragraphs }: Note,
  { root, wording }: { root: string; wording: Wording },
): Omit<Content, 'severity'> {
  const engine = reportEngine({ root, wording, css: 'inline' });
  const view = { lang: wording.locale, title: subject, lead, paragraphs };
  return {
    subject,
    text: compileTemplate(engine, root, { path: 'email/note.txt.hbs', escape: false })(view),
    html: compileTemplate(engine, root, { path: 'email/note.hbs' })(view),
    attachments: [],
  };
}
