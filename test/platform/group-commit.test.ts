/** Requests that arrive while a transaction runs share the next one, and each gets its own answer. */
import { GroupCommit, type Outcome } from '../../src/platform/group-commit.ts';

/** Commits that end when they are told to. */
class Commits {
  readonly begun: number[][] = [];
  private readonly ends: (() => void)[] = [];

  readonly commit = async (requests: number[]): Promise<Outcome<string>[]> => {
    this.begun.push(requests);
    await new Promise<void>((resolve) => this.ends.push(resolve));
    return requests.map((request) =>
      request < 0 ? { ok: false, error: new Error(`not ${request}`) } : { ok: true, answer: `did ${request}` },
    );
  };

  async end(): Promise<void> {
    this.ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const limits = { mostRequests: 3, mostWeight: 10, weigh: (request: number) => Math.abs(request) };

test('the first goes alone at once, those that come meanwhile go together', async () => {
  const commits = new Commits();
  const group = new GroupCommit(commits.commit, limits);
  const answers = [1, 2, 3].map((request) => group.submit(request));
  expect(commits.begun).toEqual([[1]]);
  await commits.end();
  await commits.end();
  expect(await Promise.all(answers)).toEqual(['did 1', 'did 2', 'did 3']);
  expect(commits.begun).toEqual([[1], [2, 3]]);
});

test('a group is no larger and no heavier than allowed; what is too heavy alone goes alone', async () => {
  const commits = new Commits();
  const group = new GroupCommit(commits.commit, limits);
  const answers = [1, 1, 1, 1, 1, 9, 9, 40].map((request) => group.submit(request));
  for (let at = 0; at < 6; at += 1) await commits.end();
  await Promise.all(answers);
  expect(commits.begun).toEqual([[1], [1, 1, 1], [1, 9], [9], [40]]);
});

test('one that fails does not disturb the others of its group', async () => {
  const commits = new Commits();
  const group = new GroupCommit(commits.commit, limits);
  const settled = Promise.allSettled([1, -2, 3].map((request) => group.submit(request)));
  await commits.end();
  await commits.end();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a transaction that fails fails all of its requests, and the next one goes on', async () => {
  let fail = true;
  const group = new GroupCommit<number, number>(async (requests) => {
    if (fail) throw new Error('the disk is full');
    return requests.map((answer) => ({ ok: true, answer }));
  }, limits);
  await expect(group.submit(1)).rejects.toThrow('the disk is full');
  fail = false;
  expect(await group.submit(2)).toBe(2);
});
