/** What a service type code meant on a given day. */
import type { ServiceType, ServiceTypeTable } from './data.ts';
import type { Day } from '../units/day.ts';

/** The meaning in force on the day; null when the code is not in the table, or not on that day. */
export function serviceOf(code: string | null, table: ServiceTypeTable, day: Day): ServiceType | null {
  const meanings = code === null ? undefined : table.get(code);
  const inForce = ({ validFrom, validUntil }: ServiceType) =>
    validFrom <= day && (validUntil === null || day < validUntil);
  return meanings?.findLast(inForce) ?? null;
}

/** "Merchandise Return", "Return Service", "Returns"; a return receipt comes back alone, without the parcel. */
const returnWords = /\breturns?\b(?! receipt)/i;

/** Whether a parcel with the code goes back to whoever sold what is in it. */
export function isReturnService({ description }: Pick<ServiceType, 'description'>): boolean {
  return returnWords.test(description);
}
