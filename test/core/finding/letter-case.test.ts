/** Which letters a finding calls for, by what it says, who is to answer, and which rule said it. */
import { LETTER_CASES, type LetterMatter, letterCaseOf } from '../../../src/core/finding/letter-case.ts';
import { FINDING_STATES } from '../../../src/core/finding/lifecycle.ts';
import { ATTRIBUTIONS, VERDICTS } from '../../../src/core/rules/answer.ts';

const NOTICE: LetterMatter = {
  rule: 'counterfeit-postage-notice',
  verdict: 'payment_unproven',
  attribution: 'vendor',
  subject: 'label',
  trackingNumber: '9400100000000000000000',
  state: 'open',
};

test.each<[string, Partial<LetterMatter>, string]>([
  ['the carrier says so of a label the vendor has to answer for', {}, 'counterfeit_sold'],
  ['a number that cannot be one', { rule: 'invalid-barcode' }, 'counterfeit_sold'],
  ['postage taken for counterfeit', { verdict: 'counterfeit', rule: 'any-rule' }, 'counterfeit_sold'],
  ['the same, and nobody named for it', { verdict: 'counterfeit', attribution: 'open' }, 'payment_unproven'],
  ['a notice nobody is named for', { attribution: 'open' }, 'payment_unproven'],
  ['a parcel held for postage', { rule: 'held-for-postage', attribution: 'open' }, 'payment_unproven'],
  ['a number sold twice: a question, no report', { rule: 'tracking-number-reused' }, 'payment_unproven'],
  ['a rule nobody has heard of yet', { rule: 'some-new-rule' }, 'payment_unproven'],
  ['a second parcel under the number', { verdict: 'number_cloned', attribution: 'third_party' }, 'number_cloned'],
  ['stopped and let go', { verdict: 'intercepted_though_paid', attribution: 'carrier' }, 'intercepted_though_paid'],
  ['our own void used', { verdict: 'own_error', attribution: 'us' }, 'own_error'],
  ['our own void used, seen by its own rule', { verdict: 'own_error', rule: 'void-label-used' }, 'own_error'],
])('%s', (_name, over, expected) => {
  expect(letterCaseOf({ ...NOTICE, ...over })).toEqual({ letters: expected });
});

test.each<[string, Partial<LetterMatter>, string]>([
  ['another error of ours', { verdict: 'own_error', attribution: 'us', rule: 'packaging-too-small' }, 'verdict'],
  ['a price', { verdict: 'price_suspect' }, 'verdict'],
  ['a bill', { verdict: 'billing_error' }, 'verdict'],
  ['a value', { verdict: 'value_suspect' }, 'verdict'],
  ['a gap', { verdict: 'process_gap' }, 'verdict'],
  ['a vendor as a whole', { subject: 'vendor', trackingNumber: null }, 'no_parcel'],
  ['a charge without a number', { subject: 'charge', trackingNumber: null }, 'no_parcel'],
  ['dismissed', { state: 'dismissed' }, 'closed'],
  ['no longer found', { state: 'resolved' }, 'closed'],
])('no letter for %s', (_name, over, why) => {
  expect(letterCaseOf({ ...NOTICE, ...over })).toEqual({ none: why });
});

test('every verdict and attribution has an answer, and only a vendor can be reported as having sold counterfeit postage', () => {
  const seen = new Set<string>();
  for (const verdict of VERDICTS)
    for (const attribution of ATTRIBUTIONS)
      for (const state of FINDING_STATES) {
        const answer = letterCaseOf({ ...NOTICE, verdict, attribution, state });
        if ('none' in answer) continue;
        seen.add(answer.letters);
        if (answer.letters === 'counterfeit_sold') expect(attribution).toBe('vendor');
      }
  expect([...seen].sort()).toEqual([...LETTER_CASES].sort());
});
