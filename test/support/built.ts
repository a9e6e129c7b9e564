/** The compiled command line, as users run it; built before the run when a source is newer. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/config.ts';

/** The file that `node` runs. */
export function builtCli(): string {
  return join(projectRoot(), 'dist', 'cli.js');
}

/** Builds unless what was built is newer than every source; called once, before the tests. */
export function buildWhenStale(): void {
  const root = projectRoot();
  const built = statSync(builtCli(), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  if (sources.every((name) => statSync(join(root, 'src', name)).mtimeMs < built)) return;
  const build = spawnSync(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`the build failed:\n${build.stdout}${build.stderr}`);
}
