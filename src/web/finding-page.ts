/** What the page of one finding shows: the verdict, what it rests on, the journey, and what was decided. */
import type { AlertStanding } from '../alerts/alert.store.ts';
import { isGuarded } from '../core/finding/suppression.ts';
import { LOCALES } from '../core/rules/answer.ts';
import { flagSentence } from '../reports/flagged.ts';
import { explanationView } from '../reports/explanation-view.ts';
import { GRAVE_STAGES } from '../reports/journey-words.ts';
import { moneyText } from '../reports/number-text.ts';
import { adjustedText } from '../reports/parcel-records.ts';
import type { FindingDetail, JourneyEvent } from '../reports/finding-detail.ts';
import type { Letters } from '../reports/letters.service.ts';
import { purchaseView } from '../reports/purchase-view.ts';
import type { Wording } from '../reports/wording.ts';
import type { FindingForm, TypedForm } from './finding-forms.ts';
import type { PageWords } from './page.ts';

export interface FindingPageInput {
  finding: FindingDetail;
  /** Whether it was told at once; null where it was not to be. */
  told: AlertStanding | null;
  /** In the language of the page. */
  letters: ReturnType<Letters['about']>;
  /** Whether the reader may set its state. */
  mayDecide: boolean;
  /** What was wrong with the last try to change it, in which form, and what was typed. */
  refused: { form: FindingForm; problem: string; typed: TypedForm } | null;
}

/** The whole page. */
export function findingPage({ finding, told, letters, mayDecide, refused }: FindingPageInput, words: PageWords) {
  const { wording, timeZone } = words;
  const timeOf = (iso: string): string => words.instantText(Date.parse(iso));
  const { id, severity, ruleTitle, message, nextStep, journey } = finding;
  return {
    title: ruleTitle,
    id,
    severity,
    kicker: [
      wording.say(`severity.${severity}`),
      wording.say(`verdict.${finding.verdict}`),
      wording.say(`page.attributed_${finding.attribution}`),
      wording.say(`confidence.${finding.confidence}`),
    ].join(' · '),
    message,
    nextStep,
    facts: [...headFacts(finding, words), ...toldFacts(told, words)],
    hidden: finding.suppressedBy.map(({ reason, owner, expiresOn }) => ({
      how: wording.say('suppression.hidden', { owner, day: expiresOn }),
      reason,
    })),
    suppressHref: mayDecide ? suppressAddress(finding) : null,
    forms: mayDecide ? formsView(finding, refused, words) : null,
    evidence: finding.evidenceInWords,
    why: explanationView(finding.explanation, { wording, instantText: words.instantText, factUnits: new Map() }),
    /** A vendor as a whole has no journey to show. */
    aboutParcel: finding.trackingNumber !== null,
    evidenceHref: finding.trackingNumber === null ? null : `/evidence/${encodeURIComponent(finding.trackingNumber)}`,
    milestones: journey.milestones.map(({ text, at }) => ({ at: timeOf(at), text })),
    events: journey.events.map((event) => eventView(event, words)),
    earlier: earlierEvents(finding, wording),
    asked: askedLines(finding, words),
    journeyCaption: wording.say('finding.journey_caption', { timeZone }),
    purchases: finding.purchases.map((purchase) => purchaseView(purchase, words)),
    barcode: barcodeFacts(finding, wording),
    letters: 'none' in letters ? [] : letters.letters.map((letter) => letterView(finding.id, letter, wording)),
    noLetters: 'none' in letters ? wording.say(`letters.none_${letters.none}`) : null,
    charges: finding.charges.map((line) => ({
      invoice: line.invoiceNumber,
      vendor: line.vendor,
      day: line.chargedDay ?? line.invoiceDate ?? '',
      type: line.chargeType,
      description: line.description ?? '',
      amount: moneyText(line.amount.value, line.amount.currency),
    })),
    adjustments: finding.adjustments.map((adjustment) => ({
      id: adjustment.adjustmentId,
      vendor: adjustment.vendor,
      day: adjustment.assessedDay,
      reason: adjustment.reason,
      changed: adjustedText(adjustment),
      amount: moneyText(adjustment.amount.value, adjustment.amount.currency),
    })),
    history: finding.history.map((entry) => ({
      at: timeOf(entry.at),
      what: wording.say(`history.${entry.reason}`, { state: wording.say(`state.${entry.state}`) }),
      by: entry.by,
      note: entry.note,
      changes: entry.changes.flatMap((change) => changeLine(entry.reason, change, wording)),
    })),
    historyHref: `/api/v1/findings/history?finding=${finding.id}`,
    flag: finding.ruleFlag === null ? null : flagSentence(finding.ruleFlag, wording),
    judgedBy: judgedByText(finding, wording),
  };
}

