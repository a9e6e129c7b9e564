/** After the run: ends the server of the run; jest calls it. */
import type { RunningServer } from '../../src/platform/database-throwaway.ts';

/** Setup and teardown run in one process but may be loaded as two copies of a module: the process is what they share. */
const shared = process as unknown as { postageAuditorTestServer?: RunningServer };

/** Leaves the server for the teardown to end. */
export function stopLater(server: RunningServer): void {
  shared.postageAuditorTestServer = server;
}

export default async function tearDown(): Promise<void> {
  await shared.postageAuditorTestServer?.stop();
}
