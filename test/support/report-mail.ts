/** The mail of a made-up report, composed without a database: every part of it may be tampered with. */
import { type Letter, compose } from '../../src/alerts/compose.ts';
import { renderReportMail } from '../../src/alerts/report-mail.ts';
import type { CheckedReport } from '../../src/alerts/self-check.ts';
import { parseMills } from '../../src/core/units/money.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import { pageView } from '../../src/reports/page-view.ts';
import { renderLists, renderReport } from '../../src/reports/render.ts';
import type { ReportChecks } from '../../src/reports/report-checks.ts';
import type { ReportChanges } from '../../src/reports/report-changes.ts';
import type { ReportDocument } from '../../src/reports/report-document.ts';
import type { ReportModel } from '../../src/reports/report-model.ts';
import type { ReportRows } from '../../src/reports/report-rows.ts';
import { loadWording } from '../../src/reports/wording.ts';
import type { Locale } from '../../src/core/rules/answer.ts';
import { PROJECT_ROOT, reportInput, reportRows } from './report.ts';

export interface MadeMail {
  model: ReportModel;
  letter: Letter;
  checked: CheckedReport;
}

/** Everything of the mail about the made-up audit, before it is composed. */
export async function madeMail({
  rows = {},
  locale = 'en',
  changes = null,
}: { rows?: Partial<ReportRows>; locale?: Locale; changes?: ReportChanges | null } = {}): Promise<MadeMail> {
  const wording = loadWording(PROJECT_ROOT, locale);
  const model = { ...makeReport(reportInput({ locale }), reportRows(rows), wording), changes };
  const files = await renderReport(model, { root: PROJECT_ROOT, wording });
  const lists = Object.entries(renderLists(model, wording))
    .filter(([, content]) => content.trimEnd().includes('\n'))
    .map(([filename, content]) => ({ filename, contentType: 'text/csv', content: Buffer.from(content) }));
  const attachments = [
    { filename: 'report.xlsx', contentType: 'application/octet-stream', content: Buffer.from(files['report.xlsx']) },
    ...lists,
    { filename: 'findings.csv', contentType: 'text/csv', content: Buffer.from(files['findings.csv']) },
  ];
  const { document } = model;
  const mailed = {
    day: '2026-12-01',
    view: pageView(model, wording),
    document,
    attached: attachments.map(({ filename }) => filename),
    leftOut: [],
    publicUrl: 'https://postage.example.com',
    wording,
  };
  const letter: Letter = {
    from: 'auditor@example.com',
    to: ['finance@example.com'],
    messageId: '<report.2026-12-01.0123456789abcdef@example.com>',
    references: [],
    subject: 'Postage audit',
    date: new Date('2026-12-01T06:05:00Z'),
    severity: 'critical',
    ...renderReportMail(mailed, PROJECT_ROOT),
    attachments,
  };
  return { model, letter, checked: { document, checks: checksOf(document), attachments, wording } };
}

/** The finished bytes, with some of the letter replaced. */
export function composed({ letter }: MadeMail, change: Partial<Letter> = {}): Promise<Buffer> {
  return compose({ ...letter, ...change });
}

/** What an honest database would have counted. */
function checksOf({ findings, totals, stopList, claims }: ReportDocument): ReportChecks {
  const bySeverity: Record<string, number> = {};
  const amountMills: Record<string, number> = {};
  for (const { severity, amount } of findings) {
    bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
    if (amount) amountMills[amount.currency] = (amountMills[amount.currency] ?? 0) + (parseMills(amount.value) ?? 0);
  }
  const charged = totals.map(({ currency, charged: sum }) => [currency, parseMills(sum) ?? 0] as const);
  const millsByCurrency = (sums: readonly { currency: string; value: string }[]): Record<string, number> =>
    Object.fromEntries(sums.map(({ currency, value }) => [currency, parseMills(value) ?? 0]));
  return {
    findings: findings.length,
    bySeverity,
    amountMills,
    chargedMills: Object.fromEntries(charged),
    outstanding: {
      stop: stopList?.labels.length ?? 0,
      transit: stopList?.inTransit.length ?? 0,
      orderMills: millsByCurrency(stopList?.orders ?? []),
    },
    claims: { count: claims?.items.length ?? 0, mills: millsByCurrency(claims?.totals ?? []) },
  };
}
