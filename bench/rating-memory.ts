/** Memory and time of the rate tables in fresh processes: this file is both the bench and the process it starts. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Catalog } from '../src/catalog/catalog.ts';
import { loadRateTables } from '../src/catalog/rating.ts';
import { projectRoot } from '../src/platform/config.ts';
import { median, print } from './measure.ts';

const ROUNDS = 5;
const LOADS = ['nothing', 'tables', 'catalog'] as const;
type Load = (typeof LOADS)[number];

interface Fresh {
  rssMib: number;
  /** What is reachable: objects and the bytes of typed arrays. */
  heldMib: number;
  loadedMs: number;
}

/** Prints what a process holds more with the rate tables than without, and how long it takes to read them. */
export async function benchRatingMemory(): Promise<void> {
  const rounds: Record<Load, Fresh>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      nothing: await inFresh('nothing'),
      tables: await inFresh('tables'),
      catalog: await inFresh('catalog'),
    });
  }
  const show = (name: string, unit: string, pick: (round: Record<Load, Fresh>) => number): void =>
    print(`rating.${name}`, median(rounds.map(pick)), unit);
  show('catalog_rss', 'MiB', ({ nothing, tables }) => tables.rssMib - nothing.rssMib);
  show('catalog_held', 'MiB', ({ nothing, tables }) => tables.heldMib - nothing.heldMib);
  show('process_rss_without', 'MiB', ({ nothing }) => nothing.rssMib);
  show('process_rss_with', 'MiB', ({ tables }) => tables.rssMib);
  show('tables_start_ms', 'ms', ({ tables }) => tables.loadedMs);
  show('catalog_start_ms', 'ms', ({ catalog }) => catalog.loadedMs);
}

async function inFresh(load: Load): Promise<Fresh> {
  const words = ['--expose-gc', '--import', 'tsx', import.meta.filename, load];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout) as Fresh;
}

/** Keeps what was loaded reachable until it is measured. */
let held: unknown;

function measureHere(load: Load): Fresh {
  const started = performance.now();
  if (load === 'tables') held = loadRateTables(projectRoot());
  if (load === 'catalog') held = new Catalog(projectRoot());
  const loadedMs = performance.now() - started;
  // Twice: what the first finds dead may hold more that is dead.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const heldBytes = held === null ? 0 : heapUsed + arrayBuffers;
  return { rssMib: rss / 2 ** 20, heldMib: heldBytes / 2 ** 20, loadedMs };
}

const asked = LOADS.find((load) => load === process.argv[2]);
if (asked && process.argv[1] === import.meta.filename) process.stdout.write(JSON.stringify(measureHere(asked)));
