/** The type checker of rule expressions: the CEL library, told of the facts, the functions and a rule's parameters. */
import { Environment } from '@marcbachmann/cel-js';
import { FACTS } from '../facts/dictionary.ts';
import type { FactType } from '../facts/fact.ts';
import { RULE_FUNCTIONS } from './functions.ts';

/** A long expression is a sign that a let or a fact is missing; the limit also bounds the work of one rule. */
const limits = { maxAstNodes: 400, maxDepth: 40 };

let base: Environment | null = null;

/** An environment that knows every fact, the functions, and the rule's own parameters; lets are registered as they come. */
export function environmentFor(params: readonly string[]): Environment {
  base ??= baseEnvironment();
  const environment = base.clone();
  if (params.length === 0) return environment;
  const schema = Object.fromEntries(params.map((name) => [name, 'double']));
  return environment.registerVariable({ name: 'params', schema });
}

function baseEnvironment(): Environment {
  const environment = new Environment({ limits });
  for (const [noun, schema] of factSchemas()) environment.registerVariable({ name: noun, schema });
  for (const { name, takes, gives, call } of RULE_FUNCTIONS) {
    environment.registerFunction(`${name}(${takes.join(', ')}): ${gives}`, call);
  }
  return environment;
}

function factSchemas(): Map<string, Record<string, FactType>> {
  const schemas = new Map<string, Record<string, FactType>>();
  for (const fact of FACTS) {
    const [noun = '', name = ''] = fact.name.split('.');
    schemas.set(noun, { ...schemas.get(noun), [name]: fact.type });
  }
  return schemas;
}
