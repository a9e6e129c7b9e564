/** Audits for readers: how each stands, the last asked for first. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NotFoundError, UsageError } from '../platform/errors.ts';
import { type StoredRun, readRun, readRuns } from './run.query.ts';

export interface RunPage {
  items: StoredRun[];
  /** Give it back to have the audits before these; null at the end. */
  nextCursor: string | null;
}

@Injectable()
export class RunReader {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Audits, the last begun first. Throws a UsageError for a cursor that is none of ours. */
  async list({ cursor, limit }: { cursor?: string | null; limit: number }): Promise<RunPage> {
    const found = await readRuns(this.dataSource, { before: placeOf(cursor ?? null), limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
  }

  /** One audit. Throws a NotFoundError. */
  async one(id: string): Promise<StoredRun> {
    const run = await readRun(this.dataSource, id);
    if (run === null) throw new NotFoundError(`there is no audit ${id}`);
    return run;
  }
}

function cursorOf({ startedAt, id }: StoredRun): string {
  return Buffer.from(`${startedAt.getTime()} ${id}`).toString('base64url');
}

function placeOf(cursor: string | null): { startedAt: Date; id: string } | null {
  if (cursor === null) return null;
  const [, time, id] = /^(\d{1,15}) ([0-9a-f]{32})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (time !== undefined && id !== undefined) return { startedAt: new Date(Number(time)), id };
  throw new UsageError('cursor is not one this list has answered: leave it out to start anew');
}
