/** Imports many arrays in one transaction, each with its own counts, as if they had come one after another. */
import type { PoolClient } from 'pg';
import type { Vocabulary } from '../core/mapping/vocabulary.ts';
import type { VendorNames } from '../core/mapping/vendor-name.ts';
import { errorCodeOf } from '../platform/errors.ts';
import type { Outcome } from '../platform/group-commit.ts';
import { type OpenArray, copyArrays } from './array-direct.store.ts';
import type { ArrayResult, ReadArray } from './array-import.ts';
import { UNIQUE_VIOLATION } from './direct.store.ts';
import { FileLines } from './file-lines.ts';
import type { RejectedView } from './import-view.ts';
import { countsOf, repeatedImport } from './import-result.ts';
import type { ArrayKind, ImportResult } from './import-request.ts';
import {
  createTouched,
  findImports,
  lockMerging,
  raiseRevisions,
  raiseRevisionsOf,
  readRejected,
  saveImports,
} from './import.store.ts';
import { mergeRows } from './take-rows.store.ts';
import { readVendorNames, saveVendorNames } from './vendor-name.store.ts';

export interface BatchOptions {
  /** Of all arrays of the batch. */
  kind: ArrayKind;
  vocabulary: Vocabulary;
}

type Counted = Outcome<Omit<ArrayResult, 'problems'>>;

/** A batch is small beside its tables, whatever is known of their sizes: its rows are looked up, no table is read whole. */
const LOOK_UP = 'SET LOCAL enable_seqscan = off';

/** Outcomes in the order of the arrays. An array that fails leaves nothing behind and does not disturb the others. */
export async function takeArrays(
  client: PoolClient,
  arrays: readonly ReadArray[],
  options: BatchOptions,
): Promise<Outcome<ArrayResult>[]> {
  await client.query(LOOK_UP);
  await lockMerging(client);
  const byId = new Map(arrays.map((array) => [array.id, array]));
  const counted = new Map<string, Counted>();
  for (const before of await findImports(client, [...byId.keys()])) {
    byId.delete(before.id);
    counted.set(before.id, { ok: true, answer: repeatedImport(before, before.file) });
  }
  if (byId.size > 0) await new Batch(client, options).take([...byId.values()], counted);
  return answers(client, arrays, counted, byId);
}

/** Of equal arrays in one batch the first brought what is new, if anything was; the others repeat it. */
async function answers(
  client: PoolClient,
  arrays: readonly ReadArray[],
  counted: ReadonlyMap<string, Counted>,
  fresh: ReadonlyMap<string, unknown>,
): Promise<Outcome<ArrayResult>[]> {
  const problems = await problemsOf(client, counted);
  const brought = new Set<string>();
  return arrays.map(({ id }) => {
    const outcome = counted.get(id);
    if (outcome === undefined) throw new Error(`array ${id} was left out of its batch`);
    if (!outcome.ok) return outcome;
    const { rows, rejected, personalDropped } = outcome.answer;
    const again = fresh.has(id) && brought.has(id);
    brought.add(id);
    const accepted = again ? 0 : outcome.answer.accepted;
    const repeated = rows - rejected - accepted;
    return {
      ok: true,
      answer: { id, rows, accepted, repeated, rejected, personalDropped, problems: problems.get(id) ?? [] },
    };
  });
}

/** Why rows were rejected, by import. */
async function problemsOf(
  client: PoolClient,
  counted: ReadonlyMap<string, Counted>,
): Promise<Map<string, RejectedView[]>> {
  const ids = [...counted].flatMap(([id, outcome]) => (outcome.ok && outcome.answer.rejected > 0 ? [id] : []));
  const problems = new Map<string, RejectedView[]>(ids.map((id) => [id, []]));
  const rows = ids.length === 0 ? [] : await readRejected(client, ids);
  for (const { importId, row, field, problem, value } of rows) {
    problems.get(importId)?.push({ row, field, problem, value });
  }
  return problems;
}

