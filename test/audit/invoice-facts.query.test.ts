/** Invoices that SQL adds up are those that a plain reading of their lines gives, whatever the lines. */
import { readCoverages } from '../../src/audit/coverage.query.ts';
import { readInvoices } from '../../src/audit/invoice-facts.query.ts';
import { type InvoiceTold, totalOf } from '../../src/core/ledger/invoice.ts';
import type { Period, VendorCoverage } from '../../src/core/ledger/charge.ts';
import { distinctPeriods } from '../../src/core/ledger/coverage.ts';
import { startOfDay } from '../../src/core/units/day.ts';
import { type ChargeRow, ChargeTable } from '../../src/ingest/charge.table.ts';
import { useDatabase } from '../support/database.ts';
import { Dice } from '../support/month/dice.ts';

const AS_OF = Date.parse('2026-12-01T06:00:00Z');

/** Few values of each kind, so that lines are equal, stand against each other and repeat whole invoices. */
function anyLine(dice: Dice, index: number): ChargeRow {
  const vendor = dice.pick(['Alpha', 'Beta']);
  const invoiceNumber = dice.pick(['A-1', 'A-2', 'A-3', 'A-4']);
  const account = dice.chance(0.2);
  const day = dice.pick([null, '2026-11-09', '2026-11-20', '2026-12-05']);
  const isPeriod = dice.chance(0.7);
  return {
    trackingNumber: account ? `@${vendor}/${invoiceNumber}` : dice.pick(['9400', '9401', '9402', 'EA1US']),
    vendor,
    chargeKey: String(index),
    invoiceNumber,
    lineNumber: null,
    chargeType: dice.pick(['postage', 'refund']),
    chargeCode: dice.pick([null, 'X']),
    description: null,
    amountMills: dice.pick([-2_000, -1_000, 0, 1_000, 1_000, 2_000]),
    currency: dice.pick(['USD', 'USD', 'EUR']),
    invoiceDate: day,
    periodFrom: isPeriod ? dice.pick(['2026-11-01', '2026-11-08']) : null,
    periodTo: dice.chance(0.9) ? dice.pick(['2026-11-10', '2026-11-30']) : null,
    labelId: null,
    chargedAt: null,
    chargedDay: null,
    reversesLine: null,
    invoiceTotalMills: dice.pick([null, 5_000]),
    payee: null,
    extra: null,
    importId: 'i'.repeat(64),
  };
}

/** Few lines, each of them once more on another invoice, as a vendor bills twice. */
function billedTwice(dice: Dice): ChargeRow[] {
  const once = Array.from({ length: dice.whole(1, 6) }, (_, index) => anyLine(dice, index));
  return once.flatMap((line, index) => {
    const [first, second] = ['A-1', dice.chance(0.9) ? 'A-2' : 'A-3'];
    const on = (invoiceNumber: string, chargeKey: string): ChargeRow => ({
      ...line,
      invoiceNumber,
      chargeKey,
      trackingNumber: isAboutParcel(line) ? line.trackingNumber : `@${line.vendor}/${invoiceNumber}`,
    });
    return [on(first, `${index} first`), on(second, `${index} second`)];
  });
}

function isAboutParcel({ trackingNumber }: ChargeRow): boolean {
  return !trackingNumber.startsWith('@');
}

function chargesLabel(line: ChargeRow): boolean {
  return isAboutParcel(line) && line.amountMills > 0 && line.chargeType === 'postage';
}

