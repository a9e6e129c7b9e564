/** A large made-up month for measuring: labels, eight events a label, a charge a label; one row in a hundred is bad. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Service } from '../src/core/label/label.ts';
import { priceOf } from '../src/core/rating/price.ts';
import type { RateTables } from '../src/core/rating/tables.ts';
import { DAY_MS, type Day, HOUR_MS, addDays, formatInstant, startOfDay } from '../src/core/units/day.ts';
import { MILLI_OZ_PER_OZ } from '../src/core/units/measure.ts';
import { formatMills, roundToCents } from '../src/core/units/money.ts';
import { Dice } from '../test/support/month/dice.ts';
import { impb } from '../test/support/month/parcel.ts';
import { TOWNS, type Town, WAREHOUSES } from '../test/support/month/places.ts';

export interface MonthFile {
  /** With one bad row in a hundred, as it is imported. */
  path: string;
  /** The good rows alone, as `\copy` takes them. */
  cleanPath: string;
  columns: readonly string[];
  rows: number;
  cleanRows: number;
}

export interface Month {
  labels: MonthFile;
  events: MonthFile;
  charges: MonthFile;
}

const LABEL_COLUMNS =
  'tracking_number,vendor,label_id,kind,purchased_at,ship_date,service,packaging,rate_type,weight_oz,origin_zip,destination_zip,destination_country,zone,charged,postage,currency,declared_value,order_id,order_value,order_currency,order_parcels,status'.split(
    ',',
  );
const EVENT_COLUMNS =
  'tracking_number,event_time,event_code,event_text,city,state,zip,country,source,retrieved_at'.split(',');
const CHARGE_COLUMNS =
  'invoice_number,vendor,charge_type,amount,currency,line_number,tracking_number,description'.split(',');

const JOURNEY: readonly { hours: number; code: string; text: string; at: 'from' | 'to' }[] = [
  { hours: 17, code: 'MA', text: 'Shipping Label Created, USPS Awaiting Item', at: 'from' },
  { hours: 20, code: '03', text: 'USPS in possession of item', at: 'from' },
  { hours: 27, code: '10', text: 'Arrived at USPS Regional Origin Facility', at: 'from' },
  { hours: 33, code: 'T1', text: 'Departed USPS Regional Facility', at: 'from' },
  { hours: 75, code: 'A1', text: 'Arrived at USPS Regional Destination Facility', at: 'to' },
  { hours: 85, code: '07', text: 'Arrived at Post Office', at: 'to' },
  { hours: 87, code: 'OF', text: 'Out for Delivery', at: 'to' },
  { hours: 92, code: '01', text: 'Delivered, Front Door/Porch', at: 'to' },
];

const RETRIEVED = '2026-12-01T05:00:00Z';
const BAD_EVERY = 100;

/** Writes good rows to two files and, in the first, a bad row after every 99. */
class Pair {
  private readonly dirty;
  private readonly clean;
  private buffers: [string, string] = ['', ''];
  rows = 0;
  cleanRows = 0;

  constructor(
    readonly path: string,
    readonly cleanPath: string,
    readonly columns: readonly string[],
    private readonly spoil: (cells: string[]) => string[],
  ) {
    this.dirty = createWriteStream(path);
    this.clean = createWriteStream(cleanPath);
    const header = `${columns.join(',')}\n`;
    this.buffers = [header, header];
  }

  async write(cells: string[]): Promise<void> {
    const line = `${cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\n`;
    this.buffers[0] += line;
    this.buffers[1] += line;
    this.rows += 1;
    this.cleanRows += 1;
    if (this.cleanRows % (BAD_EVERY - 1) === 0) {
      this.buffers[0] += `${this.spoil(cells)
        .map((cell) => (cell.includes(',') ? `"${cell}"` : cell))
        .join(',')}\n`;
      this.rows += 1;
    }
    if (this.buffers[0].length > 1 << 20) await this.flush();
  }

