/** What one event means: read from its code, and from its words where they state something or the code is silent. */
import type { CarrierEvent } from './event.ts';
import { type CodeMeaning, type Saying, type Sentence, type SourceKind, STAGES, type TrackingCodes } from './codes.ts';

export interface Meaning extends CodeMeaning {
  /** A physical scan that brings the parcel on its way. */
  moves: boolean;
  /** Code or text told the meaning. */
  read: boolean;
  /** Place in the order of events of one instant. */
  rank: number;
  notice: boolean;
  hold: boolean;
  seized: boolean;
}

type Spoken = Pick<CarrierEvent, 'code' | 'text'>;

/** Answers what events mean; remembers what it has read, because carriers say the same few things millions of times. */
export class Classifier {
  private readonly meanings = new Map<string | null, Map<string | null, Meaning>>();
  private readonly kinds = new Map<string | null, SourceKind>([[null, 'relay']]);
  private remembered = 0;

  constructor(private readonly codes: TrackingCodes) {}

  /** The meaning of an event's code and text. */
  meaningOf(event: Spoken): Meaning {
    const known = this.meanings.get(event.code)?.get(event.text);
    if (known) return known;
    const meaning = read(event, this.codes);
    this.makeRoom();
    let texts = this.meanings.get(event.code);
    if (!texts) this.meanings.set(event.code, (texts = new Map()));
    texts.set(event.text, meaning);
    return meaning;
  }

  /** Who speaks under that name. */
  kindOf(source: string | null): SourceKind {
    const known = this.kinds.get(source);
    if (known) return known;
    const name = (source ?? '')
      .toLowerCase()
      .replace(/[\s_\-./:]+/g, ' ')
      .trim();
    const listed = this.codes.sources.find(({ pattern }) => pattern.test(name))?.kind;
    const kind = listed ?? (name === '' ? 'relay' : 'unlisted');
    this.makeRoom();
    this.kinds.set(source, kind);
    return kind;
  }

  /** Texts come from files: a file of a million different ones must not fill the memory. */
  private makeRoom(): void {
    this.remembered += 1;
    if (this.remembered <= MOST_REMEMBERED) return;
    this.meanings.clear();
    this.kinds.clear();
    this.remembered = 1;
  }
}

const MOST_REMEMBERED = 20_000;
/** Longer texts are cut: no carrier's sentence is longer, and matching stays quick. */
const LONGEST_SENTENCE = 1000;

function read(event: Spoken, codes: TrackingCodes): Meaning {
  const text = plain(event.text);
  const said = new Set(codes.statements.filter((sentence) => says(sentence, text)).map((sentence) => sentence.says));
  const states = (saying: Saying) => said.has(saying);
  const found = stageOf(meaningOfCode(event.code, codes), text, codes);
  const { stage, physical } = states('return')
    ? { stage: 'return' as const, physical: found?.physical ?? true }
    : (found ?? silent);
  const notice = stage === 'notice' || states('notice');
  const seized = stage === 'seized' || states('seized');
  // A hold for customs or a return is none for postage, whatever its sentence says besides.
  const hold = !notice && (stage === 'hold_for_postage' || (states('hold') && !notForPostage.has(stage)));
  const told = notice ? 'notice' : seized ? 'seized' : hold ? 'hold_for_postage' : stage;
  return {
    stage: told,
    physical: physical && told === stage,
    moves: physical && (told === 'physical' || told === 'delivered'),
    read: found !== null || said.size > 0,
    rank: STAGES.indexOf(told),
    notice,
    hold,
    seized,
  };
}

/** The code decides, unless it is silent about where the parcel is; null when neither code nor words are known. */
function stageOf(byCode: CodeMeaning | null, text: string, codes: TrackingCodes): CodeMeaning | null {
  if (byCode !== null && byCode.stage !== 'other') return byCode;
  return codes.stages.find((sentence) => says(sentence, text)) ?? byCode;
}

const silent: CodeMeaning = { stage: 'other', physical: false };
const notForPostage: ReadonlySet<string> = new Set(['hold_other', 'return']);

/** Codes are compared in upper case; a spreadsheet's "3" is "03". */
function meaningOfCode(code: string | null, codes: TrackingCodes): CodeMeaning | null {
  if (code === null) return null;
  const tidy = code.trim().toUpperCase();
  return codes.codes.get(/^\d$/.test(tidy) ? `0${tidy}` : tidy) ?? null;
}

function plain(text: string | null): string {
  return (text ?? '')
    .slice(0, LONGEST_SENTENCE)
    .replace(/<[^<>]*>|&#?\w+;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function says({ pattern, unless }: Sentence, text: string): boolean {
  return text !== '' && pattern.test(text) && !(unless?.test(text) ?? false);
}
