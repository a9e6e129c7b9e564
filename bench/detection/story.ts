/** What a story is: something that happens to an honest label, how often, and what may be said of it. */
import { startOfDay } from '../../src/core/units/day.ts';
import type { Parcel } from './parcel.ts';
import type { Shop } from './shop.ts';

export interface Story {
  name: string;
  /** Of the labels it fits so many bear it. */
  share: number;
  fits: (parcel: Parcel) => boolean;
  /** Rules that may speak of it without attributing it to the vendor. */
  may: readonly string[];
  /** Something did go wrong, or a rule tells of it for information: a clean corpus is without. */
  incident: boolean;
  tell: (shop: Shop, parcel: Parcel) => void;
}

export const inland = ({ set }: Parcel): boolean => set['destination_country'] === undefined;
export const watched = (parcel: Parcel): boolean => inland(parcel) && parcel.steps.length > 0;
export const ofWeight = (parcel: Parcel): boolean => watched(parcel) && parcel.rateType === 'weight';
export const last = (parcel: Parcel): number => parcel.steps.at(-1)?.at ?? startOfDay(parcel.shipDay);

export function story(name: string, share: number, rest: Partial<Story> & Pick<Story, 'tell'>): Story {
  return { name, share, fits: watched, may: [], incident: false, ...rest };
}

/** Delays every step after an instant. */
export function delay(parcel: Parcel, after: number, byMs: number): void {
  parcel.steps = parcel.steps.map((each) => (each.at > after ? { ...each, at: each.at + byMs } : each));
}
