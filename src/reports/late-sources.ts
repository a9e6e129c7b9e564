/** Which files should have come and have not: their absence must not read as "nothing found". */
import { HOUR_MS, type Instant } from '../core/units/day.ts';
import type { LateSource } from './report-input.ts';

/** The last time a file came: of a kind, or with labels of one vendor. */
export interface Delivery {
  kind: LateSource['kind'];
  /** Null = of anybody. */
  vendor: string | null;
  at: Instant;
}

/**
 * The kinds, labels first, of which nothing came within the hours before `asOf`; where labels came, the vendors whose
 * labels were not among them.
 */
export function lateSources(
  deliveries: readonly Delivery[],
  { asOf, withinHours }: { asOf: Instant; withinHours: number },
): LateSource[] {
  const lastOf = (kind: LateSource['kind']): Delivery | undefined =>
    deliveries.find((delivery) => delivery.kind === kind && delivery.vendor === null);
  const isLate = ({ at }: Delivery): boolean => asOf - at >= withinHours * HOUR_MS;
  const late = ({ kind, vendor, at }: Delivery): LateSource => ({
    kind,
    vendor,
    hours: Math.floor((asOf - at) / HOUR_MS),
  });
  const kinds = (['labels', 'tracking'] as const).flatMap((kind): LateSource[] => {
    const last = lastOf(kind);
    if (last === undefined) return [{ kind, vendor: null, hours: null }];
    return isLate(last) ? [late(last)] : [];
  });
  if (kinds.some(({ kind }) => kind === 'labels')) return kinds;
  const vendors = deliveries.filter((delivery) => delivery.vendor !== null && isLate(delivery)).map(late);
  return [...vendors, ...kinds];
}
