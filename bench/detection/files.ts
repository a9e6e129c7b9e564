/** Writes a made month as canonical files: labels and an invoice a vendor, tracking, adjustments, mailers, warehouses, truth. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS, addDays, formatInstant } from '../../src/core/units/day.ts';
import type { Row } from '../../test/support/month/parcel.ts';
import { periodsOf } from './billing-schemes.ts';
import type { MadeMonth } from './generate.ts';
import type { Adjusted, Bill, Parcel, Side, Step } from './parcel.ts';
import { chargedMills, dollars, orderlyBills } from './shop.ts';
import { TRUTH_COLUMNS, truthRows, writtenNumber } from './truth.ts';
import { FULL_EXPORT, type Vendor } from './vendor.ts';
import type { Season } from './world.ts';

/** Name and text of every file of the month. */
export function filesOf(month: MadeMonth): Map<string, string> {
  const { parcels, vendors, world } = month;
  const files = new Map<string, string>();
  const of = (vendor: Vendor): Parcel[] => parcels.filter((parcel) => parcel.vendor === vendor);
  for (const vendor of vendors) {
    const name = vendor.name.toLowerCase().replaceAll(' ', '-');
    const columns = [...FULL_EXPORT].filter((column) => vendor.columns.has(column));
    files.set(`labels-${name}.csv`, csv(columns, of(vendor).flatMap(labelRows)));
    const lines = invoiceRows(vendor, of(vendor), world.season);
    if (lines.length > 0) files.set(`invoice-${name}.csv`, csv(invoiceColumns(vendor), lines));
  }
  files.set(
    'tracking.csv',
    csv(
      TRACKING_COLUMNS,
      parcels.flatMap((parcel) => trackingRows(parcel, world.season)),
    ),
  );
  const adjusted = parcels.flatMap((parcel) => adjustmentRows(parcel, world.season));
  if (adjusted.length > 0) files.set('adjustments.csv', csv(Object.keys(adjusted[0] ?? {}), adjusted));
  const mailers = vendors
    .filter(({ own }) => own)
    .flatMap(({ mailerIds, name }) => mailerIds.map((id) => ({ mailer_id: id, owner: name })));
  files.set('mailers.csv', csv(['mailer_id', 'owner'], mailers));
  files.set(
    'warehouses.csv',
    csv(
      ['zip', 'name'],
      world.warehouses.map(({ zip, city }) => ({ zip, name: city })),
    ),
  );
  files.set('truth.csv', csv(TRUTH_COLUMNS, truthRows(month)));
  files.set('as-of.txt', `${formatInstant(world.season.asOf)}\n`);
  return files;
}

/** Contracts are the user's own and lie in a folder of theirs. */
export function contractsOf({ vendors, world }: MadeMonth): Map<string, string> {
  const contracts = new Map<string, string>();
  for (const { name, pricing } of vendors) {
    if (pricing.by !== 'contract') continue;
    const line = `  - { services: [ground_advantage, priority_mail], discount: ${pricing.off.toFixed(4)}, peak: included }`;
    const text = `vendors: [${name}]\neffective_from: ${addDays(world.season.first, -200)}\nlines:\n${line}\n`;
    contracts.set(`${name.toLowerCase().replaceAll(' ', '-')}.yaml`, text);
  }
  return contracts;
}

/** Writes the month into a folder, its contracts into one below. */
export function writeMonth(month: MadeMonth, folder: string): { files: string; contracts: string } {
  const files = join(folder, 'files');
  const contracts = join(folder, 'contracts');
  for (const [at, texts] of [
    [files, filesOf(month)],
    [contracts, contractsOf(month)],
  ] as const) {
    mkdirSync(at, { recursive: true });
    for (const [name, text] of texts) writeFileSync(join(at, name), text);
  }
  return { files, contracts };
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function csv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return `${lines.map((cells) => cells.map(quoted).join(',')).join('\n')}\n`;
}

