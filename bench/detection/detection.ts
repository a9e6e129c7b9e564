/** `npm run bench -- detection`: months whose frauds are known, audited and scored; or somebody's own, or honest ones alone. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Catalog } from '../../src/catalog/catalog.ts';
import { CARRIER_KEYS } from '../../src/core/finding/carrier-wide.ts';
import { severityRank } from '../../src/core/finding/finding.ts';
import { parseWrittenTime } from '../../src/core/units/day.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { startThrowAway } from '../../src/platform/database-throwaway.ts';
import { schema } from '../../src/schema.ts';
import { print } from '../measure.ts';
import { type Audited, auditFolder } from './audit.ts';
import { writeMonth } from './files.ts';
import { type MadeMonth, type MonthOptions, makeMonth } from './generate.ts';
import { type Scored, printFaults, printMonth, printSummary, printTables } from './print.ts';
import { score } from './score.ts';
import { readTruth } from './truth.ts';

/** Seeds 1 to 999 are for looking at and mending rules; these were never looked into. */
const FIRST_SCORING_SEED = 1_001;
const SCORING_SEEDS = 20;
const LABELS = 6_000;
const CLEAN_LABELS = 100_000;
/** One month of the clean corpus. */
const CLEAN_MONTH_LABELS = 10_000;

/** Reads the words behind `detection` and does what they ask. */
export async function benchDetection(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      labels: { type: 'string' },
      intensity: { type: 'string', default: '1' },
      clean: { type: 'boolean', default: false },
      month: { type: 'string' },
      contracts: { type: 'string' },
      'as-of': { type: 'string' },
      write: { type: 'string' },
      faults: { type: 'boolean', default: false },
    },
  });
  const from = Number(values.from ?? FIRST_SCORING_SEED);
  const intensity = Number(values.intensity);
  if (values.write !== undefined) {
    const labels = Number(values.labels ?? LABELS);
    writeMonth(make({ seed: from, labels, clean: values.clean, intensity }), values.write);
  } else if (values.month !== undefined) {
    await scoreFolder(values.month, { asOf: values['as-of'], contracts: values.contracts });
  } else if (values.clean) {
    await scoreClean(from, Number(values.labels ?? CLEAN_LABELS), values.faults);
  } else {
    const seeds = Number(values.seeds ?? SCORING_SEEDS);
    const labels = Number(values.labels ?? LABELS);
    await scoreSeeds({ from, seeds, labels, intensity, faults: values.faults });
  }
}

function make(options: MonthOptions): MadeMonth {
  const root = projectRoot();
  return makeMonth(options, { root, catalog: new Catalog(root) });
}

async function scoreSeeds(of: {
  from: number;
  seeds: number;
  labels: number;
  intensity: number;
  faults: boolean;
}): Promise<void> {
  const months: Scored[] = [];
  for (let seed = of.from; seed < of.from + of.seeds; seed += 1) {
    const month = await scoreSeed({ seed, labels: of.labels, clean: false, intensity: of.intensity });
    months.push(month);
    printMonth(month);
    if (of.faults) printFaults(month, 40);
  }
  printTables(months);
  printSummary(months);
}

/** Makes a month, audits it over a database of its own, and scores it. */
async function scoreSeed(options: MonthOptions): Promise<Scored> {
  const folder = await mkdtemp(join(tmpdir(), 'detection-month-'));
  try {
    const month = make(options);
    const { files, contracts } = writeMonth(month, folder);
    const audited = await audit(files, { contracts, asOf: month.world.season.asOf });
    return {
      name: `seed ${options.seed}`,
      labels: audited.labels,
      score: score(audited.findings, readTruth(join(files, 'truth.csv'))),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function audit(
  folder: string,
  { contracts, asOf }: { contracts: string | null; asOf: number },
): Promise<Audited> {
  const server = await startThrowAway();
  try {
    const dataSource = await openDatabase({ url: server.url, ...schema });
    try {
      const audited = await auditFolder(folder, {
        dataSource,
        catalog: new Catalog(projectRoot(), { contracts }),
        asOf,
      });
      for (const [file, rows] of audited.rejected) process.stderr.write(`${file}: ${rows} rows rejected\n`);
      return audited;
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await server.stop();
  }
}

/** A folder of canonical files with its truth.csv; the clock of the audit is in as-of.txt unless it is given. */
async function scoreFolder(
  folder: string,
  given: { asOf: string | undefined; contracts: string | undefined },
): Promise<void> {
  const written = given.asOf ?? (await readFile(join(folder, 'as-of.txt'), 'utf8')).trim();
  const asOf = parseWrittenTime(written)?.instant ?? null;
  if (asOf === null) throw new Error(`the clock of the audit is not an instant with its zone: ${written}`);
  const audited = await audit(folder, { contracts: given.contracts ?? null, asOf });
  const month: Scored = {
    name: folder,
    labels: audited.labels,
    score: score(audited.findings, readTruth(join(folder, 'truth.csv'))),
  };
  printMonth(month);
  printFaults(month, 60);
  printTables([month]);
  printSummary([month]);
}

/** Honest labels with every story of which no rule about fraud may speak: what such rules say of them is wrong. */
async function scoreClean(from: number, labels: number, faults: boolean): Promise<void> {
  const fraud = new Set(
    new Catalog(projectRoot()).rules.rules.filter(({ file }) => file.family === 'fraud').map(({ id }) => id),
  );
  const sum = { labels: 0, grave: 0, any: 0, wrong: 0 };
  for (let seed = from; sum.labels < labels; seed += 1) {
    const size = Math.min(CLEAN_MONTH_LABELS, labels - sum.labels);
    const folder = await mkdtemp(join(tmpdir(), 'detection-clean-'));
    try {
      const made = make({ seed, labels: size, clean: true, intensity: 0 });
      const { files, contracts } = writeMonth(made, folder);
      const audited = await audit(files, { contracts, asOf: made.world.season.asOf });
      const said = audited.findings.filter(
        ({ rule, trackingNumber }) => fraud.has(rule) && !trackingNumber.startsWith(CARRIER_KEYS),
      );
      const month: Scored = {
        name: `clean seed ${seed}`,
        labels: audited.labels,
        score: score(audited.findings, readTruth(join(files, 'truth.csv'))),
      };
      sum.labels += audited.labels;
      sum.any += said.length;
      sum.grave += said.filter(({ severity }) => severityRank(severity) >= severityRank('high')).length;
      sum.wrong += month.score.total.wrong;
      printMonth(month);
      for (const { rule, severity, attribution, trackingNumber } of said)
        process.stdout.write(`  ${rule} ${severity} ${attribution} ${trackingNumber}\n`);
      if (faults) printFaults(month, 40);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  print('detection.clean_labels', sum.labels, 'labels');
  print('detection.clean_fraud_high_or_critical', (sum.grave * 100_000) / sum.labels, 'per 100,000 labels');
  print('detection.clean_fraud_any', (sum.any * 100) / sum.labels, '%');
  print('detection.clean_wrong_findings', (sum.wrong * 100) / sum.labels, '% of labels, rules of every family');
}
