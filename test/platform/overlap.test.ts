/** Three steps that overlap: nothing is lost, swapped, put away twice at once, or begun after a failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mapInTurns, overlapped } from '../../src/platform/overlap.ts';

/** Numbers, noting when each is asked for and whether the reading was ended. */
async function* reading(upTo: number, log: string[], failAt?: number): AsyncGenerator<number> {
  try {
    for (let item = 1; item <= upTo; item += 1) {
      if (item === failAt) throw new Error(`read ${item}`);
      log.push(`read ${item}`);
      yield item;
    }
  } finally {
    log.push('read no more');
  }
}

describe('overlapped steps', () => {
  test('keep the order of the items, and put one away at a time', async () => {
    const put: number[] = [];
    let busy = 0;
    await overlapped(reading(5, []), {
      work: async (item) => item * 10,
      put: async (made) => {
        busy += 1;
        expect(busy).toBe(1);
        await sleep(made === 10 ? 20 : 1);
        put.push(made);
        busy -= 1;
      },
    });
    expect(put).toEqual([10, 20, 30, 40, 50]);
  });

  test('read the next item while one is worked on, and work on it while that is put away', async () => {
    const log: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await overlapped(reading(3, log), {
      work: async (item) => {
        await sleep(1);
        log.push(`work ${item}`);
        if (item === 2) release();
        return item;
      },
      put: async (made) => {
        // The first is put away only once the second was worked on: without an overlap this would never end.
        if (made === 1) await held;
        log.push(`put ${made}`);
      },
    });
    expect(log.indexOf('read 2')).toBeLessThan(log.indexOf('work 1'));
    expect(log.indexOf('work 2')).toBeLessThan(log.indexOf('put 1'));
    expect(log.at(-1)).toBe('put 3');
  });

  test('begin nothing more when putting away fails, and say why', async () => {
    const log: string[] = [];
    const put = async (made: number): Promise<void> => {
      log.push(`put ${made}`);
      throw new Error('disk full');
    };
    await expect(overlapped(reading(9, log), { work: async (item) => item, put })).rejects.toThrow('disk full');
    expect(log.filter((entry) => entry.startsWith('put'))).toEqual(['put 1']);
    expect(log.at(-1)).toBe('read no more');
  });

  test.each<[string, number | undefined, number | undefined, string]>([
    ['working', undefined, 3, 'work 3'],
    ['reading', 3, undefined, 'read 3'],
  ])('wait for what is being put away when %s fails', async (_step, readFails, workFails, message) => {
    const put: number[] = [];
    const run = overlapped(reading(5, [], readFails), {
      work: async (item) => {
        if (item === workFails) throw new Error(`work ${item}`);
        return item;
      },
      put: async (made) => {
        await sleep(10);
        put.push(made);
      },
    });
    await expect(run).rejects.toThrow(message);
    expect(put).toEqual([1, 2]);
  });

  test('of nothing are nothing', async () => {
    const put: number[] = [];
    await overlapped(reading(0, []), { work: async (item) => item, put: async (made) => void put.push(made) });
    expect(put).toEqual([]);
  });
});

test('mapping in turns answers all, in order, and lets others have theirs', async () => {
  const seen: string[] = [];
  const others = Promise.resolve().then(() => setImmediate(() => seen.push('other')));
  const items = Array.from({ length: 50 }, (_, index) => index);
  const mapped = await mapInTurns(items, (item) => seen.push(String(item)) && item + 1, 5);
  await others;
  expect(mapped).toEqual(items.map((item) => item + 1));
  expect(seen.indexOf('other')).toBeLessThan(seen.indexOf('49'));
});