/** The rows of a parcel's label: its own, and those of the same number told again. */
function labelRows(parcel: Parcel): Row[] {
  const { vendor, sides, purchasedAt, orderMills } = parcel;
  const [length, width, height] = sides.map(String);
  const handed = parcel.steps.some(({ code }) => code === '03') ? formatInstant(purchasedAt + 20 * HOUR_MS) : '';
  const row: Row = {
    tracking_number: parcel.number,
    vendor: vendor.name,
    label_id: parcel.labelId,
    kind: 'outbound',
    purchased_at: written(purchasedAt, vendor),
    printed_at: formatInstant(purchasedAt + 60_000),
    ship_date: parcel.shipDay,
    handed_over_at: vendor.own ? handed : '',
    service: parcel.service,
    packaging: parcel.packaging,
    rate_type: parcel.rateType,
    weight_oz: String(parcel.weightOz),
    scale_weight_oz: String(parcel.scaleOz),
    length_in: length ?? '',
    width_in: width ?? '',
    height_in: height ?? '',
    origin_zip: parcel.from.zip,
    destination_zip: parcel.to.zip,
    destination_country: 'US',
    zone: String(parcel.zone),
    charged: dollars(chargedMills(parcel)),
    postage: dollars(parcel.postageMills),
    surcharges: dollars(parcel.surchargesMills),
    insurance_fee: parcel.insuranceMills > 0 ? dollars(parcel.insuranceMills) : '',
    currency: 'USD',
    declared_value: dollars(orderMills),
    order_id: parcel.orderId,
    order_value: dollars(orderMills),
    order_currency: 'USD',
    order_destination_zip: parcel.to.zip,
    order_parcels: '1',
    status: 'purchased',
    ...parcel.set,
  };
  return [row, ...parcel.copies.map((copy) => ({ ...row, ...copy }))];
}

/** A time as the vendor's system writes it. */
function written(at: number, { times, serial }: Vendor): string {
  const local = formatInstant(at - 8 * HOUR_MS);
  if (times === 'day') return local.slice(0, 10);
  if (times === 'zoneless') return local.slice(0, 16).replace('T', ' ');
  return serial % 2 === 0 ? formatInstant(at) : `${local.slice(0, 19)}-08:00`;
}

const TRACKING_COLUMNS =
  'tracking_number,event_time,event_code,event_text,city,state,zip,country,source,retrieved_at,outcome,mailpiece_id'.split(
    ',',
  );

/** What the vendor's source told of the parcel by the time it was asked. */
function trackingRows(parcel: Parcel, { asOf }: Season): Row[] {
  const { watching } = parcel.vendor;
  const asked = asOf - watching.askedHours * HOUR_MS;
  const about = { tracking_number: parcel.number, source: watching.source, retrieved_at: formatInstant(asked) };
  if (watching.refused) return [{ ...about, outcome: 'no_access' }];
  const told = parcel.steps.filter(({ at }) => at <= asked).toSorted((a, b) => a.at - b.at);
  if (told.length === 0) return parcel.answer === null ? [] : [{ ...about, outcome: parcel.answer }];
  return told.map((each, nth) => ({
    ...about,
    event_time: formatInstant(each.at),
    event_code: each.code,
    event_text: each.text,
    city: each.city,
    state: each.state,
    zip: isCityOnly(parcel, each, nth) ? '' : each.zip,
    country: each.country ?? 'US',
    outcome: each.outcome ?? (watching.states ? 'answered' : ''),
    mailpiece_id: each.mailpiece ?? '',
  }));
}

/** Spread over the vendor's scans by their numbers, so that a share of them names the town alone. */
function isCityOnly({ vendor, number }: Parcel, { at }: Step, nth: number): boolean {
  return ((Number(number.slice(-5, -1)) + nth * 37 + Math.floor(at / 60_000)) % 100) / 100 < vendor.watching.cityOnly;
}

