/** Labels of a vendor whose contract is on file: floor and ceiling are the contract's, and the rules judge by them. */
import { judgeLabel } from '../../../src/core/finding/judge.ts';
import type { Label } from '../../../src/core/label/label.ts';
import type { Contract, ContractLine } from '../../../src/core/rating/contract.ts';
import { type LabelRating, rateLabel } from '../../../src/core/rating/rate-label.ts';
import { ruleBookInForce } from '../../../src/core/rules/book.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { aJudgeInput, shippedBook } from '../../support/judge.ts';
import { aRatedLabel, shippedTables } from '../../support/rating.ts';

const inForce = ruleBookInForce(shippedBook, '2026-12-01', sha256Hex);
const book = { ...inForce, rules: inForce.rules.filter(({ id }) => ['below-floor-price', 'overcharged'].includes(id)) };

const everything: ContractLine = {
  place: 'acme.yaml, line 4',
  services: null,
  packagings: null,
  zones: null,
  overMilliOz: 0,
  notOverMilliOz: Infinity,
  from: '2026-06-01',
  to: '9999-12-31',
  price: { by: 'price', mills: 9000, off: 'commercial' },
  peak: 'included',
};

function rated(label: Label, ...lines: ContractLine[]): LabelRating {
  const contract: Contract = { id: 'acme', vendors: ['acme'], lines };
  return rateLabel(label, { ...shippedTables, contracts: { of: (vendor) => (vendor === 'acme' ? contract : null) } });
}

/** What the rules about low and high prices find on a label under the contract. */
function found(change: Partial<Label>, ...lines: ContractLine[]): string[] {
  const label = aRatedLabel(change);
  const input = aJudgeInput({ label, rating: rated(label, ...lines) });
  return judgeLabel(input, book, sha256Hex).outcomes.flatMap((outcome) =>
    outcome.answer === 'fires' ? [`${outcome.finding.rule} ${outcome.finding.severity}`] : [],
  );
}

// Ground Advantage, 2 lb, New York to San Francisco in the season of 2026: 13.42 commercial, 19.80 retail.

test('the contract is the floor of a label sold by it, and its price is named with its line', () => {
  const { floor, ceiling, contract } = rated(aRatedLabel({ rateType: 'contract' }), everything);
  expect(floor).toMatchObject({ known: true, mills: 9000, how: 'contract' });
  expect(contract).toEqual(floor);
  expect(ceiling).toMatchObject({ known: true, mills: 9000, by: 'contract' });
});

test('without a contract on file, a label sold by contract has no floor', () => {
  expect(rateLabel(aRatedLabel({ rateType: 'contract' }), shippedTables).floor).toMatchObject({
    reason: 'contract_price',
  });
});

test('a label at the contract price is lawful, though it lies a third under commercial', () => {
  expect(found({ rateType: 'contract', chargedMills: 9000 }, everything)).toEqual([]);
  expect(found({ rateType: null, chargedMills: 9000 }, everything)).toEqual([]);
});

test('a label far under the contract is found: nothing more comes off an agreed price', () => {
  expect(found({ rateType: 'contract', chargedMills: 7000 }, everything)).toEqual(['below-floor-price medium']);
});

test('a label over the contract is found, though it lies under commercial', () => {
  expect(found({ chargedMills: 9100 }, everything)).toEqual(['overcharged medium']);
});

test('half a percent over the contract is rounding', () => {
  expect(found({ chargedMills: 9040 }, everything)).toEqual([]);
});

// Notice 123, 2025-10-05: no surcharge of Ground Advantage for size is under 4.00.
test('four dollars over the contract may be the surcharge of a long parcel, where the sides are not on file', () => {
  const small = { lengthMilliIn: 10_000, widthMilliIn: 8000, heightMilliIn: 4000 };
  expect(found({ chargedMills: 13_000 }, everything)).toEqual([]);
  expect(found({ chargedMills: 12_990 }, everything)).toEqual(['overcharged medium']);
  expect(found({ chargedMills: 13_000, ...small }, everything)).toEqual(['overcharged medium']);
  expect(found({ chargedMills: 13_000, surchargesMills: 0 }, everything)).toEqual(['overcharged medium']);
});

test('the surcharge of a long parcel may be on the least of the contract prices, and under four dollars above the dearest', () => {
  const open = { packaging: null, rateType: null } as const;
  const soft: ContractLine = {
    ...everything,
    packagings: ['soft_pack'],
    price: { by: 'price', mills: 8860, off: 'commercial' },
  };
  const box: ContractLine = { ...everything, packagings: ['package'] };
  expect(found({ ...open, chargedMills: 12_860 }, soft, box)).toEqual([]);
  expect(found({ ...open, chargedMills: 12_850 }, soft, box)).toEqual(['overcharged medium']);
});

test('another vendor has no part in the contract', () => {
  expect(found({ vendor: 'other', chargedMills: 9100 }, everything)).toEqual([]);
});

test('bought before the contract and mailed under it, either price is right', () => {
  const later = { ...everything, from: '2026-11-05' };
  expect(found({ purchasedDay: '2026-11-04', shipDate: '2026-11-05', chargedMills: 12_500 }, later)).toEqual([]);
  expect(found({ purchasedDay: '2026-11-05', chargedMills: 12_500 }, later)).toEqual(['overcharged medium']);
});

describe('where the packaging is not stated', () => {
  const box: ContractLine = { ...everything, packagings: ['package'] };
  const pack: ContractLine = {
    ...everything,
    packagings: ['soft_pack'],
    price: { by: 'price', mills: 6000, off: 'commercial' },
  };

  test('the floor is the least and the ceiling the most the contract asks', () => {
    const { floor, ceiling } = rated(aRatedLabel({ packaging: null, rateType: 'contract' }), box, pack);
    expect(floor).toMatchObject({ known: true, mills: 6000 });
    expect(ceiling).toMatchObject({ known: true, mills: 9000 });
  });
});

test('a large parcel may be a tube: its floor is that of the lighter line, its ceiling that of the heavier one', () => {
  const light: ContractLine = {
    ...everything,
    notOverMilliOz: 80_000,
    price: { by: 'price', mills: 6000, off: 'commercial' },
  };
  // A box of 12 x 12 x 13 in counts 1,872 cubic inches and weighs 14 lb by 139; a tube in it counts 1,470 and has no such weight.
  const sides = { lengthMilliIn: 12_000, widthMilliIn: 12_000, heightMilliIn: 13_000 };
  const { floor, ceiling } = rated(aRatedLabel({ rateType: 'contract', ...sides }), light, everything);
  expect(floor).toMatchObject({ known: true, mills: 6000 });
  expect(ceiling).toMatchObject({ known: true, mills: 9000 });
});

test('a line that rests on a price nobody published leaves floor and ceiling open', () => {
  const tenth: ContractLine = { ...everything, price: { by: 'discount', share: 0.1, off: 'commercial' } };
  const { floor, ceiling } = rated(aRatedLabel({ service: 'priority_mail_express', rateType: 'contract' }), tenth);
  expect([floor, ceiling]).toEqual([
    expect.objectContaining({ reason: 'contract_price' }),
    expect.objectContaining({ reason: 'contract_price' }),
  ]);
});
