/** The sheets of the workbook as plain rows: what stands in them, before a spreadsheet library writes them. */
import { evidenceText } from './evidence-text.ts';
import { claimsSheet, inTransitSheet, peersSheet, stopListSheet } from './follow-up-sheets.ts';
import { flagText } from './flagged.ts';
import { headlineOf } from './headline.ts';
import { instantTextIn } from './instant-text.ts';
import type { ReportDocument } from './report-document.ts';
import { type Sheet, type SheetParts, amountNumber, sheet } from './sheet.ts';
import type { ReportModel } from './report-model.ts';
import { shadowSheet } from './shadow.ts';
import { scopeText, suppressionWarnings } from './suppressions.ts';
import type { Wording } from './wording.ts';

/** All sheets, in the order in which they stand in the workbook. Text of users is harmless. */
export function sheetsOf(model: ReportModel, wording: Wording): Sheet[] {
  const { document } = model;
  return [
    summarySheet(model, wording),
    ...changesSheet(model, wording),
    findingsSheet(model, wording),
    vendorsSheet(model, wording),
    ...peersSheet(model, wording),
    ...stopListSheet(document, wording),
    ...inTransitSheet(document, wording),
    ...claimsSheet(document, wording),
    sheet(wording, 'outcomes', {
      columns: {
        rule: 'text',
        title: 'long',
        fires: 'count',
        clear: 'count',
        unknown: 'count',
        missing: 'long',
        note: 'long',
      },
      rows: document.outcomes.map(({ rule, fires, clear, unknown, missing }) => [
        rule,
        model.ruleTitles.get(rule) ?? rule,
        fires,
        clear,
        unknown,
        Object.entries(missing)
          .map(([fact, count]) => `${fact}: ${count}`)
          .join('; '),
        flagText(document, rule, wording),
      ]),
    }),
    ...suppressionsSheet(model, wording),
    ...shadowSheet(model, wording),
    sheet(wording, 'not_checked', {
      columns: { what: 'text', why: 'long', count: 'count' },
      rows: document.notChecked.map(({ what, why, count }) => [what, why, count]),
    }),
    sheet(wording, 'sources', {
      columns: {
        file: 'text',
        kind: 'text',
        vendor: 'text',
        rows: 'count',
        accepted: 'count',
        repeated: 'count',
        rejected: 'count',
      },
      rows: document.sources.map((source) => [
        source.file,
        source.kind,
        source.vendor,
        source.rows,
        source.accepted,
        source.repeated,
        source.rejected,
      ]),
    }),
  ];
}

function summarySheet(model: ReportModel, wording: Wording): Sheet {
  const { document } = model;
  const { line, detail } = headlineOf(model, wording);
  const { timeZone } = document.window;
  const facts: [string, string | number | null, string | null][] = [
    ['verdict', line, null],
    ['rests_on', detail, null],
    ['as_of', `${instantTextIn(timeZone)(model.asOf)} ${timeZone}`, null],
    ['window_from', document.window.from, null],
    ['window_to', document.window.to, null],
    ['received', document.labels.received, null],
    ['audited', document.labels.audited, null],
    ['rated', document.labels.rated, null],
    ['unrated', document.labels.unrated, null],
    ['findings', document.findings.length, null],
    ['rule_set', document.ruleSet.version, null],
    ['data_version', document.data.version, null],
    ['price_lists', document.data.priceLists.join(', '), null],
    ...document.totals.flatMap((totals) => moneyFacts(totals)),
  ];
  return sheet(wording, 'summary', {
    columns: { item: 'text', value: 'long', currency: 'text' },
    rows: facts.map(([name, value, currency]) => [
      currency === null ? wording.say(`summary.${name}`) : wording.say(`money.${name}`),
      value,
      currency,
    ]),
  });
}

function moneyFacts({ currency, ...amounts }: ReportDocument['totals'][number]): [string, number, string][] {
  return Object.entries(amounts).map(([name, value]) => [name, amountNumber(value), currency]);
}

