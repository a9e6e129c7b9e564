/** Labels are counted in SQL as core judges a single claim: one weight is lighter than another beyond rounding, in both alike. */
import { readClaimedLower } from '../../src/audit/adjusted.query.ts';
import { isLighter } from '../../src/core/ledger/assessed.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { AS_OF, honestLabel } from '../support/told-audit.ts';

const database = useDatabase();

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

/** What else is on file where the claim is four ounces and the row states two pounds. */
const OTHERS = [
  ['a label by volume', { rate_type: 'cubic', packaging: 'cubic' }, {}, 0],
  ['a flat-rate box', { packaging: 'medium_flat_rate_box', rate_type: 'flat_rate' }, {}, 0],
  ['a voided label', { status: 'voided' }, {}, 0],
  ['an adjustment told later', {}, { notified_at: '2026-12-05T09:00:00Z' }, 0],
  ["another vendor's adjustment", {}, { vendor: 'Nobody' }, 1],
  ['a nearer zone', { weight_oz: '4', zone: '8' }, { claimed_zone: '1' }, 1],
] as const;

test('the labels of a vendor of which less was claimed', async () => {
  const auditing = new Auditing(database.dataSource);
  const numbers = [...WEIGHTS, ...OTHERS].map((_, index) => impb('001', '900000096', 1 + index));
  const claim = (index: number, over: Record<string, string>) => ({
    adjustment_id: `ADJ-${index}`,
    vendor: `V${index}`,
    tracking_number: numbers[index] ?? '',
    assessed_at: '2026-11-23T09:00:00Z',
    reason: 'weight',
    amount: '2.50',
    ...over,
  });
  const label = (index: number, over: Record<string, string>) =>
    honestLabel({ tracking_number: numbers[index] ?? '', vendor: `V${index}`, label_id: `S${index}`, ...over });
  await auditing.take('labels', [
    ...WEIGHTS.map(([, stated], index) => label(index, { weight_oz: stated })),
    ...OTHERS.map(([, over], index) => label(WEIGHTS.length + index, { weight_oz: '32', ...over })),
  ]);
  await auditing.take('adjustments', [
    ...WEIGHTS.map(([claimed], index) => claim(index, { claimed_weight_oz: claimed })),
    ...OTHERS.map(([, , over], index) => claim(WEIGHTS.length + index, { claimed_weight_oz: '4', ...over })),
  ]);
  const runner = database.dataSource().createQueryRunner();
  const counted = await readClaimedLower(runner, Date.parse(AS_OF), null).finally(() => runner.release());
  const milliOz = (ounces: string): number => Math.round(Number(ounces) * 1000);
  expect(WEIGHTS.map((_, index) => counted.get(`V${index}`) ?? 0)).toEqual(
    WEIGHTS.map(([claimed, stated]) => Number(isLighter(milliOz(claimed), milliOz(stated)))),
  );
  expect(OTHERS.map(([story], index) => [story, counted.get(`V${WEIGHTS.length + index}`) ?? 0])).toEqual(
    OTHERS.map(([story, , , expected]) => [story, expected]),
  );
});
