/** Lines against purchases: which line pays for which, what is said once more, what differs. */
import fc from 'fast-check';
import { CHARGE_TYPES, type ChargeLine } from '../../../src/core/ledger/charge.ts';
import { type Ledger, ledgerOf } from '../../../src/core/ledger/ledger.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { aLine, lines } from '../../support/ledger.ts';
import { NUMBER } from '../../support/judge.ts';
import { aRatedLabel } from '../../support/rating.ts';

function aSale(over: Partial<Label> = {}): Label {
  return aRatedLabel({ trackingNumber: NUMBER, trackingRaw: NUMBER, ...over });
}

const sale = aSale();

function book(all: Partial<ChargeLine>[], sales: readonly Label[] = [sale]): Ledger['lines'] {
  return ledgerOf(lines(...all), sales).lines;
}

/** By line number, how it repeats another. */
function repeats(all: Partial<ChargeLine>[], sales?: readonly Label[]): (string | null)[] {
  return book(all, sales).map((line) => line.repeats);
}

const postage = { chargeCode: 'PM' };
const surcharge = { chargeType: 'surcharge', amountMills: 4_000 } as const;

describe('a line says another once more', () => {
  test.each<[string, Partial<ChargeLine>[], (string | null)[]]>([
    ['the same twice', [postage, postage], [null, 'surely']],
    ['three times', [postage, postage, postage], [null, 'surely', 'surely']],
    ['on the next invoice', [postage, { ...postage, invoiceNumber: 'INV-12' }], [null, 'surely']],
    ['another amount', [postage, { ...postage, amountMills: 400 }], [null, null]],
    ['another type', [postage, { ...postage, chargeType: 'insurance' }], [null, null]],
    ['another currency', [postage, { ...postage, currency: 'CNY' }], [null, null]],
    ['another vendor', [postage, { ...postage, vendor: 'bolt' }], [null, null]],
    ['another code', [postage, { chargeCode: 'PRI' }], [null, 'other_code']],
    ['two surcharges of one amount without a code', [surcharge, surcharge], [null, 'uncoded']],
    [
      'two surcharges of one code',
      [
        { ...surcharge, chargeCode: 'NSF' },
        { ...surcharge, chargeCode: 'NSF' },
      ],
      [null, 'surely'],
    ],
    [
      'two surcharges of two codes',
      [
        { ...surcharge, chargeCode: 'A' },
        { ...surcharge, chargeCode: 'B' },
      ],
      [null, 'other_code'],
    ],
    ['taken back', [postage, postage, { ...postage, amountMills: -12_000 }], [null, null, null]],
    ['two adjustments', [{ chargeType: 'adjustment' }, { chargeType: 'adjustment' }], [null, null]],
    ['two credits', [{ amountMills: -12_000 }, { amountMills: -12_000 }], [null, null]],
  ])('%s', (_story, all, expected) => expect(repeats(all)).toEqual(expected));

  test('it is the later invoice that repeats, whatever its number', () => {
    const same = { ...postage, chargedAt: Date.UTC(2026, 10, 3, 9), chargedDay: '2026-11-03' } as const;
    const told = book([
      { ...same, invoiceNumber: 'INV-9', invoiceDate: '2026-11-05' },
      { ...same, invoiceNumber: 'INV-10', invoiceDate: '2026-11-20' },
    ]);
    expect(told.map(({ line, repeats: how }) => [line.invoiceNumber, how])).toEqual([
      ['INV-9', null],
      ['INV-10', 'surely'],
    ]);
  });

  test('two purchases account for two lines, and not for three', () => {
    const sales = [sale, aSale({ saleKey: 'L2', labelId: 'L2' })];
    expect(repeats([postage, postage], sales)).toEqual([null, null]);
    expect(repeats([postage, postage, postage], sales)).toEqual([null, null, 'surely']);
  });

  test('a label id makes both lines one purchase’s', () => {
    const sales = [sale, aSale({ saleKey: 'L2', labelId: 'L2' })];
    expect(repeats([{ labelId: 'L1' }, { labelId: 'L1' }], sales)).toEqual([null, 'surely']);
    expect(repeats([{ labelId: 'of theirs' }, { labelId: 'of theirs' }], sales)).toEqual([null, null]);
  });

  test('also where no label is known', () => expect(repeats([postage, postage], [])).toEqual([null, 'surely']));

  test('is explained where the row of the label states as much', () => {
    const explained = (label: Label) => book([surcharge, surcharge, postage], [label]).map((line) => line.explained);
    expect(explained(aSale({ surchargesMills: 8_000, chargedMills: 20_000 }))).toContain(true);
    expect(explained(aSale({ surchargesMills: 4_000, chargedMills: 16_000 }))).not.toContain(true);
  });

  test('a credit that equals nothing is set off against it first', () => {
    const refund = { chargeType: 'refund', amountMills: -5_000, chargedDay: '2026-11-09' } as const;
    expect(book([postage, postage, refund]).map((line) => line.openMills)).toEqual([12_000, 7_000, -5_000]);
    const early = { ...refund, chargedDay: '2026-11-04' };
    expect(book([early, postage, postage]).map((line) => line.openMills)).toEqual([-5_000, 12_000, 12_000]);
  });
});

