/** The service's entry: starts it, says where it is, and stops it when asked to. */
import 'reflect-metadata';
import { projectRoot, readConfig } from './platform/config.ts';
import { exitCodeOf, isDomainError } from './platform/errors.ts';
import { startService } from './service.ts';

function fail(error: unknown): void {
  console.error(isDomainError(error) ? `postage-auditor: ${error.message}` : error);
  process.exitCode = exitCodeOf(error);
}

try {
  const service = await startService(readConfig(), projectRoot());
  console.log(`postage-auditor answers on ${service.url} (database: ${service.database})`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void service.stop().catch(fail));
  }
} catch (error) {
  fail(error);
}
