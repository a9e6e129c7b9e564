/** Whom a mailer id on file accuses: who sold, charged or adjusted a number that its owner did not sell. */
import type { ChargeDigest } from '../../../src/core/ledger/charge.ts';
import { NOTHING_COVERED } from '../../../src/core/ledger/coverage.ts';
import { DAY_MS } from '../../../src/core/units/day.ts';
import { type Story, answers, gappy, judge, sale } from '../../support/charge-story.ts';
import { AS_OF, aJourney, aStatement } from '../../support/judge.ts';
import { aDigest, anAdjustment, lines } from '../../support/ledger.ts';

describe('a mailer id on file', () => {
  const ours = { '900000011': 'us' };
  const rule = 'own-mailer-id-abused';
  const none: ChargeDigest = { lines: [], adjustments: [] };

  test.each<[string, Story, [string, string][]]>([
    ['sold by another one', { charges: none, mailers: ours }, [['critical', 'strong']]],
    ['sold by its owner, however spelt', { charges: none, mailers: { '900000011': ' ACME' } }, []],
    ['sold by one of its owners', { charges: none, mailers: { '900000011': 'us; Acme' } }, []],
    ['of somebody else', { charges: none, mailers: { '900000012': 'us' } }, []],
    ['charged on a day that label files cover, and not sold', { sales: [], mailers: ours }, [['critical', 'strong']]],
    [
      'charged on a day without any label, and not sold',
      { sales: [], charges: aDigest({ chargedDay: '2026-11-12' }), coverage: gappy, mailers: ours },
      [['high', 'indicative']],
    ],
    [
      'charged on the day before one without any label, and not sold',
      { sales: [], charges: aDigest({ chargedDay: '2026-11-10' }), coverage: gappy, mailers: ours },
      [['high', 'indicative']],
    ],
    [
      'charged on a day that none covers',
      { sales: [], coverage: NOTHING_COVERED, mailers: ours },
      [['high', 'indicative']],
    ],
    [
      'adjusted, and not sold',
      { sales: [], charges: { lines: [], adjustments: [anAdjustment()] }, mailers: ours },
      [['critical', 'proven']],
    ],
    [
      'adjusted through its owner',
      { sales: [], charges: { lines: [], adjustments: [anAdjustment()] }, mailers: { '900000011': 'acme' } },
      [],
    ],
    [
      'sold by its owner, and adjusted and charged through another one',
      {
        charges: { lines: lines({}, { vendor: 'bolt' }), adjustments: [anAdjustment({ vendor: 'bolt' })] },
        mailers: { '900000011': 'acme' },
      },
      [],
    ],
    [
      'sold by its owner, and by another one',
      { sales: [sale, { ...sale, vendor: 'bolt' }], charges: none, mailers: { '900000011': 'acme' } },
      [['high', 'indicative']],
    ],
    [
      'sold and given back by its owner, and sold by another one later',
      {
        sales: [
          { ...sale, status: 'refunded' },
          { ...sale, vendor: 'bolt' },
        ],
        charges: none,
        mailers: { '900000011': 'us; acme' },
      },
      [['high', 'indicative']],
    ],
    [
      'adjusted through another one than its owner, and sold by neither',
      {
        sales: [],
        charges: { lines: [], adjustments: [anAdjustment({ vendor: 'bolt' })] },
        mailers: { '900000011': 'acme' },
      },
      [['critical', 'proven']],
    ],
    [
      'told unpaid, and not sold',
      {
        sales: [],
        charges: none,
        journey: aJourney({ unpaid: aStatement(AS_OF - DAY_MS, 'Unpaid package') }),
        mailers: ours,
      },
      [['critical', 'proven']],
    ],
    [
      'told unpaid by a source nobody listed',
      {
        sales: [],
        charges: none,
        journey: aJourney({ unpaid: aStatement(AS_OF - DAY_MS, 'Unpaid package', { sourceKind: 'unlisted' }) }),
        mailers: ours,
      },
      [],
    ],
  ])('%s', (_story, story, expected) => {
    const found = judge(story).findings.filter((finding) => finding.rule === rule);
    expect(found.map(({ severity, confidence }) => [severity, confidence])).toEqual(expected);
    for (const { attribution, verdict } of found)
      expect([attribution, verdict]).toEqual(['third_party', 'payment_unproven']);
  });

  test('in a number that reads in two ways, and without a file, is left open', () => {
    const twoWays = { number: '9400111899223197428497', mailers: ours };
    expect(answers(twoWays, rule).at(-1)).toBe('unknown: number.mailer_registered');
    expect(answers({ mailers: null }, rule).at(-1)).toBe('unknown: number.mailer_registered');
  });
});
