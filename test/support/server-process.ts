/**
 * A process of its own that owns an embedded server, for tests that kill it; run by `ownServer` below.
 * Says one line of JSON when the server answers, stops it when its standard input ends.
 */
import { installedFolder, findPrograms } from '../../src/platform/database-binaries.ts';
import { joinOrStartEmbedded } from '../../src/platform/database-embedded.ts';
import { startThrowAway } from '../../src/platform/database-throwaway.ts';
import { serverUser } from '../../src/platform/database-user.ts';

const [kind = '', path = ''] = process.argv.slice(2);

async function open(): Promise<{ stop: () => Promise<void> }> {
  if (kind === 'throw-away') return startThrowAway();
  if (kind === 'embedded') return joinOrStartEmbedded({ dataDir: path, root: '/' });
  const programs = findPrograms(serverUser(), path || installedFolder());
  return { ...programs, stop: async () => undefined };
}

try {
  const server = await open();
  console.log(JSON.stringify(server));
  process.stdin.resume();
  process.stdin.on('end', () => void server.stop());
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
}
