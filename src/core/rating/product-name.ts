/** Services and price lists as a breakdown names them. */
import type { PriceList, Service } from '../label/label.ts';
import { MILLI_OZ_PER_LB, formatThousandths } from '../units/measure.ts';

const serviceNames: Record<Service, string> = {
  ground_advantage: 'Ground Advantage',
  priority_mail: 'Priority Mail',
  priority_mail_express: 'Priority Mail Express',
  first_class_mail: 'First-Class Mail',
  media_mail: 'Media Mail',
  library_mail: 'Library Mail',
  bound_printed_matter: 'Bound Printed Matter',
  parcel_select: 'Parcel Select',
  usps_connect_local: 'USPS Connect Local',
};

/** "Ground Advantage". */
export function serviceName(service: Service): string {
  return serviceNames[service];
}

/** "Ground Advantage commercial". */
export function productName(service: Service, priceList: PriceList): string {
  return `${serviceName(service)} ${priceList}`;
}

/** A weight as price lists print it: ounces under a pound, else pounds. 15999 -> "15.999 oz", 32000 -> "2 lb". */
export function weightWords(milliOz: number): string {
  if (milliOz < MILLI_OZ_PER_LB) return `${formatThousandths(milliOz)} oz`;
  return `${formatThousandths(Math.round((milliOz * 1000) / MILLI_OZ_PER_LB))} lb`;
}

/** A volume as cubic price lists print it: 300 -> "0.30 cubic feet". */
export function volumeWords(milliCubicFt: number): string {
  return `${(milliCubicFt / 1000).toFixed(2)} cubic feet`;
}

/** A thing with a price of its own, in words: "small_flat_rate_box" -> "small flat rate box". */
export function itemName(item: string): string {
  return item.replaceAll('_', ' ').replace(/^apo /, 'APO ');
}
