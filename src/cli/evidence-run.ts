/** The work of `evidence`: the files of one number's evidence, with the letters that are apt beside them. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { LOCALES, type Locale } from '../core/rules/answer.ts';
import { Config } from '../platform/config.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { EXIT_FOUND, UsageError } from '../platform/errors.ts';
import type { EvidenceDocument } from '../reports/evidence-document.ts';
import { changesIn } from '../reports/evidence-manifest.ts';
import { evidenceFileName } from '../reports/evidence-view.ts';
import { EvidenceService } from '../reports/evidence.service.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { Letters, letterFileName } from '../reports/letters.service.ts';
import { evidenceJson } from '../reports/make-evidence.ts';
import { checkWritable, writeNamed } from '../reports/write.ts';
import type { Rooms } from './context.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

/** As commander gathers them. */
export interface EvidenceOptions {
  out?: string;
  locale?: Locale;
  verify?: string;
}

/** Writes the files and tells their names. Throws a UsageError for a number that is missing, before a database is touched. */
export async function runEvidence(
  tracking: string | undefined,
  { out, locale, verify }: EvidenceOptions,
  { io, schema }: { io: CliIo; schema: DatabaseSchema },
): Promise<void> {
  if (verify !== undefined) return check(verify, io);
  const number = canonicalNumber(tracking ?? '').canonical;
  if (number === '') throw new UsageError('name the tracking number, or a file to check with --verify');
  const folder = resolve(out ?? evidenceFileName(number, 'json').replace(/\.json$/, ''));
  const rooms = await openRooms(io, schema);
  try {
    const now = new Date(io.now());
    const document = await rooms.get(EvidenceService).of(number, { asOf: now, madeAt: now });
    // Only when there is something to write: a number that is mistyped leaves no empty folder.
    await checkWritable(folder, 'evidence');
    const page = rooms.get(EvidenceService).html(document, locale ?? rooms.get(Config).reportLocale);
    const letters = await lettersOf(rooms, document, now);
    const files = new Map<string, string>([
      [evidenceFileName(number, 'json'), evidenceJson(document)],
      [evidenceFileName(number, 'html'), page],
      ...letters.map(({ name, text }) => [name, text] as const),
    ]);
    await writeNamed(folder, { what: 'evidence', files });
    io.stdout.write(summary(document, { folder, files, letters }));
  } finally {
    await rooms.close();
  }
}

interface LetterFile {
  name: string;
  text: string;
  finding: string;
}

/** In every language; of further findings with their place in the name, the gravest first. */
async function lettersOf(rooms: Rooms, { findings }: EvidenceDocument, now: Date): Promise<LetterFile[]> {
  const files: LetterFile[] = [];
  let place = 0;
  for (const { id, rule } of findings) {
    let any = false;
    for (const locale of LOCALES) {
      const told = rooms.get(Letters).about(await rooms.get(FindingReader).one(id, locale), { locale, now });
      if ('none' in told) continue;
      any = true;
      const further = place === 0 ? '' : `-${place + 1}`;
      for (const letter of told.letters) {
        const name = letterFileName(letter).replace('.', `${further}.`);
        files.push({ name, text: letter.text, finding: rule });
      }
    }
    if (any) place += 1;
  }
  return files;
}

function summary(
  document: EvidenceDocument,
  { folder, files, letters }: { folder: string; files: ReadonlyMap<string, string>; letters: readonly LetterFile[] },
): string {
  const differing = document.rawBodies.filter(({ hashHolds }) => !hashHolds).length;
  const { purchases, events, rawDocuments, findings, manifest } = document;
  const lines = [
    `${document.trackingNumber}: purchases ${purchases.length}, events ${events.length}, raw documents ` +
      `${rawDocuments.length}, findings ${findings.length}`,
    ...(differing > 0
      ? [`NOT as received: the bytes of ${differing} raw documents differ from the hash stored with them`]
      : []),
    ...(letters.length === 0 ? ['No finding calls for a letter'] : lettersLines(letters)),
    `SHA-256 of the manifest: ${manifest.sha256}`,
    `Files in ${folder}: ${[...files.keys()].join(', ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function lettersLines(letters: readonly LetterFile[]): string[] {
  const rules = [...new Set(letters.map(({ finding }) => finding))];
  return rules.map((rule) => {
    const names = letters.filter(({ finding }) => finding === rule).map(({ name }) => name);
    return `Letters about ${rule}: ${names.join(', ')}`;
  });
}

async function check(file: string, io: CliIo): Promise<void> {
  const { text, document } = await parsed(file);
  const changes = changesIn(document);
  if (changes === null)
    throw new UsageError(`${file} is no evidence document: name a JSON file that \`evidence\` has written`);
  // A member that stands twice is read in one way by a program and in another by a person.
  if (text !== evidenceJson(document))
    changes.push('its text is not as it was written: a member may stand in it twice');
  if (changes.length === 0) {
    io.stdout.write(`${file} is as it was made\n`);
    return;
  }
  io.exitCode = EXIT_FOUND;
  io.stdout.write(`${file} was changed since it was made:\n${changes.map((change) => `  ${change}\n`).join('')}`);
}

async function parsed(file: string): Promise<{ text: string; document: unknown }> {
  try {
    const text = await readFile(file, 'utf8');
    return { text, document: JSON.parse(text) };
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
