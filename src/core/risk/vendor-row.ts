/** A row of a vendors file, which says what is on file about a vendor, or what is wrong with it. */
import type { ColumnPlan, Layout } from '../mapping/column-plan.ts';
import { type Shared, vendorOf } from '../mapping/key-cells.ts';
import { RowCells } from '../mapping/row-cells.ts';
import { type Day, parseDay } from '../units/day.ts';
import type { Result } from '../units/result.ts';
import { DECISIONS, type Decision } from './score.ts';

/** What is on file about one vendor; null = not on file. */
export interface VendorFile {
  vendor: string;
  legalName: string | null;
  licenceNumber: string | null;
  licenceExpiresOn: Day | null;
  taxId: string | null;
  foundedOn: Day | null;
  /** How the company is reached. */
  contact: string | null;
  /** What the vendor says that entitles him to sell postage, in his words. */
  authorisationClaimed: string | null;
  /** When somebody last made sure of it. */
  authorisationCheckedOn: Day | null;
  bankBeneficiary: string | null;
  /** What people decided. */
  decision: Decision | null;
  extra: Readonly<Record<string, string>> | null;
}

const REQUIRED = ['vendor'] as const;
const OPTIONAL = [
  'legal_name',
  'licence_number',
  'licence_expires_on',
  'tax_id',
  'founded_on',
  'contact',
  'authorisation_claimed',
  'authorisation_checked_on',
  'bank_beneficiary',
  'decision',
] as const;

export type VendorColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
export const VENDOR_LAYOUT: Layout<VendorColumn> = { columns: [...REQUIRED, ...OPTIONAL], required: REQUIRED };

/** What is null on every vendor of a file that lacks the column. */
export const VENDOR_SOURCES: Readonly<Partial<Record<keyof VendorFile, VendorColumn>>> = {
  legalName: 'legal_name',
  licenceNumber: 'licence_number',
  licenceExpiresOn: 'licence_expires_on',
  taxId: 'tax_id',
  foundedOn: 'founded_on',
  contact: 'contact',
  authorisationClaimed: 'authorisation_claimed',
  authorisationCheckedOn: 'authorisation_checked_on',
  bankBeneficiary: 'bank_beneficiary',
  decision: 'decision',
};

/** A function from the cells of a row to what it says of its vendor. All problems of a row are said at once. */
export function vendorReader(plan: ColumnPlan<VendorColumn>, shared: Shared) {
  const row = new RowCells(plan);
  return (cells: readonly string[]): Result<VendorFile> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const vendor = vendorOf(row, shared);
    const rest = {
      legalName: row.text('legal_name'),
      licenceNumber: row.text('licence_number'),
      licenceExpiresOn: row.day('licence_expires_on'),
      taxId: row.text('tax_id'),
      foundedOn: dayOfFounding(row),
      contact: row.text('contact'),
      authorisationClaimed: row.text('authorisation_claimed'),
      authorisationCheckedOn: row.day('authorisation_checked_on'),
      bankBeneficiary: row.text('bank_beneficiary'),
      decision: row.word('decision', DECISIONS),
      extra: row.extra(),
    };
    if (vendor === null || row.problems.length > 0) return { ok: false, problems: row.problems };
    return { ok: true, value: { vendor, ...rest } };
  };
}

/** Companies may be older than any label. */
function dayOfFounding(row: RowCells<VendorColumn>): Day | null {
  const text = row.text('founded_on');
  if (text === null) return null;
  return parseDay(text) ?? row.reject('founded_on', 'is not a day such as 2019-05-31', text);
}
