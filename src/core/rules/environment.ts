/** The type checker of rule expressions: the CEL library, told of a vocabulary, the functions and a rule's parameters. */
import { Environment } from '@marcbachmann/cel-js';
import type { FactType } from '../facts/fact.ts';
import type { Vocabulary } from '../facts/vocabulary.ts';
import { RULE_FUNCTIONS } from './functions.ts';

/** A long expression is a sign that a let or a fact is missing; the limit also bounds the work of one rule. */
const limits = { maxAstNodes: 400, maxDepth: 40 };

const bases = new WeakMap<Vocabulary, Environment>();

/** An environment that knows the facts, the functions, and the rule's own parameters; lets are registered as they come. */
export function environmentFor(params: readonly string[], vocabulary: Vocabulary): Environment {
  const base = bases.get(vocabulary) ?? baseEnvironment(vocabulary);
  bases.set(vocabulary, base);
  const environment = base.clone();
  if (params.length === 0) return environment;
  const schema = Object.fromEntries(params.map((name) => [name, 'double']));
  return environment.registerVariable({ name: 'params', schema });
}

function baseEnvironment(vocabulary: Vocabulary): Environment {
  const environment = new Environment({ limits });
  for (const [noun, schema] of factSchemas(vocabulary)) environment.registerVariable({ name: noun, schema });
  for (const { name, takes, gives, call } of RULE_FUNCTIONS) {
    environment.registerFunction(`${name}(${takes.join(', ')}): ${gives}`, call);
  }
  return environment;
}

function factSchemas({ facts }: Vocabulary): Map<string, Record<string, FactType>> {
  const schemas = new Map<string, Record<string, FactType>>();
  for (const fact of facts) {
    const [noun = '', name = ''] = fact.name.split('.');
    schemas.set(noun, { ...schemas.get(noun), [name]: fact.type });
  }
  return schemas;
}
