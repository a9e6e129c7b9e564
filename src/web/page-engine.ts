/** The templates of the pages in one language, read and ready to be filled. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars, { type HelperOptions } from 'handlebars';
import { compileTemplate, reportEngine } from '../reports/report-engine.ts';
import { type WordValues, type Wording, loadWording } from '../reports/wording.ts';
import type { Locale } from '../core/rules/answer.ts';

/** Templates of templates/pages: the frame, what stands in it, and the body of an archived report. */
const TEMPLATES = [
  'archive',
  'error',
  'evidence',
  'finding',
  'findings',
  'findings-decide',
  'first-steps',
  'frame',
  'import',
  'imports',
  'login',
  'report-body',
  'report-day',
  'suppressions',
] as const;
export type TemplateName = (typeof TEMPLATES)[number];

export interface PageEngine {
  wording: Wording;
  /** Fills a template. Text is escaped; a name that the template uses and the view lacks throws. */
  fill(template: TemplateName, view: object): string;
}

/** Reads templates/ under `root`. Throws for a template, partial or wording that is not there. */
export function pageEngine(root: string, locale: Locale): PageEngine {
  const wording = loadWording(root, locale);
  const engine = reportEngine({ root, wording, css: 'classes' });
  engine.registerHelper('say', (key: string, { hash }: HelperOptions) => wording.say(key, hash as WordValues));
  engine.registerHelper('finding', (id: string, number: string) => {
    const [path, text] = [encodeURIComponent(id), engine.escapeExpression(number)];
    return new Handlebars.SafeString(`<a href="/findings/${path}">${text}</a>`);
  });
  const partials = join(root, 'templates', 'partials');
  for (const file of readdirSync(partials).filter((name) => name.startsWith('page-'))) {
    engine.registerPartial(file.replace(/\.hbs$/, ''), readFileSync(join(partials, file), 'utf8'));
  }
  const compiled = new Map(
    TEMPLATES.map((name) => [name, compileTemplate(engine, root, { path: `pages/${name}.hbs` })]),
  );
  return {
    wording,
    fill: (template, view) => {
      const fill = compiled.get(template);
      if (fill === undefined) throw new Error(`No template named ${template}.`);
      return fill(view);
    },
  };
}
