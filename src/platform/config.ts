/** What the environment may set, read and checked in this one place, and where the project's own files lie. */
import { join } from 'node:path';
import { z } from 'zod';
import { type Locale, LOCALES } from '../core/rules/answer.ts';
import { UsageError } from './errors.ts';

/** An unset and an empty variable mean the same: the default. */
const optional = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? null : text.trim()));

const whole = (name: string, bounds: { min: number; max: number; fallback: number }) =>
  optional.transform((text, context) => {
    if (text === null) return bounds.fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= bounds.min && value <= bounds.max) return value;
    context.addIssue(`${name} must be a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`);
    return z.NEVER;
  });

/** As `whole`; unset = null, for what has its default elsewhere. */
const wholeOrNone = (name: string, { min, max }: { min: number; max: number }) =>
  optional.transform((text, context) => {
    if (text === null) return null;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    context.addIssue(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
    return z.NEVER;
  });

const oneOf = <Word extends string>(name: string, words: readonly Word[], fallback: Word) =>
  optional.transform((text, context) => {
    if (text === null) return fallback;
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    context.addIssue(`${name} must be ${words.join(' or ')}, not "${text}"`);
    return z.NEVER;
  });

/** Values hold passwords, so a wrong one is described, never repeated. */
const url = (name: string, schemes: readonly string[]) =>
  optional.refine((text) => text === null || schemes.some((scheme) => text.startsWith(`${scheme}://`)), {
    error: `${name} must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });

/** Those that we take apart ourselves; that of a database also has forms which only its own reader knows. */
const readableUrl = (name: string, schemes: readonly string[]) =>
  url(name, schemes).refine((text) => text === null || !text.includes('://') || URL.canParse(text), {
    error: `${name} cannot be read: write it as ${schemes[0]}://host, signs such as / in a password as %2F`,
  });

/** "auditor@example.com" or "Postage Auditor <auditor@example.com>"; a name of this machine alone may be the host. */
const SENDER = /^(?:[^<>\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u;
const sender = (name: string, fallback: string) =>
  optional
    .refine((text) => text === null || SENDER.test(text), {
      error: `${name} must be an address such as auditor@example.com or Postage Auditor <auditor@example.com>`,
    })
    .transform((text) => text ?? fallback);

const addresses = (name: string) =>
  optional.transform((text, context): string[] => {
    const found = (text ?? '').split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
    const wrong = found.find((each) => !z.email().safeParse(each).success);
    if (wrong === undefined) return found;
    context.addIssue(`${name} must be mail addresses with commas between; "${wrong}" is none`);
    return z.NEVER;
  });

const clockTime = (name: string, fallback: string) =>
  optional.transform((text, context) => {
    if (text === null) return fallback;
    if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
    context.addIssue(`${name} must be a time of day such as ${fallback}, not "${text}"`);
    return z.NEVER;
  });

const timeZone = (name: string) =>
  optional.transform((text, context) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: text ?? 'UTC' }).resolvedOptions().timeZone;
    } catch {
      context.addIssue(`${name} must be a name such as America/Los_Angeles, not "${text}"`);
      return z.NEVER;
    }
  });

