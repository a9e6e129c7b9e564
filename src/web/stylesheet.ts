/** The one stylesheet of the pages: colours, the looks of the report by name, what only pages have, and evidence. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { evidenceStylesheet } from '../reports/evidence-html.ts';
import { reportStylesheet } from '../reports/report-engine.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/);
const palette = z.record(z.string().regex(/^[a-zA-Z]+$/), z.strictObject({ light: colour, dark: colour }));
type Palette = z.infer<typeof palette>;

/**
 * The text of the stylesheet, from templates/ under `root`. The report is styled by the same declarations that its
 * file carries inside its elements; only their colours become variables, so that dark ground is possible.
 */
export function stylesheet(root: string): string {
  const folder = join(root, 'templates');
  const colours = palette.parse(parse(readFileSync(join(folder, 'assets', 'palette.yaml'), 'utf8')));
  return [
    `:root{color-scheme:light dark;${variables(colours, 'light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${variables(colours, 'dark')}}}`,
    named(reportStylesheet(root), colours),
    readFileSync(join(folder, 'assets', 'site.css'), 'utf8'),
    evidenceStylesheet(root),
  ].join('\n');
}

function variables(colours: Palette, ground: 'light' | 'dark'): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value[ground]}`)
    .join(';');
}

/** The rules with every colour by its name. Throws for a colour the palette does not have. */
function named(rules: string, colours: Palette): string {
  return rules.replaceAll(/#[0-9a-f]{6}\b/gi, (value) => {
    const found = Object.entries(colours).find(([, { light }]) => light === value.toLowerCase());
    if (found === undefined) throw new Error(`templates/assets/palette.yaml has no colour ${value}.`);
    return `var(--${found[0]})`;
  });
}
