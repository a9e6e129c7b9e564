/** Each thing the service needs, tried by itself: what is well, what deserves a look, what stands in the way. */
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import type { Catalog } from '../catalog/catalog.ts';
import { loadZones } from '../catalog/zones.ts';
import { listOn } from '../core/rating/tables.ts';
import { type Day, addDays, daysBetween, formatInstant } from '../core/units/day.ts';
import { MailClient } from '../alerts/mail.client.ts';
import type { Config } from '../platform/config.ts';
import { DataDir } from '../platform/data-dir.ts';
import type { DatabaseState } from '../platform/database-inspect.ts';
import { errorCodeOf } from '../platform/errors.ts';
import { nextReportAt } from '../reports/report-day.ts';
import { chartWords } from './zone-charts.ts';

export interface Verdict {
  status: 'ok' | 'warning' | 'failure';
  /** One sentence: what was found and, unless all is well, what to do. */
  says: string;
}

export const ok = (says: string): Verdict => ({ status: 'ok', says });
export const warning = (says: string): Verdict => ({ status: 'warning', says });
export const failure = (says: string): Verdict => ({ status: 'failure', says });

const OLDEST_NODE = [20, 19] as const;
const MIB = 2 ** 20;
const SCARCE_MIB = 2048;
const TOO_LITTLE_MIB = 200;
/** Deadlines are counted in days; a clock further off than this puts scans and audits into a wrong order. */
const CLOCK_OFF_MS = 2_000;
const ENDS_SOON_DAYS = 30;
const PROBE_MS = 3_000;

export function checkNode(version: string): Verdict {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok(`Node ${version}`);
  return failure(`Node ${version} is too old: install ${oldestMajor}.${oldestMinor} or later`);
}

/** The user's own zone charts; a wrong one keeps the service from starting. */
export function checkZoneCharts(root: string, { zoneCharts }: Pick<Config, 'zoneCharts'>): Verdict {
  if (zoneCharts === null) return ok('none of your own: zones follow the published rule');
  const { charts } = loadZones(root, zoneCharts);
  const says = chartWords(charts) ?? `${zoneCharts} is empty: zones follow the published rule`;
  return charts.length === 0 || charts.some((chart) => chart.leftToRule > 0) ? warning(says) : ok(says);
}

/** The folder for what is not in the database, and of the embedded one. */
export async function checkDataDir(path: string): Promise<Verdict> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
  } catch (error) {
    return failure(
      `${path} cannot be written (${errorCodeOf(error) ?? String(error)}): set DATA_DIR to a folder that can`,
    );
  }
  const { bavail, bsize } = await statfs(path);
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const says = `${path} can be written, ${freeMib} MiB free`;
  if (freeMib < TOO_LITTLE_MIB) return failure(`${says}: free some space`);
  return freeMib < SCARCE_MIB ? warning(`${says}: free some space soon`) : ok(says);
}

export function checkDatabase({ version, clockAheadMs }: DatabaseState, where: string): Verdict {
  const says = `PostgreSQL ${version} answers (${where})`;
  if (Math.abs(clockAheadMs) <= CLOCK_OFF_MS) return ok(says);
  const off = `${Math.abs(Math.round(clockAheadMs / 1000))} seconds ${clockAheadMs > 0 ? 'ahead of' : 'behind'} ours`;
  return warning(`${says}, but its clock is ${off}: let both machines take the time from the network`);
}

export function checkMigrations({ pending }: DatabaseState): Verdict {
  if (pending.length === 0) return ok('its tables are those of this version');
  return warning(`${pending.length} changes of its tables are due: the next start makes them, or \`migrate\` now`);
}

export function checkQueue({ hasQueue }: DatabaseState): Verdict {
  return hasQueue ? ok('the tables of the job queue are there') : warning('no job queue yet: the first start makes it');
}

/** Keys, and who could reach the service without one. */
export function checkKeys({ keys }: DatabaseState, { host }: Pick<Config, 'host'>): Verdict {
  if (keys !== null && keys > 0) return ok(`${keys} access ${keys === 1 ? 'key' : 'keys'} in use`);
  const make = 'make one with `keys create --role admin --name NAME`';
  if (isLoopback(host)) return warning(`no access key: only this machine is answered; ${make}`);
  return warning(`no access key, so only this machine is answered although HOST is ${host}: ${make}`);
}

/** Whether today has published prices, and goes on having them. */
export function checkPrices({ rating }: Pick<Catalog, 'rating'>, today: Day): Verdict {
  const list = listOn(today, rating.lists);
  if (list === null) {
    return warning(
      `no price list covers ${today}, so labels of today are not rated: add the one in force to data/prices`,
    );
  }
  const says = `the price list in force is ${list.id}, to ${list.to}`;
  const followed = listOn(addDays(list.to, 1), rating.lists) !== null;
  if (followed || daysBetween(today, list.to) > ENDS_SOON_DAYS) return ok(says);
  return warning(`${says}, and none is known after it: add the next one to data/prices before`);
}

/** Whether business days can be counted from today on: deadlines and silence depend on them. */
export function checkCalendar({ calendar }: Pick<Catalog, 'calendar'>, today: Day): Verdict {
  const ends = `${calendar.lastYear}-12-31`;
  const says = `the holidays of USPS are known to ${ends}`;
  if (daysBetween(today, ends) > ENDS_SOON_DAYS) return ok(says);
  return warning(`${says}: add those of the years after it to data/calendar`);
}

/** The mail server, greeted and signed in to, or the folder that takes its place. */
export async function checkMail(config: Config, dataDir: string): Promise<Verdict> {
  const client = new MailClient(config, new DataDir(dataDir));
  try {
    await client.verify();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return failure(`${client.where} refuses (${said}): check SMTP_URL, its user and password, and the firewall`);
  }
  return config.smtpUrl === null
    ? warning(`SMTP_URL is not set: mails are written as files into ${client.where}`)
    : ok(`${client.where} answers`);
}

export function checkRecipients({ reportTo, operatorTo, alertTo }: Config): Verdict {
  const unset = Object.entries({ REPORT_TO: reportTo, OPERATOR_TO: operatorTo, ALERT_TO: alertTo })
    .filter(([, addresses]) => addresses.length === 0)
    .map(([name]) => name);
  if (unset.length === 0) return ok(`the report goes to ${reportTo.join(', ')}`);
  return warning(`nobody is named in ${unset.join(', ')}: what goes to them is sent to nobody`);
}

export function checkSchedule(config: Config, now: Date): Verdict {
  const { reportAt, reportTimeZone } = config;
  const next = formatInstant(nextReportAt(now.getTime(), config));
  return ok(`the report is made at ${reportAt} in ${reportTimeZone}, next at ${next}`);
}

/** The port: free, or answered by a service of this program. */
export async function checkPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Verdict> {
  if (port === 0) return ok('PORT is 0: any free port is taken');
  const place = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  try {
    const answer = await fetch(`http://${place}:${port}/health/live`, { signal: AbortSignal.timeout(PROBE_MS) });
    if (answer.ok && (await answer.text()) === '{"status":"ok"}') return ok(`the service answers on port ${port}`);
  } catch (error) {
    if (isRefused(error)) return ok(`port ${port} is free`);
  }
  return failure(`port ${port} is taken by another program: stop that, or set PORT to a free one`);
}

function isRefused(error: unknown): boolean {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
  return errorCodeOf(cause) === 'ECONNREFUSED';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
