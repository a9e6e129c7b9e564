/** Folds everything known about one parcel into its digest; the order and repetition of what is given do not matter. */
import { Classifier, type Meaning } from './classify.ts';
import { SOURCE_KINDS, type SourceKind, type TrackingCodes } from './codes.ts';
import { DIGEST_VERSION, type JourneyDigest, type PhysicalScan, type Statement } from './digest.ts';
import type { AskOutcome, Asked, CarrierEvent } from './event.ts';
import type { Instant } from '../units/day.ts';

const classifiers = new WeakMap<TrackingCodes, Classifier>();

/** One event with what it means and what kind of source told it. */
export interface Told {
  event: CarrierEvent;
  meaning: Meaning;
  kind: SourceKind;
}

/**
 * The digest of a parcel. Events are told in the order of instant, stage and hash; the same event from two sources is
 * one. What a person wrote moves nothing: a notice among it is kept as hearsay only. What a source nobody has listed says
 * against a parcel counts only where no carrier and no relay says the like.
 */
export function foldJourney(
  events: readonly CarrierEvent[],
  asked: readonly Asked[],
  codes: TrackingCodes,
): JourneyDigest {
  const timeline = tellInOrder(events, codes);
  const digest: JourneyDigest = { ...EMPTY_DIGEST, events: timeline.length, mailpieces: countMailpieces(events) };
  const known = statedByKnown(timeline);
  for (const told of timeline) {
    digest.latestAt = later(digest.latestAt, told.event.at);
    if (told.kind === 'person') {
      if (told.meaning.notice) digest.hearsayAt ??= told.event.at;
      continue;
    }
    tellProgress(digest, told);
    tellStatements(digest, told, { sourceKind: told.kind, unheard: told.kind === 'unlisted' ? known : nothing });
  }
  hearAnswers(digest, asked, events);
  return digest;
}

/** The digest of a parcel about which nothing is known. */
export const EMPTY_DIGEST: Readonly<JourneyDigest> = {
  version: DIGEST_VERSION,
  events: 0,
  unread: 0,
  latestAt: null,
  announcedAt: null,
  inductedAt: null,
  firstScan: null,
  lastScan: null,
  delivered: null,
  returnedAt: null,
  notice: null,
  lastNoticeAt: null,
  movedAfterNoticeAt: null,
  hearsayAt: null,
  hold: null,
  unreadSinceHold: 0,
  firstHoldAt: null,
  seized: null,
  mailpieces: 0,
  answeredAt: null,
  lastOutcome: null,
  lastAskedAt: null,
};

/** The classifier of these codes; there is one, and it remembers what it has read. */
export function classifierOf(codes: TrackingCodes): Classifier {
  let classifier = classifiers.get(codes);
  if (!classifier) classifiers.set(codes, (classifier = new Classifier(codes)));
  return classifier;
}

/** The events in the order in which they are told: instant, stage, hash; the same event of two sources once. */
export function tellInOrder(events: readonly CarrierEvent[], codes: TrackingCodes): Told[] {
  const classifier = classifierOf(codes);
  const told = events.map((event) => ({
    event,
    meaning: classifier.meaningOf(event),
    kind: classifier.kindOf(event.source),
  }));
  told.sort(byTelling);
  return told.filter((one, index) => {
    const before = told[index - 1];
    return !before || before.event.at !== one.event.at || before.event.hash !== one.event.hash;
  });
}

/** Equal events of two sources stand together, the more trustworthy and then the first by name in front. */
function byTelling(a: Told, b: Told): number {
  if (a.event.at !== b.event.at) return a.event.at - b.event.at;
  if (a.meaning.rank !== b.meaning.rank) return a.meaning.rank - b.meaning.rank;
  if (a.event.hash !== b.event.hash) return a.event.hash < b.event.hash ? -1 : 1;
  if (a.kind !== b.kind) return SOURCE_KINDS.indexOf(a.kind) - SOURCE_KINDS.indexOf(b.kind);
  return (a.event.source ?? '') < (b.event.source ?? '') ? -1 : Number(a.event.source !== b.event.source);
}

type Stated = Pick<Meaning, 'notice' | 'hold' | 'seized'>;
const nothing: Stated = { notice: false, hold: false, seized: false };

