/** Audits and people take turns in any order: no decision is lost, no finding doubled, and the history tells it all. */
import fc from 'fast-check';
import { jest } from '@jest/globals';
import { FindingService } from '../../src/audit/finding.service.ts';
import { type HandlingStep, replayHandling } from '../../src/core/finding/handling.ts';
import {
  type FindingState,
  SETTABLE_STATES,
  type SettableState,
  isClosedByPerson,
  settableFrom,
} from '../../src/core/finding/lifecycle.ts';
import { ConflictError } from '../../src/platform/errors.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

jest.setTimeout(240_000);

const database = useDatabase();
const story = new Auditing(database.dataSource);
const NUMBERS = 2;
let used = 0;

/** One step of a story. An audit judges what is due; the others are about one of the story's labels. */
type Step =
  | { do: 'audit' }
  /** A charge of so many cents: below the floor the rule fires, the more the less was charged; 731 is an honest price. */
  | { do: 'charge'; label: number; cents: number }
  | { do: 'set'; label: number; state: SettableState }
  | { do: 'assign'; label: number; to: string | null }
  | { do: 'recover'; label: number; mills: number | null }
  | { do: 'comment'; label: number };

const label = fc.nat(NUMBERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'audit' }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('charge' as const), label, cents: fc.constantFrom(100, 200, 250, 731) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('set' as const), label, state: fc.constantFrom(...SETTABLE_STATES) }),
  },
  fc.record({ do: fc.constant('assign' as const), label, to: fc.constantFrom('Ada', 'Bo', null) }),
  fc.record({ do: fc.constant('recover' as const), label, mills: fc.constantFrom(500, 1000, null) }),
  fc.record({ do: fc.constant('comment' as const), label }),
);

interface Stored {
  id: string;
  state: FindingState;
  assignee: string | null;
  own_deadline: string | null;
  dispute_reference: string | null;
  recovered_mills: number | null;
  recovered_currency: string | null;
}

interface Change extends HandlingStep {
  sequence: number;
  reason: string;
  by: string | null;
}

async function stored(number: string): Promise<Stored[]> {
  return database
    .dataSource()
    .query(`SELECT * FROM finding WHERE tracking_number = $1 AND rule = 'below-floor-price'`, [number]);
}

async function historyOf(number: string, id: string): Promise<Change[]> {
  return database
    .dataSource()
    .query(
      'SELECT sequence, state, changes, reason, by FROM finding_history WHERE tracking_number = $1 AND id = $2 ORDER BY sequence',
      [number, id],
    );
}

async function charge(number: string, cents: number): Promise<void> {
  await story.take('labels', [
    {
      tracking_number: number,
      vendor: 'Story Labels',
      label_id: number,
      purchased_at: '2026-11-10T09:00:00Z',
      ship_date: '2026-11-10',
      service: 'ground_advantage',
      rate_type: 'weight',
      packaging: 'package',
      weight_oz: '8',
      origin_zip: '90058',
      destination_zip: '85004',
      charged: (cents / 100).toFixed(2),
    },
  ]);
}

/** What people did, by number, in order: what the history has to hold of them. */
class Expectation {
  readonly decisions = new Map<string, string[]>();
  /** The last state a person closed each finding in; gone when one opened it again. */
  readonly closed = new Map<string, SettableState>();

