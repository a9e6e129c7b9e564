/** A small world that a seed decides: two vendors, two dozen numbers, and files of every kind about them, in any order. */
import { DAY_MS, addDays, formatInstant, startOfDay } from '../../src/core/units/day.ts';
import type { ImportKind } from '../../src/ingest/import-request.ts';
import { impb } from './month/parcel.ts';

type Row = Record<string, string>;

export const FIRST_DAY = '2026-11-01';
const OURS = '900000081';
const VENDORS = ['Alpha', 'Beta'] as const;

export interface Step {
  kind: ImportKind;
  rows: Row[];
}

/** Numbers that a seed decides: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class World {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = randomFrom(seed * 7919);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /** Files of every kind, each split in up to three, in any order. */
  steps(): Step[] {
    const serials = Array.from({ length: 24 }, (_, serial) => serial);
    const rows: Record<Exclude<ImportKind, 'vendors'>, Row[]> = {
      labels: serials.flatMap((serial) => this.labels(serial)),
      tracking: serials.flatMap((serial) => this.events(serial)),
      invoice: serials.flatMap((serial) => this.lines(serial)),
      adjustments: serials.flatMap((serial) => this.adjustments(serial)),
      mailers: [
        { mailer_id: OURS, owner: 'Alpha' },
        { mailer_id: '900000082', owner: 'Beta' },
      ],
      warehouses: [
        { zip: '90058', name: 'West' },
        { zip: '60607', name: '' },
      ],
    };
    const files = (Object.keys(rows) as (keyof typeof rows)[]).flatMap((kind) => this.split(kind, rows[kind]));
    return this.shuffled(files);
  }

  private split(kind: ImportKind, rows: readonly Row[]): Step[] {
    const files: Row[][] = Array.from({ length: 1 + this.below(3) }, () => []);
    for (const row of rows) files[this.below(files.length)]?.push(row);
    return files.filter((file) => file.length > 0).map((file) => ({ kind, rows: file }));
  }

  private shuffled<T>(items: readonly T[]): T[] {
    const all = [...items];
    for (let at = all.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [all[at], all[other]] = [all[other] as T, all[at] as T];
    }
    return all;
  }

  private vendor(serial: number): string {
    return VENDORS[serial % 2] ?? 'Alpha';
  }

  private day(serial: number): string {
    return addDays(FIRST_DAY, serial + this.below(4));
  }

  private number(serial: number): string {
    return impb('001', serial % 5 === 0 ? '900000082' : OURS, serial);
  }

  /** Some numbers were never bought by anybody known, and some twice. */
  private labels(serial: number): Row[] {
    if (serial % 6 === 5) return [];
    const day = this.day(serial);
    const label = {
      tracking_number: this.number(serial),
      vendor: this.vendor(serial),
      label_id: `L${serial}`,
      purchased_at: `${day}T09:00:00Z`,
      ship_date: day,
      service: 'ground_advantage',
      rate_type: 'weight',
      packaging: 'package',
      weight_oz: '8',
      scale_weight_oz: serial % 4 === 0 ? '8.1' : '',
      origin_zip: '90058',
      destination_zip: '85004',
      charged: serial % 7 === 3 ? '1.10' : '7.31',
      status: serial % 9 === 4 ? 'voided' : 'purchased',
      voided_by: serial % 9 === 4 ? 'us' : '',
      voided_at: serial % 9 === 4 ? `${addDays(day, 2)}T09:00:00Z` : '',
      ...this.order(serial),
    };
    const corrected = this.below(6) === 0 ? [{ ...label, charged: '5.00' }] : [];
    return [label, ...corrected];
  }

  /** Every third label names no order; the others share one with a parcel of the other vendor, which may have one label too many. */
  private order(serial: number): Row {
    if (serial % 3 === 2) return { order_id: '' };
    const order = Math.floor(serial / 3);
    const value = { order_value: '90.00', order_currency: 'USD', declared_value: serial % 3 === 0 ? '45.00' : '30.00' };
    return { order_id: `SO-${order}`, order_parcels: String(1 + (order % 2)), ...value };
  }

  private events(serial: number): Row[] {
    if (this.below(5) === 0) return [];
    const day = this.day(serial);
    const event = (after: number, happening: Row): Row => ({
      tracking_number: this.number(serial),
      event_time: formatInstant(startOfDay(day) + after * DAY_MS),
      source: 'usps',
      outcome: 'answered',
      retrieved_at: '2026-12-11T05:00:00Z',
      ...happening,
    });
    const unpaid = { event_text: 'Unpaid package: your item is at risk of being intercepted' };
    return [
      event(1, { event_code: 'GX', event_text: 'Shipping Label Created' }),
      event(2, { event_code: '03', event_text: 'Accepted', city: 'LOS ANGELES', state: 'CA', zip: '90058' }),
      ...(serial % 6 === 5 ? [event(3, unpaid)] : []),
    ];
  }

  /** Bills of a week, by number; some lines come twice, some are of nobody's label. */
  private lines(serial: number): Row[] {
    if (this.below(6) === 0) return [];
    const day = this.day(serial);
    const week = Math.floor((startOfDay(day) - startOfDay(FIRST_DAY)) / (7 * DAY_MS));
    const from = addDays(FIRST_DAY, week * 7);
    const vendor = this.vendor(serial);
    const line = {
      invoice_number: `${vendor}-${week}`,
      vendor,
      line_number: String(serial),
      charge_type: 'postage',
      charge_code: 'P1',
      amount: this.below(4) === 0 ? '9.99' : '7.31',
      invoice_date: addDays(from, 8),
      period_from: from,
      period_to: addDays(from, 6),
      charged_at: `${day}T10:00:00Z`,
      tracking_number: this.number(serial),
      label_id: `L${serial}`,
    };
    const again = this.below(5) === 0 ? [{ ...line, line_number: `${serial}b` }] : [];
    const fee =
      serial % 11 === 0 ? [{ ...line, line_number: `${serial}f`, charge_type: 'fee', tracking_number: '' }] : [];
    return [line, ...again, ...fee];
  }

  private adjustments(serial: number): Row[] {
    if (this.below(3) !== 0) return [];
    const day = addDays(this.day(serial), 9);
    return [
      {
        adjustment_id: `ADJ-${serial}`,
        vendor: this.vendor(serial),
        tracking_number: this.number(serial),
        assessed_at: `${day}T12:00:00Z`,
        notified_at: addDays(day, 2),
        reason: this.below(2) === 0 ? 'weight' : 'unmanifested',
        amount: '3.10',
        claimed_weight_oz: '8',
        assessed_weight_oz: '18',
      },
    ];
  }
}
