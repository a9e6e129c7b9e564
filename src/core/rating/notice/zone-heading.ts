/** Which zones a column of a price table holds, by the words above it. */

/**
 * "Zone 5" -> 5; "Local, 1 & 2", "L,1 & 2", "Zones 1-2" -> 1, 2; null for a heading that names no zone. Every zone is 1
 * to 9.
 */
export function zonesOfHeading(heading: string): number[] | null {
  const words = heading
    .toLowerCase()
    .replaceAll(/\b(?:zones?|local|l|and|to|through)\b/g, (word) => (word === 'to' || word === 'through' ? '-' : ' '));
  const plain = words.replaceAll(/[–—]/g, '-').replaceAll(/\s+/g, ' ').trim();
  if (!/^[1-9](?:\s*[-,&/ ]\s*[1-9])*$/.test(plain.replaceAll(/^[,&\s]+|[,&\s]+$/g, ''))) return null;
  const zones = new Set<number>();
  for (const [, from = '', to] of plain.matchAll(/([1-9])(?:\s*-\s*([1-9]))?/g)) {
    for (let zone = Number(from); zone <= Number(to ?? from); zone += 1) zones.add(zone);
  }
  return zones.size === 0 ? null : [...zones].sort((a, b) => a - b);
}
