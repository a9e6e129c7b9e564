/** Evidence as a page shows it, in words and ready to print; of raw documents everything but their bytes, which may name people. */
import { ALL_FACTS } from '../core/facts/dictionary.ts';
import type { Worded } from '../core/rules/answer.ts';
import type { EvidenceDocument, EvidenceEvent, EvidenceFinding } from './evidence-document.ts';
import { explanationView } from './explanation-view.ts';
import { evidenceText } from './evidence-text.ts';
import type { InstantText } from './instant-text.ts';
import { GRAVE_STAGES } from './journey-words.ts';
import { groupDigits, moneyText } from './number-text.ts';
import { adjustedText } from './parcel-records.ts';
import { purchaseFacts } from './purchase-view.ts';
import type { Wording } from './wording.ts';

/** What the page is written with. */
export interface EvidenceWords {
  wording: Wording;
  /** IANA name of the zone in which times are written. */
  timeZone: string;
  instantText: InstantText;
  /** Titles of rules by their ids. */
  ruleTitles: ReadonlyMap<string, Worded>;
}

export type EvidenceView = ReturnType<typeof evidenceView>;

const UNITS = new Map(ALL_FACTS.map(({ name, unit }) => [name, unit]));

/** The whole page. */
export function evidenceView(document: EvidenceDocument, words: EvidenceWords) {
  const { wording, timeZone } = words;
  const { trackingNumber: number, manifest } = document;
  const time = (iso: string): string => words.instantText(Date.parse(iso));
  const bodies = new Map(document.rawBodies.map((body) => [body.id, body]));
  const differing = document.rawBodies.filter(({ hashHolds }) => !hashHolds).length;
  return {
    lang: wording.locale,
    title: wording.say('evidence_page.title', { number }),
    number,
    lead: wording.say('evidence_page.lead', { at: time(document.asOf), timeZone, made: time(document.madeAt) }),
    foot: wording.say('evidence_page.foot', { number, hash: manifest.sha256 }),
    hash: manifest.sha256,
    differing: differing > 0 ? wording.say('evidence_page.differing', { count: differing }) : null,
    purchases: purchases(document, words),
    barcode: barcodeFacts(document, wording),
    milestones: document.timeline.milestones.map(({ what, at }) => ({
      at: time(at),
      text: wording.say(`journey.${what}`),
    })),
    timelineCaption: wording.say('evidence_page.timeline_caption', { timeZone }),
    timeline: timeline(document, words),
    statements: statements(document, words),
    findings: document.findings.map((finding) => findingView(finding, words)),
    judged: judgedView(document, words),
    charges: document.charges.map((line) => ({
      invoice: line.invoiceNumber,
      vendor: line.vendor,
      day: line.chargedDay ?? line.invoiceDate ?? '',
      type: line.chargeType,
      amount: moneyText(line.amount.value, line.amount.currency),
    })),
    adjustments: document.adjustments.map((adjustment) => ({
      id: adjustment.adjustmentId,
      vendor: adjustment.vendor,
      day: adjustment.assessedDay,
      reason: adjustment.reason,
      changed: adjustedText(adjustment),
      amount: moneyText(adjustment.amount.value, adjustment.amount.currency),
    })),
    answers: document.answers.map(({ at, source, sourceKind, outcome }) => ({
      at: time(at),
      source: source ?? wording.say('finding.no_source'),
      kind: wording.say(`evidence_page.kind_${sourceKind}`),
      outcome: wording.say(`asked.${outcome}`),
    })),
    documents: document.rawDocuments.map((raw) => {
      const body = raw.body === null ? null : (bodies.get(raw.body) ?? null);
      return {
        at: time(raw.at),
        kind: wording.say(`evidence_page.raw_${raw.kind}`),
        source: raw.provider,
        status: [raw.httpStatus === null ? null : `HTTP ${raw.httpStatus}`, raw.outcome, raw.state, raw.problem]
          .filter((part) => part !== null)
          .join(' · '),
        bytes: body?.byteLength == null ? '' : groupDigits(body.byteLength),
        sha256: body?.sha256 ?? '',
        check: wording.say(`evidence_page.hash_${checkOf(body)}`),
        differs: body !== null && !body.hashHolds,
      };
    }),
    imports: document.imports.map(({ file, kind, vendor, bytes, contentSha256, importedAt }) => ({
      file,
      kind: wording.knows(`kind.${kind}`) ? wording.say(`kind.${kind}`) : kind,
      vendor: vendor ?? '',
      bytes: groupDigits(bytes),
      sha256: contentSha256,
      at: time(importedAt),
    })),
    notKnown: document.notKnown.map(({ what, count }) =>
      wording.say(`evidence_page.not_known_${what}`, count === null ? {} : { count }),
    ),
    parts: Object.entries(manifest.parts).map(([name, sha256]) => ({ name, sha256 })),
    versions: wording.say('evidence_page.versions', { ...document.versions, rules: document.versions.ruleBook }),
    file: evidenceFileName(number, 'json'),
  };
}

