/** The JSON Schema of a scenario file, for editors: made from the fields that read it. */
import { z } from 'zod';
import { documentField } from './document.js';

/** JSON Schema draft 7, as plain data. */
export function scenarioSchema(): object {
  const schema = z.toJSONSchema(documentField, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: forEditors,
  });
  // zod numbers the definition that it makes of the one lazy field.
  return JSON.parse(JSON.stringify(schema).replaceAll('__schema0', 'sub-components')) as object;
}

/** What an editor completes and underlines, beyond what zod says of a field that is transformed. */
function forEditors({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }) {
  const { type, pattern } = jsonSchema;
  const examples = z.globalRegistry.get(zodSchema)?.examples;
  if (examples && type) jsonSchema.examples = examples as unknown[];
  // An amount or a date has no spelling that YAML would read as a number.
  if (Array.isArray(type) && pattern !== undefined && !new RegExp(pattern, 'u').test('1')) {
    jsonSchema.type = 'string';
  }
}

type Json = z.core.JSONSchema.BaseSchema;