/** The form of a suppression, filled in so that it hides this finding and others like it. */
function suppressAddress({ rule, vendor, trackingNumber, severity, verdict }: FindingDetail): string {
  // What must not be hidden but by its number is proposed with it.
  const guarded = isGuarded({ severity, verdict });
  const scope = { rule, ...(vendor && { vendor }), ...(guarded && trackingNumber && { trackingNumber }) };
  return `/suppressions?${new URLSearchParams(scope).toString()}#add`;
}

function letterView(
  id: string,
  { to, subject, text }: { to: string; subject: string; text: string },
  wording: Wording,
) {
  return {
    heading: wording.say(`letters.to_${to}`),
    subject,
    text,
    files: LOCALES.map((locale) => ({
      href: `/api/v1/findings/${id}/letters?to=${to}&locale=${locale}&format=text`,
      name: `letter-${to}.${locale}.txt`,
    })),
  };
}

interface Fact {
  label: string;
  value: string;
  /** Where it leads; null = nowhere. */
  href: string | null;
}

const AMOUNT_NAMES = { recoverable: 'money.recoverable', exposure: 'money.atStake', saving: 'money.saving' } as const;

function headFacts(finding: FindingDetail, { wording, instantText }: PageWords): Fact[] {
  const { amount, amountKind, goods, deadline, trackingNumber, vendor, labelId, state } = finding;
  const { recovered, stillOut } = finding;
  const number = trackingNumber && { trackingNumber, state: 'all' };
  const sold = vendor && { vendor };
  const kind = AMOUNT_NAMES[amountKind ?? 'exposure'];
  return [
    fact(wording.say('finding.state'), wording.say(`state.${state}`)),
    fact(wording.say(kind), amount && moneyText(amount.value, amount.currency)),
    fact(wording.say('money.goodsAtRisk'), goods && moneyText(goods.value, goods.currency)),
    fact(wording.say('field.recovered'), recovered && moneyText(recovered.value, recovered.currency)),
    fact(wording.say('finding.still_out'), stillOut && moneyText(stillOut.value, stillOut.currency)),
    fact(wording.say('column.deadline'), deadline),
    fact(wording.say('field.ownDeadline'), finding.ownDeadline),
    fact(wording.say('field.assignee'), finding.assignee, finding.assignee && { assignee: finding.assignee }),
    fact(wording.say('field.disputeReference'), finding.disputeReference),
    fact(wording.say('column.tracking_number'), trackingNumber, number),
    fact(wording.say('column.vendor'), vendor, sold),
    fact(wording.say('column.label_id'), labelId),
    fact(wording.say('finding.first_seen'), instantText(Date.parse(finding.firstSeenAt))),
    fact(wording.say('finding.changed'), instantText(Date.parse(finding.changedAt))),
  ].filter((each) => each.value !== '');
}

/** Whether and when it was told at once, and what became of the mail. */
function toldFacts(told: AlertStanding | null, { wording, instantText }: PageWords): Fact[] {
  if (told === null) return [];
  const { outcome, settledAt, mailState, mailSentAt } = told;
  const at = mailSentAt ?? settledAt;
  const state = outcome === 'told' && mailState !== 'sent' ? (mailState ?? 'waiting') : (outcome ?? 'waiting');
  const when = at === null ? '' : instantText(at.getTime());
  return [fact(wording.say('finding.told'), wording.say(`told.${state}`, { at: when }))];
}

/** `filter` = the findings its value leads to. */
function fact(label: string, value: string | null, filter: Record<string, string> | '' | null = null): Fact {
  const href = filter ? `/findings?${new URLSearchParams(filter).toString()}` : null;
  return { label, value: value ?? '', href };
}

