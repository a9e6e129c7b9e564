/** The template engine of reports: the partials of templates/ with their helpers, for a page, a mail or a web page. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Wording } from './wording.ts';

/** Declarations by name, as templates/pages/report.styles.yaml holds them. */
const styles = z.record(z.string(), z.string());
export type ReportStyles = z.infer<typeof styles>;

/** What stands before the name of a style in the class of an element. */
const CLASS_PREFIX = 'r-';
const PARTIAL = /^report-(.+)\.hbs$/;

export interface ReportEngineOptions {
  /** The folder that holds templates/. */
  root: string;
  wording: Wording;
  /** inline = every element carries its declarations, as mail clients need it; classes = it names them, as a strict CSP needs it. */
  css: 'inline' | 'classes';
}

/** A name the templates use and nobody provides throws; partials keep the lines of their text as they stand. */
const OPTIONS = { strict: true, preventIndent: true };

/**
 * An engine of its own, with the helpers `say`, `css` and `finding` and every `templates/partials/report-*.hbs` under its name
 * without the prefix. Text of users is escaped. More helpers and partials may be registered on it.
 */
export function reportEngine({ root, wording, css }: ReportEngineOptions): typeof Handlebars {
  const folder = join(root, 'templates', 'partials');
  const engine = Handlebars.create();
  const declared = loadReportStyles(root);
  engine.registerHelper('say', (key: string) => wording.say(key));
  // A page of the service makes a link of it; a file that is mailed around has nowhere to lead to.
  engine.registerHelper('finding', (_id: string, number: string) => number);
  engine.registerHelper('css', (...given: unknown[]) => new Handlebars.SafeString(attributes(given, declared, css)));
  for (const file of readdirSync(folder)) {
    const name = PARTIAL.exec(file)?.[1];
    if (name !== undefined) engine.registerPartial(name, readFileSync(join(folder, file), 'utf8'));
  }
  return engine;
}

/** Compiles a template of `templates/` for the engine. */
export function compileTemplate(
  engine: typeof Handlebars,
  root: string,
  { path, escape = true }: { path: string; escape?: boolean },
): (view: object) => string {
  return engine.compile<object>(readFileSync(join(root, 'templates', path), 'utf8'), { ...OPTIONS, noEscape: !escape });
}

/** The declarations of templates/pages/report.styles.yaml, by name. */
export function loadReportStyles(root: string): ReportStyles {
  return styles.parse(parse(readFileSync(join(root, 'templates', 'pages', 'report.styles.yaml'), 'utf8')));
}

/** The same declarations as a stylesheet, for pages whose elements name their styles. */
export function reportStylesheet(root: string): string {
  const rules = Object.entries(loadReportStyles(root)).map(([name, style]) => `.${CLASS_PREFIX}${name}{${style}}\n`);
  return rules.join('');
}

/** The attributes that one or more names stand for; `class="..."` given by name is kept. */
function attributes(given: readonly unknown[], declared: ReportStyles, css: 'inline' | 'classes'): string {
  const names = given.slice(0, -1).map(String);
  const declarations = names.map((name) => {
    const style = declared[name];
    if (style === undefined) throw new Error(`No style named ${name}.`);
    return style;
  });
  const own = ownClass(given.at(-1));
  if (css === 'classes') return `class="${[...own, ...names.map((name) => `${CLASS_PREFIX}${name}`)].join(' ')}"`;
  return [...own.map((name) => `class="${name}"`), `style="${declarations.join(';')}"`].join(' ');
}

/** The engine passes its options, named arguments among them, as the last argument. */
function ownClass(options: unknown): string[] {
  const { hash } = z.object({ hash: z.object({ class: z.string().optional() }) }).parse(options);
  return hash.class === undefined ? [] : [hash.class];
}
