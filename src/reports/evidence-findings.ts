/** What was concluded about a number as parts of its evidence: findings with their history, and how every rule answered. */
import { decodeOutcomes } from '../core/finding/outcome-code.ts';
import type { Rule, RuleBook } from '../core/rules/rule.ts';
import { formatInstant } from '../core/units/day.ts';
import type { LabelRow } from '../ingest/label.table.ts';
import type { EvidenceFinding, EvidenceParts } from './evidence-document.ts';
import type { EvidenceRecords } from './evidence.query.ts';
import { explanationOf } from './explanation.ts';
import { historyOf } from './finding-history.ts';
import { compareText } from './order.ts';
import { money } from './parcel-records.ts';

/** The book that judges now, and the rules of it that judge labels, in its order. */
export interface BookInForce {
  /** As `judged.book` has it. */
  judgedBy: string;
  labelRules: readonly string[];
}

/** The findings in the order of reports, in every language. */
export function findingsPart(
  { findings, history }: EvidenceRecords,
  { book, archive }: { book: RuleBook; archive: ReadonlyMap<string, Rule> },
): EvidenceFinding[] {
  return findings.map((found) => {
    const title = book.rules.find(({ id }) => id === found.rule)?.title;
    return {
      id: found.id,
      rule: found.rule,
      ruleTitle: title ?? { en: found.rule, 'zh-CN': found.rule },
      ruleVersion: found.ruleVersion,
      dataVersion: found.dataVersion,
      digestVersion: found.digestVersion,
      severity: found.severity,
      verdict: found.verdict,
      attribution: found.attribution,
      confidence: found.confidence,
      subject: found.subject,
      vendor: found.vendor,
      labelId: found.labelId,
      amount: money(found.amountMills, found.currency),
      amountKind: found.amountKind as EvidenceFinding['amountKind'],
      goods: money(found.goodsMills, found.goodsCurrency),
      message: found.message,
      nextStep: found.nextStep,
      deadline: found.deadline,
      evidence: Object.fromEntries(Object.entries(found.evidence).sort(([a], [b]) => compareText(a, b))),
      facts: found.facts as EvidenceFinding['facts'],
      explanation: explanationOf(found, archive.get(found.ruleVersion)),
      state: found.state,
      firstSeenAt: formatInstant(found.firstSeenAt.getTime()),
      changedAt: formatInstant(found.changedAt.getTime()),
      history: historyOf(
        history.filter((change) => change.id === found.id),
        found.currency,
      ),
    };
  });
}

/** How the last audit that judged the number left it. */
export function judgedPart(
  { judged, sales, revision }: Pick<EvidenceRecords, 'judged' | 'sales' | 'revision'>,
  book: BookInForce | null,
): EvidenceParts['judged'] {
  if (judged === null) return null;
  const current = book !== null && judged.book === book.judgedBy;
  const upToDate = judged.revision === revision;
  return {
    asOf: formatInstant(judged.asOf.getTime()),
    book: judged.book,
    current,
    upToDate,
    answers: current ? answersOf(judged.outcomes, { sales, rules: book.labelRules }) : null,
  };
}

/** Null where the purchases are not those that were judged: then nobody can say which answer is whose. */
function answersOf(
  outcomes: readonly string[],
  { sales, rules }: { sales: readonly LabelRow[]; rules: readonly string[] },
): NonNullable<EvidenceParts['judged']>['answers'] {
  if (outcomes.length !== sales.length) return null;
  const inOrder = sales.toSorted((a, b) => compareText(a.vendor, b.vendor) || compareText(a.saleKey, b.saleKey));
  return inOrder.flatMap(({ vendor, saleKey }, place) =>
    decodeOutcomes(outcomes[place] ?? '').map((coded, index) => ({
      vendor,
      saleKey,
      rule: rules[index] ?? '',
      answer: coded.answer,
      missing: coded.answer === 'unknown' ? coded.missing : [],
    })),
  );
}
