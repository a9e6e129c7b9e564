/** The cells every kind of row has in its key: the tracking number and the vendor. */
import { type CanonicalNumber, canonicalNumber } from '../barcode/canonical.ts';
import { type VendorNames, foldVendorName } from './vendor-name.ts';
import { MAX_KEY_LENGTH, type RowCells } from './row-cells.ts';

/** What the person who imports says about all rows of a file. */
export interface Shared {
  /** Fills rows that name no vendor; null = every row must name its own. */
  vendor: string | null;
  /** The names vendors go by. */
  names: VendorNames;
}

/** The canonical number; it may be damaged or foreign, but must be something. Null once a problem has been said. */
export function trackingNumber(row: RowCells<'tracking_number'>): CanonicalNumber | null {
  return row.required('tracking_number', optionalTrackingNumber(row));
}

/** As `trackingNumber`, where a row need not be about a parcel. */
export function optionalTrackingNumber(row: RowCells<'tracking_number'>): CanonicalNumber | null {
  const written = row.key('tracking_number');
  if (written === null) return null;
  const number = canonicalNumber(written);
  if (number.canonical === '') return row.reject('tracking_number', 'holds neither a letter nor a digit', written);
  if (number.canonical.length <= MAX_KEY_LENGTH) return number;
  return row.reject('tracking_number', `is longer than ${MAX_KEY_LENGTH} characters`, written);
}

/** The vendor of the row by the name he goes by; a row that names another vendor than the one given is refused. */
export function vendorOf(row: RowCells<'vendor'>, { vendor, names }: Shared): string | null {
  const written = row.key('vendor');
  if (vendor === null) return row.required('vendor', written === null ? null : names.nameOf(written));
  if (written === null || written === vendor || foldVendorName(written) === foldVendorName(vendor)) {
    return names.nameOf(vendor);
  }
  return row.reject('vendor', `names another vendor than the one given for the file, ${vendor}`, written);
}
