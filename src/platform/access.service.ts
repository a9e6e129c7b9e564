/** The access keys of the service: makes, lists and revokes them, and tells whom a key or a cookie belongs to. */
import { performance } from 'node:perf_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Caller, type Role, roleNamed } from './access.ts';
import { hashSecret, matchesHash, newKey, readKey, writeKey } from './access-key.ts';
import { insertKey, markRevoked, readKeys } from './access-key.store.ts';
import type { AccessKeyRow } from './access-key.table.ts';
import { holds, readSession, writeSession } from './access-session.ts';
import { NotFoundError, UsageError } from './errors.ts';

/** A key as it may be shown: without its hash. */
export type KeyRecord = Omit<AccessKeyRow, 'secretSha256'>;

interface Snapshot {
  byId: ReadonlyMap<string, AccessKeyRow>;
  /** By the monotonic clock: how old a copy is has nothing to do with the time of day. */
  readAtMs: number;
}

/** How long another process's changes may stay unseen; a thousand requests at once ask the database once. */
const MAX_AGE_MS = 2000;
/** A key not known yet may have been made a moment ago, so it is looked for sooner. */
const MAX_AGE_FOR_STRANGERS_MS = 250;
const NAME = /^[^\p{Cc}]{1,100}$/u;

@Injectable()
export class AccessService {
  private snapshot: Snapshot | null = null;
  private reading: Promise<Snapshot> | null = null;

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Makes a key. Its text is answered here and never again. Throws a UsageError for a name that is none. */
  async create(wish: { name: string; role: Role; now: Date }): Promise<{ id: string; key: string }> {
    const name = wish.name.trim();
    if (!NAME.test(name)) throw new UsageError('the name of a key must have 1 to 100 characters on one line');
    const text = newKey();
    const secretSha256 = hashSecret(text.secret);
    const row = { id: text.id, name, role: wish.role, secretSha256, createdAt: wish.now, revokedAt: null };
    await insertKey(this.dataSource, row);
    this.forget();
    return { id: text.id, key: writeKey(text) };
  }

  /** Every key, oldest first, the revoked ones too. */
  async list(): Promise<KeyRecord[]> {
    const rows = await readKeys(this.dataSource);
    return rows.map(({ id, name, role, createdAt, revokedAt }) => ({ id, name, role, createdAt, revokedAt }));
  }

  /**
   * Ends a key and every session opened with it: at once in this process, within seconds in others. Ending one twice
   * changes nothing. Throws a NotFoundError where there is no such key.
   */
  async revoke(id: string, now: Date): Promise<void> {
    const found = await markRevoked(this.dataSource, id, now);
    this.forget();
    if (!found) throw new NotFoundError(`there is no key ${JSON.stringify(id)}: \`keys list\` shows their ids`);
  }

  /** Whose key it is; null for a text that is no key, an unknown and a revoked one. */
  async authenticate(text: string): Promise<Caller | null> {
    const row = await this.goodKey(text);
    return row && callerOf(row);
  }

  /** Whether a key was ever made: from then on nobody is let in without one, though all be revoked. */
  async anyKey(): Promise<boolean> {
    // A key is never unmade, so a copy that holds one stays right.
    if ((this.snapshot?.byId.size ?? 0) > 0) return true;
    return (await this.read(MAX_AGE_MS)).byId.size > 0;
  }

  /** The value of a cookie that stands for the key until then; null for a key that is not good. */
  async openSession(text: string, until: Date): Promise<string | null> {
    const row = await this.goodKey(text);
    return row && writeSession(row, Math.floor(until.getTime() / 1000));
  }

  /** Whom the cookie stands for; null for one that is forged, has expired, or whose key was revoked. */
  async callerOfSession(value: string, now: Date): Promise<Caller | null> {
    const claim = readSession(value);
    const row = claim && (await this.keyOf(claim.keyId));
    return claim && row && holds(claim, row, now) ? callerOf(row) : null;
  }

  private async goodKey(text: string): Promise<AccessKeyRow | null> {
    const parts = readKey(text);
    const row = parts && (await this.keyOf(parts.id));
    return parts && row && matchesHash(parts.secret, row.secretSha256) ? row : null;
  }

  /** The key that is not revoked. */
  private async keyOf(id: string): Promise<AccessKeyRow | null> {
    const known = (await this.read(MAX_AGE_MS)).byId.get(id);
    const row = known ?? (await this.read(MAX_AGE_FOR_STRANGERS_MS)).byId.get(id);
    return row === undefined || row.revokedAt !== null ? null : row;
  }

  private async read(maxAgeMs: number): Promise<Snapshot> {
    if (this.snapshot !== null && performance.now() - this.snapshot.readAtMs < maxAgeMs) return this.snapshot;
    this.reading ??= this.startReading();
    return this.reading;
  }

  private startReading(): Promise<Snapshot> {
    const readAtMs = performance.now();
    const reading = readKeys(this.dataSource)
      .then((rows): Snapshot => ({ byId: new Map(rows.map((row) => [row.id, row])), readAtMs }))
      .then((snapshot) => {
        // One that was begun before a change of ours may miss it.
        if (this.reading === reading) this.snapshot = snapshot;
        return snapshot;
      })
      .finally(() => {
        if (this.reading === reading) this.reading = null;
      });
    return reading;
  }

  private forget(): void {
    this.snapshot = null;
    this.reading = null;
  }
}

function callerOf({ id, name, role }: AccessKeyRow): Caller | null {
  const known = roleNamed(role);
  return known && { keyId: id, name, role: known };
}
