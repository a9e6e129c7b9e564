/** The work of `rules backtest`: what changed rules would have told beside the active ones, for people or as JSON. */
import { BacktestService } from '../audit/backtest.service.ts';
import { describeProblem } from '../catalog/rules.ts';
import type { Rule } from '../core/rules/rule.ts';
import { type Day, parseDay } from '../core/units/day.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { UsageError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';
import { Progress } from './progress.ts';
import { openRooms } from './rooms.ts';
import { readRuleFiles } from './rule-files.ts';
import { backtestDocument } from './rules-backtest-document.ts';
import { backtestText } from './rules-backtest-text.ts';

/** As commander gathers them. */
export interface BacktestOptions {
  from?: string;
  to?: string;
  all?: boolean;
  database?: string;
  json?: boolean;
}

/** Findings that people are shown unless they ask for all. */
const FIRST_SHOWN = 20;

/** Prints what differs. Throws a UsageError for rules with faults, as `rules check` tells them, and for days that cannot be. */
export async function backtestRules(
  path: string,
  options: BacktestOptions,
  { io, schema }: { io: CliIo; schema: DatabaseSchema },
): Promise<void> {
  const range = { from: readDay('--from', options.from), to: readDay('--to', options.to) };
  const candidates = readCandidates(path, io);
  const rooms = await openRooms(io, schema, options.database ?? null);
  const progress = new Progress(io.stderr, io.now);
  try {
    progress.start('Judging parcels');
    const request = { candidates, ...range, now: io.now() };
    const backtest = await rooms
      .get(BacktestService)
      .run(request, ({ parcels, total }) => progress.update(parcels, total));
    progress.end(`${backtest.parcels} over ${backtest.days} days`);
    const document = backtestDocument(backtest);
    const shown = options.all === true ? Infinity : FIRST_SHOWN;
    io.stdout.write(options.json === true ? `${JSON.stringify(document, null, 2)}\n` : backtestText(document, shown));
  } finally {
    progress.abandon();
    await rooms.close();
  }
}

/** Faults of format, types and examples; that a version is locked is for `rules check`, for here it is still being tried. */
function readCandidates(path: string, io: CliIo): Rule[] {
  const { rules, problems } = readRuleFiles(path, io, true);
  if (problems.length > 0) {
    const lines = problems.map(describeProblem);
    throw new UsageError([...lines, `${lines.length} ${lines.length === 1 ? 'problem' : 'problems'}`].join('\n'));
  }
  if (rules.length === 0) throw new UsageError(`${path} holds no rule file (*.yaml)`);
  return rules;
}

function readDay(option: string, text: string | undefined): Day | null {
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day !== null) return day;
  throw new UsageError(`${option} takes a day such as 2026-11-30; got "${text}"`);
}
