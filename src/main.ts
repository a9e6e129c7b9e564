/** The service's entry: starts it, says where it is, and stops it when asked to. */
import 'reflect-metadata';
import { projectRoot, readConfig } from './platform/config.ts';
import { exitCodeOf, isDomainError } from './platform/errors.ts';
import { Log } from './platform/log.ts';
import { endOnFault, endSoon, untilSignal } from './platform/process-life.ts';
import { startService } from './service.ts';

/** A reader of our log who went away is no reason to stop working. */
process.stdout.on('error', () => undefined);

const HOW_TO_MAKE_A_KEY =
  'there is no access key yet, so only this machine is answered; before a proxy stands in front, make one: npm run cli -- keys create --role admin --name NAME';

try {
  const config = readConfig();
  const log = new Log({ level: config.logLevel, stream: process.stdout });
  endOnFault(log);
  const service = await startService(config, projectRoot(), undefined, log);
  // Standard output is for the log: one JSON line an event.
  const where = `answers on ${service.url} (database: ${service.database})`;
  console.error(`postage-auditor ${where}`);
  if (service.keyless) console.error(HOW_TO_MAKE_A_KEY);
  log.log(where);
  log.log(`stops: ${await untilSignal()}`);
  await service.stop();
  endSoon();
} catch (error) {
  console.error(isDomainError(error) ? `postage-auditor: ${error.message}` : error);
  process.exit(exitCodeOf(error));
}
