/** Five files or none: what stands in the folder after a disk fills up, a path is wrong, or all goes well. */
import { chmod, mkdir, mkdtemp, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReport } from '../../src/reports/make-report.ts';
import { REPORT_FILES } from '../../src/reports/report-files.ts';
import { loadWording } from '../../src/reports/wording.ts';
import { ReportWriteError } from '../../src/platform/errors.ts';
import { writeFiles, writeReport } from '../../src/reports/write.ts';
import { PROJECT_ROOT, reportInput, reportRows } from '../support/report.ts';

const wording = loadWording(PROJECT_ROOT, 'en');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report write '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const contents = (text: string) => ({
  'report.html': text,
  'report.json': text,
  'report.xlsx': text,
  'findings.csv': text,
  'rejected-rows.csv': text,
});

async function texts(): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => `${name}: ${await readFile(join(folder, name), 'utf8')}`));
}

test('the five files are written into a folder that is made', async () => {
  const outDir = join(folder, 'a', 'b');
  const model = makeReport(reportInput(), reportRows(), wording);
  const paths = await writeReport(model, { outDir, root: PROJECT_ROOT, wording });
  expect(paths).toEqual(REPORT_FILES.map((file) => join(outDir, file)));
  expect((await readdir(outDir)).sort()).toEqual([...REPORT_FILES].sort());
  expect(JSON.parse(await readFile(join(outDir, 'report.json'), 'utf8'))).toEqual(model.document);
});

test('a second report takes the place of the first', async () => {
  await writeFiles(folder, contents('old'));
  await writeFiles(folder, contents('new'));
  expect(await texts()).toEqual([...REPORT_FILES].sort().map((file) => `${file}: new`));
});

test('a disk that fills up at the third file leaves the earlier report whole and nothing else', async () => {
  await writeFiles(folder, contents('old'));
  let opened = 0;
  const fillingUp: typeof open = async (...args) => {
    const file = await open(...args);
    opened += 1;
    if (opened === 3) {
      file.writeFile = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
    }
    return file;
  };
  const failure = writeFiles(folder, contents('new'), fillingUp);
  await expect(failure).rejects.toThrow(ReportWriteError);
  await expect(failure).rejects.toThrow(`The report could not be written to ${folder}: the disk is full;`);
  expect(await texts()).toEqual([...REPORT_FILES].sort().map((file) => `${file}: old`));
});

test('a file where the folder should be is named', async () => {
  const outDir = join(folder, 'file');
  await writeFile(outDir, 'mine');
  await expect(writeFiles(outDir, contents('new'))).rejects.toThrow('is a file, not a folder');
  await expect(writeFiles(join(outDir, 'below'), contents('new'))).rejects.toThrow('is a file, not a folder');
  expect(await readFile(outDir, 'utf8')).toBe('mine');
});

test('a folder under the name of a file is refused before anything is replaced', async () => {
  await writeFile(join(folder, 'report.html'), 'old');
  await mkdir(join(folder, 'findings.csv'));
  await expect(writeFiles(folder, contents('new'))).rejects.toThrow('a folder stands where one of these files belongs');
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe('old');
  expect((await readdir(folder)).sort()).toEqual(['findings.csv', 'report.html']);
});

const asRoot = process.getuid?.() === 0;
(asRoot ? test.skip : test)('a folder that may not be written to is told', async () => {
  await chmod(folder, 0o500);
  await expect(writeFiles(folder, contents('new'))).rejects.toThrow('this user may not write there');
  await chmod(folder, 0o700);
});
