/** Timing side by side: interleaved runs, medians, wall and CPU time of this process. */

export interface Timed {
  wallMs: number;
  cpuMs: number;
}

/** Runs a piece of work once; wall and process CPU time (user and system) in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<Timed> {
  const cpuBefore = process.cpuUsage();
  const wallBefore = performance.now();
  await work();
  const cpu = process.cpuUsage(cpuBefore);
  return { wallMs: performance.now() - wallBefore, cpuMs: (cpu.user + cpu.system) / 1000 };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Runs two pieces of work in turn, A B A B ...; answers their times and the median of the ratio A/B pair by pair. */
export async function sideBySide(
  rounds: number,
  a: () => Promise<Timed>,
  b: () => Promise<Timed>,
): Promise<{ a: Timed; b: Timed; ratio: number }> {
  const pairs: { a: Timed; b: Timed }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push({ a: await a(), b: await b() });
  const of = (pick: (pair: { a: Timed; b: Timed }) => number): number => median(pairs.map(pick));
  return {
    a: { wallMs: of((pair) => pair.a.wallMs), cpuMs: of((pair) => pair.a.cpuMs) },
    b: { wallMs: of((pair) => pair.b.wallMs), cpuMs: of((pair) => pair.b.cpuMs) },
    ratio: of((pair) => pair.a.wallMs / pair.b.wallMs),
  };
}

/** Does the work on every item, so many at once. */
export async function concurrently<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next]; next < items.length; item = items[next]) {
      next += 1;
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Prints one measurement: name, value, unit. */
export function print(name: string, value: number, unit: string): void {
  const shown = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  process.stdout.write(`${name} ${shown} ${unit}\n`);
}
