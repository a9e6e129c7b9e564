#!/usr/bin/env node
/** The command line's entry: the list of commands, and the process they run in. */
import type { CliIo } from './cli/io.ts';
import { type Commands, runCli } from './cli/program.ts';
import type { StartWorker } from './cli/worker.command.ts';
import { projectRoot } from './platform/config.ts';
import { EXIT_DONE, EXIT_FAULT, errorCodeOf } from './platform/errors.ts';

/** The whole of the service is loaded only when a worker starts. */
const startWorker: StartWorker = async (config, options) => (await import('./service.ts')).startWorker(config, options);

/** A command that needs a database is handed its tables here: doors do not know the whole of them. */
const commands: Commands = {
  audit: async () => {
    const [{ registerAudit }, { schema }] = await Promise.all([
      import('./cli/audit.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerAudit(program, cliIo, schema);
  },
  quote: async () => (await import('./cli/quote.command.ts')).registerQuote,
  rates: async () => (await import('./cli/rates.command.ts')).registerRates,
  barcode: async () => (await import('./cli/barcode.command.ts')).registerBarcode,
  rules: async () => {
    const { registerRules } = await import('./cli/rules.command.ts');
    return (program, cliIo) => registerRules(program, cliIo, async () => (await import('./schema.ts')).schema);
  },
  worker: async () => {
    const { registerWorker } = await import('./cli/worker.command.ts');
    return (program, cliIo) => registerWorker(program, cliIo, startWorker);
  },
  doctor: async () => {
    const [{ registerDoctor }, { schema }] = await Promise.all([
      import('./cli/doctor.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerDoctor(program, cliIo, schema);
  },
  migrate: async () => {
    const [{ registerMigrate }, { schema }] = await Promise.all([
      import('./cli/migrate.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerMigrate(program, cliIo, schema);
  },
  import: async () => {
    const [{ registerImport }, { schema }] = await Promise.all([
      import('./cli/import.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerImport(program, cliIo, schema);
  },
  track: async () => {
    const [{ registerTrack }, { schema }] = await Promise.all([
      import('./cli/track.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerTrack(program, cliIo, schema);
  },
  vendors: async () => {
    const [{ registerVendors }, { schema }] = await Promise.all([
      import('./cli/vendors.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerVendors(program, cliIo, schema);
  },
  keys: async () => {
    const [{ registerKeys }, { schema }] = await Promise.all([import('./cli/keys.command.ts'), import('./schema.ts')]);
    return (program, cliIo) => registerKeys(program, cliIo, schema);
  },
  suppressions: async () => {
    const [{ registerSuppressions }, { schema }] = await Promise.all([
      import('./cli/suppressions.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerSuppressions(program, cliIo, schema);
  },
  report: async () => {
    const [{ registerReport }, { schema }] = await Promise.all([
      import('./cli/report.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerReport(program, cliIo, schema);
  },
  evidence: async () => {
    const [{ registerEvidence }, { schema }] = await Promise.all([
      import('./cli/evidence.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerEvidence(program, cliIo, schema);
  },
  alerts: async () => {
    const [{ registerAlerts }, { schema }] = await Promise.all([
      import('./cli/alerts.command.ts'),
      import('./schema.ts'),
    ]);
    return (program, cliIo) => registerAlerts(program, cliIo, schema);
  },
};

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => process.exit(errorCodeOf(error) === 'EPIPE' ? EXIT_DONE : EXIT_FAULT));
}
const io: CliIo = { stdout: process.stdout, stderr: process.stderr, now: () => Date.now(), root: projectRoot() };
process.exitCode = await runCli(process.argv.slice(2), commands, io);
