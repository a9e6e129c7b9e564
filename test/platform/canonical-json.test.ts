/** Canonical JSON: one text for one value, whatever order its keys came in. */
import fc from 'fast-check';
import { canonicalJson } from '../../src/platform/canonical-json.ts';

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, shuffled(part)]),
  );
}

const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);
const json = fc
  .jsonValue({ stringUnit: 'binary' })
  .filter((value) => isWhole(JSON.stringify(value)) && !JSON.stringify(value).includes('__proto__'));

test('what is written reads back as the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('the order of keys does not matter, and writing again changes nothing', () => {
  fc.assert(
    fc.property(json, (value) => {
      const written = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(written);
      expect(canonicalJson(JSON.parse(written))).toBe(written);
    }),
  );
});

test('it is what RFC 8785 writes: sorted by UTF-16 code units, no white space, numbers as ECMAScript has them', () => {
  // The example of section 3.2.2 of the standard, and its keys of section 3.2.3.
  const written = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`;
  expect(canonicalJson(JSON.parse(written))).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  expect(Object.keys(JSON.parse(canonicalJson(keys)))).toHaveLength(7);
  expect([...canonicalJson(keys).matchAll(/:(\d)/g)].map(([, place]) => place)).toEqual([
    '2',
    '4',
    '6',
    '7',
    '1',
    '5',
    '3',
  ]);
  expect(canonicalJson(-0)).toBe('0');
});

test.each([
  ['undefined', { a: undefined }],
  ['a number that is none', [Number.NaN]],
  ['an endless number', Number.POSITIVE_INFINITY],
  ['a date', { at: new Date(0) }],
  ['a map', new Map()],
  ['a function', () => 1],
  ['half of a character', '\ud83d'],
  ['half of a character in a key', { '\ude00': 1 }],
])('%s is refused', (_name, value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
});
