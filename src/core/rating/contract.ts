/** A vendor's contract: which of its lines holds for a parcel, and the postage by that line, itemised. */
import type { Packaging, PriceList, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import { formatMills, roundToCents } from '../units/money.ts';
import type { PriceAnswer, PriceItem } from './answer.ts';
import { unrated } from './price-table.ts';

/** How a line prices: a share off a published list, or a price of its own. */
export type ContractPrice =
  { by: 'discount'; share: number; off: PriceList } | { by: 'price'; mills: number; off: PriceList };

/** One line of a contract. A null narrows nothing. */
export interface ContractLine {
  /** "harbor.yaml, line 12": how a breakdown and an error name the line. */
  place: string;
  services: readonly Service[] | null;
  packagings: readonly Packaging[] | null;
  zones: readonly number[] | null;
  /** The line holds over this weight ... */
  overMilliOz: number;
  /** ... and not over this one; Infinity = any. */
  notOverMilliOz: number;
  /** First and last day in force. */
  from: Day;
  to: Day;
  price: ContractPrice;
  /**
   * `added`: the published peak-season increase comes on top in full. `included`: it is inside the price of the line, or
   * reduced as the rest.
   */
  peak: 'included' | 'added';
}

/** One vendor's contract. Its lines stand in the order in which they are tried: the most specific first. */
export interface Contract {
  /** The file's name without its ending; stands as source in a breakdown. */
  id: string;
  vendors: readonly string[];
  lines: readonly ContractLine[];
}

/** Every contract on file. */
export interface Contracts {
  /** The contract of a vendor by the name labels give it, however spelt; null when none is on file. */
  of: (vendor: string) => Contract | null;
}

/** Where no contract is on file, as for a new user. */
export const NO_CONTRACTS: Contracts = Object.freeze({ of: () => null });

/** What decides which line holds; null = not known. */
export interface ContractedParcel {
  service: Service;
  packaging: Packaging;
  /** The billed weight, in thousandths of an ounce. */
  weightMilliOz: number | null;
  zone: number | null;
  day: Day;
}

/**
 * The contract's postage for a parcel, itemised with the contract as its source; null when no line covers the parcel;
 * unknown (`contract_price`) when what is not known of the parcel decides between lines, or the list a line is off does
 * not state the price.
 * @param published the published postage of the parcel by a list, peak-season increase included
 */
export function contractPriceOf(
  contract: Contract,
  parcel: ContractedParcel,
  published: (priceList: PriceList) => PriceAnswer,
): PriceAnswer | null {
  for (const line of contract.lines) {
    const holds = lineHolds(line, parcel);
    if (holds === 'yes') return priceByLine(contract, line, { parcel, published: published(line.price.off) });
    if (holds === 'maybe') {
      const message = `Which line of the contract ${contract.id} holds cannot be told: weight or zone is not known (${line.place}).`;
      return unrated('contract_price', message, parcel.zone);
    }
  }
  return null;
}

/** Whether a line holds for a parcel, as far as what is known of it tells. */
function lineHolds(line: ContractLine, parcel: ContractedParcel): 'yes' | 'no' | 'maybe' {
  const { services, packagings, zones, overMilliOz, notOverMilliOz, from, to } = line;
  const { zone, weightMilliOz, day } = parcel;
  if (day < from || day > to) return 'no';
  if (services && !services.includes(parcel.service)) return 'no';
  if (packagings && !packagings.includes(parcel.packaging)) return 'no';
  if (zones && zone !== null && !zones.includes(zone)) return 'no';
  if (weightMilliOz !== null && (weightMilliOz <= overMilliOz || weightMilliOz > notOverMilliOz)) return 'no';
  const weighed = overMilliOz > 0 || notOverMilliOz !== Infinity;
  return (zones && zone === null) || (weighed && weightMilliOz === null) ? 'maybe' : 'yes';
}

function priceByLine(
  contract: Contract,
  line: ContractLine,
  { parcel, published }: { parcel: ContractedParcel; published: PriceAnswer },
): PriceAnswer {
  const { price, peak, place } = line;
  const fixed = price.by === 'price';
  if (!published.known && !(fixed && peak === 'included')) {
    const message = `The contract line ${place} rests on a published price that is not at hand: ${published.message}`;
    return unrated('contract_price', message, parcel.zone);
  }
  const increase = published.known ? published.items.find(({ item }) => item === 'peak') : undefined;
  const apart = peak === 'added' && increase ? increase : null;
  const items = Object.freeze([lineItem(contract, line, published, apart), ...(apart ? [apart] : [])]);
  return Object.freeze({
    known: true,
    mills: items.reduce((sum, item) => sum + item.mills, 0),
    currency: 'USD',
    zone: parcel.zone,
    billedWeightMilliOz: published.known ? published.billedWeightMilliOz : parcel.weightMilliOz,
    items,
    priceListId: contract.id,
  });
}

function lineItem(
  { id }: Contract,
  { price, place }: ContractLine,
  published: PriceAnswer,
  apart: PriceItem | null,
): PriceItem {
  const named = `Contract ${place}`;
  if (price.by === 'price') return { item: 'base', mills: price.mills, rule: named, source: id };
  const full = (published.known ? published.mills : 0) - (apart?.mills ?? 0);
  const percent = Math.round(price.share * 10_000) / 100;
  const rule = `${named}: ${percent} % off ${price.off} ${formatMills(full)}`;
  return { item: 'base', mills: roundToCents(full * (1 - price.share)), rule, source: id };
}