/** The arrays of a transaction that were not imported before. */
class Batch {
  constructor(
    private readonly client: PoolClient,
    private readonly options: BatchOptions,
  ) {}

  async take(arrays: readonly ReadArray[], counted: Map<string, Counted>): Promise<void> {
    const { client } = this;
    const names = await readVendorNames(client);
    const results = (await this.takeAllNew(arrays, names)) ?? (await this.takeOneByOne(arrays, names));
    const imported: ImportResult[] = [];
    for (const [at, { id }] of arrays.entries()) {
      const outcome = results[at] ?? { ok: false, error: new Error(`array ${id} was not taken`) };
      counted.set(id, outcome);
      if (outcome.ok) imported.push(outcome.answer);
    }
    await saveVendorNames(client, names);
    const byId = new Map(arrays.map((array) => [array.id, array]));
    await saveImports(
      client,
      imported.flatMap((result) => {
        const array = byId.get(result.id);
        if (array === undefined) return [];
        const { content, importedAt } = array;
        return [{ ...result, contentSha256: content.contentSha256, bytes: content.bytes, importedAt }];
      }),
    );
  }

  /** One COPY for all arrays; null when a row is known or stands twice among them. Charges are always compared. */
  private async takeAllNew(arrays: readonly ReadArray[], names: VendorNames): Promise<Outcome<ImportResult>[] | null> {
    const { client, options } = this;
    const { kind } = options;
    if (kind === 'invoice') return null;
    await client.query('SAVEPOINT direct');
    try {
      const opened: OpenArray[] = [];
      for (const array of arrays) opened.push({ array, lines: await this.open(array, names) });
      const touched = await copyArrays(client, kind, opened);
      await raiseRevisionsOf(client, touched, { ofEvents: kind === 'tracking' });
      await client.query('RELEASE SAVEPOINT direct');
      return opened.map(({ array, lines }) => ({
        ok: true,
        answer: resultOf(array, kind, countsOf(lines, lines.valid)),
      }));
    } catch (error) {
      await client.query('ROLLBACK TO SAVEPOINT direct');
      if (errorCodeOf(error) === UNIQUE_VIOLATION || arrays.length > 1) return null;
      throw error;
    }
  }

  private async takeOneByOne(arrays: readonly ReadArray[], names: VendorNames): Promise<Outcome<ImportResult>[]> {
    const { client, options } = this;
    await createTouched(client);
    const results: Outcome<ImportResult>[] = [];
    for (const array of arrays) {
      await client.query('SAVEPOINT one');
      try {
        const answer = await this.merge(array, names);
        await client.query('RELEASE SAVEPOINT one');
        results.push({ ok: true, answer });
      } catch (error) {
        await client.query('ROLLBACK TO SAVEPOINT one');
        results.push({ ok: false, error });
      }
    }
    await raiseRevisions(client, { ofEvents: options.kind === 'tracking' });
    return results;
  }

  private async merge(array: ReadArray, names: VendorNames): Promise<ImportResult> {
    const { kind, vocabulary } = this.options;
    const { id, file, vendor } = array;
    const context = { vocabulary, vendor, names };
    const source = recordsOf(array);
    const { lines, accepted } = await mergeRows(this.client, source, { id, kind, file, context, progress: noProgress });
    return resultOf(array, kind, countsOf(lines, accepted));
  }

  private open(array: ReadArray, names: VendorNames): Promise<FileLines> {
    const { kind, vocabulary } = this.options;
    return FileLines.open(recordsOf(array), kind, { vocabulary, vendor: array.vendor, names });
  }
}

function recordsOf({ content }: ReadArray) {
  return {
    async *records() {
      yield content.records;
    },
  };
}

function resultOf({ id, file }: ReadArray, kind: ArrayKind, counts: ReturnType<typeof countsOf>): ImportResult {
  return { id, file, kind, ...counts };
}

function noProgress(): void {
  // An array is in memory already; there is nothing to wait for.
}
