/** Imports arrays sent over HTTP: what arrives while a transaction runs shares the next one. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { inTransaction } from '../platform/database-client.ts';
import { explainDatabaseError } from '../platform/database-errors.ts';
import { BusyError } from '../platform/errors.ts';
import { GroupCommit, type Outcome } from '../platform/group-commit.ts';
import { takeArrays } from './array-batch.store.ts';
import type { ArrayRequest, ArrayResult, ReadArray } from './array-import.ts';
import { arrayRecords } from './array-records.ts';
import { ARRAY_KINDS, type ArrayKind } from './import-request.ts';
import { importId } from './import-result.ts';
import { ImportVocabulary } from './import-vocabulary.ts';

/** Enough to hide the commit, few enough that the first of them does not wait long. */
const SHARING = { mostRequests: 200, mostWeight: 20_000, weigh: ({ content }: ReadArray) => content.records.length };

/** Of records as text, which take several times as much memory: a large file's merge may keep arrays waiting for minutes. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

/** What stands for a file's name where an array came. */
const SHOWN_AS: Readonly<Record<ArrayKind, string>> = {
  labels: 'POST /labels',
  tracking: 'POST /tracking-events',
  invoice: 'POST /charges',
};

/** What an empty array comes to: it brings nothing, so it is kept nowhere and named in no report. */
const NOTHING = { id: null, rows: 0, accepted: 0, repeated: 0, rejected: 0, personalDropped: 0 } as const;

@Injectable()
export class ArrayService {
  /** One transaction holds arrays of one kind: its temporary table has that kind's columns. */
  private readonly groups: Readonly<Record<ArrayKind, GroupCommit<ReadArray, ArrayResult>>>;
  /** Of the arrays of all kinds that were read and are not committed. */
  private waitingBytes = 0;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ImportVocabulary) private readonly vocabulary: ImportVocabulary,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    const groupOf = (kind: ArrayKind) =>
      new GroupCommit<ReadArray, ArrayResult>((arrays) => this.commit(kind, arrays), SHARING);
    const [labels, tracking, invoice] = ARRAY_KINDS;
    this.groups = { labels: groupOf(labels), tracking: groupOf(tracking), invoice: groupOf(invoice) };
  }

  /**
   * Stores the rows that can be taken and keeps the problems of the others; answers when it is committed. The same array
   * again says nothing new, and an empty one nothing at all. Throws a UsageError for too many keys, a DatabaseError for a database
   * that refuses, a BusyError when too much is waiting already.
   */
  async take({ kind, vendor, items, shownAs }: ArrayRequest): Promise<ArrayResult> {
    if (items.length === 0) return { ...NOTHING, problems: [] };
    const content = arrayRecords(kind, items, this.vocabulary.isPersonal);
    const given = vendor?.trim() || null;
    const id = importId({ kind, vendor: given, contentSha256: content.contentSha256 });
    const file = shownAs ?? SHOWN_AS[kind];
    this.refuseWhenFull(content.bytes);
    this.waitingBytes += content.bytes;
    try {
      return await this.groups[kind].submit({ id, file, vendor: given, content, importedAt: this.clock.now() });
    } catch (error) {
      throw explainDatabaseError(error, `cannot take ${file}`);
    } finally {
      this.waitingBytes -= content.bytes;
    }
  }

  /** Throws a BusyError when no more can wait; best asked before anything is read. What comes to an empty queue is taken. */
  refuseWhenFull(moreBytes = 0): void {
    if (this.waitingBytes === 0 || this.waitingBytes + moreBytes <= MOST_WAITING_BYTES) return;
    throw new BusyError(
      'so many records wait to be stored that no more are taken now, probably behind the import of a large file: nothing of this request was stored, send it again in a while',
    );
  }

  private commit(kind: ArrayKind, arrays: ReadArray[]): Promise<Outcome<ArrayResult>[]> {
    const options = { kind, vocabulary: this.vocabulary };
    return inTransaction(this.dataSource, (client) => takeArrays(client, arrays, options));
  }
}