/** What a file of the evidence is called; a number may hold signs that no file name may. */
export function evidenceFileName(number: string, ending: 'json' | 'html'): string {
  return `evidence-${number.replaceAll(/[^A-Z0-9]/g, '_')}.${ending}`;
}

function checkOf(body: EvidenceDocument['rawBodies'][number] | null): 'none' | 'gone' | 'holds' | 'differs' {
  if (body === null) return 'none';
  if (body.recomputedSha256 === null) return 'gone';
  return body.hashHolds ? 'holds' : 'differs';
}

interface Fact {
  label: string;
  value: string;
}

function purchases({ purchases: bought }: EvidenceDocument, words: EvidenceWords) {
  const { wording } = words;
  return bought.map((purchase, index) => ({
    heading:
      bought.length === 1
        ? wording.say('evidence_page.purchase')
        : wording.say('evidence_page.purchase_of', { place: index + 1, count: bought.length }),
    facts: purchaseFacts(purchase, words),
    earlier:
      purchase.earlier.length === 0
        ? null
        : wording.say('evidence_page.earlier_rows', { count: purchase.earlier.length }),
  }));
}

/** What the number itself says, part by part. */
function barcodeFacts({ barcode }: EvidenceDocument, wording: Wording): Fact[] {
  const { valid, reason, kind, meaning } = barcode;
  const verdict = wording.say(valid ? 'barcode.valid' : 'barcode.invalid');
  const all: [string, string | null][] = [
    ['evidence_page.as_written', barcode.input],
    ['barcode.check', reason === null ? verdict : `${verdict} (${wording.say(`barcode.reason_${reason}`)})`],
    ['barcode.kind', wording.say(`barcode.kind_${kind}`)],
    ['evidence_page.carrier', barcode.carrier],
    ['evidence_page.channel', barcode.channel],
    ['barcode.service', barcode.serviceTypeCode],
    ['evidence_page.meaning', meaning && meaning.description],
    ['evidence_page.meaning_on', meaning && meaning.on],
    [
      'evidence_page.meaning_source',
      meaning && `${meaning.source} · ${wording.say(`evidence_page.certainty_${meaning.certainty}`)}`,
    ],
    ['barcode.mailer', barcode.mailerId],
    ['barcode.serial', barcode.serial],
    ['barcode.check_digit', barcode.checkDigit],
    ['barcode.destination', barcode.destinationZip],
  ];
  return all.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ label: wording.say(key), value }]));
}

/** Events by the two parts of their identity that stand in the timeline. */
function eventsOf({ events, timeline: { told } }: EvidenceDocument) {
  const byKey = new Map(events.map((event) => [`${event.at} ${event.hash}`, event]));
  return told.flatMap(({ at, hash, stage }) => {
    const event = byKey.get(`${at} ${hash}`);
    return event === undefined ? [] : [{ event, stage }];
  });
}

