/** The archive of daily reports: what was made for which day, byte for byte, whatever happened since. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Day, parseDay } from '../core/units/day.ts';
import { NotFoundError, UsageError } from '../platform/errors.ts';
import type { PageView } from './page-view.ts';
import type { ReportBefore } from './report-before.ts';
import { changesBetween, reportedIds } from './report-changes.ts';
import type { ReportChanges } from './report-changes.ts';
import {
  type ArchivedLine,
  type ArchivedReport,
  type Edition,
  insertFile,
  insertReport,
  readEdition,
  readEditions,
  readFileNames,
  readFileOf,
  readLastEdition,
  readLines,
  readNearestDays,
  readReport,
  readReportBefore,
  readReportedBefore,
  rememberReported,
} from './report-archive.store.ts';
import { ReportDocumentSchema } from './report-document.ts';
import {
  ARCHIVE_FILES,
  type ArchiveContents,
  type ArchiveFile,
  LIST_FILES,
  type ListFile,
  type ReportFile,
} from './report-files.ts';
import type { ReportRow } from './report.table.ts';

/** A file of the archive; the edition is its entity tag. */
export interface ArchivedFile {
  day: Day;
  edition: string;
  name: ArchiveFile;
  content: Buffer;
}

export interface ArchivedLines {
  items: ArchivedLine[];
  /** Give it back to have the days before; null at the end. */
  nextCursor: string | null;
}

@Injectable()
export class ReportArchive {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The last edition of the last day with a report. */
  async latest(): Promise<ArchivedReport | null> {
    return readReport(this.dataSource, null);
  }

  /** The last edition of a day; null when there is none. */
  async of(day: Day): Promise<ArchivedReport | null> {
    return readReport(this.dataSource, day);
  }

  /** Which edition of a day is the last, without what it says; null when there is none. */
  async lastEdition(day: Day): Promise<Edition | null> {
    return readLastEdition(this.dataSource, day);
  }

  /** The last edition of a day; throws a NotFoundError that names the nearest days with a report. */
  async mustHave(day: Day): Promise<ArchivedReport> {
    const found = await this.of(day);
    if (found !== null) return found;
    const { before, after } = await readNearestDays(this.dataSource, day);
    const nearest = [before, after].filter((each) => each !== null).join(' and ');
    const hint = nearest === '' ? 'none has been made yet' : `the nearest are of ${nearest}`;
    throw new NotFoundError(`there is no report of ${day}: ${hint}`);
  }

  /** Days with a report, the last first, each with its last edition. Throws a UsageError for a cursor that is none of ours. */
  async list({ cursor, limit }: { cursor?: string | null; limit: number }): Promise<ArchivedLines> {
    const lines = await readLines(this.dataSource, { before: dayOfCursor(cursor ?? null), limit: limit + 1 });
    const items = lines.slice(0, limit);
    const last = items.at(-1);
    const more = lines.length > limit && last !== undefined;
    return { items, nextCursor: more ? Buffer.from(last.day).toString('base64url') : null };
  }

  /** One file of the last edition of a day; null when there is no report of it, or no such file. */
  async file(day: Day, name: string): Promise<ArchivedFile | null> {
    const report = await this.of(day);
    return report && this.fileOf(report, name);
  }

  /** One file of one edition. */
  async fileOf({ day, edition }: { day: Day; edition: string }, name: string): Promise<ArchivedFile | null> {
    const known = ARCHIVE_FILES.find((file) => file === name);
    if (known === undefined) return null;
    const content = await readFileOf(this.dataSource, { day, edition, name: known });
    return content && { day, edition, name: known, content };
  }

  /** Which files of one edition there are, in their order. */
  async fileNames({ day, edition }: { day: Day; edition: string }): Promise<ArchiveFile[]> {
    const kept = await readFileNames(this.dataSource, { day, edition });
    return ARCHIVE_FILES.filter((name) => kept.includes(name));
  }

  /** All files of one edition. Throws a NotFoundError when one is missing that every edition has. */
  async filesOf(report: { day: Day; edition: string }): Promise<ArchiveContents> {
    const content = async (name: ReportFile): Promise<Buffer> => {
      const file = await this.fileOf(report, name);
      if (file === null) throw new NotFoundError(`the archive lacks ${name} of the report of ${report.day}`);
      return file.content;
    };
    const lists: Partial<Record<ListFile, Buffer>> = {};
    for (const name of LIST_FILES) {
      const file = await this.fileOf(report, name);
      if (file !== null) lists[name] = file.content;
    }
    return {
      ...lists,
      'report.html': await content('report.html'),
      'report.json': await content('report.json'),
      'report.xlsx': await content('report.xlsx'),
      'findings.csv': await content('findings.csv'),
      'rejected-rows.csv': await content('rejected-rows.csv'),
    };
  }

  /** What the page of a day's last edition shows, to be placed by the report's partials again. */
  async view(day: Day): Promise<PageView | null> {
    const report = await this.of(day);
    if (report === null) return null;
    return (await readEdition(this.dataSource, day, report.edition))?.view ?? null;
  }

  /** One edition with its view and check figures. */
  async edition(day: Day, edition: string): Promise<ReportRow | null> {
    return readEdition(this.dataSource, day, edition);
  }

  /** Editions of a day, the earliest made first. */
  async editions(day: Day): Promise<string[]> {
    return readEditions(this.dataSource, day);
  }

  /** What the findings of a report of the day are beside the report of the last day before it. */
  async changesFor(day: Day, findingIds: readonly string[], hidden: readonly string[] = []): Promise<ReportChanges> {
    const before = await readReportBefore(this.dataSource, day);
    const reported = await readReportedBefore(this.dataSource, findingIds, day);
    return changesBetween(
      before && { day: before.day, ids: reportedIds(before.changes) },
      findingIds,
      reported,
      hidden,
    );
  }

  /** The report that one of the day comes after; null where there is none, or none that this release can read. */
  async before(day: Day): Promise<ReportBefore | null> {
    const before = await readReportBefore(this.dataSource, day);
    const file = before && (await this.fileOf(before, 'report.json'));
    if (before === null || file === null) return null;
    const document = ReportDocumentSchema.safeParse(JSON.parse(String(file.content)));
    return document.success ? { day: before.day, document: document.data } : null;
  }

  /** Keeps an edition and its files, once; answers whether it was not there yet. */
  async keep(row: ReportRow, contents: ArchiveContents, importIds: readonly string[]): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const fresh = await insertReport(manager, row);
      if (!fresh) return false;
      const { day, edition } = row;
      for (const name of ARCHIVE_FILES) {
        const content = contents[name];
        if (content !== undefined) await insertFile(manager, { day, edition, name, content: Buffer.from(content) });
      }
      await rememberReported(manager, row.day, { findings: reportedIds(row.changes), imports: importIds });
      return true;
    });
  }
}

function dayOfCursor(cursor: string | null): Day | null {
  if (cursor === null) return null;
  const day = parseDay(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (day === null) throw new UsageError('cursor is not one this list has answered: leave it out to start anew');
  return day;
}