  async end(): Promise<MonthFile> {
    await this.flush();
    for (const stream of [this.dirty, this.clean]) {
      stream.end();
      await once(stream, 'finish');
    }
    const { path, cleanPath, columns, rows, cleanRows } = this;
    return { path, cleanPath, columns, rows, cleanRows };
  }

  private async flush(): Promise<void> {
    const [dirty, clean] = this.buffers;
    this.buffers = ['', ''];
    if (!this.dirty.write(dirty)) await once(this.dirty, 'drain');
    if (!this.clean.write(clean)) await once(this.clean, 'drain');
  }
}

const replaced = (index: number, value: string) => (cells: string[]) => cells.with(index, value);

/** Writes the month's files into the folder. The same size always gives the same files. */
export async function writeMonth(folder: string, labelCount: number, tables: RateTables): Promise<Month> {
  const dice = new Dice(20_261_101);
  const file = (name: string, columns: string[], spoil: (cells: string[]) => string[]): Pair =>
    new Pair(join(folder, `${name}.csv`), join(folder, `${name}-clean.csv`), columns, spoil);
  const labels = file('labels', LABEL_COLUMNS, replaced(LABEL_COLUMNS.indexOf('charged'), 'twelve'));
  const events = file('events', EVENT_COLUMNS, replaced(1, '2026-11-02 10:00:00'));
  const charges = file('charges', CHARGE_COLUMNS, replaced(3, 'n/a'));
  for (let index = 0; index < labelCount; index += 1) {
    const ground = dice.chance(0.7);
    const from = dice.pick(WAREHOUSES);
    const to = dice.pick(TOWNS);
    const vendor = `Vendor ${dice.whole(1, 20)}`;
    const number = impb(
      ground ? '001' : '055',
      `9000${String(100 + (index >> 20)).padStart(5, '0')}`,
      index % 10_000_000,
    );
    const day = addDays('2026-11-02', dice.whole(0, 24));
    const start = startOfDay(day);
    const service = ground ? 'ground_advantage' : 'priority_mail';
    const weightOz = dice.whole(1, 160);
    const charged = priceFor({ service, from, to, weightOz, day, tables }, dice);
    const value = formatMills(dice.whole(1_000, 14_000) * 10);
    await labels.write([
      number,
      vendor,
      `L${index}`,
      'outbound',
      formatInstant(start + 9 * HOUR_MS),
      day,
      service,
      'package',
      'weight',
      String(weightOz),
      from.zip,
      to.zip,
      'US',
      '',
      charged,
      charged,
      'USD',
      value,
      `O${index}`,
      value,
      'USD',
      '1',
      'purchased',
    ]);
    for (const step of JOURNEY) {
      const place = step.at === 'from' ? from : to;
      const at = formatInstant(start + step.hours * HOUR_MS + (index % 3_600) * 1000 - DAY_MS / 24);
      await events.write([
        number,
        at,
        step.code,
        step.text,
        place.city,
        place.state,
        place.zip,
        'US',
        'usps',
        RETRIEVED,
      ]);
    }
    await charges.write(['INV-1', vendor, 'postage', charged, 'USD', String(index + 1), number, 'USPS label']);
  }
  return { labels: await labels.end(), events: await events.end(), charges: await charges.end() };
}

/** 7 to 18 % under the published commercial price; one label in two hundred far under it. */
function priceFor(
  {
    service,
    from,
    to,
    weightOz,
    day,
    tables,
  }: { service: Service; from: Town; to: Town; weightOz: number; day: Day; tables: RateTables },
  dice: Dice,
): string {
  const price = priceOf(
    {
      service,
      packaging: 'package',
      priceList: 'commercial',
      originZip: from.zip,
      destinationZip: to.zip,
      weightMilliOz: weightOz * MILLI_OZ_PER_OZ,
      dimensions: null,
      day,
    },
    tables,
  );
  if (!price.known) throw new Error(price.message);
  const share = dice.chance(0.005) ? 40 : dice.whole(82, 93);
  return formatMills(roundToCents(Math.ceil((price.mills * share) / 100)));
}
