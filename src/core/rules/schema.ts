/** The format of a rule file, as docs/RULES.md explains it. Expressions are text here; they are checked when compiled. */
import { z } from 'zod';
import { UNITS } from '../facts/fact.ts';
import { AMOUNT_KINDS, ATTRIBUTIONS, CONFIDENCES, SEVERITIES, SUBJECTS, VERDICTS } from './answer.ts';

export const FAMILIES = ['fraud', 'pricing', 'value', 'money', 'vendor'] as const;
export const STATUSES = ['draft', 'shadow', 'active', 'retired'] as const;

const sentence = z.string().trim().min(10);
const expression = z.string().trim().min(1);
const day = z.iso.date();
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'use lower case letters, digits and _');
const worded = z.strictObject({ en: sentence, 'zh-CN': z.string().trim().min(4) });

/** A constant, or ordered cases: the first whose condition is true, else the last, which has no condition. */
function constantOrCases<T extends z.ZodType>(value: T) {
  const last = z.strictObject({ is: value });
  return z.union([value, z.array(z.union([z.strictObject({ when: expression, is: value }), last])).min(2)]);
}

const parameter = z
  .strictObject({
    value: z.number(),
    unit: z.enum(UNITS),
    meaning: sentence,
    min: z.number(),
    max: z.number(),
    /** Another value for a vendor, by his name as the files give it. */
    vendors: z.record(z.string().min(1), z.number()).default({}),
  })
  .refine(({ value, min, max, vendors }) => [value, ...Object.values(vendors)].every((v) => v >= min && v <= max), {
    message: 'every value must lie between min and max',
  });

const letValue = z.union([
  expression,
  z.strictObject({ value: expression, unit: z.enum(UNITS), currency: z.string().min(3).optional() }),
]);

const money = z.strictObject({
  /** In mills; unknown or not positive = no amount. */
  mills: expression,
  /** A fact that holds the currency, or an ISO 4217 code. */
  currency: z.string().min(3),
  /** Only when true; left out = always. */
  when: expression.optional(),
});

const factValue = z.union([z.number(), z.string(), z.boolean(), z.array(z.string()), z.null()]);
const factOverrides = z.record(z.string(), factValue);

const expectation = z.union([
  z.literal('clear'),
  z.strictObject({ unknown: z.array(z.string()).min(1) }),
  z.strictObject({
    fires: z.strictObject({
      severity: z.enum(SEVERITIES),
      verdict: z.enum(VERDICTS),
      attribution: z.enum(ATTRIBUTIONS),
      confidence: z.enum(CONFIDENCES).optional(),
      /** In mills; null = none. */
      amount: z.number().nullable().optional(),
      kind: z.enum(AMOUNT_KINDS).optional(),
      goods: z.number().nullable().optional(),
      deadline: day.nullable().optional(),
    }),
  }),
]);

const example = z.strictObject({
  name: sentence,
  vendor: z.string().optional(),
  /** Parameters at other values than the file's. */
  params: z.record(name, z.number()).default({}),
  /** Facts that differ from the base; null = unknown. */
  facts: factOverrides.default({}),
  /** Names the parameters whose threshold the example only just misses. */
  near_miss: z.array(name).optional(),
  expect: expectation,
});

/** One finding about the carrier that takes the place of many findings about labels. */
const carrierWide = z.strictObject({
  /** So many vendors must stand out on the day. */
  vendors: z.int().min(2),
  /** A vendor stands out with more than so many times his median a day ... */
  ratio: z.number().min(1),
  /** ... of the days before, a median under one piece counting as one. */
  window_days: z.int().min(7).max(92),
  severity: z.enum(SEVERITIES),
  confidence: z.enum(CONFIDENCES),
  say: worded,
  next_step: worded,
});

export const ruleFileSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'ids are lower case words joined by -'),
  title: z.strictObject({ en: z.string().trim().min(10).max(90), 'zh-CN': z.string().trim().min(4).max(60) }),
  family: z.enum(FAMILIES),
  subject: z.enum(SUBJECTS),
  version: z.int().min(1),
  status: z.enum(STATUSES),
  effective_from: day,
  effective_to: day.nullable().default(null),
  /** Whether what it finds is told at once, by mail, and does not wait for the report. */
  alert: z.boolean().default(false),
  why: sentence,
  references: z.array(z.strictObject({ title: sentence, as_of: day, url: z.url().optional() })).min(1),
  params: z.record(name, parameter).default({}),
  let: z.record(name, letValue).default({}),
  when: expression,
  /** What must be true for the rule to say more than "clear"; else it is unknown for want of the fact. */
  needs: z.array(z.strictObject({ that: expression, missing: z.string() })).default([]),
  severity: constantOrCases(z.enum(SEVERITIES)),
  verdict: constantOrCases(z.enum(VERDICTS)),
  attribution: constantOrCases(z.enum(ATTRIBUTIONS)),
  confidence: constantOrCases(z.enum(CONFIDENCES)),
  amount: money.extend({ kind: constantOrCases(z.enum(AMOUNT_KINDS)) }).optional(),
  goods: money.optional(),
  /** A day as text; '' or unknown = none. */
  deadline: expression.optional(),
  dedupe: expression.optional(),
  /** Instants at which time alone may change the answer; those not after the audit's are ignored. */
  review: z.array(expression).default([]),
  say: constantOrCases(worded),
  next_step: constantOrCases(worded),
  evidence: z.array(z.string()).min(1),
  false_positives: z.array(sentence).min(1),
  carrier_wide: carrierWide.optional(),
  base: factOverrides,
  examples: z.array(example).min(3),
});

/** The canonical content of a version that judged, as `rule_version` keeps it: lets in their order, as pairs. */
export const keptRuleSchema = ruleFileSchema
  .omit({ base: true, examples: true, alert: true })
  .extend({ let: z.array(z.tuple([name, letValue])) });

export type RuleFile = z.infer<typeof ruleFileSchema>;
export type RuleExample = RuleFile['examples'][number];
export type Expectation = RuleExample['expect'];
export type ConstantOrCases<T> = T | ({ when: string; is: T } | { is: T })[];
