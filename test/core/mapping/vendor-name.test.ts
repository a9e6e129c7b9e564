/** One vendor in many spellings: which are one, and by which name it goes. */
import { VendorNames, foldVendorName } from '../../../src/core/mapping/vendor-name.ts';

test.each([
  ['Acme Labels', 'ACME  Labels'],
  ['Acme Labels', ' acme\u00a0labels '],
  ['Acme Labels', 'Ａｃｍｅ　Labels'],
  ['Acme Labels', 'Acme\u200b Labels\ufeff'],
  ['易邮', '易邮 '],
])('%j and %j are one vendor, who goes by the first spelling', (first, second) => {
  const names = new VendorNames();
  expect([names.nameOf(first), names.nameOf(second)]).toEqual([first, first]);
  expect(names.fresh).toEqual([{ folded: foldVendorName(second), name: first }]);
});

test.each([
  ['Acme Labels', 'AcmeLabels'],
  ['Acme Labels', 'Acme Label'],
  ['Acmé', 'Acme'],
])('%j and %j are two', (first, second) => {
  const names = new VendorNames();
  expect([names.nameOf(first), names.nameOf(second)]).toEqual([first, second]);
});

test('a vendor known from before keeps the old spelling and is not new', () => {
  const names = new VendorNames([{ folded: 'acme', name: 'ACME' }]);
  expect(names.nameOf('acme')).toBe('ACME');
  expect(names.fresh).toEqual([]);
});

test('a name of characters that stand for many stays short enough for an index', () => {
  expect(foldVendorName('\ufdfa'.repeat(200)).length).toBeLessThanOrEqual(600);
});
