/** report.html: one self-contained page that survives mail clients, phones and paper. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { parse } from 'yaml';
import { z } from 'zod';
import { pageView } from './page-view.ts';
import type { ReportModel } from './report-model.ts';
import type { Wording } from './wording.ts';

const PARTIALS = ['vendors', 'money', 'findings', 'not-checked', 'outcomes', 'sources'] as const;

/** Declarations by name; written into every element, because mail clients drop what stands in a stylesheet. */
const styles = z.record(z.string(), z.string());

/**
 * Renders the page from templates/ under `root`. All text of users is escaped by the template engine; a name the
 * templates use and nobody provides throws.
 */
export function renderHtml(model: ReportModel, { root, wording }: { root: string; wording: Wording }): string {
  const folder = join(root, 'templates');
  const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');
  const engine = Handlebars.create();
  const declared = styles.parse(parse(read('pages', 'report.styles.yaml')));
  engine.registerHelper('say', (key: string) => wording.say(key));
  engine.registerHelper('css', (...names: unknown[]) => new Handlebars.SafeString(styleOf(names, declared)));
  for (const name of PARTIALS) engine.registerPartial(name, read('partials', `report-${name}.hbs`));
  const options = { strict: true, preventIndent: true };
  return engine.compile(read('pages', 'report.hbs'), options)(pageView(model, wording));
}

/** `style="..."` of one or more names; the engine passes its options as the last argument. */
function styleOf(names: readonly unknown[], declared: z.infer<typeof styles>): string {
  const declarations = names.slice(0, -1).map((name) => {
    const style = declared[String(name)];
    if (style === undefined) throw new Error(`No style named ${String(name)}.`);
    return style;
  });
  return `style="${declarations.join(';')}"`;
}
