/**
 * What USPS pushes to subscribers: tracking events, and notices of packages scanned without a payment record. Neither wrapper
 * is published where we can read it [uncertain], so that what is known of them is looked for wherever it stands: the fields
 * of the Tracking API, and any object that names a number and speaks of what is unpaid.
 */
import { canonicalNumber } from '../../barcode/canonical.ts';
import { type Result, bad, ok } from '../../units/result.ts';
import type { ToldParcel } from '../told.ts';
import { excerpt, isRecord, jsonOf, lowerKeys, plainText } from './payload.ts';
import type { Published } from './published.ts';
import { type Step, eventOf, readParcel } from './steps.ts';
import { uspsDetails } from './usps-details.ts';
import { EVENT_KEYS, uspsStep } from './usps-event.ts';
import { noticeStep, speaksOfUnpaid } from './unpaid-notice.ts';

const SENDER = 'USPS';
/** No notification is nested deeper; what is came from somebody else. */
const DEEPEST = 8;

/**
 * Reads a notification. It tells single things unasked, so that no parcel has an outcome; a notice of what is unpaid without a
 * time is dated by when it was met. Not ok where nothing of it names a number that something is said of.
 */
export function readUspsPush(body: string, published: Published): Result<ToldParcel[]> {
  const json = jsonOf(body, SENDER);
  if (!json.ok) return json;
  const found = new Found();
  search(json.value, { number: null, mailpieceId: null, isUnpaid: false, depth: 0 }, found);
  if (found.byNumber.size === 0) {
    return bad('body', `${SENDER} pushed nothing that this program can read as news of a parcel`, excerpt(body));
  }
  return ok(
    [...found.byNumber.values()].map(({ trackingNumber, steps, notices, remarks }) => {
      const shown = { trackingNumber, steps: [...steps, ...notices], remarks, whole: null, otherwise: null };
      const { parcel, undated } = readParcel(shown, published);
      const met = notices.filter((notice) => undated.includes(notice)).map((notice) => eventOf(notice, null));
      return { ...parcel, events: [...met, ...parcel.events] };
    }),
  );
}

interface News {
  trackingNumber: string;
  steps: Step[];
  /** Of what is unpaid or paid. */
  notices: Step[];
  remarks: (string | null)[];
}

type Fields = Readonly<Record<string, unknown>>;

/** What was found so far, by canonical number. */
class Found {
  readonly byNumber = new Map<string, News>();
  /** Of all kinds. */
  count = 0;

  add(trackingNumber: string, { steps = [], notices = [], remarks = [] }: Partial<Omit<News, 'trackingNumber'>>): void {
    const { canonical } = canonicalNumber(trackingNumber);
    let news = this.byNumber.get(canonical);
    if (!news) this.byNumber.set(canonical, (news = { trackingNumber, steps: [], notices: [], remarks: [] }));
    this.count += steps.length + notices.length;
    news.steps = [...news.steps, ...steps];
    news.notices = [...news.notices, ...notices];
    news.remarks = [...news.remarks, ...remarks];
  }
}

/** What an object says of everything in it. */
interface Around {
  number: string | null;
  mailpieceId: string | null;
  isUnpaid: boolean;
  depth: number;
}

function search(value: unknown, around: Around, found: Found): void {
  if (around.depth > DEEPEST) return;
  const inside = { ...around, depth: around.depth + 1 };
  if (Array.isArray(value)) {
    for (const each of value) search(each, inside, found);
  } else if (typeof value === 'string') {
    if (/^\s*[[{]/.test(value)) searchText(value, inside, found);
  } else {
    const object = lowerKeys(value);
    if (isRecord(object)) searchObject(object, inside, found);
  }
}

/** A document packed as a text in another one. */
function searchText(text: string, around: Around, found: Found): void {
  const packed = jsonOf(text, SENDER);
  if (packed.ok) search(packed.value, around, found);
}

function searchObject(object: Fields, around: Around, found: Found): void {
  const own = numberIn(object);
  const number = own ?? around.number;
  const mailpieceId = plainText(object['uniquemailpieceid']) ?? around.mailpieceId;
  const speaks = speaksOfUnpaid(object);
  const inside: Around = { ...around, number, mailpieceId, isUnpaid: around.isUnpaid || speaks };
  const details = number === null ? null : uspsDetails(object);
  if (number === null) return searchEach(object, inside, found);
  if (details !== null) return found.add(number, details);
  if (inside.isUnpaid && (own !== null || speaks)) {
    return found.add(number, { notices: [noticeStep(object, mailpieceId)] });
  }
  const step = { steps: [uspsStep(object, mailpieceId)] };
  if (isEvent(object)) return found.add(number, step);
  const before = found.count;
  searchEach(object, inside, found);
  const saysSomething = EVENT_KEYS.some((key) => plainText(object[key]) !== null);
  if (found.count === before && saysSomething) found.add(number, step);
}

function searchEach(object: Fields, around: Around, found: Found): void {
  for (const each of Object.values(object)) search(each, around, found);
}

/** An event type alone may be what a notification is called. */
function isEvent(object: Fields): boolean {
  return plainText(object['eventtimestamp']) !== null || plainText(object['gmttimestamp']) !== null;
}

const NUMBER_KEYS = ['trackingnumber', 'tracking_number', 'trackingid', 'tracking_id', 'impb', 'barcode'];
const SHORTEST_NUMBER = 10;

function numberIn(object: Fields): string | null {
  for (const key of NUMBER_KEYS) {
    const text = plainText(object[key]);
    if (text !== null && /\d/.test(text) && canonicalNumber(text).canonical.length >= SHORTEST_NUMBER) return text;
  }
  return null;
}
