/** Windows of vendors for unused labels, and whether what we asked back has come. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { JudgeInput } from '../../../src/core/facts/input.ts';
import type { Label } from '../../../src/core/label/label.ts';
import type { ChargeLine } from '../../../src/core/ledger/charge.ts';
import { AS_OF, aJudgeInput, anAdjustment } from '../../support/judge.ts';

/** Of a label that was charged what the line below gives back. */
function fact(name: string, change: Partial<Label> = {}, over: Partial<JudgeInput> = {}): FactValue | undefined {
  return buildFacts(aJudgeInput(over, { chargedMills: 5120, ...change })).get(name);
}

const REQUESTED = Date.UTC(2026, 9, 25, 9);

function aLine(over: Partial<ChargeLine> = {}): ChargeLine {
  return {
    chargeKey: 'K1',
    invoiceNumber: 'INV-1',
    vendor: 'acme',
    chargeType: 'refund',
    amountMills: -5120,
    currency: 'USD',
    invoiceDate: '2026-11-15',
    periodFrom: null,
    periodTo: null,
    lineNumber: null,
    trackingNumber: null,
    labelId: null,
    chargeCode: null,
    chargedDay: null,
    chargedAt: null,
    reversesLine: null,
    invoiceTotalMills: null,
    ...over,
  };
}

const adjustment = aLine({ chargeType: 'adjustment', amountMills: -2590 });

describe('the window that is published', () => {
  test.each<[string, Partial<Label>, number]>([
    ['for the vendor, however he is spelt', { vendor: 'PIRATE SHIP' }, 28],
    ['for his provider', { vendor: 'Somebody', upstream: 'Click-N-Ship' }, 30],
    ['for both, and the vendor is whom we ask', { vendor: 'Pirate Ship', upstream: 'MyIB' }, 28],
    ['for neither', { vendor: 'Somebody', upstream: 'Nobody' }, 0],
    ['for a vendor without a provider', { vendor: 'ePostage' }, 60],
  ])('%s', (_story, change, expected) => {
    expect(fact('refund.published_days', change)).toBe(expected);
  });
});

describe('a refund of all that was charged is on record', () => {
  test.each<[string, Partial<Label>, readonly ChargeLine[], boolean]>([
    ['nothing is', {}, [], false],
    ["by the label's row", { status: 'refunded' }, [], true],
    ['by its time alone', { refundedAt: AS_OF - 1 }, [], true],
    ['by a line of an invoice', { refundRequestedAt: REQUESTED }, [aLine()], true],
    ['by a postage line that was reversed', { refundRequestedAt: REQUESTED }, [aLine({ chargeType: 'postage' })], true],
    ['by a line without a day', { refundRequestedAt: REQUESTED }, [aLine({ invoiceDate: null })], true],
    [
      'a credit before our request is another one',
      { refundRequestedAt: REQUESTED },
      [aLine({ invoiceDate: '2026-10-24' })],
      false,
    ],
    [
      'a credit after the clock of the audit is not known',
      { refundRequestedAt: REQUESTED },
      [aLine({ chargedDay: '2026-12-24' })],
      false,
    ],
    ["another label's credit", { refundRequestedAt: REQUESTED, labelId: 'L1' }, [aLine({ labelId: 'L2' })], false],
    ["another vendor's credit", { refundRequestedAt: REQUESTED }, [aLine({ vendor: 'other' })], false],
    [
      'a charge is no credit',
      { refundRequestedAt: REQUESTED },
      [aLine({ chargeType: 'postage', amountMills: 5120 })],
      false,
    ],
    ['a refund without its sign is one', { refundRequestedAt: REQUESTED }, [aLine({ amountMills: 5120 })], true],
    ['a part is not all', { refundRequestedAt: REQUESTED }, [aLine({ amountMills: -2000 })], false],
    [
      'two parts are',
      { refundRequestedAt: REQUESTED },
      [aLine({ amountMills: -2000 }), aLine({ chargeKey: 'K2', amountMills: -3120, chargeType: 'adjustment' })],
      true,
    ],
    [
      'a refund that was taken back is none',
      { refundRequestedAt: REQUESTED },
      [
        aLine({ lineNumber: '1' }),
        aLine({ chargeKey: 'K2', lineNumber: '2', amountMills: 5120, reversesLine: 'INV-1/1' }),
      ],
      false,
    ],
    ["a part by the label's row", { status: 'refunded', refundedMills: 2000 }, [], false],
    ["all by the label's row", { status: 'refunded', refundedMills: 5120 }, [], true],
    ['nobody asked, whatever was credited', {}, [aLine()], false],
  ])('%s', (_story, change, lines, expected) => {
    const open = fact('refund.open_mills', change, { charges: { lines: [...lines], adjustments: [] } });
    expect([typeof open, open === 0]).toEqual(['number', expected]);
  });

  test('by an adjustment that gives money back', () => {
    const charges = { lines: [], adjustments: [anAdjustment({ amountMills: -5120 })] };
    expect(fact('refund.open_mills', { refundRequestedAt: REQUESTED }, { charges })).toBe(0);
  });

  test.each<[string, readonly ChargeLine[], number, [number, number]]>([
    ['on an invoice and in a file', [adjustment], -2590, [2590, 2530]],
    ['on an invoice, and a lesser one in a file', [adjustment], -1000, [2590, 2530]],
    ['on an invoice, and a greater one in a file', [adjustment], -3000, [3000, 2120]],
    ['on an invoice and in a file, beside a refund', [adjustment, aLine({ amountMills: -2530 })], -2590, [5120, 0]],
    ['in a file, beside a refund of the same amount', [aLine({ amountMills: -2590 })], -2590, [5180, 0]],
    ['on an invoice, and what a file asks for', [adjustment], 2590, [2590, 2530]],
  ])('an adjustment counts once: %s', (_story, lines, amountMills, expected) => {
    const over = { charges: { lines: [...lines], adjustments: [anAdjustment({ amountMills })] } };
    const change = { refundRequestedAt: REQUESTED };
    expect([fact('refund.given_mills', change, over), fact('refund.open_mills', change, over)]).toEqual(expected);
  });

  test.each<[string, Partial<Label>, readonly ChargeLine[], [number | undefined, number | undefined]]>([
    ['nothing', { refundRequestedAt: REQUESTED }, [], [0, 5120]],
    ['a part', { refundRequestedAt: REQUESTED }, [aLine({ amountMills: -2000 })], [2000, 3120]],
    ['more than was charged', { refundRequestedAt: REQUESTED }, [aLine({ amountMills: -6000 })], [6000, 0]],
    [
      'by row and line, which tell of the same money',
      { refundRequestedAt: REQUESTED, status: 'refunded', refundedMills: 2000 },
      [aLine({ amountMills: -2000 })],
      [2000, 3120],
    ],
    ['a row without an amount tells of all', { status: 'refunded', refundedMills: null }, [], [5120, 0]],
    [
      'in another currency nobody can tell',
      { refundRequestedAt: REQUESTED },
      [aLine({ currency: 'CNY' })],
      [undefined, undefined],
    ],
  ])('given back and open: %s', (_story, change, lines, expected) => {
    const over = { charges: { lines: [...lines], adjustments: [] } };
    expect([fact('refund.given_mills', change, over), fact('refund.open_mills', change, over)]).toEqual(expected);
  });
});
