/** Rule files named at the command line, read and told about. */
import { type RulesRead, readRules } from '../catalog/rules.ts';
import { UsageError, errorCodeOf } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { CliIo } from './io.ts';

/** One rule file, or those of a folder, with every fault; `examples` = they are run, too. Throws a UsageError for a path that cannot be read. */
export function readRuleFiles(path: string, { root }: Pick<CliIo, 'root'>, examples: boolean): RulesRead {
  try {
    return readRules(path, { shownFrom: root, sha256Hex, examples });
  } catch (error) {
    if (errorCodeOf(error) === null) throw error;
    throw new UsageError(
      `cannot read ${path}: ${errorCodeOf(error) === 'ENOENT' ? 'it does not exist' : String(error)}`,
    );
  }
}