describe('which purchase a line pays for', () => {
  const cheap = aSale({ saleKey: 'L2', labelId: 'L2', chargedMills: 9_000 });
  const paidFor = (all: Partial<ChargeLine>[], sales: readonly Label[]) =>
    book(all, sales).map(({ purchase }) => purchase?.saleKey ?? null);

  test('by amount, whatever the order of the lines', () => {
    expect(paidFor([{ amountMills: 9_000 }, { amountMills: 12_000 }], [sale, cheap])).toEqual(['L2', 'L1']);
    expect(paidFor([{ amountMills: 13_000 }, { amountMills: 9_000 }], [sale, cheap])).toEqual(['L1', 'L2']);
  });

  test('a live one before one that was voided before the charge', () => {
    const voided = aSale({ status: 'voided', voidedAt: Date.UTC(2026, 10, 6) });
    const again = aSale({ saleKey: 'L2', labelId: 'L2' });
    expect(paidFor([{ chargedDay: '2026-11-10' }], [voided, again])).toEqual(['L2']);
    expect(paidFor([{ chargedDay: '2026-11-05' }], [voided, again])).toEqual(['L1']);
  });

  test("none of another vendor's", () => expect(paidFor([{ vendor: 'bolt' }], [sale])).toEqual([null]));
});

describe('what differs', () => {
  const itemised = aSale({ chargedMills: 16_000, postageMills: 12_000, surchargesMills: 4_000 });

  /** The differences by part, in mills. */
  function differences(all: Partial<ChargeLine>[], label = sale): Record<string, number> {
    const found = book(all, [label]).flatMap(({ difference }) => difference ?? []);
    return Object.fromEntries(found.map(({ component, differenceMills }) => [component, differenceMills]));
  }

  test.each<[string, Partial<ChargeLine>[], Label, Record<string, number>]>([
    ['the price agreed', [{}], sale, { total: 0 }],
    ['more', [{ amountMills: 13_000 }], sale, { total: 1_000 }],
    ['less', [{ amountMills: 11_000 }], sale, { total: -1_000 }],
    ['a fee on top of an undivided price', [{}, { chargeType: 'fee', amountMills: 500 }], sale, { total: 500 }],
    ['a surcharge marked up', [{}, { ...surcharge, amountMills: 4_500 }], itemised, { postage: 0, surcharges: 500 }],
    [
      'a fee nobody stated',
      [{}, surcharge, { chargeType: 'fee', amountMills: 300 }],
      itemised,
      { postage: 0, surcharges: 0, rest: 300 },
    ],
    ['the surcharge inside the postage', [{ amountMills: 16_000 }], itemised, { postage: 0 }],
    [
      'a part moved to another',
      [{ amountMills: 13_000 }, { ...surcharge, amountMills: 3_000 }],
      itemised,
      { postage: 0, surcharges: 0 },
    ],
    [
      'two parts by more than the whole, for a third is not asked for',
      [{ amountMills: 13_500 }, { ...surcharge, amountMills: 5_000 }],
      { ...itemised, chargedMills: 17_000 },
      { postage: 1_500, surcharges: 0 },
    ],
    [
      'two parts by less than the whole, for a third is asked for, too',
      [{ amountMills: 11_000 }, { ...surcharge, amountMills: 2_000 }, { chargeType: 'fee', amountMills: 500 }],
      itemised,
      { postage: -500, surcharges: -2_000, rest: 0 },
    ],
    [
      'made good by a credit',
      [{ amountMills: 13_000 }, { chargeType: 'refund', amountMills: -1_000 }],
      sale,
      { total: 0 },
    ],
    [
      'made good by a negative adjustment',
      [{ amountMills: 13_000 }, { chargeType: 'adjustment', amountMills: -400 }],
      sale,
      { total: 600 },
    ],
    [
      'an adjustment asked for is no part of the price',
      [{}, { chargeType: 'adjustment', amountMills: 1_850 }],
      sale,
      { total: 0 },
    ],
    [
      'a row that was raised by its adjustment',
      [{}, { chargeType: 'adjustment', amountMills: 1_850 }],
      aSale({ chargedMills: 13_850 }),
      { total: 0 },
    ],
    [
      'a row with its tax inside',
      [{}, { chargeType: 'tax', amountMills: 960 }],
      aSale({ chargedMills: 12_960 }),
      { total: 0 },
    ],
    ['a row without its tax', [{}, { chargeType: 'tax', amountMills: 960 }], sale, { total: 0 }],
    [
      'a goodwill credit makes nothing too little',
      [{}, { amountMills: -3_000, reversesLine: '1' }],
      sale,
      { total: 0 },
    ],
    ['a line said once more is left out', [{}, {}], sale, { total: 0 }],
    ['a charge taken back and asked anew', [{ amountMills: 13_000 }, { amountMills: -13_000 }, {}], sale, { total: 0 }],
    ['all taken back', [{}, { amountMills: -12_000 }], sale, {}],
    ['another currency', [{ currency: 'CNY' }], sale, {}],
    ['a postage of zero is an unfilled column', [{}], aSale({ postageMills: 0 }), { total: 0 }],
  ])('%s', (_story, all, label, expected) => expect(differences(all, label)).toEqual(expected));
});

