/** Documentation of the rule book. */
import { listQuery } from '../list-query.ts';
import { checkedRule, newRule, ruleList } from '../rules.schema.ts';
import type { Operation } from './operation.ts';

/** The shortest rule there can be: every part of it is asked for. */
const EXAMPLE = `id: dear-label
title: { en: A label over a hundred dollars, zh-CN: 面单费用超过一百美元 }
family: pricing
subject: label
version: 1
status: draft
effective_from: 2026-01-01
why: Nobody here ships anything that costs so much.
references: [{ title: Our own shipping policy, as_of: 2026-01-01 }]
params:
  most_mills: { value: 100000, unit: mills, meaning: Up to this much is usual here., min: 1000, max: 1000000 }
when: label.charged_mills > params.most_mills
severity: info
verdict: process_gap
attribution: us
confidence: indicative
say:
  en: Label {label.tracking_number} cost {label.charged_mills}.
  zh-CN: 面单 {label.tracking_number} 费用为 {label.charged_mills}。
next_step: { en: Ask who bought it and for which parcel., zh-CN: 查明购买人及对应包裹。 }
evidence: [label.charged_mills]
false_positives: [A large parcel may well cost as much.]
base: { label.tracking_number: "9400100000000000000000", label.charged_mills: 101000, label.currency: USD }
examples:
  - name: over a hundred dollars
    near_miss: [most_mills]
    expect: { fires: { severity: info, verdict: process_gap, attribution: us } }
  - { name: a hundred dollars, facts: { label.charged_mills: 100000 }, expect: clear }
  - { name: no amount is known, facts: { label.charged_mills: null }, expect: { unknown: [label.charged_mills] } }
`;

export const ruleOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/api/v1/rules',
    id: 'listRules',
    tag: 'Rules',
    summary: 'List the rule book',
    description: 'Every rule with its parameters and what people made of its findings.',
    query: listQuery,
    answers: [{ status: 200, description: 'By id.', json: { name: 'RuleList', schema: ruleList } }],
    problems: [],
    example: { path: '/api/v1/rules' },
  },
  {
    method: 'POST',
    path: '/api/v1/rules',
    id: 'checkRule',
    tag: 'Rules',
    summary: 'Check a rule',
    description:
      'Checks format, types and every example of a rule file, and keeps nothing: a rule comes into force by a file in ' +
      '`rules/` that somebody else has read.',
    body: {
      description: 'The file as text.',
      required: true,
      content: { 'application/json': { schema: newRule, example: { text: EXAMPLE } } },
    },
    answers: [{ status: 200, description: 'The rule holds.', json: { name: 'CheckedRule', schema: checkedRule } }],
    problems: [413, 415, 422],
    example: { path: '/api/v1/rules' },
  },
];