/** The forms as they are to be filled in, or as they were when they were refused. */
function formsView(finding: FindingDetail, refused: FindingPageInput['refused'], { wording }: PageWords) {
  const problemOf = (form: FindingForm): string | null => (refused?.form === form ? refused.problem : null);
  const { recovered, amount } = finding;
  const typed = refused?.form === 'handling' ? refused.typed : null;
  return {
    version: finding.version,
    decide: {
      problem: problemOf('state'),
      choices: finding.nextStates.map((state) => ({
        state,
        text: wording.say(`set.${state}`),
        chosen: state === refused?.typed.state,
      })),
      reason: refused?.typed.reason ?? '',
    },
    handling: {
      problem: problemOf('handling'),
      assignee: typed?.assignee ?? finding.assignee ?? '',
      ownDeadline: typed?.ownDeadline ?? finding.ownDeadline ?? '',
      disputeReference: typed?.disputeReference ?? finding.disputeReference ?? '',
      recovered: typed?.recovered ?? recovered?.value ?? '',
      currency: typed?.currency ?? recovered?.currency ?? amount?.currency ?? 'USD',
    },
    comment: { problem: problemOf('comments'), text: refused?.typed.comment ?? '' },
  };
}

/** A field as it was and as it became; the state a person set stands in the line above already. */
function changeLine(
  reason: FindingDetail['history'][number]['reason'],
  { field, from, to }: FindingDetail['history'][number]['changes'][number],
  wording: Wording,
): string[] {
  if (field === 'state' && reason === 'set') return [];
  const words = (value: string | null): string => {
    if (value === null) return wording.say('finding.nothing');
    return field === 'state' || field === 'severity' ? wording.say(`${field}.${value}`) : value;
  };
  return [wording.say('finding.change', { field: wording.say(`field.${field}`), from: words(from), to: words(to) })];
}

function judgedByText({ rule, judgedBy }: FindingDetail, wording: Wording): string {
  return wording.say('finding.judged_by', {
    ...judgedBy,
    rule,
    version: judgedBy.rule,
    book: judgedBy.book ?? '–',
  });
}

function eventView(
  { at, meaning, stage, code, text, city, state, zip, country, source }: JourneyEvent,
  words: PageWords,
) {
  const area = [state, zip].filter((part) => part !== null).join(' ');
  return {
    at: words.instantText(Date.parse(at)),
    iso: at,
    meaning,
    grave: GRAVE_STAGES.includes(stage),
    text: [text, code === null ? null : `(${code})`].filter((part) => part !== null).join(' '),
    place: [city, area, country].filter((part) => part !== null && part !== '').join(', '),
    source: words.wording.say('finding.by_source', { source: source ?? words.wording.say('finding.no_source') }),
  };
}

function earlierEvents({ journey }: FindingDetail, wording: Wording): string | null {
  const count = journey.eventsKnown - journey.events.length;
  return count > 0 ? wording.say('finding.earlier_events', { count }) : null;
}

/** Equal answers of one source as one line with their number and the time they span; the latest first. */
function askedLines({ journey }: FindingDetail, { wording, instantText }: PageWords): string[] {
  const groups = new Map<string, Set<number>>();
  for (const { source, outcome, at } of journey.asked) {
    const answer = [source ?? wording.say('finding.no_source'), wording.say(`asked.${outcome}`)].join(' · ');
    // A source that answered row after row at one time was asked once.
    groups.set(answer, (groups.get(answer) ?? new Set()).add(Date.parse(at)));
  }
  return [...groups].map(([answer, times]) => {
    const [first, last] = [instantText(Math.min(...times)), instantText(Math.max(...times))];
    const when = first === last ? first : wording.say('finding.asked_span', { first, last });
    const often = times.size > 1 ? [wording.say('finding.asked_times', { count: times.size })] : [];
    return [when, answer, ...often].join(' · ');
  });
}

/** What the number itself says; empty for a finding without one. */
function barcodeFacts({ barcode }: FindingDetail, wording: Wording): { label: string; value: string }[] {
  if (barcode === null) return [];
  const { valid, kind, reason, serviceType, meaning, mailerId, serial, checkDigit, destinationZip } = barcode;
  const verdict = wording.say(valid ? 'barcode.valid' : 'barcode.invalid');
  const all: [string, string | null][] = [
    ['barcode.check', reason === null ? verdict : `${verdict} (${wording.say(`barcode.reason_${reason}`)})`],
    ['barcode.kind', wording.say(`barcode.kind_${kind}`)],
    ['barcode.service', meaning === null ? serviceType : `${serviceType ?? ''} ${meaning}`.trim()],
    ['barcode.mailer', mailerId],
    ['barcode.serial', serial],
    ['barcode.check_digit', checkDigit],
    ['barcode.destination', destinationZip],
  ];
  return all.flatMap(([key, value]) => (value === null ? [] : [{ label: wording.say(key), value }]));
}
