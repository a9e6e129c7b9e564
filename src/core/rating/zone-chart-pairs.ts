/** Gathers what a customer's chart says of pairs of areas: which it decides, and which it leaves to the published rule. */
import type { ChartedPair } from './zone-chart.ts';
import { type ZoneTablesInput, pairIndex } from './zone-tables.ts';

/** What the published rule knows and a chart is read by. */
export type ChartGround = Pick<ZoneTablesInput, 'points' | 'exceptions' | 'military' | 'pacific'>;

/** Something wrong with a chart, in words that tell what to do. */
export interface ChartProblem {
  /** Line of the file; null where lines mean nothing. */
  row: number | null;
  field: string;
  message: string;
}

export type ChartResult<T> = { ok: true; value: T } | { ok: false; problem: ChartProblem };

/** A zone from one area to another, and where the chart says it. */
export interface SaidPair extends ChartedPair {
  /** "row 7", "Column0, entry 3". */
  where: string;
  /** All five digits of the destination, where the chart has them. */
  destinationZip: string | null;
}

export class ChartPairs {
  readonly #ground: ChartGround;
  readonly #placed: ReadonlySet<number>;
  readonly #listed: ReadonlySet<number>;
  readonly #said = new Map<number, SaidPair>();
  readonly #left = new Set<number>();

  constructor(ground: ChartGround) {
    this.#ground = ground;
    this.#placed = new Set(ground.points.map(({ zip3 }) => Number(zip3)));
    this.#listed = new Set(
      ground.exceptions.map((pair) => pairIndex(Number(pair.originZip3), Number(pair.destinationZip3))),
    );
  }

  /** Takes a pair; answers the one that said something else before, and then keeps that. */
  put(pair: SaidPair): SaidPair | null {
    const { origin, destination } = pair;
    const key = pairIndex(origin, destination);
    if (this.#tellsApart(pair)) {
      if (!this.#agrees(pair)) this.leave(origin, destination);
      return null;
    }
    const before = this.#said.get(key);
    if (before && before.zone !== pair.zone) return before;
    this.#said.set(key, pair);
    if (!this.#placed.has(origin) || !this.#placed.has(destination)) this.leave(origin, destination);
    return null;
  }

  /** Leaves a pair to the rule, whatever else is said of it. */
  leave(origin: number, destination: number): void {
    this.#left.add(pairIndex(origin, destination));
  }

  /** The pairs the chart decides, and the number of those it does not. */
  decided(): { pairs: ChartedPair[]; leftToRule: number } {
    const decided = [...this.#said].filter(([key]) => !this.#left.has(key)).map(([, pair]) => pair);
    return {
      pairs: decided.map(({ origin, destination, zone }) => ({ origin, destination, zone })),
      leftToRule: this.#left.size,
    };
  }

  /**
   * Whether the rule tells places of the destination apart by five digits: the Pacific area, which charts print as one
   * zone, except for mail from its neighbours, to which the printed zone applies (read-me of the zone charts matrix).
   */
  #tellsApart({ origin, destination }: ChartedPair): boolean {
    const pacific = Number(this.#ground.pacific.zip3);
    return destination === pacific && origin !== pacific && !this.#listed.has(pairIndex(origin, destination));
  }

  #agrees({ zone, destinationZip }: SaidPair): boolean {
    const { zone: others, freelyAssociated } = this.#ground.pacific;
    if (destinationZip === null) return zone === freelyAssociated.zone;
    return zone === (freelyAssociated.zips.includes(destinationZip) ? freelyAssociated.zone : others);
  }
}
