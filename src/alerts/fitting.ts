/** A part of a mail as full as its limit allows: it shows half as much until it fits. */

/** After so many halvings every list is as short as it gets; a part that short fits every limit. */
const MOST_HALVINGS = 10;

/** The part with the fewest halvings of its lists and texts that is no longer than `limit` bytes. */
export function fitting(render: (halvings: number) => string, limit: number): string {
  let part = render(0);
  for (let halvings = 1; Buffer.byteLength(part) > limit && halvings <= MOST_HALVINGS; halvings += 1) {
    part = render(halvings);
  }
  return part;
}

/** What is left of a greatest length; under `least` nothing would be told. */
export function halved(most: number, least: number, halvings: number): number {
  return Math.max(least, Math.ceil(most / 2 ** halvings));
}
