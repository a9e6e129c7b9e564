/** What a letter about a finding may state: its purchase, what was said about its parcel and by whom, nothing else. */
import { formatValue } from '../core/rules/format.ts';
import { evidenceFileName } from './evidence-view.ts';
import type { FindingDetail, JourneyEvent, Purchase } from './finding-detail.ts';
import type { InstantText } from './instant-text.ts';
import { GRAVE_STAGES } from './journey-words.ts';
import { moneyText } from './number-text.ts';
import type { Wording } from './wording.ts';

export interface LetterWords {
  wording: Wording;
  instantText: InstantText;
  /** IANA name of the zone in which times are written. */
  timeZone: string;
  /** The day of the letter. */
  today: string;
}

export type LetterFacts = ReturnType<typeof letterFacts>;

/** Events a letter lists: who reads it wants the course of things, the evidence has them all. */
const MOST_EVENTS = 15;

/** Every value a template may name, ready to print; null = not known. */
export function letterFacts(detail: FindingDetail, words: LetterWords) {
  const { wording, timeZone, today } = words;
  const time = (iso: string | null): string | null => iso && words.instantText(Date.parse(iso));
  const sale = detail.purchases.find(({ concerned }) => concerned) ?? detail.purchases[0] ?? null;
  const told = detail.journey.events.filter(({ sourceKind }) => sourceKind !== 'person');
  const against = statementsOf(told);
  const delivered = told.find(({ stage }) => stage === 'delivered') ?? null;
  const pieces = detail.evidence['journey.mailpieces'];
  return {
    today,
    timeZone,
    number: detail.trackingNumber ?? '',
    vendor: plain(detail.vendor ?? sale?.vendor ?? '[vendor]'),
    labelId: sale?.labelId == null ? null : plain(sale.labelId),
    // A finding that rests on what somebody said quotes it; the sentence of the audit would only say it again.
    message: quotes(detail, against) ? null : plain(detail.message),
    statements: against.map((event) => statementView(event, words)),
    bought: sale && boughtView(sale, wording),
    otherSales: detail.purchases
      .filter((other) => other !== sale && other.vendor === sale?.vendor)
      .map(({ vendor, labelId, purchasedDay, charged }) => ({
        vendor: plain(vendor),
        labelId: labelId && plain(labelId),
        day: purchasedDay,
        charged: moneyText(charged.value, charged.currency),
      })),
    mailpieces: typeof pieces === 'number' && pieces >= 2 ? String(pieces) : null,
    deliveredAt: time(delivered?.at ?? null),
    deliveredPlace: delivered && placeOf(delivered),
    movedAt: time(detail.journey.milestones.find(({ what }) => what === 'moved_after_notice')?.at ?? null),
    voidedAt: time(sale?.voidedAt ?? null),
    refundRequestedAt: time(sale?.refundRequestedAt ?? null),
    refunded: sale?.refunded == null ? null : moneyText(sale.refunded.value, sale.refunded.currency),
    events: told.slice(-MOST_EVENTS).map((event) => ({
      at: time(event.at),
      text: plain(event.text ?? event.meaning),
      place: placeOf(event),
      source: sourceOf(event, wording),
    })),
    eventsAreLast: told.length > MOST_EVENTS ? String(MOST_EVENTS) : null,
    evidenceFile: evidenceFileName(detail.trackingNumber ?? '', 'json'),
  };
}

/** What was said against the parcel; the same words of the same source once, when they were first said. */
function statementsOf(told: readonly JourneyEvent[]): JourneyEvent[] {
  const first = new Map<string, JourneyEvent>();
  for (const event of told) {
    const said = JSON.stringify([event.source, event.code, event.text]);
    if (GRAVE_STAGES.includes(event.stage) && !first.has(said)) first.set(said, event);
  }
  return [...first.values()];
}

/** Whether the finding's evidence holds the words, or the code, of one of the statements. */
function quotes({ evidence }: FindingDetail, statements: readonly JourneyEvent[]): boolean {
  const held = new Set(Object.values(evidence));
  return statements.some(({ code, text }) => held.has(text ?? code));
}

function statementView(event: JourneyEvent, { wording, instantText }: LetterWords) {
  const { at, code, text, sourceKind } = event;
  return {
    at: instantText(Date.parse(at)),
    source: sourceOf(event, wording),
    who: wording.say(`evidence_page.kind_${sourceKind}`),
    text: plain(text ?? wording.say('evidence_page.code_alone', { code: code ?? '' })),
    code: text === null ? null : code && plain(code),
  };
}

function boughtView(sale: Purchase, wording: Wording) {
  const { purchasedDay, service, charged, shipDate, originZip, destinationZip, destinationCountry, weightOz } = sale;
  const country = destinationCountry === 'US' ? null : destinationCountry;
  const to = [destinationZip, country].filter((part) => part !== null).join(' ');
  const sides = [sale.lengthIn, sale.widthIn, sale.heightIn].filter((side) => side !== null);
  return {
    day: purchasedDay,
    service: plain(formatValue(service, { unit: 'service', currency: null }, wording.locale)),
    charged: moneyText(charged.value, charged.currency),
    shipDate,
    route: originZip === null || to === '' ? to || null : wording.say('letters.route', { from: originZip, to }),
    weight: weightOz && `${weightOz} oz`,
    size: sides.length === 0 ? null : `${sides.join(' × ')} in`,
  };
}

function placeOf({ city, state, zip, country }: JourneyEvent): string | null {
  const area = [state, zip].filter((part) => part !== null).join(' ');
  const place = [city, area, country].filter((part) => part !== null && part !== '').join(', ');
  return place === '' ? null : plain(place);
}

function sourceOf({ source }: JourneyEvent, wording: Wording): string {
  return source === null ? wording.say('finding.no_source') : plain(source);
}

/** Signs that end a line or turn its direction: text of others must not shape a letter of ours. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