function groupsOf<T>(rows: readonly T[], keyOf: (row: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

const least = (texts: readonly (string | null)[]): string | null =>
  texts.filter((text) => text !== null).toSorted()[0] ?? null;
const most = (texts: readonly (string | null)[]): string | null =>
  texts
    .filter((text) => text !== null)
    .toSorted()
    .at(-1) ?? null;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

function datedOf(line: ChargeRow, lines: readonly ChargeRow[]): string | null {
  const { vendor, invoiceNumber } = line;
  const own = lines.filter((other) => other.vendor === vendor && other.invoiceNumber === invoiceNumber);
  return least(own.map(({ invoiceDate }) => invoiceDate));
}

/** Read line by line, with what it holds in place of its hash. */
function readPlainly(lines: readonly ChargeRow[]): InvoiceTold[] {
  const known = lines.filter((line) => startOfDay(datedOf(line, lines) ?? '1970-01-01') <= AS_OF);
  const parcelOf = (line: ChargeRow): string => (isAboutParcel(line) ? line.trackingNumber : '');
  return groupsOf(known, ({ vendor, invoiceNumber, currency }) => [vendor, invoiceNumber, currency]).map((own) => {
    const [first] = own as [ChargeRow];
    const { vendor, invoiceNumber, currency } = first;
    const others = known.filter(
      (line) => line.vendor === vendor && line.currency === currency && line.invoiceNumber !== invoiceNumber,
    );
    const asked = own.filter(({ amountMills }) => amountMills > 0);
    const credited = groupsOf(asked, (line) => [parcelOf(line), line.amountMills]).map((same) => {
      const [line] = same as [ChargeRow];
      const given = others.filter(
        (other) => parcelOf(other) === parcelOf(line) && other.amountMills === -line.amountMills,
      );
      return line.amountMills * Math.min(same.length, given.length);
    });
    const totals = own.flatMap(({ invoiceTotalMills }) => invoiceTotalMills ?? []);
    return {
      vendor,
      invoiceNumber,
      currency,
      invoiceDate: datedOf(first, lines),
      periodFrom: least(own.map(({ periodFrom }) => periodFrom)),
      periodTo: most(own.map(({ periodTo }) => periodTo)),
      lines: own.length,
      numberedLines: own.filter(isAboutParcel).length,
      sumMills: sum(own.map(({ amountMills }) => amountMills)),
      statedTotalMills: totals.length === 0 ? null : Math.max(...totals),
      contentKey: own
        .map((line) => JSON.stringify([parcelOf(line), line.chargeType, line.chargeCode, line.amountMills]))
        .toSorted()
        .join('\n'),
      parcelsKey: [...new Set(own.filter(isAboutParcel).map(({ trackingNumber }) => trackingNumber))]
        .toSorted()
        .join('\n'),
      creditedMills: sum(credited),
    };
  });
}

/** Which of a vendor's invoices hold the same lines as it, and which of its total the same parcels, instead of what those are. */
function comparable(invoices: readonly InvoiceTold[]): unknown[] {
  const shown = invoices.map((own) => {
    const { contentKey, parcelsKey, ...invoice } = own;
    const others = invoices.filter(({ vendor, currency }) => vendor === own.vendor && currency === own.currency);
    const numbersOf = (told: readonly InvoiceTold[]): string[] => told.map((other) => other.invoiceNumber).toSorted();
    return {
      ...invoice,
      sameAs: numbersOf(others.filter((other) => other.contentKey === contentKey)),
      ofSameParcels: numbersOf(
        others.filter(
          (other) => other.numberedLines > 0 && other.parcelsKey === parcelsKey && totalOf(other) === totalOf(own),
        ),
      ),
    };
  });
  const keyOf = ({ vendor, invoiceNumber, currency }: (typeof shown)[number]): string =>
    [vendor, invoiceNumber, currency].join();
  return shown.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The days and currencies alone, in order of vendor. */
function coveredBy(coverages: ReadonlyMap<string, VendorCoverage>): unknown[] {
  return [...coverages.keys()].toSorted().map((vendor) => {
    const { invoiced = [], currencies = [] } = coverages.get(vendor) ?? {};
    return { vendor, currencies, invoiced: invoiced.map(({ from, to }) => `${from}/${to}`) };
  });
}

/** The periods in which labels are charged, and those of an invoice that charges some without a period, by vendor. */
function invoicedPlainly(lines: readonly ChargeRow[]): Map<string, VendorCoverage> {
  const covered = lines.flatMap((line) => {
    const { vendor, invoiceNumber, periodFrom: from, periodTo: to } = line;
    const ofInvoice = lines.filter((other) => other.vendor === vendor && other.invoiceNumber === invoiceNumber);
    const currencies = ofInvoice.filter(chargesLabel).flatMap((charge) => {
      const isWithout = charge.periodFrom === null || charge.periodTo === null;
      return isWithout || (charge.periodFrom === from && charge.periodTo === to) ? [charge.currency] : [];
    });
    if (from === null || to === null || currencies.length === 0) return [];
    if (startOfDay(datedOf(line, lines) ?? to) > AS_OF) return [];
    return [{ vendor, period: { from, to }, currencies }];
  });
  return new Map(
    groupsOf(covered, ({ vendor }) => vendor).map((own) => {
      const periods: Period[] = own.map(({ period }) => period);
      const currencies = [...new Set(own.flatMap((one) => one.currencies))].toSorted();
      return [own[0]?.vendor ?? '', { sold: [], invoiced: distinctPeriods(periods), currencies }];
    }),
  );
}

describe('invoices', () => {
  const database = useDatabase();

  test.each(Array.from({ length: 40 }, (_, seed) => seed))('are added up as their lines say, seed %i', async (seed) => {
    const dice = new Dice(seed);
    const lines =
      seed % 2 === 0
        ? Array.from({ length: dice.whole(1, 60) }, (_, index) => anyLine(dice, index))
        : billedTwice(dice);
    const repository = database.dataSource().getRepository(ChargeTable);
    await repository.clear();
    await repository.insert(lines);
    const runner = database.dataSource().createQueryRunner();
    try {
      expect(comparable(await readInvoices(runner, AS_OF))).toEqual(comparable(readPlainly(lines)));
      expect(coveredBy(await readCoverages(runner, AS_OF))).toEqual(coveredBy(invoicedPlainly(lines)));
    } finally {
      await runner.release();
    }
  });
});
