/** What is on file about vendors, as the last vendors file told it. */
import { EntitySchema } from 'typeorm';

/** One vendor; null = not on file. */
export interface VendorRow {
  vendor: string;
  legalName: string | null;
  licenceNumber: string | null;
  licenceExpiresOn: string | null;
  taxId: string | null;
  foundedOn: string | null;
  contact: string | null;
  authorisationClaimed: string | null;
  authorisationCheckedOn: string | null;
  bankBeneficiary: string | null;
  /** buy | watch | stop */
  decision: string | null;
  extra: Record<string, string> | null;
  importId: string;
}

export const VendorTable = new EntitySchema<VendorRow>({
  name: 'vendor',
  columns: {
    vendor: { type: 'text', primary: true, collation: 'C' },
    legalName: { name: 'legal_name', type: 'text', nullable: true },
    licenceNumber: { name: 'licence_number', type: 'text', nullable: true },
    licenceExpiresOn: { name: 'licence_expires_on', type: 'date', nullable: true },
    taxId: { name: 'tax_id', type: 'text', nullable: true },
    foundedOn: { name: 'founded_on', type: 'date', nullable: true },
    contact: { type: 'text', nullable: true },
    authorisationClaimed: { name: 'authorisation_claimed', type: 'text', nullable: true },
    authorisationCheckedOn: { name: 'authorisation_checked_on', type: 'date', nullable: true },
    bankBeneficiary: { name: 'bank_beneficiary', type: 'text', nullable: true },
    decision: { type: 'text', nullable: true },
    extra: { type: 'jsonb', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64 },
  },
});
