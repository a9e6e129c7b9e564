/** A purchased label as rating sees it: its own words for route, packaging and sides, with what they imply. */
import type { Dimensions, Label, Packaging } from '../label/label.ts';

/** The three sides of a label; null unless all of them are stated and above zero. */
export function dimensionsOf(
  label: Pick<Label, 'lengthMilliIn' | 'widthMilliIn' | 'heightMilliIn'>,
): Dimensions | null {
  const { lengthMilliIn, widthMilliIn, heightMilliIn } = label;
  if (!lengthMilliIn || !widthMilliIn || !heightMilliIn) return null;
  return { lengthMilliIn, widthMilliIn, heightMilliIn };
}

/** The packaging a label is rated by; a rate type that names another way of pricing wins over a plain package. */
export function ratedPackaging({
  packaging,
  rateType,
}: Pick<Label, 'packaging' | 'rateType'>): Packaging | 'flat_rate' {
  const plain = packaging === null || packaging === 'package' || packaging === 'soft_pack';
  if (plain && rateType === 'cubic') return 'cubic';
  if (plain && rateType === 'flat_rate') return 'flat_rate';
  return packaging ?? 'package';
}

/** Where a label was rated from and to; the ZIP behind 420 stands in for a missing destination. */
export function routeOf(label: Pick<Label, 'originZip' | 'ratedOriginZip' | 'destinationZip' | 'routingZip'>): {
  originZip: string | null;
  destinationZip: string | null;
} {
  return {
    originZip: label.ratedOriginZip ?? label.originZip,
    destinationZip: label.destinationZip ?? label.routingZip?.slice(0, 5) ?? null,
  };
}