/** Long enough not to be guessed, and of signs that stand in an address as they are (RFC 3986, section 3.3). */
const PATH_SECRET = /^[\w.~!$&'()*+,;=@-]{16,}$/;
const pathSecret = (name: string) =>
  optional.refine((text) => text === null || PATH_SECRET.test(text), {
    error: `${name} stands in an address: it must be at least 16 letters, digits and signs other than / ? # % and :, without spaces`,
  });

/**
 * An audit holds two connections and at times needs a third, the import of a file holds one and needs a second: with
 * fewer than this, each could wait for the other's.
 */
const FEWEST_CONNECTIONS = 4;

/** One entry a variable; `.env.example` explains each, and a test holds the two together. */
export const environment = z.object({
  DATABASE_URL: url('DATABASE_URL', ['postgres', 'postgresql']),
  DATABASE_POOL_SIZE: whole('DATABASE_POOL_SIZE', { min: FEWEST_CONNECTIONS, max: 200, fallback: 8 }),
  DATA_DIR: optional,
  ZONE_CHARTS: optional,
  CONTRACTS: optional,
  HOST: optional.transform((text) => text ?? '127.0.0.1'),
  PORT: whole('PORT', { min: 0, max: 65_535, fallback: 3000 }),
  PUBLIC_URL: readableUrl('PUBLIC_URL', ['http', 'https']),
  JOBS: oneOf('JOBS', ['on', 'off'], 'on'),
  BODY_LIMIT_MB: whole('BODY_LIMIT_MB', { min: 1, max: 512, fallback: 16 }),
  SESSION_HOURS: whole('SESSION_HOURS', { min: 1, max: 720, fallback: 12 }),
  REPORT_AT: clockTime('REPORT_AT', '06:00'),
  REPORT_TIME_ZONE: timeZone('REPORT_TIME_ZONE'),
  REPORT_LOCALE: oneOf('REPORT_LOCALE', LOCALES, 'en'),
  SOURCE_LATE_HOURS: whole('SOURCE_LATE_HOURS', { min: 1, max: 8_760, fallback: 36 }),
  SMTP_URL: readableUrl('SMTP_URL', ['smtp', 'smtps']),
  MAIL_FROM: sender('MAIL_FROM', 'postage-auditor@localhost'),
  REPORT_TO: addresses('REPORT_TO'),
  OPERATOR_TO: addresses('OPERATOR_TO'),
  ALERT_TO: addresses('ALERT_TO'),
  USPS_URL: readableUrl('USPS_URL', ['http', 'https']),
  USPS_CLIENT_ID: optional,
  USPS_CLIENT_SECRET: optional,
  USPS_CALLS_PER_HOUR: wholeOrNone('USPS_CALLS_PER_HOUR', { min: 1, max: 1_000_000 }),
  TRACK17_URL: readableUrl('TRACK17_URL', ['http', 'https']),
  TRACK17_KEY: optional,
  EASYPOST_WEBHOOK_SECRET: optional,
  SHIPPO_WEBHOOK_SECRET: pathSecret('SHIPPO_WEBHOOK_SECRET'),
  USPS_WEBHOOK_SECRET: pathSecret('USPS_WEBHOOK_SECRET'),
  USPS_WEBHOOK_HMAC_SECRET: optional,
  LOG_LEVEL: oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug'], 'info'),
});

interface ConfigValues {
  /** A PostgreSQL to use; null = the embedded one. */
  databaseUrl: string | null;
  /** Connections one process may hold, those of the queue not counted. */
  databasePoolSize: number;
  /** Where the embedded PostgreSQL and the mail outbox are kept; null = a folder of our own choice. */
  dataDir: string | null;
  /** A folder of the user's own zone charts; null = the published rule alone. */
  zoneCharts: string | null;
  /** A folder of the user's contracts with vendors, one file each; null = none on file. */
  contracts: string | null;
  /** The address the service listens on. */
  host: string;
  /** The port of the service; 0 = any free one. */
  port: number;
  /** How people reach the service: the links in mails begin with it; null = no links. */
  publicUrl: string | null;
  /** Whether the service runs jobs itself; off = processes started with `worker` do. */
  jobs: 'on' | 'off';
  /** Greatest body of a request that is read whole; files of any size are streamed to /imports. */
  bodyLimitBytes: number;
  /** How long a browser stays signed in. */
  sessionHours: number;
  /** When the day's audit is made: HH:MM by the clock of `reportTimeZone`. */
  reportAt: string;
  /** IANA name. */
  reportTimeZone: string;
  reportLocale: Locale;
  /** After so many hours without a file a report says that the source is late. */
  sourceLateHours: number;
  /** The mail server; null = mails are written as files into the outbox folder. */
  smtpUrl: string | null;
  mailFrom: string;
  /** Who gets the daily report. */
  reportTo: string[];
  /** Who is told of what the service cannot do by itself, such as a mail it held back. */
  operatorTo: string[];
  /** Who is told at once of what cannot wait for the report. */
  alertTo: string[];
  /** The application registered with USPS, for its Tracking API; null id or secret = USPS is not asked. */
  usps: {
    /** Null = the production host named in data/tracking/providers.yaml. */
    url: string | null;
    clientId: string | null;
    clientSecret: string | null;
    /** A raised quota; null = that of data/tracking/providers.yaml. */
    callsPerHour: number | null;
  };
  /** The account with 17TRACK; its key also signs the webhooks. A null key = neither asked nor heard. */
  track17: { url: string | null; key: string | null };
  /** What each sender of webhooks proves itself by; null = its deliveries are refused. */
  webhookSecrets: { easypost: string | null; shippo: string | null; usps: string | null; uspsHmac: string | null };
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
}

/** The configuration of the process; a class, so that it can be injected. */
export class Config implements ConfigValues {
  declare readonly databaseUrl: ConfigValues['databaseUrl'];
  declare readonly databasePoolSize: number;
  declare readonly dataDir: ConfigValues['dataDir'];
  declare readonly zoneCharts: ConfigValues['zoneCharts'];
  declare readonly contracts: ConfigValues['contracts'];
  declare readonly host: string;
  declare readonly port: number;
  declare readonly publicUrl: ConfigValues['publicUrl'];
  declare readonly jobs: ConfigValues['jobs'];
  declare readonly bodyLimitBytes: number;
  declare readonly sessionHours: number;
  declare readonly reportAt: string;
  declare readonly reportTimeZone: string;
  declare readonly reportLocale: Locale;
  declare readonly sourceLateHours: number;
  declare readonly smtpUrl: ConfigValues['smtpUrl'];
  declare readonly mailFrom: string;
  declare readonly reportTo: string[];
  declare readonly operatorTo: string[];
  declare readonly alertTo: string[];
  declare readonly usps: ConfigValues['usps'];
  declare readonly track17: ConfigValues['track17'];
  declare readonly webhookSecrets: ConfigValues['webhookSecrets'];
  declare readonly logLevel: ConfigValues['logLevel'];

  constructor(values: ConfigValues) {
    Object.assign(this, values);
  }
}

/** The configuration by the environment. Throws a UsageError that names every variable that is wrong. */
export function readConfig(variables: Record<string, string | undefined> = process.env): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => issue.message).join('; '));
  const { data } = parsed;
  return new Config({
    databaseUrl: data.DATABASE_URL,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    dataDir: data.DATA_DIR,
    zoneCharts: data.ZONE_CHARTS,
    contracts: data.CONTRACTS,
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    jobs: data.JOBS,
    bodyLimitBytes: data.BODY_LIMIT_MB * 1024 * 1024,
    sessionHours: data.SESSION_HOURS,
    reportAt: data.REPORT_AT,
    reportTimeZone: data.REPORT_TIME_ZONE,
    reportLocale: data.REPORT_LOCALE,
    sourceLateHours: data.SOURCE_LATE_HOURS,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    reportTo: data.REPORT_TO,
    operatorTo: data.OPERATOR_TO,
    alertTo: data.ALERT_TO,
    usps: {
      url: data.USPS_URL,
      clientId: data.USPS_CLIENT_ID,
      clientSecret: data.USPS_CLIENT_SECRET,
      callsPerHour: data.USPS_CALLS_PER_HOUR,
    },
    track17: { url: data.TRACK17_URL, key: data.TRACK17_KEY },
    webhookSecrets: {
      easypost: data.EASYPOST_WEBHOOK_SECRET,
      shippo: data.SHIPPO_WEBHOOK_SECRET,
      usps: data.USPS_WEBHOOK_SECRET,
      uspsHmac: data.USPS_WEBHOOK_HMAC_SECRET,
    },
    logLevel: data.LOG_LEVEL,
  });
}

/** The folder that holds data/, rules/ and templates/: two above this file, in src/ and in dist/ alike. */
export function projectRoot(): string {
  return join(import.meta.dirname, '..', '..');
}
