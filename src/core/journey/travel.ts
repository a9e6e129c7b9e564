/** What distances say about a parcel: a leap that nothing travels, and deliveries at two places. */
import type { Miles } from '../rating/distance.ts';
import { HOUR_MS } from '../units/day.ts';
import type { Meaning } from './classify.ts';
import type { Leap, PhysicalScan, TwoDeliveries } from './digest.ts';

/** An airliner's speed: the hardest leap is the one for which it would lack the most time. */
const CRUISE_MPH = 550;
/** Slower legs are ordinary and not kept; the rule's own limits lie far above. */
const REMARKABLE_MPH = 200;
const REMARKABLE_MILES = 100;
/** Scans so close to one of the two places count for it. */
const NEAR_MILES = 100;
/** No parcel has as many places; a number somebody wrote into a million rows must not be compared pair by pair. */
const MOST_VISITS = 60;

type Located = PhysicalScan & { zip: string };
type Apart = Pick<TwoDeliveries, 'first' | 'second' | 'miles'>;

/**
 * Gathers a parcel's scans in the order they are told. What follows a return or a forwarding is the way back or on, and is
 * compared with nothing; a delivery attempted, held or led elsewhere explains another one at another place.
 */
export class Travel {
  private readonly visits: Located[] = [];
  private deliveries: Located[] = [];
  /** Two visits that follow each other were remarkably far apart; only then can any two be. */
  private leaps = false;
  private onItsWay = true;
  private apart: Apart | null = null;

  constructor(private readonly miles: Miles) {}

  /** The next event; `scan` where only a parcel in hand causes it. */
  tell(meaning: Meaning, scan: PhysicalScan | null): void {
    const { stage, diverts } = meaning;
    if (stage === 'return' || stage === 'forward') this.onItsWay = false;
    if (stage !== 'delivered' && explainsAnotherDelivery(meaning)) this.deliveries = [];
    if (scan === null || !this.onItsWay || !this.isPlaced(scan)) return;
    this.visit(scan);
    if (stage === 'delivered' && !diverts) this.deliver(scan);
  }

  /** How many scans there are to compare. */
  get located(): number {
    return this.visits.length;
  }

  /** The pair of scans an airliner would lack the most time for; null where none is remarkable. */
  hardestLeap(): Leap | null {
    if (!this.leaps) return null;
    let hardest: Omit<Leap, 'fromScans' | 'toScans'> | null = null;
    let lack = -Infinity;
    for (const [index, from] of this.visits.entries()) {
      for (const to of this.visits.slice(index + 1)) {
        const miles = this.miles(from.zip, to.zip);
        const hours = (to.at - from.at) / HOUR_MS;
        if (miles === null || miles < REMARKABLE_MILES || miles < REMARKABLE_MPH * hours) continue;
        if (miles / CRUISE_MPH - hours <= lack) continue;
        lack = miles / CRUISE_MPH - hours;
        hardest = { from, to, miles };
      }
    }
    if (hardest === null) return null;
    const { from, to, miles } = hardest;
    return { from, to, miles: Math.round(miles), fromScans: this.scansNear(from), toScans: this.scansNear(to) };
  }

  /** The two deliveries that lie farthest apart, where nothing explains the second. */
  twoDeliveries(): TwoDeliveries | null {
    if (this.apart === null) return null;
    const { first, second, miles } = this.apart;
    return {
      first,
      second,
      miles: Math.round(miles),
      firstScans: this.scansNear(first),
      secondScans: this.scansNear(second),
    };
  }

  /** Whether the scan can be compared with others: its ZIP has a place on the map. */
  private isPlaced(scan: PhysicalScan): scan is Located {
    const { zip } = scan;
    return zip !== null && (zip === this.visits.at(-1)?.zip || this.miles(zip, zip) !== null);
  }

  private visit(scan: Located): void {
    if (this.visits.length >= MOST_VISITS) return;
    const before = this.visits.at(-1);
    if (before !== undefined && before.zip !== scan.zip) this.leaps ||= this.isLeg(before, scan);
    this.visits.push(scan);
  }

  /** Whether the way between two visits could be part of a leap: two ends of slower legs are no faster than these. */
  private isLeg(from: Located, to: Located): boolean {
    const miles = this.miles(from.zip, to.zip);
    return miles === null || (miles > 0 && miles >= (REMARKABLE_MPH * (to.at - from.at)) / HOUR_MS);
  }

  private deliver(scan: Located): void {
    for (const first of this.deliveries) {
      const miles = this.miles(first.zip, scan.zip);
      if (miles !== null && miles > (this.apart?.miles ?? 0)) this.apart = { first, second: scan, miles };
    }
    if (this.deliveries.length < MOST_VISITS) this.deliveries.push(scan);
  }

  private scansNear({ zip }: PhysicalScan): number {
    const near = (other: Located) => zip !== null && (this.miles(zip, other.zip) ?? Infinity) <= NEAR_MILES;
    return this.visits.filter(near).length;
  }
}

function explainsAnotherDelivery({ stage, diverts }: Meaning): boolean {
  return diverts || stage === 'stopped' || stage === 'hold_other' || stage === 'forward' || stage === 'return';
}
