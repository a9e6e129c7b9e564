/** Tries the connection to each provider by a call that is about no parcel; it counts in the quota like any other. */
import type { DataSource } from 'typeorm';
import type { Catalog } from '../catalog/catalog.ts';
import { ASKABLE, type Askable } from '../catalog/providers.ts';
import { readCreditLeft, troubleOfTrack17 } from '../core/mapping/providers/track17-account.ts';
import { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { type DatabaseSchema, joinDatabase } from '../platform/database.ts';
import { Patience } from '../platform/patience.ts';
import { accountsIn } from './accounts.ts';
import { Calling, type Later, type Nothing } from './calling.service.ts';
import { countRefused } from './poll.store.ts';
import { Quota } from './quota.service.ts';
import { Track17Client } from './track17.client.ts';
import { UspsClient } from './usps.client.ts';

/** What trying one came to. */
export interface Tried {
  provider: Askable;
  url: string;
  /** Null where it answers. */
  trouble: Nothing | Later | null;
  /** Registrations left, where it says so. */
  creditLeft: number | null;
  /** Of all numbers it was ever asked about: how many, and of how many it gave no access the last time. */
  asked: number;
  refused: number;
}

/** What the calls are made by. */
export interface ConnectionsOptions {
  url: string;
  schema: DatabaseSchema;
  config: Config;
  catalog: Catalog;
}

/** Tries those we have an account with, over a database whose tables are up to date. */
export async function tryConnections({ url, schema, config, catalog }: ConnectionsOptions): Promise<Tried[]> {
  const accounts = accountsIn(config);
  if (accounts.length === 0) return [];
  const dataSource = await joinDatabase({ url, ...schema });
  try {
    const clock = new Clock();
    const quota = new Quota(dataSource, catalog, config, clock);
    const calling = new Calling(quota, clock, new Patience());
    const tries = {
      usps: () => tryUsps(new UspsClient(config, catalog, calling, clock), dataSource),
      '17track': () => tryTrack17(new Track17Client(config, catalog, calling, quota, clock), dataSource, catalog),
    };
    const tried: Tried[] = [];
    for (const provider of ASKABLE.filter((each) => accounts.includes(each))) tried.push(await tries[provider]());
    return tried;
  } finally {
    await dataSource.destroy();
  }
}

async function tryUsps(client: UspsClient, dataSource: DataSource): Promise<Tried> {
  const counted = await countRefused(dataSource, 'usps');
  const signIn = await client.signIn();
  const trouble = signIn.ok ? null : signIn.reply;
  return { provider: 'usps', url: client.url, trouble, creditLeft: null, ...counted };
}

async function tryTrack17(client: Track17Client, dataSource: DataSource, catalog: Catalog): Promise<Tried> {
  const counted = await countRefused(dataSource, '17track');
  const tried = { provider: '17track' as const, url: client.url, ...counted };
  const reply = await client.account();
  if (reply.came !== 'answer') return { ...tried, trouble: reply, creditLeft: null };
  const { status, at } = reply;
  const body = reply.body.toString('utf8');
  const said = troubleOfTrack17(body, { status, codes: catalog.published.errors.track17.codes });
  const why = said?.says ?? (status === 200 ? null : `17TRACK answers with HTTP ${status}`);
  const trouble = why === null ? null : { came: 'nothing' as const, kind: 'answer' as const, why, at };
  return { ...tried, trouble, creditLeft: readCreditLeft(body) };
}
