/** The service from start to stop: it answers on loopback, keeps its data folder to itself, and names what is in its way. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/platform/config.ts';
import { UsageError } from '../src/platform/errors.ts';
import { type Service, startService } from '../src/service.ts';
import { useDatabase } from './support/database.ts';

const database = useDatabase();

let folder = '';
const running: Service[] = [];
beforeEach(() => {
  folder = mkdtempSync('/tmp/pa-service-');
  // As root the server runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(variables: Record<string, string>): Promise<Service> {
  const service = await startService(readConfig({ PORT: '0', ...variables }), folder);
  running.push(service);
  return service;
}

test('it answers on a database of its own, and leaves only the data behind', async () => {
  const service = await start({});
  const answer = await fetch(`${service.url}/health/live`);
  expect(await answer.json()).toEqual({ status: 'ok' });
  expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(service.database).toContain(join(folder, '.data'));
  await running.pop()?.stop();
  expect(readdirSync(join(folder, '.data'))).toEqual(['cluster']);
});

test('a second one on the same data folder is told who has it', async () => {
  await start({ DATA_DIR: folder });
  const second = start({ DATA_DIR: folder });
  await expect(second).rejects.toThrow(UsageError);
  await expect(second).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
});

test('a taken port is named, and nothing is left running', async () => {
  const { port } = new URL((await start({ DATABASE_URL: database.url() })).url);
  const second = start({ DATABASE_URL: database.url(), PORT: port });
  await expect(second).rejects.toThrow(UsageError);
  await expect(second).rejects.toThrow(`port ${port} is taken by another program: set PORT to a free one`);
});
