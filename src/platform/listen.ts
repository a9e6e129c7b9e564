/** Opens a port and closes it again without cutting off who is being answered. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { UsageError, errorCodeOf } from './errors.ts';

const LOOK_AGAIN_MS = 50;
/** Connections that may wait to be taken while the process is busy; a burst beyond them is reset by the system. */
const WAITING_CONNECTIONS = 4096;

/** Listens and answers the port, which is another than asked for only where 0 was asked. Throws a UsageError for one not to be had. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  try {
    server.listen({ port, host, backlog: WAITING_CONNECTIONS });
    await once(server, 'listening');
  } catch (error) {
    throw explain(error, { host, port });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/**
 * Takes no more requests and waits until those that run are answered; what is not answered by then is cut off.
 * Connections that only wait for another request are closed at once.
 */
export async function stopListening(server: Server, withinMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // A connection becomes idle when its answer is out, which the server itself notices only much later.
  const sweep = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), withinMs);
  try {
    await closed;
  } finally {
    clearInterval(sweep);
    clearTimeout(deadline);
  }
}

function explain(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const cause = { cause: error };
  switch (errorCodeOf(error) ?? '') {
    case 'EADDRINUSE':
      return new UsageError(`port ${port} is taken by another program: set PORT to a free one`, cause);
    case 'EACCES':
      return new UsageError(`port ${port} is not ours to open: set PORT above 1023`, cause);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UsageError(`HOST ${host} is no address of this machine: set it to one, or to 0.0.0.0 for all`, cause);
    default:
      return error;
  }
}
