/** What the environment may set, read and checked in this one place, and where the project's own files lie. */
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors.ts';

/** An unset and an empty variable mean the same: the default. */
const optional = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text === '' ? null : text));

const whole = (name: string, bounds: { min: number; max: number; fallback: number }) =>
  optional.transform((text, context) => {
    if (text === null) return bounds.fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= bounds.min && value <= bounds.max) return value;
    context.addIssue(`${name} must be a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`);
    return z.NEVER;
  });

const environment = z.object({
  DATABASE_URL: optional.refine((url) => url === null || /^postgres(ql)?:\/\//.test(url), {
    error: 'DATABASE_URL must start with postgres:// or postgresql://',
  }),
  DATABASE_POOL_SIZE: whole('DATABASE_POOL_SIZE', { min: 1, max: 200, fallback: 8 }),
  DATA_DIR: optional,
  PORT: whole('PORT', { min: 0, max: 65_535, fallback: 3000 }),
});

export interface Config {
  /** A PostgreSQL to use; null = the embedded one. */
  databaseUrl: string | null;
  /** Connections one process may hold. */
  databasePoolSize: number;
  /** Where the embedded PostgreSQL keeps its data; null = a folder of its own choice. */
  dataDir: string | null;
  /** The port of the service; 0 = any free one. */
  port: number;
}

/** The configuration by the environment. Throws a UsageError that names every variable that is wrong. */
export function readConfig(variables: Record<string, string | undefined> = process.env): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => issue.message).join('; '));
  return {
    databaseUrl: parsed.data.DATABASE_URL,
    databasePoolSize: parsed.data.DATABASE_POOL_SIZE,
    dataDir: parsed.data.DATA_DIR,
    port: parsed.data.PORT,
  };
}

/** The folder that holds data/, rules/ and templates/: two above this file, in src/ and in dist/ alike. */
export function projectRoot(): string {
  return join(import.meta.dirname, '..', '..');
}
