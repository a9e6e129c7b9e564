/** Below a quote for people: the cheaper lawful way to send the same parcel, where there is one. */
import { type Alternative, cheapestAlternative } from '../core/rating/alternative.ts';
import { type RatedParcel, statedZone } from '../core/rating/price.ts';
import { itemName, serviceName } from '../core/rating/product-name.ts';
import type { RateTables } from '../core/rating/tables.ts';
import { endsOf, zoneOf } from '../core/rating/zone.ts';
import { formatMills } from '../core/units/money.ts';

/**
 * One line, or '' where nothing is known to be cheaper. Retail quotes and quotes with extra services get none: the
 * comparison is of commercial prices, and which service offers an extra is not on file.
 */
export function alternativeText(parcel: RatedParcel, tables: RateTables): string {
  const extras = (parcel.extras ?? []).some((extra) => extra !== 'tracking') || (parcel.insuredMills ?? 0) > 0;
  if (parcel.priceList !== 'commercial' || extras || (parcel.causes ?? []).length > 0) return '';
  const { zone: stated } = parcel;
  const zoneBy: Parameters<typeof cheapestAlternative>[1]['zoneBy'] = (service) =>
    stated === undefined ? zoneOf({ ...parcel, service }, tables.zones) : statedZone(stated);
  const { military } = endsOf(parcel, tables.zones);
  const found = cheapestAlternative(parcel, { zoneBy, military }, tables);
  return found ? `  ${alternativeWords(found)}\n` : '';
}

function alternativeWords({ service, packaging, mills, savingMills, slower }: Alternative): string {
  const speed = slower ? ', slower' : '';
  const less = `${formatMills(mills)}, ${formatMills(savingMills)} less${speed}`;
  return `cheaper: ${serviceName(service)}, ${itemName(packaging)}, ${less}, where no promise or contents forbid it`;
}
