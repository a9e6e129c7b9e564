/** Why a rule answers as it does for a parcel or a vendor, as of any time: judged for the answer alone, nothing is stored. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PoolClient } from 'pg';
import { Catalog } from '../catalog/catalog.ts';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { Facts } from '../core/facts/facts.ts';
import type { JudgeInput } from '../core/facts/input.ts';
import { judgeInputs } from '../core/finding/parcel.ts';
import { vendorInputs } from '../core/finding/vendor.ts';
import type { Explanation } from '../core/rules/explain.ts';
import type { Rule } from '../core/rules/rule.ts';
import { didYouMean } from '../core/rules/suggest.ts';
import type { Instant } from '../core/units/day.ts';
import { NotFoundError, UsageError } from '../platform/errors.ts';
import { AuditService } from './audit.service.ts';
import { readMailerIds } from './mailer-id.query.ts';
import { gatherVendors } from './vendor-facts.query.ts';
import { readParcel } from './work.query.ts';

/** One answer of the rule: for a purchase, or for a vendor over a week or over all its labels. */
export interface Explained {
  /** Which purchase or week, in words; '' when there is only one. */
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
   * The answers of a rule, whatever its status, for a tracking number, or for a vendor's name where it judges vendors.
   * Throws a NotFoundError for a rule, number or vendor that is not known.
   */
  async explain(id: string, subject: string, asOf: Instant): Promise<ExplainedRule> {
    const rule = this.ruleNamed(id);
    const answers =
      rule.subject === 'vendor' ? await this.ofVendor(rule, subject, asOf) : await this.ofLabel(rule, subject, asOf);
    return { rule, book: this.audits.bookAsOf(asOf), dataVersion: this.catalog.dataVersion, answers };
  }

  private ruleNamed(id: string): Rule {
    const { rules } = this.catalog.rules;
    const rule = rules.find((each) => each.id === id);
    if (rule !== undefined) return rule;
    throw new NotFoundError(
      `there is no rule ${id}${didYouMean(
        id,
        rules.map((each) => each.id),
      )}`,
    );
  }

  private async ofLabel(rule: Rule, written: string, asOf: Instant): Promise<Explained[]> {
    if (rule.subject !== 'label')
      throw new UsageError(`${rule.id} judges a ${rule.subject}, which has no number to explain`);
    const number = canonicalNumber(written).canonical;
    const inputs = await this.inputsOf(number, asOf);
    if (inputs.length === 0) throw new NotFoundError(`no purchase under the number ${number} was known by then`);
    return inputs.map((input) => ({
      about:
        inputs.length === 1 ? '' : `sale ${input.label.labelId ?? input.label.saleKey} of ${input.label.purchasedDay}`,
      vendor: input.label.vendor,
      explanation: rule.explain(Facts.about(input), input.label.vendor),
    }));
  }

  private async inputsOf(number: string, asOf: Instant): Promise<JudgeInput[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const parcel = await readParcel((await runner.connect()) as PoolClient, number);
      if (parcel === null) throw new NotFoundError(`no purchase under the number ${number} is on file`);
      const scope = [number];
      const bench = await this.audits.bench(runner, {
        asOf,
        scope,
        mailerIds: await readMailerIds(runner, asOf, scope),
      });
      const journey = (await this.audits.journeysAsOf([parcel], asOf, true)).get(number) ?? null;
      return judgeInputs({ sales: parcel.sales, journey, charges: parcel.charges }, bench);
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
