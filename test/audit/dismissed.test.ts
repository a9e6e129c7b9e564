/** Rules whose findings people keep dismissing: when they are flagged, by what, and when no more. */
import fc from 'fast-check';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readDismissed } from '../../src/audit/dismissed.query.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/program.ts';
import { registerRules } from '../../src/cli/rules.command.ts';
import { dismissedShare } from '../../src/core/risk/dismissed.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { renderHtml } from '../../src/reports/html.ts';
import { makeReport } from '../../src/reports/make-report.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { schema } from '../../src/schema.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { LOCALES_SHOWN, PROJECT_ROOT, reportInput, reportRows } from '../support/report.ts';

const RULE = 'below-floor-price';

describe('the share', () => {
  test.each([
    [0, 0, null],
    [9, 9, false],
    [10, 10, true],
    [10, 6, false],
    [10, 7, true],
    [100, 40, false],
    [100, 45, true],
  ])('of %i decisions %i dismissals: flagged %s', (decided, dismissed, flagged) => {
    expect(dismissedShare({ rule: RULE, decided, dismissed })?.flagged ?? null).toBe(flagged);
  });

  test('one dismissal more never takes a flag away, and the share is no less than its bound', () => {
    const counts = fc
      .integer({ min: 1, max: 300 })
      .chain((decided) => fc.tuple(fc.constant(decided), fc.integer({ min: 0, max: decided - 1 })));
    fc.assert(
      fc.property(counts, ([decided, dismissed]) => {
        const [few, more] = [0, 1].map((add) => dismissedShare({ rule: RULE, decided, dismissed: dismissed + add }));
        if (!few || !more) throw new Error('something is decided');
        expect(few.atLeast).toBeLessThanOrEqual(few.share + 1e-12);
        expect(more.flagged || !few.flagged).toBe(true);
      }),
    );
  });
});

describe('over a database', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const number = (serial: number): string => impb('001', '900000044', serial);
  const version = (): string => story.catalog.rules.rules.find(({ id }) => id === RULE)?.version ?? '';

  /** Writes a decision of people as the next change of the findings of some numbers. */
  async function decide(serials: readonly number[], state: string): Promise<void> {
    await database.dataSource().query(
      `INSERT INTO finding_history (tracking_number, id, sequence, at, state, severity, reason, by)
         SELECT tracking_number, id, (SELECT max(sequence) + 1 FROM finding_history h WHERE h.id = f.id), now(), $2, severity,
                'set', 'Ana' FROM finding f WHERE tracking_number = ANY($1) AND rule = $3`,
      [serials.map(number), state, RULE],
    );
  }

  const shares = () => readDismissed(database.dataSource(), [version()]);

  beforeAll(async () => {
    const serials = Array.from({ length: 12 }, (_, index) => index + 1);
    await story.take(
      'labels',
      serials.map((serial) => ({
        tracking_number: number(serial),
        vendor: 'Story Labels',
        label_id: `S${serial}`,
        purchased_at: '2026-11-10T09:00:00Z',
        service: 'ground_advantage',
        rate_type: 'weight',
        packaging: 'package',
        weight_oz: '8',
        origin_zip: '90058',
        destination_zip: '85004',
        charged: '2.00',
      })),
    );
    await story.audit('2026-11-20T06:00:00Z');
  });

  test('what nobody decided on, or only took in hand, counts for nothing', async () => {
    await decide([1, 2], 'acknowledged');
    expect(await shares()).toEqual([]);
  });

  test('the latest decision counts, and what is opened again is not decided', async () => {
    await decide([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'dismissed');
    await decide([10, 11], 'recovered');
    await decide([9], 'open');
    expect(await shares()).toMatchObject([{ rule: RULE, decided: 10, dismissed: 8, share: 0.8, flagged: true }]);
  });

  test('the list of rules shows it where a database is asked', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const io: CliIo = { stdout, stderr, now: () => Date.UTC(2026, 10, 20, 8), root: projectRoot() };
    const commands = {
      rules: async () => (program: Parameters<typeof registerRules>[0], cliIo: CliIo) =>
        registerRules(program, cliIo, async () => schema),
    };
    await runCli(['rules', 'list', '--database', database.url()], commands, io);
    stdout.end();
    stderr.end();
    expect(await text(stdout)).toMatch(/^below-floor-price .* 8 of 10, flagged {2}/m);
  });

  test('what an earlier version found counts no more', async () => {
    await database.dataSource().query(`UPDATE finding SET rule_version = 'earlier' WHERE rule = $1`, [RULE]);
    expect(await shares()).toEqual([]);
  });
});

test.each(LOCALES_SHOWN)('the report tells it beside the rule in %s, and of no rule that is not flagged', (locale) => {
  const wording = loadWording(PROJECT_ROOT, locale);
  const often = { rule: RULE, decided: 12, dismissed: 9, share: 0.75, atLeast: 0.46, flagged: true };
  const seldom = { rule: 'never-accepted', decided: 12, dismissed: 1, share: 1 / 12, atLeast: 0.01, flagged: false };
  const model = makeReport(reportInput({ locale }), reportRows({ dismissed: [often, seldom] }), wording);
  expect(model.document.flaggedRules).toEqual([{ rule: RULE, decided: 12, dismissed: 9, share: 0.75, atLeast: 0.46 }]);
  const sentence = wording.say('flagged.often', { decided: 12, dismissed: 9, share: '75%' });
  expect(renderHtml(model, { root: PROJECT_ROOT, wording }).split(sentence)).toHaveLength(2);
});
