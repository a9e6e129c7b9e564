/** How one quoted price is shown: to people as an itemised text, to programs as the contract's JSON, in a CSV as cells. */
import type { Sources } from '../catalog/sources.ts';
import type { PriceAnswer } from '../core/rating/answer.ts';
import { productName, weightWords } from '../core/rating/product-name.ts';
import type { RatedParcel } from '../core/rating/price.ts';
import type { RateTables } from '../core/rating/tables.ts';
import { bareZoneOf } from '../core/rating/zone.ts';
import { MILLI_OZ_PER_OZ } from '../core/units/measure.ts';
import { formatMills } from '../core/units/money.ts';

/** The zone a parcel travels, also where its price does not depend on it; null where it cannot be told. */
export function quotedZone(parcel: RatedParcel, answer: PriceAnswer, { zones }: RateTables): number | null {
  if (answer.zone !== null) return answer.zone;
  const zone = bareZoneOf(parcel, zones);
  return zone.known ? zone.zone : null;
}

/** The cells a quote adds to a row: price, zone, breakdown, problem. */
export function quoteCells(answer: PriceAnswer, zone: number | null): [string, string, string, string] {
  const place = zone === null ? '' : String(zone);
  if (!answer.known) return ['', place, '', answer.message];
  const breakdown = answer.items.map(({ item, mills }) => `${item} ${formatMills(mills)}`).join('; ');
  return [formatMills(answer.mills), place, breakdown, ''];
}

/** The contract's document of one quote. */
export function quoteJson(answer: PriceAnswer, zone: number | null): string {
  const items = answer.known ? answer.items : [];
  const document = {
    price: answer.known ? formatMills(answer.mills) : null,
    currency: 'USD',
    zone,
    billedWeightOz:
      answer.known && answer.billedWeightMilliOz !== null ? answer.billedWeightMilliOz / MILLI_OZ_PER_OZ : null,
    items: items.map(({ item, mills, rule, source }) => ({ item, amount: formatMills(mills), rule, source })),
    problem: answer.known ? null : answer.message,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Most quotes have a base and an increase only, and then stand in the same columns. */
const MIN_NAME_WIDTH = 6;

/** One quote for people: the price, its items with the rule and source of each, or why there is none. */
export function quoteText(
  parcel: RatedParcel,
  answer: PriceAnswer,
  { sources, zone }: { sources: Sources; zone: number | null },
): string {
  const place = zone === null ? 'zone unknown' : `zone ${zone}`;
  const product = productName(parcel.service, parcel.priceList);
  const title = `${product}, ${parcel.originZip} to ${parcel.destinationZip} (${place}), mailed ${parcel.day}`;
  if (!answer.known) return `${title}\n\n  No price: ${answer.message}\n`;
  const width = formatMills(answer.mills).length;
  const names = Math.max(MIN_NAME_WIDTH, ...answer.items.map(({ item }) => item.length));
  const lines = answer.items.map(({ item, mills, rule, source }) => {
    const from = sources[source]?.title ?? source;
    const indent = ' '.repeat(names + width + 5);
    return `  ${item.padEnd(names)} ${formatMills(mills).padStart(width)}  ${rule}\n${indent}${from}`;
  });
  const billed = answer.billedWeightMilliOz === null ? '' : `, billed as ${weightWords(answer.billedWeightMilliOz)}`;
  const total = `  ${'price'.padEnd(names)} ${formatMills(answer.mills)}  ${answer.currency}${billed}`;
  return [title, '', ...lines, total, ''].join('\n');
}