function invoiceColumns({ billing }: Vendor): string[] {
  const columns =
    'invoice_number,vendor,charge_type,amount,currency,invoice_date,period_from,period_to,line_number,tracking_number,label_id,charge_code,description,reverses_line'.split(
      ',',
    );
  if (billing.statesDays) columns.push('charged_at');
  if (billing.statesTotal) columns.push('invoice_total');
  return columns;
}

/** The lines of every invoice of the vendor that had come. */
function invoiceRows(vendor: Vendor, parcels: readonly Parcel[], season: Season): Row[] {
  const billed = parcels.flatMap((parcel) => billsOf(parcel).map((bill) => ({ parcel, bill })));
  return periodsOf(vendor, season).flatMap(({ from, to }) => {
    const lines = billed
      .filter(({ bill }) => bill.day >= from && bill.day <= to)
      .toSorted((a, b) => (a.bill.day < b.bill.day ? -1 : 1));
    const fees = vendor.billing.feeMills === 0 ? [] : [{ parcel: null, bill: accountFee(vendor, to) }];
    const all = [...lines, ...fees];
    const invoice = {
      invoice_number: `${vendor.code}-${from.replaceAll('-', '')}`,
      vendor: vendor.name,
      currency: 'USD',
      invoice_date: addDays(to, 1),
      period_from: from,
      period_to: to,
      invoice_total: dollars(all.reduce((sum, { bill }) => sum + bill.mills, 0)),
    };
    const lineOf = (bill: Bill | undefined): string => {
      const at = all.findIndex((line) => line.bill === bill);
      return at < 0 ? '' : String(at + 1);
    };
    return all.map(({ parcel, bill }, index) => ({
      ...invoice,
      charge_type: bill.type,
      amount: dollars(bill.mills),
      line_number: String(index + 1),
      tracking_number: parcel === null ? '' : writtenNumber(parcel),
      label_id: parcel?.labelId ?? '',
      charge_code: bill.code,
      description: bill.description,
      charged_at: bill.day,
      reverses_line: lineOf(bill.reverses),
    }));
  });
}

/** What the vendor asks for the account, whatever was sent. */
function accountFee({ billing }: Vendor, day: string): Bill {
  return { type: 'fee', mills: billing.feeMills, day, code: 'PLAN', description: 'Plan' };
}

/** The lines of the parcel, after what its stories did to them. */
function billsOf(parcel: Parcel): Bill[] {
  return parcel.rebill.reduce<Bill[]>((bills, change) => change(bills), orderlyBills(parcel));
}

function adjustmentRows(parcel: Parcel, { asOf }: Season): Row[] {
  return parcel.adjusted
    .filter(({ assessedAt }) => assessedAt < asOf - DAY_MS)
    .map((adjusted, nth) => ({
      adjustment_id: `APV${parcel.labelId}${nth}`,
      vendor: parcel.vendor.name,
      tracking_number: parcel.number,
      ...adjustmentCells(adjusted),
      ...sideCells('claimed', adjusted.claimed),
      ...sideCells('assessed', adjusted.assessed),
    }));
}

function adjustmentCells({ assessedAt, reason, mills, feeMills }: Adjusted): Row {
  return {
    assessed_at: formatInstant(assessedAt),
    reason,
    amount: dollars(mills),
    currency: 'USD',
    notified_at: formatInstant(assessedAt + 20 * HOUR_MS),
    processing_fee: dollars(feeMills),
  };
}

function sideCells(side: 'claimed' | 'assessed', { weightOz, zone, service, mills }: Side): Row {
  return {
    [`${side}_weight_oz`]: weightOz === undefined ? '' : String(weightOz),
    [`${side}_zone`]: zone === undefined ? '' : String(zone),
    [`${side}_service`]: service ?? '',
    [`${side}_amount`]: mills === undefined ? '' : dollars(mills),
  };
}
