/** The JSON Schema of a scenario file, for editors: made from the fields that read it. */
import * as z from 'zod';
import { documentField } from './document.js';

let made: object | undefined;

/** JSON Schema draft 7, as plain data; made once, for every `--set` asks it. */
export function scenarioSchema(): object {
  made ??= makeSchema();
  return made;
}

function makeSchema(): object {
  const schema = z.toJSONSchema(documentField, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: forEditors,
  });
  // zod numbers the definition that it makes of the one lazy field.
  return JSON.parse(JSON.stringify(schema).replaceAll('__schema0', 'sub-components')) as object;
}

/** What editors complete and underline, beyond what zod says of a field that is transformed. */
function forEditors({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }) {
  const { type, pattern } = jsonSchema;
  const examples = z.globalRegistry.get(zodSchema)?.examples;
  if (examples && type) jsonSchema.examples = examples as unknown[];
  // Quoted or plain is the same, and what no number can spell (an amount, a date) is no number.
  if (type === 'integer')
    Object.assign(jsonSchema, { type: ['integer', 'string'], pattern: '^\\d+$' });
  else if (pattern !== undefined) {
    jsonSchema.type = new RegExp(pattern, 'u').test('1') ? ['string', 'number'] : 'string';
  }
}

type Json = z.core.JSONSchema.BaseSchema;
