/** Lists of words in one text: whatever the words hold, they come back. */
import fc from 'fast-check';
import { listOf, wordsIn } from '../../src/platform/given-text.ts';

test.each([
  ['a,b', ['a', 'b']],
  [' a , ,b,', ['a', 'b']],
  ['Smith\\, Ann,Bea', ['Smith, Ann', 'Bea']],
  ['C:\\labels', ['C:\\labels']],
  ['a\\\\,b', ['a\\', 'b']],
  ['', []],
])('%s holds %j', (list, words) => {
  expect(wordsIn(list)).toEqual(words);
});

test('every word comes back', () => {
  const word = fc
    .string({ minLength: 1, unit: fc.constantFrom('a', ',', '\\', ' ') })
    .map((text) => text.trim())
    .filter((text) => text !== '');
  fc.assert(fc.property(fc.array(word), (words) => expect(wordsIn(listOf(words))).toEqual(words)));
});
