/** Why a rule answers as it does for a parcel, a charge, an invoice or a vendor, as of any time: judged for the answer alone, nothing is stored. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PoolClient } from 'pg';
import { Catalog } from '../catalog/catalog.ts';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { Facts } from '../core/facts/facts.ts';
import type { InvoiceKnown } from '../core/facts/charge-input.ts';
import type { Judged } from '../core/finding/charge.ts';
import { invoiceInputs, invoiceKey } from '../core/finding/invoice.ts';
import { type Bench, type ParcelKnown, chargeInputs, judgeInputs } from '../core/finding/parcel.ts';
import { vendorInputs } from '../core/finding/vendor.ts';
import type { Explanation } from '../core/rules/explain.ts';
import { type Rule, isShadowVersion } from '../core/rules/rule.ts';
import { didYouMean } from '../core/rules/suggest.ts';
import type { Instant } from '../core/units/day.ts';
import { formatMills } from '../core/units/money.ts';
import { NotFoundError } from '../platform/errors.ts';
import { AuditService } from './audit.service.ts';
import { readCoverages } from './coverage.query.ts';
import { readInvoices } from './invoice-facts.query.ts';
import { readMailerIds } from './mailer-id.query.ts';
import { gatherVendors } from './vendor-facts.query.ts';
import { readParcel } from './work.query.ts';

/** One answer of the rule: for a purchase, a charge, an invoice, or a vendor over a week or over all its labels. */
export interface Explained {
  /** Which purchase, charge or week, in words; '' when there is only one. */
  about: string;
  vendor: string;
  explanation: Explanation;
}

export interface ExplainedRule {
  rule: Rule;
  /** What `judged.book` holds for an audit as of the instant. */
  book: string;
  dataVersion: string;
  answers: Explained[];
}

