/** Folds everything known about one parcel into its digest; the order and repetition of what is given do not matter. */
import { Classifier, type Meaning } from './classify.ts';
import { SOURCE_KINDS, type SourceKind, type TrackingCodes } from './codes.ts';
import { DIGEST_VERSION, type JourneyDigest, type PhysicalScan, type Statement } from './digest.ts';
import type { AskOutcome, Asked, CarrierEvent } from './event.ts';
import type { Instant } from '../units/day.ts';

const classifiers = new WeakMap<TrackingCodes, Classifier>();

/** One event with what it means. */
interface Told {
  event: CarrierEvent;
  meaning: Meaning;
  kind: SourceKind;
}

/**
 * The digest of a parcel. Events are told in the order of instant, stage and hash; the same event from two sources is
 * one. What a person wrote moves nothing: a notice among it is kept as hearsay only.
 */
export function foldJourney(
  events: readonly CarrierEvent[],
  asked: readonly Asked[],
  codes: TrackingCodes,
): JourneyDigest {
  const timeline = inOrder(events, classifierOf(codes));
  const digest: JourneyDigest = { ...EMPTY_DIGEST, events: timeline.length, mailpieces: countMailpieces(events) };
  for (const told of timeline) {
    digest.latestAt = later(digest.latestAt, told.event.at);
    if (told.kind === 'person') {
      if (told.meaning.notice) digest.hearsayAt ??= told.event.at;
    } else {
      tell(digest, told, told.kind);
    }
  }
  hearAnswers(digest, asked, events, codes);
  return digest;
}

/** The digest of a parcel about which nothing is known. */
export const EMPTY_DIGEST: Readonly<JourneyDigest> = {
  version: DIGEST_VERSION,
  events: 0,
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
  firstHoldAt: null,
  seized: null,
  mailpieces: 0,
  answeredAt: null,
  lastOutcome: null,
  lastAskedAt: null,
};

function classifierOf(codes: TrackingCodes): Classifier {
  let classifier = classifiers.get(codes);
  if (!classifier) classifiers.set(codes, (classifier = new Classifier(codes)));
  return classifier;
}

function inOrder(events: readonly CarrierEvent[], classifier: Classifier): Told[] {
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

function tell(digest: JourneyDigest, told: Told, sourceKind: 'carrier' | 'relay'): void {
  const { event, meaning } = told;
  if (meaning.stage === 'announcement') digest.announcedAt ??= event.at;
  else if (meaning.stage === 'partner') digest.inductedAt ??= event.at;
  else if (meaning.stage === 'return') digest.returnedAt ??= event.at;
  else if (meaning.stage === 'delivered') digest.delivered ??= scanOf(event);
  if (meaning.physical) tellScan(digest, event);
  if (meaning.notice) {
    digest.notice ??= statementOf(event, sourceKind);
    digest.lastNoticeAt = event.at;
    digest.movedAfterNoticeAt = null;
  }
  if (meaning.hold) {
    digest.hold ??= statementOf(event, sourceKind);
    digest.firstHoldAt ??= event.at;
  }
  if (meaning.seized) digest.seized ??= statementOf(event, sourceKind);
}

/** A parcel that moves is held no longer. */
function tellScan(digest: JourneyDigest, event: CarrierEvent): void {
  const scan = scanOf(event);
  digest.firstScan ??= scan;
  digest.lastScan = scan;
  digest.hold = null;
  if (digest.lastNoticeAt !== null && event.at > digest.lastNoticeAt) digest.movedAfterNoticeAt ??= event.at;
}

/**
 * A source that brought an event answered when it was read. A refusal is no answer, and an outcome stated outright
 * counts before one derived; of several outcomes at one instant the one that says most is kept.
 */
function hearAnswers(
  digest: JourneyDigest,
  asked: readonly Asked[],
  events: readonly CarrierEvent[],
  codes: TrackingCodes,
): void {
  const classifier = classifierOf(codes);
  for (const { outcome, at } of asked) {
    hear(digest, outcome, at);
    if (outcome === 'answered') digest.answeredAt = later(digest.answeredAt, at);
  }
  for (const event of events) {
    const at = event.retrievedAt;
    if (at === null || classifier.kindOf(event.source) === 'person') continue;
    digest.latestAt = later(digest.latestAt, at);
    if (classifier.meaningOf(event).notice) continue;
    digest.answeredAt = later(digest.answeredAt, at);
    if (digest.lastAskedAt === null || at > digest.lastAskedAt) hear(digest, 'answered', at);
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

function statementOf({ at, code, text, source }: CarrierEvent, sourceKind: 'carrier' | 'relay'): Statement {
  return { at, code, text, source, sourceKind };
}

function later(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a;
}
