/** Changes one thing in a YAML file of data/ and leaves every other character as it is. */
import type { Day } from '../../core/units/day.ts';

export interface NewSource {
  id: string;
  title: string;
  kind: 'official' | 'third_party';
  note: string;
}

/** The manifest with another last day; null when it states none in the usual way. */
export function withLastDay(manifest: string, day: Day): string | null {
  const line = /^(effective_to:[ \t]*)(["']?)\d{4}-\d{2}-\d{2}\2/m;
  return line.test(manifest)
    ? manifest.replace(line, (_, key: string, quote: string) => key + quote + day + quote)
    : null;
}

/** The list of sources with one more, in front of the first that follows it in order of ids. */
export function withSource(sources: string, { id, title, kind, note }: NewSource): string {
  const entry = [
    `${id}:`,
    `  title: ${JSON.stringify(title)}`,
    `  kind: ${kind}`,
    `  note: ${JSON.stringify(note)}`,
    '',
  ].join('\n');
  for (const { 1: key = '', index } of sources.matchAll(/^([A-Za-z0-9][^\s:#]*):/gm)) {
    if (key > id) return sources.slice(0, index) + entry + sources.slice(index);
  }
  return `${sources}${sources === '' || sources.endsWith('\n') ? '' : '\n'}${entry}`;
}
