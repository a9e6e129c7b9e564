/** The options of `audit`, checked: every wrong one is refused before anything is read or written. */
import { join, resolve } from 'node:path';
import { type Locale, LOCALES, SEVERITIES, type Severity } from '../core/rules/answer.ts';
import { type Instant, parseWrittenTime } from '../core/units/day.ts';
import type { NamedPath } from '../ingest/recognise.ts';
import { UsageError } from '../platform/errors.ts';
import type { CliIo } from './io.ts';

/** The sample month ends here: without files to audit, this is the clock. */
const SAMPLES_AS_OF = '2026-12-01T06:00:00Z';

/** As commander gathers them. */
export interface RawAuditOptions {
  labels: string[];
  tracking: string[];
  invoice: string[];
  adjustments: string[];
  vendor?: string;
  asOf?: string;
  out: string;
  format: string;
  failOn?: string;
  database?: string;
  zoneCharts?: string;
  contracts?: string;
  locale: string;
  timeZone: string;
}

export interface AuditOptions {
  paths: NamedPath[];
  vendor: string | null;
  asOf: Instant;
  out: string;
  format: 'text' | 'json';
  failOn: Severity | null;
  databaseUrl: string | null;
  /** Folder of the user's own zone charts. */
  zoneCharts: string | null;
  /** Folder of the user's contracts with vendors. */
  contracts: string | null;
  locale: Locale;
  timeZone: string;
}

/** Checks what was written on the command line; throws UsageError naming the option and what it takes. */
export function readAuditOptions(paths: readonly string[], raw: RawAuditOptions, io: CliIo): AuditOptions {
  const named: NamedPath[] = [
    ...paths.map((path) => ({ path })),
    ...(['labels', 'tracking', 'invoice', 'adjustments'] as const).flatMap((kind) =>
      raw[kind].map((path) => ({ path, kind })),
    ),
  ];
  const samples = named.length === 0;
  return {
    paths: samples ? [{ path: join(io.root, 'samples') }] : named,
    vendor: raw.vendor?.trim() || null,
    asOf: readInstant(raw.asOf ?? (samples ? SAMPLES_AS_OF : null)) ?? io.now(),
    out: resolve(raw.out),
    format: oneOf('--format', raw.format, ['text', 'json'] as const),
    failOn: raw.failOn === undefined ? null : oneOf('--fail-on', raw.failOn, SEVERITIES),
    databaseUrl: raw.database ?? null,
    zoneCharts: raw.zoneCharts ?? null,
    contracts: raw.contracts ?? null,
    locale: oneOf('--locale', raw.locale, LOCALES),
    timeZone: readTimeZone(raw.timeZone),
  };
}

function readInstant(text: string | null): Instant | null {
  if (text === null) return null;
  const written = parseWrittenTime(text);
  if (written?.precision !== 'instant') {
    throw new UsageError(`--as-of takes an ISO 8601 time with its offset, such as ${SAMPLES_AS_OF}; got "${text}"`);
  }
  return written.instant;
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} takes ${allowed.join(' | ')}; got "${value}"`);
  return found;
}

function readTimeZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(`--time-zone takes a name such as America/Los_Angeles; got "${zone}"`);
  }
}
