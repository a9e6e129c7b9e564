/** One owner at a time: a living one keeps the lock, a dead one's lock is taken. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseOwner, lock, ownerAt, readOwner, unlock } from '../../src/platform/database-owner.ts';
import { isAlive, ownIdentity } from '../../src/platform/process-identity.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pa-owner-'));
  file = join(folder, 'owner.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const us = (): DatabaseOwner => ownerAt('postgresql:///ours');
const write = (text: string): void => writeFileSync(file, text);

test('a free lock is taken, and given back without a trace', () => {
  const owner = us();
  expect(lock(file, owner)).toBeNull();
  expect(readOwner(file)).toEqual(owner);
  unlock(file, owner);
  expect(readdirSync(folder)).toEqual([]);
});

test('a living owner keeps it, also from another ownership of the same process', () => {
  const first = us();
  lock(file, first);
  const second = us();
  expect(lock(file, second)).toEqual(first);
  unlock(file, second);
  expect(readOwner(file)).toEqual(first);
});

test.each<{ story: string; holder: Partial<DatabaseOwner> }>([
  { story: 'whose process has ended', holder: { pid: 2 ** 22 + 1 } },
  { story: 'whose number another process has now', holder: { started: 'long ago' } },
])('a lock is taken from an owner $story', ({ holder }) => {
  write(JSON.stringify({ ...us(), ...holder }));
  const owner = us();
  expect(lock(file, owner)).toBeNull();
  expect(readOwner(file)).toEqual(owner);
  expect(readdirSync(folder)).toEqual(['owner.json']);
});

test('a note that was cut off is nobody’s', () => {
  write('{"pid": 12');
  expect(lock(file, us())).toBeNull();
});

test('an owner in another container may live: it keeps the lock', () => {
  const elsewhere = { ...us(), place: 'another machine' };
  write(JSON.stringify(elsewhere));
  expect(lock(file, us())).toEqual(elsewhere);
});

test('this process is alive, and what runs elsewhere cannot be known', () => {
  expect(isAlive(ownIdentity())).toBe(true);
  expect(isAlive({ ...ownIdentity(), place: 'another machine' })).toBeNull();
});
