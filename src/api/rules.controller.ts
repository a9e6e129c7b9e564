/** The rule book over HTTP: what judges, and whether a rule somebody wrote would hold. */
import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Catalog } from '../catalog/catalog.ts';
import { checkRuleText } from '../catalog/rules.ts';
import { isShadowVersion } from '../core/rules/rule.ts';
import { Needs } from '../platform/access.ts';
import { sha256Hex } from '../platform/hash.ts';
import { HttpProblem } from '../platform/http-problem.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { type CheckedRule, type RuleList, checkedRule, listedRule, newRule, ruleAnswer } from './rules.schema.ts';
import { listQuery } from './list-query.ts';

@Controller('api/v1/rules')
@Needs('viewer')
export class RulesController {
  constructor(
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(FindingReader) private readonly findings: FindingReader,
  ) {}

  /** GET /api/v1/rules: by id; a version that is tried out stands as `<id>.shadow`. */
  @Get()
  async list(@Query({ schema: listQuery }) { cursor, limit }: z.infer<typeof listQuery>): Promise<RuleList> {
    const { rules, shadowRules } = this.catalog;
    const all = [...rules.rules, ...shadowRules.filter(isShadowVersion)]
      .map((rule) => ({ rule, place: isShadowVersion(rule) ? `${rule.id}.shadow` : rule.id }))
      .toSorted((a, b) => (a.place < b.place ? -1 : 1));
    const rest = all.filter(({ place }) => cursor === undefined || place > cursor);
    const page = rest.slice(0, limit);
    const shares = await this.findings.dismissed();
    return {
      items: page.map(({ rule }) => listedRule(rule, shares)),
      nextCursor: rest.length > page.length ? (page.at(-1)?.place ?? null) : null,
    };
  }

  /** POST /api/v1/rules: checks a rule file with its examples and keeps nothing; rules come into force by reviewed files. */
  @Post()
  @Needs('auditor')
  @HttpCode(200)
  check(@Body({ schema: newRule }) { text }: z.infer<typeof newRule>): CheckedRule {
    const { rule, problems } = checkRuleText(text, { shownAs: 'text', sha256Hex });
    if (rule === null || problems.length > 0) {
      const count = problems.length === 1 ? 'one fault' : `${problems.length} faults`;
      throw new HttpProblem(422, `the rule has ${count}: mend them and send it again`, {
        errors: problems.map(({ line, at, message }) => ({
          field: at === '' ? 'text' : at,
          message: `line ${line}: ${message}`,
        })),
      });
    }
    return checkedRule.parse({ rule: ruleAnswer(rule), examples: rule.file.examples.length });
  }
}
