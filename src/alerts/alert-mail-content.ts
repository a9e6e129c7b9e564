/** What the mail of an alert says and brings along, and what it is checked against. */
import type { Rule } from '../core/rules/rule.ts';
import type { Instant } from '../core/units/day.ts';
import { projectRoot } from '../platform/config.ts';
import { compileTemplate, reportEngine } from '../reports/report-engine.ts';
import type { Wording } from '../reports/wording.ts';
import type { CheckedAlert } from './alert-check.ts';
import { alertFiles } from './alert-csv.ts';
import { type AlertCaps, type AlertMailInput, alertMailView, severityOf } from './alert-mail-view.ts';
import { type AlertMatter, outstandingOf } from './alert-matter.ts';
import { subjectOf } from './alert-words.ts';
import { chooseAttachments } from './attachments.ts';
import { fitting, halved } from './fitting.ts';
import type { Content } from './outbox.service.ts';
import { HTML_LIMIT, TEXT_LIMIT } from './report-mail.ts';

/** As many lines as people read before they open the file: 50 labels to stop, 20 parcels on their way. */
const HTML_CAPS: AlertCaps = { vendors: 10, findings: 10, stop: 50, transit: 20, characters: 700 };
const TEXT_CAPS: AlertCaps = { vendors: 50, findings: 50, stop: 50, transit: 20, characters: 2_000 };

/** What a mail is made from. */
export interface ToldAlert {
  matter: AlertMatter;
  now: Instant;
  /** Days back that labels not handed over and parcels on their way were bought in. */
  days: number;
  publicUrl: string | null;
  wording: Wording;
  rules: readonly Rule[];
}

/** The same matter at the same time gives the same words. */
export function alertMailContent(told: ToldAlert): { content: Content; checked: CheckedAlert } {
  const { matter, wording } = told;
  const { attachments, leftOut } = chooseAttachments(alertFiles(matter, outstandingOf(matter), wording));
  const input = { ...told, attached: attachments.map(({ filename }) => filename), leftOut };
  const content = {
    subject: subjectOf(matter, told),
    severity: severityOf(matter),
    html: render(input, { template: 'alert.hbs', caps: HTML_CAPS, limit: HTML_LIMIT }),
    text: render(input, { template: 'alert.txt.hbs', caps: TEXT_CAPS, limit: TEXT_LIMIT }),
    attachments,
  };
  return { content, checked: { matter, attachments, wording } };
}

function render(
  input: AlertMailInput,
  { template, caps, limit }: { template: string; caps: AlertCaps; limit: number },
): string {
  const root = projectRoot();
  const engine = reportEngine({ root, wording: input.wording, css: 'inline' });
  const fill = compileTemplate(engine, root, { path: `email/${template}`, escape: !template.endsWith('.txt.hbs') });
  return fitting((halvings) => fill(alertMailView(input, less(caps, halvings))), limit);
}

function less({ vendors, findings, stop, transit, characters }: AlertCaps, halvings: number): AlertCaps {
  return {
    vendors: halved(vendors, 1, halvings),
    findings: halved(findings, 1, halvings),
    stop: halved(stop, 2, halvings),
    transit: halved(transit, 2, halvings),
    characters: halved(characters, 60, halvings),
  };
}
