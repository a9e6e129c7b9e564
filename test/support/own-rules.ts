/** A root folder with the shipped data and rule files of a test's own, which it may change as it goes. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/config.ts';

export class OwnRules {
  readonly root = mkdtempSync(join(tmpdir(), 'rules-'));

  constructor() {
    symlinkSync(join(projectRoot(), 'data'), join(this.root, 'data'));
    cpSync(join(projectRoot(), 'rules'), join(this.root, 'rules'), { recursive: true });
  }

  /** Writes the shipped file, with each of the pairs replaced, to a path of its folder `rules/`. Each must occur. */
  write(path: string, shipped: string, replacements: readonly (readonly [string, string])[]): void {
    let text = readFileSync(join(projectRoot(), 'rules', shipped), 'utf8');
    for (const [from, to] of replacements) {
      if (!text.includes(from)) throw new Error(`${shipped} does not hold ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(join(this.root, 'rules', path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, 'rules', path));
  }

  /** Takes the whole folder away. */
  leave(): void {
    rmSync(this.root, { recursive: true });
  }
}
