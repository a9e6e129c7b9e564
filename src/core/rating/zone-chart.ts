/** A customer's own zone chart: which pairs of 3-digit areas it decides, and how many it leaves to the published rule. */

/** The zone from one 3-digit area to another, both as numbers (005 is 5). */
export interface ChartedPair {
  origin: number;
  destination: number;
  zone: number;
}

export interface ZoneChart {
  /** The file as shown to people. */
  file: string;
  /** The day from which the chart says it is in force, as it writes it; null when it says none. */
  effective: string | null;
  pairs: readonly ChartedPair[];
  /** The zone of an origin's military mail by those services that rate it to the gateway. */
  toGateway: readonly { origin: number; zone: number }[];
  /** Pairs the chart marks in a way that is not understood, or knows by places of five digits: the rule decides them. */
  leftToRule: number;
}
