/** What is asked and said about rules over HTTP. */
import { z } from 'zod';
import { SEVERITIES, SUBJECTS } from '../core/rules/answer.ts';
import type { DismissedShare } from '../core/risk/dismissed.ts';
import { type Rule, isShadowVersion } from '../core/rules/rule.ts';
import { FAMILIES, STATUSES } from '../core/rules/schema.ts';
import { wholeBody } from '../platform/given-text.ts';

/** The longest rule that ships has a third of this. */
const LONGEST_RULE = 100_000;

/** The body of POST /rules. */
export const newRule = wholeBody(
  {
    text: z
      .string('must be the text of a rule file')
      .min(1, 'must not be empty')
      .max(LONGEST_RULE, `must not be longer than ${LONGEST_RULE} characters`)
      .meta({ description: 'A rule file in YAML, with its examples, as docs/RULES.md explains it.' }),
  },
  '{"text": "id: my-rule\\n..."}',
);

const worded = z.object({ en: z.string(), 'zh-CN': z.string() });

export const rule = z.object({
  id: z.string(),
  title: worded,
  family: z.enum(FAMILIES),
  subject: z.enum(SUBJECTS),
  status: z.enum(STATUSES),
  version: z.int().meta({ description: 'As its file numbers it.' }),
  hash: z.string().meta({ description: 'Of everything that judges: findings name it as the version of their rule.' }),
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable(),
  alert: z.boolean().meta({ description: 'Whether what it finds is told at once.' }),
  severities: z.array(z.enum(SEVERITIES)),
  parameters: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      meaning: z.string(),
      vendors: z.record(z.string(), z.number()),
    }),
  ),
  falsePositives: z.array(z.string()),
  /** Null where nobody decided on a finding of it. */
  dismissed: z
    .object({ decided: z.int(), dismissed: z.int(), share: z.number(), atLeast: z.number(), flagged: z.boolean() })
    .nullable()
    .meta({ description: 'How many of its findings people dismissed, of those they decided on.' }),
});

export const ruleList = z.object({ items: z.array(rule), nextCursor: z.string().nullable() });
export const checkedRule = z.object({
  rule: rule.omit({ dismissed: true }),
  examples: z.int().meta({ description: 'Examples that were run; all of them hold.' }),
});

export type RuleAnswer = z.infer<typeof rule>;
export type RuleList = z.infer<typeof ruleList>;
export type CheckedRule = z.infer<typeof checkedRule>;

/** A rule as a program sees it. */
export function ruleAnswer(of: Rule): Omit<RuleAnswer, 'dismissed'> {
  const { file } = of;
  const { severity } = file;
  return {
    id: of.id,
    title: of.title,
    family: file.family,
    subject: of.subject,
    status: file.status,
    version: file.version,
    hash: of.version,
    effectiveFrom: file.effective_from,
    effectiveTo: file.effective_to,
    alert: file.alert,
    severities: typeof severity === 'string' ? [severity] : [...new Set(severity.map(({ is }) => is))],
    parameters: Object.entries(file.params).map(([name, { value, unit, meaning, vendors }]) => ({
      name,
      value,
      unit,
      meaning,
      vendors,
    })),
    falsePositives: file.false_positives,
  };
}

/** The same with what people made of its findings; a version that is only tried out has none. */
export function listedRule(of: Rule, shares: readonly DismissedShare[]): RuleAnswer {
  const share = isShadowVersion(of) ? undefined : shares.find((each) => each.rule === of.id);
  if (share === undefined) return { ...ruleAnswer(of), dismissed: null };
  const { rule: _rule, ...dismissed } = share;
  return { ...ruleAnswer(of), dismissed };
}