describe('properties', () => {
  const someLine = fc
    .record({
      chargeType: fc.constantFrom(...CHARGE_TYPES),
      amountMills: fc.constantFrom(-12_000, -4_000, -1_000, 1_000, 4_000, 12_000, 13_000),
      chargeCode: fc.constantFrom(null, 'A', 'B'),
      chargedDay: fc.constantFrom(null, '2026-11-05', '2026-11-09', '2026-11-15'),
      currency: fc.constantFrom('USD', 'CNY'),
      vendor: fc.constantFrom('acme', 'bolt'),
      labelId: fc.constantFrom(null, 'L1', 'L2'),
      reversesLine: fc.constantFrom(null, null, '1', '2'),
    })
    .map((over): Partial<ChargeLine> => over);
  const someLines = fc.array(someLine, { maxLength: 8 }).map((all) => lines(...all));
  const someSales = fc
    .array(
      fc.record({
        vendor: fc.constantFrom('acme', 'bolt'),
        chargedMills: fc.constantFrom(12_000, 16_000),
        surchargesMills: fc.constantFrom(null, 4_000),
        status: fc.constantFrom('purchased' as const, 'voided' as const),
        voidedAt: fc.constantFrom(null, Date.UTC(2026, 10, 7)),
      }),
      { maxLength: 3 },
    )
    .map((sales) => sales.map((over, place) => aSale({ ...over, saleKey: `L${place + 1}`, labelId: `L${place + 1}` })));

  const sum = (all: readonly number[]): number => all.reduce((total, mills) => total + mills, 0);

  /** What rules may find: repetitions that are open, and parts asked too much. In mills. */
  function claims(
    all: readonly ChargeLine[],
    sales: readonly Label[],
  ): { repeated: number; over: number; open: number } {
    const { lines: entries } = ledgerOf(all, sales);
    const differing = new Set(entries.flatMap(({ difference }) => difference ?? []));
    return {
      repeated: sum(entries.map((line) => (line.repeats === 'surely' ? line.openMills : 0))),
      over: sum([...differing].map(({ differenceMills }) => Math.max(0, differenceMills))),
      open: sum(entries.map(({ openMills }) => Math.max(0, openMills))),
    };
  }

  test('the order of lines and purchases of one time changes nothing', () => {
    fc.assert(
      fc.property(someLines, someSales, fc.integer(), (all, sales, seed) => {
        const shuffled = all.toSorted((a, b) => Math.sin(seed + all.indexOf(a)) - Math.sin(seed + all.indexOf(b)));
        expect(ledgerOf(shuffled, sales)).toEqual(ledgerOf(all, sales));
      }),
    );
  });

  test('no money is lost: matched and unmatched lines net to what all lines add up to, by vendor and currency', () => {
    fc.assert(
      fc.property(someLines, someSales, (all, sales) => {
        const { lines: entries } = ledgerOf(all, sales);
        for (const vendor of ['acme', 'bolt']) {
          for (const currency of ['USD', 'CNY']) {
            const isOfBook = (line: ChargeLine): boolean => line.vendor === vendor && line.currency === currency;
            const own = entries.filter(({ line }) => isOfBook(line));
            const matched = own.filter(({ purchase }) => purchase !== null);
            const unmatched = own.filter(({ purchase }) => purchase === null);
            const nets = [matched, unmatched].map((some) => sum(some.map(({ netMills }) => netMills)));
            expect(sum(nets)).toBe(sum(own.map(({ mills }) => mills)));
          }
        }
      }),
    );
  });

  test('every line has the amount of its file, and but for refunds its sign', () => {
    fc.assert(
      fc.property(someLines, someSales, (all, sales) => {
        const byKey = new Map(all.map((line) => [line.chargeKey, line.amountMills]));
        const { lines: entries } = ledgerOf(all, sales);
        expect(entries).toHaveLength(all.length);
        for (const { line, mills } of entries) {
          const written = byKey.get(line.chargeKey) ?? 0;
          const settled = line.chargeType === 'refund' ? Math.abs(written) : written;
          expect(line.chargeType === 'refund' ? Math.abs(mills) : mills).toBe(settled);
          expect(line.amountMills).toBe(mills);
          if (line.chargeType === 'refund' && line.reversesLine === null) expect(mills).toBeLessThan(0);
        }
      }),
    );
  });

  test('no purchase takes two lines of a slot, and none of another vendor', () => {
    fc.assert(
      fc.property(someLines, someSales, (all, sales) => {
        const taken = ledgerOf(all, sales).lines.filter((line) => line.purchase !== null && line.repeats !== 'surely');
        const slots = taken
          .filter(({ repeats: how }) => how !== 'uncoded')
          .map(({ line, mills, purchase }) =>
            [purchase?.saleKey, line.chargeType, line.chargeCode, mills, line.currency].join(),
          );
        expect(new Set(slots).size).toBe(slots.length);
        for (const { line, purchase } of taken) expect(line.vendor).toBe(purchase?.vendor);
      }),
    );
  });

  test('a reversal more never adds a claim', () => {
    const reversal = fc.record({
      amountMills: fc.constantFrom(-12_000, -4_000, -1_000),
      chargeType: fc.constantFrom('postage' as const, 'surcharge' as const, 'refund' as const),
      chargedDay: fc.constantFrom(null, '2026-11-09', '2026-11-15'),
    });
    fc.assert(
      fc.property(someLines, someSales, reversal, (all, sales, over) => {
        const before = claims(all, sales);
        const after = claims([...all, aLine({ ...over, lineNumber: '99' })], sales);
        expect(after.repeated).toBeLessThanOrEqual(before.repeated);
        expect(after.over).toBeLessThanOrEqual(before.over);
        expect(after.open).toBeLessThanOrEqual(before.open);
      }),
      { numRuns: 500 },
    );
  });

  test('the parts of a purchase together differ by no more than the whole', () => {
    fc.assert(
      fc.property(someLines, someSales, (all, sales) => {
        const { lines: entries } = ledgerOf(all, sales);
        for (const purchase of sales) {
          const own = entries.filter((line) => line.purchase === purchase && line.difference !== null);
          const parts = [...new Set(own.flatMap(({ difference }) => difference ?? []))];
          const over = sum(parts.map(({ differenceMills }) => Math.max(0, differenceMills)));
          const under = sum(parts.map(({ differenceMills }) => Math.min(0, differenceMills)));
          expect(over).toBeLessThanOrEqual(
            Math.max(0, sum(own.map(({ netMills }) => netMills)) - purchase.chargedMills),
          );
          expect(under).toBeGreaterThanOrEqual(Math.min(0, sum(own.map(({ mills }) => mills)) - purchase.chargedMills));
        }
      }),
    );
  });

  test('splitting a line changes no net of a vendor and currency', () => {
    fc.assert(
      fc.property(
        someLines,
        someSales,
        fc.nat({ max: 7 }),
        fc.integer({ min: 1, max: 900 }),
        (all, sales, place, part) => {
          const whole = all[place];
          if (whole === undefined || whole.chargeType === 'refund') return;
          const rest = all.filter((line) => line !== whole);
          const halves = [part, whole.amountMills - part].map((amountMills, half) =>
            aLine({ ...whole, amountMills, lineNumber: `9${half}`, chargeKey: `half ${half}` }),
          );
          const net = (some: readonly ChargeLine[]): number =>
            sum(
              ledgerOf(some, sales)
                .lines.filter(({ line }) => line.vendor === whole.vendor && line.currency === whole.currency)
                .map(({ netMills }) => netMills),
            );
          expect(net([...rest, ...halves])).toBe(net(all));
        },
      ),
    );
  });
});
