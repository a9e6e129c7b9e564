/** Folds everything known about one parcel into its digest; the order and repetition of what is given do not matter. */
import { Classifier, type Meaning } from './classify.ts';
import { SOURCE_KINDS, type SourceKind, type TrackingCodes, type TrackingWords } from './codes.ts';
import { Speakers } from './speaker.ts';
import { EMPTY_DIGEST, type JourneyDigest, type PhysicalScan, type Statement } from './digest.ts';
import type { AskOutcome, Asked, CarrierEvent } from './event.ts';
import { Pieces } from './pieces.ts';
import { standingAfter } from './standing.ts';
import { Travel } from './travel.ts';
import type { Instant } from '../units/day.ts';

/** What was read of the words of one set of data, kept with it. */
interface Readers {
  classifier: Classifier;
  speakers: Speakers;
}

const readers = new WeakMap<TrackingWords, Readers>();

/** One event with what it means and what kind of source told it. */
export interface Told {
  event: CarrierEvent;
  meaning: Meaning;
  kind: SourceKind;
}

/**
 * The digest of a parcel. Events are told in the order of instant, stage and hash; the same event from two sources is
 * one. What a person wrote moves nothing and answers nothing: a notice among it is kept as hearsay only. What a source nobody
 * has listed states of a parcel, and where it says it saw it, counts only where no carrier and no relay says the like; what they
 * state it cannot take back.
 */
export function foldJourney(
  events: readonly CarrierEvent[],
  asked: readonly Asked[],
  codes: TrackingCodes,
): JourneyDigest {
  const timeline = tellInOrder(events, codes);
  const digest: JourneyDigest = { ...EMPTY_DIGEST, firstAt: timeline[0]?.event.at ?? null };
  const known = claimedByKnown(timeline);
  const travel = new Travel(codes.miles);
  const pieces = new Pieces();
  let last: PhysicalScan | null = null;
  for (const each of timeline) {
    const told = each.kind === 'unlisted' && known.scan ? withoutDetour(each) : each;
    const { event, meaning, kind } = told;
    digest.latestAt = later(digest.latestAt, event.at);
    if (kind === 'person') {
      if (meaning.notice) digest.hearsayAt ??= event.at;
      continue;
    }
    digest.events += 1;
    if (kind !== 'unlisted' && meaning.read) digest.knownAt ??= event.at;
    const unheard = kind === 'unlisted' ? known : nothing;
    const scan = meaning.physical ? scanOf(event, meaning, codes) : null;
    const heard = unheard.scan ? null : scan;
    last = heard ?? last;
    const [scannedBefore, deliveredBefore] = [digest.firstScan, digest.delivered];
    digest.firstScan ??= heard;
    // Which mailpieces there are is theirs to say: a second one told by a vendor's own tracker would clear the vendor.
    if (!unheard.anything) pieces.tell(event, meaning, heard);
    travel.tell(meaning, heard);
    if (!unheard.delivered && !unheard.notice) tellDelivery(digest, scan);
    if (kind === 'unlisted') {
      digest.scanByUnlisted ||= digest.firstScan !== scannedBefore;
      digest.deliveredByUnlisted ||= digest.delivered !== deliveredBefore;
    }
    tellProgress(digest, told, unheard);
    if (meaning.states) tellStatements(digest, told, { sourceKind: kind, unheard });
  }
  digest.lastScan = last;
  digest.mailpieces = pieces.count;
  digest.pieces = pieces.list();
  digest.located = travel.located;
  digest.leap = travel.hardestLeap();
  digest.twoDeliveries = travel.twoDeliveries();
  hearAnswers(digest, asked, { events, codes });
  return digest;
}

function readersOf(codes: TrackingWords): Readers {
  let known = readers.get(codes);
  if (!known) {
    known = { classifier: new Classifier(codes), speakers: new Speakers(codes.sources) };
    readers.set(codes, known);
  }
  return known;
}

/** Reads what is said by these words; there is one, and it remembers what it has read. */
export function classifierOf(words: TrackingWords): Classifier {
  return readersOf(words).classifier;
}

/** The events in the order in which they are told: instant, stage, hash; the same event of two sources once. */
export function tellInOrder(events: readonly CarrierEvent[], codes: TrackingWords): Told[] {
  const { classifier, speakers } = readersOf(codes);
  const told = events.map((event) => ({
    event,
    meaning: classifier.meaningOf(event),
    kind: speakers.kindOf(event.source),
  }));
  if (areInOrder(told)) return told;
  told.sort(byTelling);
  return told.filter((one, index) => {
    const before = told[index - 1];
    return !before || before.event.at !== one.event.at || before.event.hash !== one.event.hash;
  });
}

