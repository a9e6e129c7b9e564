/** What one event means: read from its code, and from its words where they state something or the code is silent. */
import type { CarrierEvent } from './event.ts';
import {
  type CodeMeaning,
  type Saying,
  type Sentence,
  STAGES,
  type Stage,
  type StageMeaning,
  type TrackingWords,
} from './codes.ts';

export interface Meaning extends CodeMeaning {
  /** A physical scan that brings the parcel on its way. */
  moves: boolean;
  /** Code or text told the meaning. */
  read: boolean;
  /** Place in the order of events of one instant. */
  rank: number;
  /** Any of the following is stated; of most events nothing is. */
  states: boolean;
  notice: boolean;
  hold: boolean;
  seized: boolean;
  /** The piece was scanned without a payment; `paid` takes it back. */
  unpaid: boolean;
  paid: boolean;
  duplicate: boolean;
}

type Spoken = Pick<CarrierEvent, 'code' | 'text'>;

/** Answers what events mean; remembers what it has read, because carriers say the same few things millions of times. */
export class Classifier {
  private readonly meanings = new Map<string | null, Map<string | null, Meaning>>();
  private remembered = 0;

  constructor(private readonly codes: TrackingWords) {}

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

  /** Texts come from files: a file of a million different ones must not fill the memory. */
  private makeRoom(): void {
    this.remembered += 1;
    if (this.remembered <= MOST_REMEMBERED) return;
    this.meanings.clear();
    this.remembered = 1;
  }
}

const MOST_REMEMBERED = 20_000;
/** Longer texts are cut: no carrier's sentence is longer, and matching stays quick. */
const LONGEST_SENTENCE = 1000;

function read(event: Spoken, codes: TrackingWords): Meaning {
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
  const paid = stage === 'paid' || states('paid');
  const unpaid = !paid && (stage === 'unpaid' || states('unpaid'));
  const told = notice ? 'notice' : seized ? 'seized' : hold ? 'hold_for_postage' : ofPayment({ stage, unpaid, paid });
  return {
    stage: told,
    physical: physical && told === stage,
    moves: physical && moving.has(told),
    diverts: (found?.diverts ?? false) || states('diversion'),
    read: found !== null || [...said].some((saying) => saying !== 'diversion'),
    rank: STAGES.indexOf(told),
    states: notice || hold || seized || unpaid || paid || told === 'duplicate',
    notice,
    hold,
    seized,
    unpaid,
    paid,
    duplicate: told === 'duplicate',
  };
}

/** Words about payment name the stage only where the event says nothing of where the parcel is. */
function ofPayment({ stage, unpaid, paid }: { stage: Stage; unpaid: boolean; paid: boolean }): Stage {
  if (stage !== 'other') return stage;
  if (unpaid) return 'unpaid';
  return paid ? 'paid' : stage;
}

/** The code decides, unless it is silent about where the parcel is; null when neither code nor words are known. */
function stageOf(byCode: CodeMeaning | null, text: string, codes: TrackingWords): CodeMeaning | null {
  if (byCode !== null && byCode.stage !== 'other') return byCode;
  const byWords: StageMeaning | undefined = codes.stages.find((sentence) => says(sentence, text));
  if (byWords === undefined) return byCode;
  const { stage, physical } = byWords;
  return { stage, physical, diverts: byCode?.diverts ?? false };
}

const silent: CodeMeaning = { stage: 'other', physical: false, diverts: false };
/** Stages that bring a parcel on its way. */
const moving: ReadonlySet<Stage> = new Set<Stage>(['accepted', 'moving', 'out_for_delivery', 'delivered']);
const notForPostage: ReadonlySet<string> = new Set(['hold_other', 'return']);

/** Codes are compared in upper case; a spreadsheet's "3" is "03". */
function meaningOfCode(code: string | null, codes: TrackingWords): CodeMeaning | null {
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
