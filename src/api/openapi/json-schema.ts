/** Schemas of the code as the JSON Schema that OpenAPI 3.1 speaks. */
import { z } from 'zod';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** `input` = as a caller sends it, `output` = as it is answered. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...converted } = z.toJSONSchema(schema, { io, override: simplify });
  return converted;
}

/**
 * Leaves out patterns that a format names already, the bounds of exact numbers, and that an answer has no other fields:
 * later versions may add some.
 */
function simplify({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
