/** Imports files given as text and audits them, over a test database. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { AuditService } from '../../src/audit/audit.service.ts';
import { Catalog } from '../../src/catalog/catalog.ts';
import type { OwnFolders } from '../../src/catalog/data-version.ts';
import { loadPersonalData } from '../../src/catalog/personal-data.ts';
import { decodeOutcomes } from '../../src/core/finding/outcome-code.ts';
import { sourceRanker } from '../../src/core/mapping/source-rank.ts';
import { ruleBookInForce, rulesAbout } from '../../src/core/rules/book.ts';
import { dayOf } from '../../src/core/units/day.ts';
import { ImportVocabulary } from '../../src/ingest/import-vocabulary.ts';
import type { ImportKind } from '../../src/ingest/import-request.ts';
import { ImportService } from '../../src/ingest/import.service.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';

/** A finding as its table holds it, the columns that stories look at. */
export interface StoredFinding {
  rule: string;
  tracking_number: string;
  vendor: string | null;
  severity: string;
  verdict: string;
  attribution: string;
  state: string;
  amount_mills: number | null;
  currency: string | null;
}

export class Auditing {
  readonly catalog: Catalog;

  constructor(
    private readonly dataSource: () => DataSource,
    own: Partial<OwnFolders> = {},
    root = projectRoot(),
  ) {
    this.catalog = new Catalog(root, own);
  }

  /** Imports rows given as one object a row; the union of their keys is the header. */
  async take(kind: ImportKind, rows: readonly Record<string, string>[]): Promise<void> {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
    const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
    const path = join(tmpdir(), `${randomUUID()}.csv`);
    await writeFile(path, lines.map((cells) => cells.map(quoted).join(',')).join('\n'));
    try {
      const rejected = await this.takeFile({ path, shownAs: 'story.csv', kind });
      if (rejected > 0) throw new Error(`${rejected} rows of the story are rejected`);
    } finally {
      await rm(path);
    }
  }

  /** Imports a file; answers how many of its rows were rejected. */
  async takeFile(file: { path: string; shownAs: string; kind: ImportKind }): Promise<number> {
    const { spellings, tracking, published } = this.catalog;
    const isPersonal = loadPersonalData(projectRoot());
    const vocabulary = new ImportVocabulary(spellings, isPersonal, sourceRanker(tracking), published);
    const imports = new ImportService(this.dataSource(), vocabulary);
    const result = await imports.importFile({ ...file, importedAt: new Date(0) });
    return result.rejected;
  }

  /** Folds and judges as of the instant; answers how many parcels were judged. */
  async audit(asOf: string): Promise<number> {
    const fold = new FoldService(this.dataSource(), this.catalog);
    await fold.foldTouched();
    const audit = new AuditService(this.dataSource(), this.catalog, fold);
    const run = await audit.run({ asOf: Date.parse(asOf), now: () => new Date(0) });
    return run.parcels;
  }

  /** Findings about a number (or of a rule), by rule. */
  async findings(where: { number?: string; rule?: string } = {}): Promise<StoredFinding[]> {
    return this.dataSource().query(
      `SELECT * FROM finding WHERE ($1::text IS NULL OR tracking_number = $1) AND ($2::text IS NULL OR rule = $2)
        ORDER BY rule, tracking_number, vendor, sale_key`,
      [where.number ?? null, where.rule ?? null],
    );
  }

  /** How a rule about labels answered for the purchases under a number: fires, clear, or what was missing. */
  async answers(number: string, rule: string): Promise<string[]> {
    const [row]: { outcomes: string[]; as_of: Date }[] = await this.dataSource().query(
      'SELECT outcomes, as_of FROM judged WHERE tracking_number = $1',
      [number],
    );
    if (row === undefined) throw new Error(`${number} was never judged`);
    const book = ruleBookInForce(this.catalog.rules, dayOf(row.as_of.getTime()), sha256Hex);
    const place = rulesAbout('label', book).findIndex(({ id }) => id === rule);
    return row.outcomes.map((code) => {
      const outcome = decodeOutcomes(code)[place];
      if (outcome === undefined) throw new Error(`no rule about labels is named ${rule}`);
      return outcome.answer === 'unknown' ? `unknown: ${outcome.missing.join(', ')}` : outcome.answer;
    });
  }

  /** How a rule about vendors answered in the audit as of the instant, with what was missing. */
  async vendorAnswers(asOf: string, rule: string): Promise<Record<string, unknown> | undefined> {
    const rows: { outcomes: (Record<string, unknown> & { rule: string })[] }[] = await this.dataSource().query(
      `SELECT vendor_outcomes AS outcomes FROM run WHERE as_of = $1`,
      [asOf],
    );
    return rows[0]?.outcomes.find((outcome) => outcome.rule === rule);
  }

  /** The changes of one rule's findings about a number, in order: state and why. */
  async history(number: string, rule: string): Promise<string[]> {
    const rows: { state: string; reason: string }[] = await this.dataSource().query(
      `SELECT h.state, h.reason FROM finding_history h JOIN finding f USING (tracking_number, id)
        WHERE f.tracking_number = $1 AND f.rule = $2 ORDER BY h.sequence`,
      [number, rule],
    );
    return rows.map(({ state, reason }) => `${reason}: ${state}`);
  }
}