/** What carriers and relays state; it is asked for only where an unlisted source speaks. */
function statedByKnown(timeline: readonly Told[]): Stated {
  if (!timeline.some(({ kind }) => kind === 'unlisted')) return nothing;
  const known = timeline.filter(({ kind }) => kind === 'carrier' || kind === 'relay');
  return {
    notice: known.some(({ meaning }) => meaning.notice),
    hold: known.some(({ meaning }) => meaning.hold),
    seized: known.some(({ meaning }) => meaning.seized),
  };
}

/** Where the parcel is. Movement and a return end a hold; what comes after a return is the way back. */
function tellProgress(digest: JourneyDigest, { event, meaning }: Told): void {
  const { at } = event;
  if (!meaning.read) tellUnread(digest);
  if (meaning.physical) tellScan(digest, event);
  if (meaning.moves || meaning.stage === 'return') endHold(digest);
  if (meaning.moves && digest.returnedAt === null && digest.lastNoticeAt !== null && at > digest.lastNoticeAt) {
    digest.movedAfterNoticeAt ??= at;
  }
  if (meaning.stage === 'announcement') digest.announcedAt ??= at;
  else if (meaning.stage === 'partner') digest.inductedAt ??= at;
  else if (meaning.stage === 'return') digest.returnedAt ??= at;
  else if (meaning.stage === 'delivered' && digest.returnedAt === null) digest.delivered ??= scanOf(event);
}

function tellUnread(digest: JourneyDigest): void {
  digest.unread += 1;
  if (digest.hold !== null) digest.unreadSinceHold += 1;
}

function tellScan(digest: JourneyDigest, event: CarrierEvent): void {
  const scan = scanOf(event);
  digest.firstScan ??= scan;
  digest.lastScan = scan;
}

function endHold(digest: JourneyDigest): void {
  digest.hold = null;
  digest.unreadSinceHold = 0;
}

interface Speaker {
  sourceKind: Statement['sourceKind'];
  /** What does not count from its mouth. */
  unheard: Stated;
}

/** What is said against the parcel. */
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
}

/**
 * Only an outcome that was stated says how a source answered: events that were read prove themselves and no silence. Of
 * several outcomes at one instant the one that says most is kept.
 */
function hearAnswers(digest: JourneyDigest, asked: readonly Asked[], events: readonly CarrierEvent[]): void {
  for (const { outcome, at } of asked) {
    hear(digest, outcome, at);
    if (outcome === 'answered') digest.answeredAt = later(digest.answeredAt, at);
  }
  for (const { retrievedAt } of events) {
    if (retrievedAt !== null) digest.latestAt = later(digest.latestAt, retrievedAt);
  }
}

/** From the least telling outcome to the most. */
const tellingOutcomes: readonly AskOutcome[] = ['error', 'no_access', 'not_found', 'answered', 'withheld'];

function hear(digest: JourneyDigest, outcome: AskOutcome, at: Instant): void {
  digest.latestAt = later(digest.latestAt, at);
  const newer = digest.lastAskedAt === null || at > digest.lastAskedAt;
  const more = at === digest.lastAskedAt && weight(outcome) > weight(digest.lastOutcome);
  if (!newer && !more) return;
  digest.lastAskedAt = at;
  digest.lastOutcome = outcome;
}

function weight(outcome: AskOutcome | null): number {
  return outcome === null ? -1 : tellingOutcomes.indexOf(outcome);
}

function countMailpieces(events: readonly CarrierEvent[]): number {
  let first: string | null = null;
  let others: Set<string> | null = null;
  for (const { mailpieceId } of events) {
    if (mailpieceId === null || mailpieceId === first) continue;
    if (first === null) first = mailpieceId;
    else (others ??= new Set()).add(mailpieceId);
  }
  return (first === null ? 0 : 1) + (others?.size ?? 0);
}

function scanOf({ at, code, city, state, zip }: CarrierEvent): PhysicalScan {
  return { at, code, city, state, zip };
}

function statementOf({ at, code, text, source }: CarrierEvent, sourceKind: Statement['sourceKind']): Statement {
  return { at, code, text, source, sourceKind };
}

function later(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a;
}