/** Whether every event comes later than the one before it, as in most timelines: then no two of them are the same. */
function areInOrder(told: readonly Told[]): boolean {
  let before = -Infinity;
  for (const { event } of told) {
    if (event.at <= before) return false;
    before = event.at;
  }
  return true;
}

/** Equal events of two sources stand together, the more trustworthy and then the first by name in front. */
function byTelling(a: Told, b: Told): number {
  if (a.event.at !== b.event.at) return a.event.at - b.event.at;
  if (a.meaning.rank !== b.meaning.rank) return a.meaning.rank - b.meaning.rank;
  if (a.event.hash !== b.event.hash) return a.event.hash < b.event.hash ? -1 : 1;
  if (a.kind !== b.kind) return SOURCE_KINDS.indexOf(a.kind) - SOURCE_KINDS.indexOf(b.kind);
  return byText(a.event.source, b.event.source) || byText(a.event.mailpieceId, b.event.mailpieceId);
}

/** What is told comes before what is not. */
function byText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

/** What somebody says of a parcel: statements, a scan of it, its delivery. */
type Claims = Pick<Meaning, 'notice' | 'hold' | 'seized' | 'unpaid' | 'duplicate'> & {
  scan: boolean;
  delivered: boolean;
  /** Whatever it is. */
  anything: boolean;
};
const nothing: Claims = {
  notice: false,
  hold: false,
  seized: false,
  unpaid: false,
  duplicate: false,
  scan: false,
  delivered: false,
  anything: false,
};

/** What carriers and relays say; it is asked for only where an unlisted source speaks. */
function claimedByKnown(timeline: readonly Told[]): Claims {
  if (!timeline.some(({ kind }) => kind === 'unlisted')) return nothing;
  const known = timeline.filter(({ kind }) => kind === 'carrier' || kind === 'relay');
  const claim = (is: (meaning: Meaning) => boolean): boolean => known.some(({ meaning }) => is(meaning));
  return {
    notice: claim(({ notice }) => notice),
    hold: claim(({ hold }) => hold),
    seized: claim(({ seized }) => seized),
    unpaid: claim(({ unpaid }) => unpaid),
    duplicate: claim(({ duplicate }) => duplicate),
    scan: claim(({ physical }) => physical),
    delivered: claim(({ stage }) => stage === 'delivered'),
    anything: claim(({ read }) => read),
  };
}

const DETOURS: ReadonlySet<Meaning['stage']> = new Set(['return', 'forward', 'hold_other']);

/** What turns a parcel from its way would excuse where it was delivered: where they tell the way, only they tell that. */
function withoutDetour(told: Told): Told {
  const { meaning } = told;
  if (!meaning.diverts && !DETOURS.has(meaning.stage)) return told;
  const stage = DETOURS.has(meaning.stage) ? 'other' : meaning.stage;
  return { ...told, meaning: { ...meaning, stage, diverts: false } };
}

/** A delivery after a return is the sender's own. */
function tellDelivery(digest: JourneyDigest, scan: PhysicalScan | null): void {
  if (scan?.stage === 'delivered' && digest.returnedAt === null) digest.delivered ??= scan;
}

/** Where the parcel is. Movement and a return end a hold; what comes after a return is the way back. */
function tellProgress(digest: JourneyDigest, { event, meaning }: Told, unheard: Claims): void {
  const { at } = event;
  const { stage } = meaning;
  if (!meaning.read) tellUnread(digest);
  if ((meaning.moves || stage === 'return') && !unheard.hold) endHold(digest);
  if (meaning.moves && !unheard.notice && digest.returnedAt === null && isAfter(at, digest.lastNoticeAt)) {
    digest.movedAfterNoticeAt ??= at;
  }
  if (meaning.diverts || stage === 'forward' || stage === 'return' || stage === 'hold_other') digest.divertedAt ??= at;
  // That the carrier was told of the label is not for a vendor's own tracker to say, which always was.
  if (stage === 'announcement' && !unheard.anything) digest.announcedAt ??= at;
  else if (stage === 'receipt' && !unheard.anything) digest.receiptAt ??= at;
  else if (stage === 'partner') digest.inductedAt ??= at;
  else if (stage === 'return') digest.returnedAt ??= at;
  digest.standing = standingAfter(digest.standing, stage);
}

