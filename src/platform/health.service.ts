/** Whether the process can work: its database answers, has this program's tables, and holds its queue. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { databaseSentence } from './database-errors.ts';
import { SidePool } from './database-pool.ts';
import { Queue } from './queue.ts';

const CHECKS = ['database', 'migrations', 'queue'] as const;
/** "ok", or why not. */
export type Health = Record<(typeof CHECKS)[number], string>;

const WITHIN_MS = 2_000;
const OK = 'ok';

@Injectable()
export class HealthService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(SidePool) private readonly pool: SidePool,
    @Inject(Queue) private readonly queue: Queue,
  ) {}

  /** Every check, each answered within two seconds. */
  async check(): Promise<Health> {
    const [database, migrations, queue] = await Promise.all([
      answerOf(() => this.pool.query('SELECT 1')),
      answerOf(() => this.checkMigrations()),
      answerOf(() => this.queue.check()),
    ]);
    return { database, migrations, queue };
  }

  /** A database restored from an older copy lacks tables; the next start makes them. */
  private async checkMigrations(): Promise<void> {
    const { rows } = await this.pool.query('SELECT name FROM migration');
    const ran = new Set(rows.map(({ name }) => name));
    const missing = this.dataSource.migrations.filter(({ name }) => !ran.has(name));
    if (missing.length > 0) throw new NotMigrated('tables of this version are missing: start the service again');
  }
}

class NotMigrated extends Error {}

/** Whether all is well. */
export function isHealthy(health: Health): boolean {
  return CHECKS.every((name) => health[name] === OK);
}

async function answerOf(check: () => Promise<unknown>): Promise<string> {
  const late = sleep(WITHIN_MS, `no answer within ${WITHIN_MS / 1000} seconds`, { ref: false });
  return Promise.race([check().then(() => OK, sentenceOf), late]);
}

/** What the server itself said may name users and hosts, and the probe answers anybody. */
function sentenceOf(error: unknown): string {
  if (error instanceof NotMigrated) return error.message;
  return databaseSentence(error) ?? 'fails: the log tells why';
}