@Injectable()
export class ExplainService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(AuditService) private readonly audits: AuditService,
  ) {}

  /**
   * The answers of a rule, whatever its status (`<id>.shadow` is the version that is tried out), for a tracking number; for a vendor's name where it judges vendors; for the
   * number of an invoice, alone or as `@vendor/number`, where it judges invoices. Throws a NotFoundError for a rule,
   * number, vendor or invoice that is not known.
   */
  async explain(id: string, subject: string, asOf: Instant): Promise<ExplainedRule> {
    const rule = this.ruleNamed(id);
    const answers = await this.answersOf(rule, subject, asOf);
    return { rule, book: await this.audits.judgedByAsOf(asOf), dataVersion: this.catalog.dataVersion, answers };
  }

  private ruleNamed(id: string): Rule {
    const versions = this.catalog.shadowRules
      .filter(isShadowVersion)
      .map((rule) => [`${rule.id}.shadow`, rule] as const);
    const named = new Map([...this.catalog.rules.rules.map((rule) => [rule.id, rule] as const), ...versions]);
    const rule = named.get(id);
    if (rule !== undefined) return rule;
    throw new NotFoundError(`there is no rule ${id}${didYouMean(id, [...named.keys()])}`);
  }

  private answersOf(rule: Rule, subject: string, asOf: Instant): Promise<Explained[]> {
    if (rule.subject === 'vendor') return this.ofVendor(rule, subject, asOf);
    if (rule.level === 'invoice') return this.ofInvoice(rule, subject, asOf);
    return rule.subject === 'charge' ? this.ofCharges(rule, subject, asOf) : this.ofLabel(rule, subject, asOf);
  }

  private async ofLabel(rule: Rule, written: string, asOf: Instant): Promise<Explained[]> {
    const number = canonicalNumber(written).canonical;
    const { known, bench } = await this.readKnown(number, asOf);
    const inputs = judgeInputs(known, bench);
    if (inputs.length === 0) throw new NotFoundError(`no purchase under the number ${number} was known by then`);
    return inputs.map((input) => ({
      about:
        inputs.length === 1 ? '' : `sale ${input.label.labelId ?? input.label.saleKey} of ${input.label.purchasedDay}`,
      vendor: input.label.vendor,
      explanation: rule.explain(Facts.about(input), input.label.vendor),
    }));
  }

  /** Of every line or adjustment under the number, or the key of an account, or of the number itself. */
  private async ofCharges(rule: Rule, written: string, asOf: Instant): Promise<Explained[]> {
    const key = written.startsWith('@') ? written : canonicalNumber(written).canonical;
    const { known, bench } = await this.readKnown(key, asOf);
    const judged = chargeInputs(rule, known, bench);
    if (judged.length === 0) throw new NotFoundError(`no ${rule.level} under ${key} was known by then`);
    return judged.map(({ subject: { vendor }, of, facts }) => ({
      about: chargeInWords(of),
      vendor: vendor ?? '',
      explanation: rule.explain(facts, vendor ?? ''),
    }));
  }

  private async ofInvoice(rule: Rule, written: string, asOf: Instant): Promise<Explained[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const rows = await readInvoices(runner, asOf);
      const numbers = [...new Set(rows.map(({ invoiceNumber }) => invoiceNumber))].toSorted();
      const wanted = [...invoiceInputs(rows, asOf)].filter(({ invoice }) => isNamed(invoice, written));
      if (wanted.length === 0) {
        throw new NotFoundError(`nothing is known of an invoice ${written}${didYouMean(written, numbers)}`);
      }
      return wanted.map(({ invoice: { vendor, invoiceNumber, currency }, facts }) => ({
        about: `invoice ${invoiceNumber} in ${currency}`,
        vendor,
        explanation: rule.explain(facts, vendor),
      }));
    } finally {
      await runner.release();
    }
  }

  private async readKnown(key: string, asOf: Instant): Promise<{ known: ParcelKnown; bench: Bench }> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const parcel = await readParcel((await runner.connect()) as PoolClient, key);
      if (parcel === null) throw new NotFoundError(`no purchase under the number ${key} is on file, and no charge`);
      const scope = [key];
      const mailerIds = await readMailerIds(runner, asOf, scope);
      // What is kept of the coverage is that of the last run, whatever its clock was.
      const coverages = await readCoverages(runner, asOf);
      const bench = { ...(await this.audits.bench(runner, { asOf, scope, mailerIds })), coverages };
      const journey = (await this.audits.journeysAsOf([parcel], asOf, true)).get(key) ?? null;
      const { sales, charges } = parcel;
      return { known: { trackingNumber: key, sales, journey, charges }, bench };
    } finally {
      await runner.release();
    }
  }

  private async ofVendor(rule: Rule, vendor: string, asOf: Instant): Promise<Explained[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const mailerIds = await readMailerIds(runner, asOf, null);
      const rows = await gatherVendors(runner, { asOf, mailerIds, accessClosedOn: this.catalog.accessClosedOn });
      const vendors = [...new Set(rows.map((row) => row.vendor))].toSorted();
      if (!vendors.includes(vendor)) {
        throw new NotFoundError(`nothing is known of a vendor ${vendor}${didYouMean(vendor, vendors)}`);
      }
      return vendorInputs(rule, rows, { vendor, asOf }).map((input) => ({
        about: input.week === null ? '' : `week of ${input.week}`,
        vendor,
        explanation: rule.explain(Facts.aboutVendor(input), vendor),
      }));
    } finally {
      await runner.release();
    }
  }
}

/** A line, an adjustment, or the number as a whole ('') in words. */
function chargeInWords({ line, adjustment }: Judged['of']): string {
  if (adjustment) return `adjustment ${adjustment.adjustmentId}`;
  if (!line) return 'the number itself';
  const { lineNumber, invoiceNumber, chargeType, amountMills, currency } = line.line;
  const place = lineNumber === null ? 'line' : `line ${lineNumber}`;
  return `${place} of invoice ${invoiceNumber}, ${chargeType} ${formatMills(amountMills)} ${currency}`;
}

/** Whether an invoice is meant by its number, by `@vendor/number`, or by the key its findings are kept under. */
function isNamed(invoice: InvoiceKnown, written: string): boolean {
  const { vendor, invoiceNumber } = invoice;
  return [invoiceNumber, `@${vendor}/${invoiceNumber}`, invoiceKey(invoice)].includes(written);
}