  add(number: string, what: string): void {
    this.decisions.set(number, [...(this.decisions.get(number) ?? []), what]);
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const numbers = Array.from({ length: NUMBERS }, () => impb('001', '900000044', 500_000 + (used += 1)));
  const service = new FindingService(database.dataSource());
  const expected = new Expectation();
  let minute = 0;
  const now = (): Date => new Date(Date.UTC(2026, 10, 20, 6, (minute += 1)));
  for (const number of numbers) await charge(number, 200);
  for (const each of steps) {
    if (each.do === 'audit') {
      await story.audit(now().toISOString());
      continue;
    }
    const number = numbers[each.label] ?? '';
    if (each.do === 'charge') {
      await charge(number, each.cents);
      continue;
    }
    const [finding] = await stored(number);
    if (finding === undefined) continue;
    const author = { by: 'Ada', now: now() };
    if (each.do === 'set') {
      const may = finding.state === each.state || settableFrom(finding.state).includes(each.state);
      const setting = service.decide([{ id: finding.id }], { state: each.state, note: `why ${minute}` }, author);
      if (!may) {
        await expect(setting).rejects.toThrow(ConflictError);
        continue;
      }
      await setting;
      expected.add(number, `set ${each.state}`);
    } else if (each.do === 'assign') {
      await service.decide([{ id: finding.id }], { assignee: each.to, note: null }, author);
      if (each.to !== finding.assignee) expected.add(number, `assign ${each.to}`);
    } else if (each.do === 'recover') {
      const recovered = each.mills === null ? null : { mills: each.mills, currency: 'USD' };
      await service.decide([{ id: finding.id }], { recovered, note: null }, author);
      if (each.mills !== finding.recovered_mills) expected.add(number, `recover ${each.mills}`);
    } else {
      await service.decide([{ id: finding.id }], { note: `seen ${minute}` }, author);
      expected.add(number, 'comment');
    }
  }
  await story.audit(now().toISOString());
  const again = await Promise.all(numbers.map(stored));
  // The same audit once more: nothing new.
  await story.audit(now().toISOString());
  expect(await Promise.all(numbers.map(stored))).toEqual(again);
  for (const number of numbers) await check(number, expected.decisions.get(number) ?? []);
}

async function check(number: string, decisions: readonly string[]): Promise<void> {
  const findings = await stored(number);
  expect(findings.length).toBeLessThanOrEqual(1);
  const [finding] = findings;
  if (finding === undefined) {
    expect(decisions).toEqual([]);
    return;
  }
  const history = await historyOf(number, finding.id);
  expect(history.map(({ sequence }) => sequence)).toEqual(history.map((_, index) => index + 1));
  expect(history.flatMap(decisionOf)).toEqual(decisions);
  expect(replayHandling(history)).toEqual({
    state: finding.state,
    assignee: finding.assignee,
    ownDeadline: finding.own_deadline,
    disputeReference: finding.dispute_reference,
    recovered:
      finding.recovered_mills === null
        ? null
        : { mills: finding.recovered_mills, currency: finding.recovered_currency },
  });
  // What a person closed is what it is, unless something later in the history says otherwise.
  const lastSet = history.findLastIndex(({ reason }) => reason === 'set');
  const closedAs = history[lastSet]?.state;
  if (closedAs !== undefined && isClosedByPerson(closedAs) && finding.state !== closedAs) {
    expect(history.slice(lastSet + 1).map(({ reason }) => reason)).toContain('grown');
  }
}

function decisionOf({ by, reason, state, changes }: Change): string[] {
  if (by === null) return [];
  if (reason === 'set') return [`set ${state}`];
  if (reason === 'commented') return ['comment'];
  if (changes?.assignee !== undefined) return [`assign ${changes.assignee[1]}`];
  return [`recover ${changes?.recovered?.[1]?.mills ?? null}`];
}

test('no decision is lost, no finding doubled, and the history leads to what stands', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), play), {
    numRuns: 14,
    endOnFailure: true,
  });
});

test('an audit and decisions at the same time lose nothing either', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('acknowledged', 'disputed', 'open'), { minLength: 2, maxLength: 5 }),
      async (states) => {
        const number = impb('001', '900000044', 500_000 + (used += 1));
        const service = new FindingService(database.dataSource());
        await charge(number, 200);
        await story.audit('2026-11-20T06:00:00Z');
        await charge(number, 190);
        const [finding] = await stored(number);
        const author = { by: 'Ada', now: new Date('2026-11-20T07:00:00Z') };
        const audit = story.audit('2026-11-20T08:00:00Z');
        const comments = states.map((state, index) =>
          service.decide([{ id: finding?.id ?? '' }], { assignee: `${state} ${index}`, note: null }, author),
        );
        await Promise.all([audit, ...comments]);
        const history = await historyOf(number, finding?.id ?? '');
        expect(history.filter(({ by }) => by !== null)).toHaveLength(states.length);
        expect(replayHandling(history).assignee).toBe((await stored(number))[0]?.assignee);
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
});
