/** Who speaks, by the name a file gives its source. */
import type { SourceKind, TrackingCodes } from './codes.ts';

const MOST_REMEMBERED = 20_000;

/** Answers whose name a source's is; remembers it, because files name the same few millions of times. */
export class Speakers {
  private kinds = new Map<string | null, SourceKind>();

  constructor(private readonly sources: TrackingCodes['sources']) {}

  /** The kind of the source of that name; no name at all is a relay. */
  kindOf(source: string | null): SourceKind {
    const known = this.kinds.get(source);
    if (known) return known;
    // Names come from files: a file of a million different ones must not fill the memory.
    if (this.kinds.size >= MOST_REMEMBERED) this.kinds = new Map();
    const kind = this.read(source);
    this.kinds.set(source, kind);
    return kind;
  }

  private read(source: string | null): SourceKind {
    const name = (source ?? '')
      .toLowerCase()
      .replace(/[\s_\-./:]+/g, ' ')
      .trim();
    if (name === '') return 'relay';
    return this.sources.find(({ pattern }) => pattern.test(name))?.kind ?? 'unlisted';
  }
}
