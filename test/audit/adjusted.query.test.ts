/** Labels are counted as the rule judges each: by the latest claim on file, beyond rounding, and only where less postage is due for it. */
import { readClaimedLower } from '../../src/audit/adjusted.query.ts';
import { isLighter } from '../../src/core/ledger/assessed.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { shippedTables } from '../support/rating.ts';
import { AS_OF, honestLabel } from '../support/told-audit.ts';

const database = useDatabase();
const RULE = 'label-specs-altered';

/** Claimed at the carrier and billed by the vendor, in ounces. */
const WEIGHTS = [
  ['8', '8'],
  ['7.5', '8'],
  ['7', '8'],
  ['7', '16'],
  ['7', '32'],
  ['19.2', '32'],
  ['19.2', '20'],
  ['19.2', '21'],
  ['32', '33'],
  ['40', '32'],
] as const;

type Row = Record<string, string>;

/** What else is on file where the claim is four ounces and the row states two pounds; the last = further adjustments. */
const OTHERS: [story: string, label: Row, claim: Row, counted: 0 | 1, more?: Row][] = [
  ['a label by volume', { rate_type: 'cubic', packaging: 'cubic' }, {}, 0],
  ['a flat-rate box', { packaging: 'medium_flat_rate_box', rate_type: 'flat_rate' }, {}, 0],
  ['a voided label', { status: 'voided' }, {}, 0],
  ['an adjustment told later', {}, { notified_at: '2026-12-05T09:00:00Z' }, 0],
  ["another vendor's adjustment", {}, { vendor: 'Nobody' }, 1],
  ['a nearer zone', { weight_oz: '4', zone: '8' }, { claimed_weight_oz: '4', claimed_zone: '1' }, 1],
  ['a lighter weight that costs the same', { weight_oz: '8' }, {}, 0],
  ['nothing was asked for it, and the size is not stated', {}, { amount: '0' }, 0],
  [
    'nothing was asked for it, and the size is stated',
    { length_in: '8', width_in: '6', height_in: '4' },
    { amount: '0' },
    1,
  ],
  ['a later claim is the one of the row', {}, {}, 0, { claimed_weight_oz: '32' }],
  ['a later claim is lower, the first was not', {}, { claimed_weight_oz: '32' }, 1, { claimed_weight_oz: '4' }],
  ['a later adjustment states no claim', {}, {}, 1, { claimed_weight_oz: '' }],
  [
    'a later claim is told of later than the audit',
    {},
    {},
    1,
    { claimed_weight_oz: '32', notified_at: '2026-12-05T09:00:00Z' },
  ],
];

test('the labels of a vendor of which less was claimed', async () => {
  const auditing = new Auditing(database.dataSource);
  const numbers = [...WEIGHTS, ...OTHERS].map((_, index) => impb('001', '900000096', 1 + index));
  const claim = (index: number, over: Row) => ({
    adjustment_id: `ADJ-${index}`,
    vendor: `V${index}`,
    tracking_number: numbers[index] ?? '',
    assessed_at: '2026-11-23T09:00:00Z',
    reason: 'weight',
    amount: '2.50',
    ...over,
  });
  const label = (index: number, over: Row) =>
    honestLabel({ tracking_number: numbers[index] ?? '', vendor: `V${index}`, label_id: `S${index}`, ...over });
  const later = (index: number, over: Row | undefined) =>
    over === undefined
      ? []
      : [claim(index, { adjustment_id: `LATER-${index}`, assessed_at: '2026-11-26T09:00:00Z', ...over })];
  const place = (index: number): number => WEIGHTS.length + index;
  await auditing.take('labels', [
    ...WEIGHTS.map(([, stated], index) => label(index, { weight_oz: stated })),
    ...OTHERS.map(([, over], index) => label(place(index), { weight_oz: '32', ...over })),
  ]);
  await auditing.take('adjustments', [
    ...WEIGHTS.map(([claimed], index) => claim(index, { claimed_weight_oz: claimed })),
    ...OTHERS.flatMap(([, , over, , more], index) => [
      claim(place(index), { claimed_weight_oz: '4', ...over }),
      ...later(place(index), more),
    ]),
  ]);
  await auditing.audit(AS_OF);
  const runner = database.dataSource().createQueryRunner();
  const counted = await readClaimedLower(runner, Date.parse(AS_OF), { tables: shippedTables, scope: null }).finally(
    () => runner.release(),
  );
  const answers = await Promise.all(numbers.map((number) => auditing.answers(number, RULE)));
  expect(numbers.map((_, index) => counted.get(`V${index}`) ?? 0)).toEqual(
    answers.map(([answer]) => Number(answer === 'fires')),
  );
  expect(OTHERS.map(([story], index) => [story, counted.get(`V${place(index)}`) ?? 0])).toEqual(
    OTHERS.map(([story, , , expected]) => [story, expected]),
  );
  const milliOz = (ounces: string): number => Math.round(Number(ounces) * 1000);
  for (const [index, [claimed, stated]] of WEIGHTS.entries()) {
    if (!isLighter(milliOz(claimed), milliOz(stated))) expect(counted.get(`V${index}`)).toBeUndefined();
  }
  expect(WEIGHTS.map((_, index) => counted.get(`V${index}`) ?? 0)).toContain(1);
});

test('of a judgement beside runs, those of the vendors of its parcels alone', async () => {
  const runner = database.dataSource().createQueryRunner();
  const scope = [impb('001', '900000096', 1 + WEIGHTS.length + 4)];
  const asked = { tables: shippedTables, scope };
  const counted = await readClaimedLower(runner, Date.parse(AS_OF), asked).finally(() => runner.release());
  expect([...counted]).toEqual([[`V${WEIGHTS.length + 4}`, 1]]);
});
