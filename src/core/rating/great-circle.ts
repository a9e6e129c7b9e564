/** Distances on the globe by way of chords: comparing squared chords needs no trigonometry for each pair of places. */

/** Places as unit vectors (x, y, z) one after another, each where its `place` says. Degrees, north and east positive. */
export function unitVectors(
  points: readonly { latitude: number; longitude: number; place: number }[],
  count: number,
): Float64Array {
  const vectors = new Float64Array(count * 3);
  for (const { latitude, longitude, place } of points) {
    const phi = (latitude * Math.PI) / 180;
    const lambda = (longitude * Math.PI) / 180;
    vectors[place * 3] = Math.cos(phi) * Math.cos(lambda);
    vectors[place * 3 + 1] = Math.cos(phi) * Math.sin(lambda);
    vectors[place * 3 + 2] = Math.sin(phi);
  }
  return vectors;
}

/** The squared straight line between two places, in radii of the globe. */
export function squaredChord(from: Float64Array, origin: number, to: Float64Array, destination: number): number {
  const x = (from[origin * 3] ?? 0) - (to[destination * 3] ?? 0);
  const y = (from[origin * 3 + 1] ?? 0) - (to[destination * 3 + 1] ?? 0);
  const z = (from[origin * 3 + 2] ?? 0) - (to[destination * 3 + 2] ?? 0);
  return x * x + y * y + z * z;
}

/** The squared chord under an arc of so many miles. */
export function squaredChordOf(miles: number, radiusMiles: number): number {
  const chord = 2 * Math.sin(miles / (2 * radiusMiles));
  return chord * chord;
}

/** The arc over a squared chord, in miles. */
export function milesOf(squared: number, radiusMiles: number): number {
  return 2 * radiusMiles * Math.asin(Math.min(1, Math.sqrt(squared) / 2));
}
