/**
 * A notice of USPS that a package was scanned without a payment record, or that it was paid after all. Their fields are not
 * published where we can read them [uncertain]: an object is one by what its keys and values say.
 */
import { isRecord, plainText } from './payload.ts';
import type { Step } from './steps.ts';
import { uspsStep } from './usps-event.ts';
import { bareTimeOf, instantOf, localTimeOf } from './written-time.ts';

/** What is said where a notice has no sentence of its own. */
export const UNPAID_TEXT = 'Unpaid package: scanned without a payment record';
export const PAID_TEXT = 'Unpaid package: payment received';

type Fields = Readonly<Record<string, unknown>>;

const UNPAID = /\bun ?paid|\b(?:no|without(?: an?)?) payment|\bnot (?:been )?paid/;
/** In a state of a few words. */
const PAID_STATE = /\b(?:paid|resolved|settled|cleared|payment received)\b/;
/** In a sentence, which may also say what would have to be paid or resolved. */
const PAID_SENTENCE = /\bpayment (?:has been |was )?received|\b(?:has (?:now )?been|was|is now) (?:paid|resolved)\b/;
const STATE_WORDS = 3;
const SENTENCE_WORDS = 4;

/** Whether the object itself, in a key or a text, speaks of what is unpaid. Its keys are in lower case. */
export function speaksOfUnpaid(object: Fields): boolean {
  return Object.entries(object).some(
    ([key, value]) => UNPAID.test(plain(key)) || UNPAID.test(plain(plainText(value) ?? '')),
  );
}

/** The notice as a step; without a time of its own where none is told. */
export function noticeStep(object: Fields, mailpieceId: string | null): Step {
  const told = uspsStep(object, mailpieceId);
  const texts = textsIn(object);
  const paid = isPaid(object, texts);
  const sentence = texts.filter((text) => isSentence(text) && (paid ? PAID_SENTENCE : UNPAID).test(plain(text)));
  const [longest] = sentence.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const dated =
    told.at !== null || told.local !== null ? told : { ...told, ...timeIn(object, paid ? PAID_TIMES : SCAN_TIMES) };
  return { ...dated, code: null, text: longest ?? (paid ? PAID_TEXT : UNPAID_TEXT) };
}

function isPaid(object: Fields, texts: readonly string[]): boolean {
  const denied = Object.entries(object).some(([key, value]) => /^(?:is_?)?unpaid/.test(key) && isFalse(value));
  return (
    denied || texts.some((text) => isPaidState(plain(text)) || (isSentence(text) && PAID_SENTENCE.test(plain(text))))
  );
}

/** Booleans come as text, too. */
function isFalse(value: unknown): boolean {
  return value === false || plainText(value)?.toLowerCase() === 'false';
}

/** "UNPAID_RESOLVED" and "PAID" are, "UNPAID" and "NOT_PAID" are not. */
function isPaidState(text: string): boolean {
  return (
    text.split(' ').length <= STATE_WORDS &&
    PAID_STATE.test(text.replace(/\bun ?paid|\bnot (?:been )?(?:paid|resolved)/, ''))
  );
}

function isSentence(text: string): boolean {
  return text.split(' ').length >= SENTENCE_WORDS;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[_\-.]+/g, ' ')
    .trim();
}

/** The texts of the object and of the objects right in it. */
function textsIn(object: Fields): string[] {
  return withInner(object)
    .flatMap((part) => Object.values(part))
    .filter((value) => typeof value === 'string')
    .flatMap((value) => plainText(value) ?? []);
}

function withInner(object: Fields): Fields[] {
  return [object, ...Object.values(object).filter(isRecord)];
}

/** Keys of times, the best first. When something is due or expected is no time of the notice. */
const SCAN_TIMES = [
  /scan/,
  /event|notif/,
  /^(?!.*(?:paid|pay|resol|settl|due|expir|deadline|expect|before|until|mailing))/,
];
/** A piece is paid after its scan, whose time may stand beside. */
const PAID_TIMES = [
  /paid|payment|resol|settl/,
  /event|notif/,
  /^(?!.*(?:scan|due|expir|deadline|expect|before|until|mailing))/,
];

function timeIn(object: Fields, keys: readonly RegExp[]): Pick<Step, 'at' | 'local'> {
  const named = withInner(object)
    .flatMap((part) => Object.entries(part))
    .map(([key, value]) => ({ key: key.toLowerCase(), text: plainText(value) }))
    .filter(({ key }) => /time|date|stamp/.test(key) && !/due|expir|deadline/.test(key))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  for (const { text } of keys.flatMap((wanted) => named.filter(({ key }) => wanted.test(key)))) {
    const time = { at: instantOf(text), local: bareTimeOf(text) ?? localTimeOf(text) };
    if (time.at !== null || time.local !== null) return time;
  }
  return { at: null, local: null };
}
