/** Work in three steps whose waiting overlaps: the next item is read while one is worked on and the one before is put away. */
import { setImmediate } from 'node:timers/promises';

/**
 * Works on the items of a source in their order, one at a time, and puts away what came of each, again in order and one at a
 * time. Ends when all is put away; when a step fails, nothing more is begun and what was being put away is waited for.
 */
export async function overlapped<T, U>(
  source: AsyncIterable<T>,
  { work, put }: { work: (item: T) => Promise<U>; put: (made: U) => Promise<void> },
): Promise<void> {
  let putting: Promise<void> = Promise.resolve();
  try {
    for await (const item of readAhead(source)) {
      const made = await work(item);
      await putting;
      putting = watched(put(made));
    }
  } finally {
    await putting;
  }
}

/** Maps so many items in one go and then lets the process do what waits, such as answers of the database. */
export async function mapInTurns<T, U>(items: readonly T[], each: (item: T) => U, perTurn: number): Promise<U[]> {
  const mapped: U[] = [];
  for (const [index, item] of items.entries()) {
    if (index % perTurn === 0) await setImmediate();
    mapped.push(each(item));
  }
  return mapped;
}

/** Asks for the next item before it is wanted. */
async function* readAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const items = source[Symbol.asyncIterator]();
  let next = watched(items.next());
  try {
    for (let item = await next; item.done !== true; item = await next) {
      next = watched(items.next());
      yield item.value;
    }
  } finally {
    await items.return?.();
  }
}

/** A promise that is awaited later: that it fails before then is no fault nobody looks at. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