function isAfter(at: Instant, before: Instant | null): boolean {
  return before !== null && at > before;
}

function tellUnread(digest: JourneyDigest): void {
  digest.unread += 1;
  if (digest.hold !== null) digest.unreadSinceHold += 1;
}

function endHold(digest: JourneyDigest): void {
  digest.hold = null;
  digest.unreadSinceHold = 0;
}

interface Speaker {
  sourceKind: Statement['sourceKind'];
  /** What does not count from its mouth. */
  unheard: Claims;
}

/** What is said against the parcel, and that it was paid. */
function tellStatements(digest: JourneyDigest, { event, meaning }: Told, { sourceKind, unheard }: Speaker): void {
  if (meaning.notice && !unheard.notice) {
    digest.notice ??= statementOf(event, sourceKind);
    digest.lastNoticeAt = event.at;
    digest.movedAfterNoticeAt = null;
  }
  if (meaning.hold && !unheard.hold) {
    digest.hold ??= statementOf(event, sourceKind);
    digest.firstHoldAt ??= event.at;
    digest.unreadSinceHold = 0;
  }
  if (meaning.seized && !unheard.seized) digest.seized ??= statementOf(event, sourceKind);
  // A copy of the number would take back a notice, too.
  const copyUnheard = unheard.duplicate || unheard.notice || unheard.unpaid;
  if (meaning.duplicate && !copyUnheard) digest.duplicate ??= statementOf(event, sourceKind);
  if (meaning.unpaid && !unheard.unpaid) digest.unpaid ??= statementOf(event, sourceKind);
  // Nor does it take back what they say against it.
  if (meaning.paid && !unheard.unpaid) {
    digest.unpaid = null;
    digest.paidAt = event.at;
  }
}

/**
 * Only an outcome that was stated says how a source answered: events that were read prove themselves and no silence. Of
 * several outcomes at one instant the one that says most is kept.
 */
function hearAnswers(
  digest: JourneyDigest,
  asked: readonly Asked[],
  { events, codes }: { events: readonly CarrierEvent[]; codes: TrackingCodes },
): void {
  const { speakers } = readersOf(codes);
  for (const { source, outcome, at } of asked) {
    digest.firstAt = earlier(digest.firstAt, at);
    digest.latestAt = later(digest.latestAt, at);
    const kind = speakers.kindOf(source);
    if (kind === 'person') continue;
    hear(digest, outcome, at);
    if (outcome === 'answered') digest.answeredAt = later(digest.answeredAt, at);
    if (kind === 'unlisted') continue;
    if (outcome === 'answered') digest.historyAt = later(digest.historyAt, at);
    else if (outcome === 'not_found') digest.notFoundAt = later(digest.notFoundAt, at);
    else if (outcome === 'withheld') digest.knownAt = earlier(digest.knownAt, at);
  }
  for (const { retrievedAt } of events) {
    if (retrievedAt !== null) digest.latestAt = later(digest.latestAt, retrievedAt);
  }
}

/** From the least telling outcome to the most. */
const tellingOutcomes: readonly AskOutcome[] = ['error', 'no_access', 'not_found', 'answered', 'withheld'];

function hear(digest: JourneyDigest, outcome: AskOutcome, at: Instant): void {
  const newer = digest.lastAskedAt === null || at > digest.lastAskedAt;
  const more = at === digest.lastAskedAt && weight(outcome) > weight(digest.lastOutcome);
  if (!newer && !more) return;
  digest.lastAskedAt = at;
  digest.lastOutcome = outcome;
}

function weight(outcome: AskOutcome | null): number {
  return outcome === null ? -1 : tellingOutcomes.indexOf(outcome);
}

/** A postal code of another country looks like a ZIP and is none. */
function scanOf(event: CarrierEvent, { stage }: Meaning, { domesticPlaces }: TrackingCodes): PhysicalScan {
  const { at, code, city, state, zip, country } = event;
  const isOurs = zip === null || country === null || country === 'US' || domesticPlaces.has(country);
  return { at, code, city, state, zip: isOurs ? zip : null, stage };
}

function statementOf(
  { at, code, text, source, mailpieceId }: CarrierEvent,
  sourceKind: Statement['sourceKind'],
): Statement {
  return { at, code, text, source, sourceKind, mailpieceId };
}

function earlier(a: Instant | null, b: Instant): Instant {
  return a === null || b < a ? b : a;
}

function later(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a;
}