function timeline(document: EvidenceDocument, words: EvidenceWords) {
  return eventsOf(document).map(({ event, stage }) => ({
    at: words.instantText(Date.parse(event.at)),
    iso: event.at,
    source: sourceText(event, words.wording),
    code: event.code ?? '',
    words: event.text ?? '',
    place: placeText(event),
    meaning: words.wording.say(`stage.${stage}`),
    grave: GRAVE_STAGES.includes(stage),
  }));
}

/** What was said against the parcel, in its own words and by whom. */
function statements(document: EvidenceDocument, words: EvidenceWords) {
  return eventsOf(document)
    .filter(({ stage }) => GRAVE_STAGES.includes(stage))
    .map(({ event }) => ({
      quote: event.text ?? words.wording.say('evidence_page.code_alone', { code: event.code ?? '' }),
      by: words.wording.say('evidence_page.stated', {
        at: words.instantText(Date.parse(event.at)),
        source: sourceText(event, words.wording),
        kind: words.wording.say(`evidence_page.kind_${event.sourceKind}`),
      }),
      code: event.text === null ? null : event.code,
    }));
}

function sourceText({ source }: EvidenceEvent, wording: Wording): string {
  return source ?? wording.say('finding.no_source');
}

function placeText({ city, state, zip, country }: EvidenceEvent): string {
  const area = [state, zip].filter((part) => part !== null).join(' ');
  return [city, area, country].filter((part) => part !== null && part !== '').join(', ');
}

function findingView(finding: EvidenceFinding, words: EvidenceWords) {
  const { wording, instantText } = words;
  const { locale } = wording;
  const { amount, ruleVersion, dataVersion, digestVersion } = finding;
  const standing = [
    wording.say(`severity.${finding.severity}`),
    wording.say(`verdict.${finding.verdict}`),
    wording.say(`page.attributed_${finding.attribution}`),
    wording.say(`confidence.${finding.confidence}`),
    wording.say(`state.${finding.state}`),
    ...(amount === null ? [] : [moneyText(amount.value, amount.currency)]),
  ];
  return {
    id: finding.id,
    title: finding.ruleTitle[locale],
    standing: standing.join(' · '),
    message: finding.message[locale],
    facts: evidenceText(finding.evidence, { wording, instantText, factUnits: UNITS }),
    why: explanationView(finding.explanation, { wording, instantText, factUnits: UNITS }),
    judgedBy: wording.say('evidence_page.judged_by', {
      rule: finding.rule,
      version: ruleVersion,
      data: dataVersion,
      digest: digestVersion,
      id: finding.id,
    }),
    history: finding.history.map(({ at, reason, state, by, note }) =>
      [
        instantText(Date.parse(at)),
        wording.say(`history.${reason}`, { state: wording.say(`state.${state}`) }),
        by,
        note,
      ]
        .filter((part) => part !== null)
        .join(' · '),
    ),
  };
}

/** How the rules answered that did not find anything, or could not look; null where nobody knows. */
function judgedView({ judged }: EvidenceDocument, words: EvidenceWords) {
  if (judged === null) return null;
  const { wording, instantText, timeZone } = words;
  const title = (rule: string): string => words.ruleTitles.get(rule)?.[wording.locale] ?? rule;
  const answers = judged.answers ?? [];
  const told = (rules: readonly string[]): string => [...new Set(rules.map(title))].join(' · ');
  return {
    line: wording.say('evidence_page.judged_at', { at: instantText(Date.parse(judged.asOf)), timeZone }),
    clear: told(answers.flatMap(({ rule, answer }) => (answer === 'clear' ? [rule] : []))),
    unknown: answers
      .filter(({ answer }) => answer === 'unknown')
      .map(({ rule, missing }) => ({
        title: title(rule),
        why: missing.map((fact) => lackText(fact, wording)).join(' '),
      })),
  };
}

function lackText(fact: string, wording: Wording): string {
  const key = `missing.${fact}`;
  return wording.knows(key) ? wording.say(key) : wording.say('not_checked.fact', { fact });
}
