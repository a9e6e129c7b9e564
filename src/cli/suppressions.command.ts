/** `suppressions`: lists, makes and ends what hides findings. */
import type { Command } from 'commander';
import { SUPPRESSION_STATES } from '../audit/suppression.query.ts';
import { SuppressionService, type SuppressionView, type SuppressionWish } from '../audit/suppression.service.ts';
import { SCOPE_FIELDS } from '../core/finding/suppression.ts';
import { parseDay } from '../core/units/day.ts';
import { formatMills } from '../core/units/money.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { UsageError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

const MOST_LISTED = 1000;

interface AddOptions {
  rule?: string;
  vendor?: string;
  number?: string;
  label?: string;
  order?: string;
  where?: string;
  reason: string;
  owner: string;
  until?: string;
  json?: true;
}

/** Adds the commands. */
export function registerSuppressions(program: Command, io: CliIo, schema: DatabaseSchema): void {
  const withRoom = async (work: (room: SuppressionService) => Promise<void>): Promise<void> => {
    const rooms = await openRooms(io, schema);
    try {
      await work(rooms.get(SuppressionService));
    } finally {
      await rooms.close();
    }
  };
  const suppressions = program.command('suppressions').description('findings that are known, accepted and not shown');
  suppressions
    .command('list')
    .description('those in force, with what they hide')
    .option('--all', 'the expired and ended ones too')
    .option('--json', 'print them as JSON')
    .action((options: { all?: true; json?: true }) => withRoom((room) => list(room, io, options)));
  suppressions
    .command('add')
    .description('make one; every criterion that is given has to hold')
    .option('--rule <id>', 'findings of a rule')
    .option('--vendor <name>', 'findings about a vendor and its labels')
    .option('--number <number>', 'findings about a tracking number')
    .option('--label <id>', 'findings about a label, as its vendor calls it; needs --vendor')
    .option('--order <id>', 'findings about the labels of an order')
    .option('--where <expression>', 'findings of which it is true, in the language of rules')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--owner <name>', 'who answers for it')
    .option('--until <day>', 'the last day it hides anything; default 90 days from now')
    .option('--json', 'print it as JSON')
    .action((options: AddOptions) => withRoom((room) => add(room, io, options)));
  suppressions
    .command('end <id>')
    .description('end one: what nothing else hides is shown again')
    .option('--reason <text>', 'why')
    .action((id: string, options: { reason?: string }) => withRoom((room) => end(room, io, { id, ...options })));
}

async function list(room: SuppressionService, io: CliIo, { all, json }: { all?: true; json?: true }): Promise<void> {
  const states = all ? SUPPRESSION_STATES : (['active'] as const);
  const { items } = await room.list({ states, limit: MOST_LISTED }, new Date(io.now()));
  if (json) io.stdout.write(`${JSON.stringify(items)}\n`);
  else if (items.length === 0) io.stdout.write('nothing is suppressed\n');
  else for (const item of items) io.stdout.write(`${linesOf(item).join('\n')}\n`);
}

async function add(room: SuppressionService, io: CliIo, options: AddOptions): Promise<void> {
  const { reason, owner, until = null } = options;
  if (until !== null && parseDay(until) === null) throw new UsageError('--until takes a day as YYYY-MM-DD');
  if (reason.trim().length < 3) throw new UsageError('--reason must say why, in at least 3 characters');
  if (owner.trim() === '') throw new UsageError('--owner must name somebody');
  const wish: SuppressionWish = {
    rule: options.rule ?? null,
    vendor: options.vendor ?? null,
    trackingNumber: options.number ?? null,
    labelId: options.label ?? null,
    orderId: options.order ?? null,
    expression: options.where ?? null,
    reason: reason.trim(),
    owner: owner.trim(),
    expiresOn: until,
  };
  const made = await room.add(wish, { by: 'command line', now: new Date(io.now()) });
  io.stdout.write(options.json ? `${JSON.stringify(made)}\n` : `${linesOf(made).join('\n')}\n`);
  if (wish.expression !== null) io.stderr.write('Its expression is asked by the next audit.\n');
}

async function end(
  room: SuppressionService,
  io: CliIo,
  { id, reason }: { id: string; reason?: string },
): Promise<void> {
  const ended = await room.end(id, { reason: reason ?? null, by: 'command line', now: new Date(io.now()) });
  io.stdout.write(`ended: ${ended.id} hides nothing any more\n`);
}

function linesOf(view: SuppressionView): string[] {
  const scope = SCOPE_FIELDS.flatMap((field) => (view[field] === null ? [] : [`${field} ${view[field]}`])).join(', ');
  const money = view.amounts.map(({ mills, currency }) => `, ${formatMills(mills)} ${currency}`).join('');
  return [
    `${view.id}  ${view.state}  until ${view.expiresOn}  hides ${view.hides}${money}  ${scope}`,
    `  ${view.reason} (${view.owner})`,
    ...(view.spares > 0 ? [`  shown all the same, as counterfeit: ${view.spares}`] : []),
    ...(view.expiresSoon ? ['  ends within 7 days'] : []),
    ...(view.idle ? ['  hid nothing for 30 days'] : []),
    ...(view.problem === null ? [] : [`  its expression hides nothing: ${view.problem}`]),
  ];
}
