/** Puts what an audit handed over and what the database holds into one report. No clock, no disk, no database. */
import { addDays, dayOf, formatInstant } from '../core/units/day.ts';
import type { RejectedRow } from '../ingest/import.table.ts';
import { listClaims, passedClaims } from './claims.ts';
import { listFindings } from './findings.ts';
import { listNotChecked } from './not-checked.ts';
import { compareText } from './order.ts';
import { lostCoverage } from './lost-coverage.ts';
import { chargeTally, tallyOutcomes, vendorTally } from './outcomes.ts';
import { comparePeers } from './peers.ts';
import { reasonSentences } from './reasons.ts';
import { decidedBefore } from './report-before.ts';
import { REPORT_SCHEMA, type ReportDocument, ReportDocumentSchema } from './report-document.ts';
import { describeFlag } from './flagged.ts';
import type { BookRule, ReportInput } from './report-input.ts';
import type { RejectedRowView, ReportModel } from './report-model.ts';
import type { ReportRows, SoldRow } from './report-rows.ts';
import { listShadow } from './shadow.ts';
import { listStops } from './stop-list.ts';
import { describeSuppression } from './suppressions.ts';
import { sumTotals } from './totals.ts';
import { viewVendors } from './vendor-views.ts';
import type { Wording } from './wording.ts';

/** The report of one audit; the same arguments give the same report. Throws when a stored value breaks the contract. */
export function makeReport(input: ReportInput, rows: ReportRows, wording: Wording): ReportModel {
  const { rules, vendorRules, chargeRules } = input.book;
  const tally = tallyOutcomes(rows.outcomes, rules.map(idOf));
  const aboutVendors = vendorTally(rows.vendorOutcomes, vendorRules.map(idOf));
  const aboutCharges = chargeTally(rows.chargeOutcomes, rows.invoiceOutcomes, chargeRules.map(idOf));
  const named = [...rules, ...vendorRules, ...chargeRules];
  const ruleTitles = new Map(named.map((rule) => [rule.id, rule.title[input.locale]]));
  const before = input.before ?? null;
  const day = dayOf(input.asOf);
  const { vendors, together } = viewVendors(rows, input);
  const peers = comparePeers(rows, rules.map(idOf));
  const passed = { claims: passedClaims(before?.document.claims ?? null, day), rows: rows.passed };
  const document: ReportDocument = {
    schema: REPORT_SCHEMA,
    asOf: formatInstant(input.asOf),
    window: { ...purchaseWindow(rows.sold), timeZone: input.timeZone },
    ruleSet: { version: input.book.version, rules: named.length },
    data: { version: input.data.version, priceLists: [...input.data.priceLists] },
    sources: input.sources.map(({ file, kind, vendor, rows: all, accepted, repeated, rejected }) => ({
      file,
      kind,
      vendor,
      rows: all,
      accepted,
      repeated,
      rejected,
    })),
    labels: {
      received: rows.received,
      audited: rows.judged.audited,
      rated: rows.judged.rated,
      unrated: rows.judged.audited - rows.judged.rated,
    },
    outcomes: [...tally.outcomes, ...aboutVendors, ...aboutCharges].sort((a, b) => compareText(a.rule, b.rule)),
    findings: listFindings(rows.findings, input.locale),
    totals: sumTotals(rows),
    vendors: vendors.map(({ record, score, coverage }) => ({
      vendor: record.vendor,
      labels: record.labels,
      decision: score.decision,
      reasons: reasonSentences(score, {
        findings: rows.findings.filter((finding) => finding.vendor === record.vendor),
        ruleTitles,
        wording,
      }),
      before: decidedBefore(before, record.vendor),
      recent: coverage.now,
      fellFrom: coverage.fellFrom,
      peers: peers.get(record.vendor) ?? [],
    })),
    notChecked: listNotChecked({ input, rows, outcomes: tally.outcomes, aboutVendors, aboutCharges, wording }),
    coverage: { ...together.now, fellFrom: together.fellFrom },
    stopList: listStops(rows.outstanding),
    claims: listClaims({ ...rows, day, passed, words: ({ message }) => message[input.locale] }),
    suppressions: rows.suppressions.map(describeSuppression),
    suppressedFindings: rows.hiddenIds.length,
    flaggedRules: rows.dismissed.flatMap(describeFlag),
    shadow: listShadow(input.book.shadow ?? [], rows, input.locale),
  };
  return {
    document: ReportDocumentSchema.parse(document),
    locale: input.locale,
    asOf: input.asOf,
    ruleTitles,
    factUnits: new Map(Object.entries(input.book.facts).map(([name, { unit }]) => [name, unit])),
    vendors,
    labelsWithUnknown: tally.labelsWithUnknown,
    rejectedRows: listRejected(input, rows),
    outstanding: rows.outstanding,
    lost: lostCoverage({ vendors, falls: together.falls, before }, wording),
    hiddenIds: rows.hiddenIds,
    changes: null,
  };
}

function idOf({ id }: BookRule): string {
  return id;
}

function purchaseWindow(sold: readonly SoldRow[]): { from: string | null; to: string | null } {
  const firstDays = sold.map((row) => row.firstDay).sort(compareText);
  const lastDays = sold.map((row) => row.lastDay).sort(compareText);
  const last = lastDays.at(-1);
  return { from: firstDays[0] ?? null, to: last === undefined ? null : addDays(last, 1) };
}

/** Under the file names of this audit: the same content may have been imported before under another name. */
function listRejected(input: ReportInput, rows: ReportRows): RejectedRowView[] {
  const byImport = new Map<string, RejectedRow[]>();
  for (const row of rows.rejected) {
    const ofImport = byImport.get(row.importId);
    if (ofImport) ofImport.push(row);
    else byImport.set(row.importId, [row]);
  }
  return input.sources.flatMap(({ importIds, file }) =>
    importIds
      .flatMap((importId) => byImport.get(importId) ?? [])
      .map(({ row, field, problem, value }) => ({ file, row, field, problem, value })),
  );
}
