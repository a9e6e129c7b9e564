/** The type checker of rule expressions: the CEL library, told of the facts, the functions and a rule's own names. */
import { Environment } from '@marcbachmann/cel-js';
import { FACTS } from '../facts/dictionary.ts';
import type { FactType } from '../facts/fact.ts';
import { RULE_FUNCTIONS } from './functions.ts';

/** Names one rule adds to the facts: its parameters (all numbers) and its lets, in order. */
export interface OwnNames {
  params: readonly string[];
  lets: ReadonlyMap<string, FactType>;
}

/** A long expression is a sign that a let or a fact is missing; the limit also bounds the work of one rule. */
const limits = { maxAstNodes: 400, maxDepth: 40 };

let base: Environment | null = null;

/** An environment that knows every fact, the functions, and the rule's own names. */
export function environmentFor({ params, lets }: OwnNames): Environment {
  base ??= baseEnvironment();
  const environment = base.clone();
  if (params.length > 0) {
    const schema = Object.fromEntries(params.map((name) => [name, 'double']));
    environment.registerVariable({ name: 'params', schema });
  }
  for (const [name, type] of lets) environment.registerVariable(name, type);
  return environment;
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
