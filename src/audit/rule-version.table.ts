/** Every version of a rule that ever judged, so that its findings can be judged again as they were. */
import { EntitySchema } from 'typeorm';
import type { FactWords } from '../core/facts/fact.ts';

/** One version; never rewritten. */
export interface RuleVersionRow {
  /** The first 16 hex digits of SHA-256 over the content, as findings name it. */
  version: string;
  rule: string;
  /** The canonical rule with its parameters. */
  content: string;
  /** The facts it names, as they were described then. */
  facts: FactWords[];
  /** The clock of the first audit that judged by it. */
  firstSeenAt: Date;
}

export const RuleVersionTable = new EntitySchema<RuleVersionRow>({
  name: 'rule_version',
  columns: {
    version: { type: 'text', primary: true, collation: 'C' },
    rule: { type: 'text' },
    content: { type: 'text' },
    facts: { type: 'jsonb' },
    firstSeenAt: { name: 'first_seen_at', type: 'timestamptz' },
  },
});