/** Findings that are new or back since the report before, and the ids of those resolved; none for a report that stands alone. */
/** None where nothing is suppressed; one line a suppression and currency. */
function suppressionsSheet({ document: { suppressions }, ruleTitles }: ReportModel, wording: Wording): Sheet[] {
  if (suppressions.length === 0) return [];
  return [
    sheet(wording, 'suppressions', {
      columns: {
        id: 'text',
        what: 'long',
        why: 'long',
        owner: 'text',
        expires_on: 'text',
        hides: 'count',
        amount: 'money',
        currency: 'text',
        note: 'long',
      },
      rows: suppressions.flatMap((each) => {
        const amounts = each.amounts.length === 0 ? [null] : each.amounts;
        return amounts.map((amount) => [
          each.id,
          scopeText(each, { wording, ruleTitles }),
          each.reason,
          each.owner,
          each.expiresOn,
          each.findings,
          amount && amountNumber(amount.value),
          amount && amount.currency,
          suppressionWarnings(each, wording).join(' '),
        ]);
      }),
    }),
  ];
}

function changesSheet({ changes, document }: ReportModel, wording: Wording): Sheet[] {
  if (changes === null || changes.since === null) return [];
  const findings = new Map(document.findings.map((finding) => [finding.id, finding]));
  const rowsOf = (name: 'new' | 'reopened' | 'resolved'): SheetParts['rows'] =>
    changes[name].map((id) => {
      const finding = findings.get(id);
      return [
        wording.say(`changes.${name}`),
        id,
        finding?.rule ?? null,
        finding?.severity ?? null,
        finding?.trackingNumber ?? null,
        finding?.vendor ?? null,
        finding?.amount ? amountNumber(finding.amount.value) : null,
        finding?.amount?.currency ?? null,
        finding?.message ?? null,
      ];
    });
  return [
    sheet(wording, 'changes', {
      columns: {
        change: 'text',
        id: 'text',
        rule: 'text',
        severity: 'text',
        tracking_number: 'text',
        vendor: 'text',
        amount: 'money',
        currency: 'text',
        seen: 'long',
      },
      rows: [...rowsOf('new'), ...rowsOf('reopened'), ...rowsOf('resolved')],
    }),
  ];
}

function findingsSheet(model: ReportModel, wording: Wording): Sheet {
  const instantText = instantTextIn(model.document.window.timeZone);
  const context = { wording, instantText, factUnits: model.factUnits };
  return sheet(wording, 'findings', {
    columns: {
      id: 'text',
      rule: 'text',
      severity: 'text',
      verdict: 'text',
      attribution: 'text',
      confidence: 'text',
      subject: 'text',
      tracking_number: 'text',
      vendor: 'text',
      label_id: 'text',
      amount: 'money',
      currency: 'text',
      seen: 'long',
      deadline: 'text',
      next_step: 'long',
      evidence: 'long',
    },
    rows: model.document.findings.map((finding) => {
      const { amount, evidence, message, ...rest } = finding;
      return [
        rest.id,
        rest.rule,
        rest.severity,
        rest.verdict,
        rest.attribution,
        rest.confidence,
        rest.subject,
        rest.trackingNumber,
        rest.vendor,
        rest.labelId,
        amount === null ? null : amountNumber(amount.value),
        amount?.currency ?? null,
        message,
        rest.deadline,
        rest.nextStep,
        evidenceText(evidence, context)
          .map(({ label, value }) => `${label} ${value}`)
          .join('; '),
      ];
    }),
  });
}

function vendorsSheet({ document, vendors }: ReportModel, wording: Wording): Sheet {
  return sheet(wording, 'vendors', {
    columns: {
      vendor: 'text',
      decision: 'text',
      labels: 'count',
      answered: 'count',
      rated: 'count',
      of_published: 'share',
      reasons: 'long',
      before: 'text',
    },
    rows: vendors.map(({ record, score, chargedOfRatedMills, expectedMills }, index) => [
      record.vendor,
      score.decision,
      record.labels,
      record.answered,
      record.rated,
      expectedMills > 0 ? chargedOfRatedMills / expectedMills : null,
      document.vendors[index]?.reasons.join(' ') ?? null,
      document.vendors[index]?.before?.decision ?? null,
    ]),
  });
}
