/** The work of `report`: one day's report from the service's database, told on stdout. */
import { resolve } from 'node:path';
import { Delivery } from '../alerts/delivery.service.ts';
import { troubleOf } from '../alerts/delivery.ts';
import type { MailStatus } from '../alerts/mail.store.ts';
import { MailClient } from '../alerts/mail.client.ts';
import { Outbox } from '../alerts/outbox.service.ts';
import { ReportMail } from '../alerts/report-mail.service.ts';
import { type Day, parseDay } from '../core/units/day.ts';
import { Config } from '../platform/config.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { NotFoundError, UsageError } from '../platform/errors.ts';
import { type DailyReport, DailyReportService } from '../reports/daily.service.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import { dayIn, dueDay } from '../reports/report-day.ts';
import { checkWritable, writeFiles } from '../reports/write.ts';
import type { Rooms } from './context.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

/** As commander gathers them. */
export interface ReportOptions {
  date?: string;
  out?: string;
  send?: true;
}

/** What a script sees when the report stands but its mail was not sent. */
const EXIT_NOT_SENT = 1;

/** An audit for a day to come judges silence and deadlines as if that day were here. */
const LOOK_AHEAD = 'the report looks ahead, and findings stand as of that day until the next audit';

/** Makes the report and tells where it is. Throws a UsageError for a day that is none, before a database is touched. */
export async function runReport(options: ReportOptions, io: CliIo, schema: DatabaseSchema): Promise<void> {
  const asked = options.date === undefined ? null : readDay(options.date);
  const out = options.out === undefined ? null : resolve(options.out);
  if (out !== null) await checkWritable(out);
  const rooms = await openRooms(io, schema);
  try {
    const config = rooms.get(Config);
    const day = asked ?? dueDay(io.now(), config);
    const today = dayIn(io.now(), config);
    if (day > today) io.stderr.write(`${day} has not begun: ${LOOK_AHEAD}\n`);
    const made = await rooms.get(DailyReportService).make(day, { now: () => new Date(io.now()) });
    const lines = [...(await summary(rooms, made)), await files(rooms, made, out)];
    if (options.send) lines.push(await send(rooms, made, io));
    io.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await rooms.close();
  }
}

function readDay(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new UsageError(`--date takes a day such as 2026-12-01; got "${text}"`);
  return day;
}

async function summary(rooms: Rooms, { report, fresh }: DailyReport): Promise<string[]> {
  const { day, edition } = report;
  const view = (await rooms.get(ReportArchive).edition(day, edition))?.view;
  if (view === undefined) throw new NotFoundError(`the archive lacks the report of ${day}`);
  const changes = view.changes === null ? [] : [`  ${view.changes.heading}: ${view.changes.counts}`];
  return [
    view.headline.line,
    `  ${view.headline.detail}`,
    `  ${view.counts}`,
    ...view.stakes.map((stake) => `  ${stake}`),
    ...changes,
    `Report of ${day}, ${view.asOf}, edition ${edition}: ${fresh ? 'new' : 'as it stands in the archive'}`,
  ].map((line) => line.replaceAll(/\p{Cc}/gu, '?'));
}

async function files(rooms: Rooms, { report }: DailyReport, out: string | null): Promise<string> {
  const archive = rooms.get(ReportArchive);
  const names = (await archive.fileNames(report)).join(', ');
  if (out === null) return `Its files are kept in the archive (${names}); --out DIR writes them`;
  await writeFiles(out, await archive.filesOf(report));
  return `Files in ${out}: ${names}`;
}

/** Mails the edition and, where something is wrong with that, the operator. */
async function send(rooms: Rooms, { report }: DailyReport, io: CliIo): Promise<string> {
  const { day, edition } = report;
  const matter = { kind: 'report', about: ReportMail.about(day, edition) } as const;
  const { where } = rooms.get(MailClient);
  const known = await rooms.get(Outbox).of(matter);
  if (known?.state === 'sent') return `Mail: ${sentBefore(known, where)}`;
  await rooms.get(Outbox).dropHeld(matter);
  const queued = await rooms.get(ReportMail).queue(day, edition);
  const delivery = rooms.get(Delivery);
  const mail = queued && (await delivery.deliver(queued.id));
  for (const id of await rooms.get(Outbox).due()) await delivery.deliver(id);
  const { line, sent } = outcome(mail, where);
  if (!sent) io.exitCode = EXIT_NOT_SENT;
  return `Mail: ${line}`;
}

const ONCE_MENDED = 'once that is mended, the same command composes, checks and sends it anew';
const TO_NOBODY = 'REPORT_TO names nobody';

function sentBefore({ sentAt, recipients }: MailStatus, where: string): string {
  const at = sentAt?.toISOString() ?? '';
  if (recipients.length === 0) return `written before to ${where}, at ${at}; ${TO_NOBODY}`;
  return `sent before, at ${at}; not sent again`;
}

function outcome(mail: MailStatus | null, where: string): { line: string; sent: boolean } {
  if (mail === null) return { line: 'not sent, no recipient is configured: set REPORT_TO', sent: false };
  const to = mail.accepted.length > 0 ? ` to ${mail.accepted.join(', ')}` : '';
  const trouble = troubleOf(mail);
  if (mail.state === 'ready')
    return { line: `not sent yet, it will be tried again: ${mail.problem ?? ''}`, sent: false };
  if (mail.state === 'held') return { line: `held back: ${trouble ?? ''}; ${ONCE_MENDED}`, sent: false };
  if (trouble !== null) return { line: `sent${to}, but not to all: ${trouble}`, sent: false };
  if (mail.recipients.length === 0) return { line: `written to ${where}; ${TO_NOBODY}`, sent: true };
  return { line: `sent${to} (${where})`, sent: true };
}
