/** Rules as they were when they judged, by their versions. */
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { restoreRule } from '../core/rules/load.ts';
import type { Rule } from '../core/rules/rule.ts';
import { sha256Hex } from '../platform/hash.ts';
import { readRuleVersions } from './rule-version.store.ts';

/** So many compiled rules are kept in memory: a book and its last few changes. */
const MOST_KEPT = 500;

@Injectable()
export class RuleArchive {
  private readonly logger = new Logger('rules');
  private readonly restored = new Map<string, Rule | null>();

  /** The rules of these versions; one nobody kept, or that this program can no longer read, is left out. */
  async restore(
    manager: Pick<EntityManager, 'query'>,
    versions: readonly string[],
  ): Promise<ReadonlyMap<string, Rule>> {
    const wanted = [...new Set(versions)];
    const unknown = wanted.filter((version) => !this.restored.has(version));
    if (this.restored.size + unknown.length > MOST_KEPT) this.restored.clear();
    for (const kept of await readRuleVersions(manager, unknown)) this.restored.set(kept.version, this.read(kept));
    return new Map(
      wanted.flatMap((version) => {
        const rule = this.restored.get(version);
        return rule ? [[version, rule] as const] : [];
      }),
    );
  }

  private read(kept: Parameters<typeof restoreRule>[0]): Rule | null {
    try {
      return restoreRule(kept, sha256Hex);
    } catch (error) {
      this.logger.warn({ message: 'a kept rule cannot be read', version: kept.version, err: error });
      return null;
    }
  }
}
