/** The JSON Schema of a scenario file, for editors. It is generated from the fields that read the file. */
import * as z from 'zod';
import { recordField } from '../../model/field.js';
import { documentField, headFields, portfolioField } from './document.js';

/** The part of a JSON Schema that is used here. */
export interface Schema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: { readonly pattern?: string };
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema | readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/**
 * JSON Schema draft 7, as plain data. It has three alternatives: a whole scenario, a file that extends
 * another and gives only what differs, and a portfolio.
 */
export function scenarioSchema(): object {
  const { $schema, title, description, definitions, ...scenario } = schemaOf(documentField);
  const { extends: parent, adds } = schemaOf(recordField(headFields)).properties!;
  const portfolio = withoutHead(schemaOf(portfolioField));
  const { properties, ...rest } = scenario;
  const whole = { ...rest, description, properties: { ...properties, extends: parent } };
  const layer = asLayer(scenario) as Schema;
  return {
    ...{ $schema, title, description, type: 'object' },
    if: has('portfolio'),
    then: refTo('portfolio'),
    else: { if: has('extends'), then: refTo('layer'), else: refTo('scenario') },
    definitions: {
      scenario: whole,
      portfolio,
      layer: {
        ...layer,
        description: 'A file that extends another, and gives only what differs.',
        properties: { extends: parent, adds, ...layer.properties },
      },
      remove: { const: 'remove', description: 'Deletes this key of the parent.' },
      ...definitions,
      ...Object.fromEntries(
        Object.entries(definitions!).map(([name, one]) => [inLayer(name), removable(one)]),
      ),
    },
  };
}

function has(key: string): object {
  return { required: [key], properties: { [key]: {} } };
}

/** A schema as one of several in a file. */
function withoutHead(schema: Schema): Schema {
  const kept = Object.entries(schema).filter(([key]) => !HEAD.includes(key));
  return Object.fromEntries(kept);
}

const HEAD = ['$schema', 'title', 'definitions'];

function refTo(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

function inLayer(reference: string): string {
  return `${reference}-of-a-layer`;
}

/** A schema in which every key may be left out and every value may be `remove`. */
function asLayer(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asLayer);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'required') return [];
    if (key === '$ref') return [[key, inLayer(value as string)]];
    if (key === 'additionalProperties' && value) return [[key, removable(value as Schema)]];
    if (key !== 'properties') return [[key, asLayer(value)]];
    const fields = Object.entries(value as Readonly<Record<string, Schema>>);
    return [[key, Object.fromEntries(fields.map(([name, one]) => [name, removable(one)]))]];
  });
  return Object.fromEntries(entries);
}

function removable(schema: Schema): object {
  const { description, ...one } = asLayer(schema) as Schema;
  if (one.$ref !== undefined) return one;
  const forms = one.anyOf ?? [{ description, ...one }];
  return { description, anyOf: [...forms, refTo('remove')] };
}

/** Generates the schema of any field. */
export function schemaOf(field: z.ZodType): Schema {
  const schema = z.toJSONSchema(field, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: forEditors,
  });
  return JSON.parse(
    JSON.stringify(schema),
    (_, value: unknown) => reference(value) ?? value,
  ) as Schema;
}

/** zod wraps a reference in `allOf` so that it could have keys beside it; there are none. */
function reference(value: unknown): Schema | undefined {
  const { allOf } = (value ?? {}) as { readonly allOf?: readonly Schema[] };
  return allOf?.length === 1 ? allOf[0] : undefined;
}

/** Adds what zod does not know of a field that is transformed: examples, and how numbers are written. */
function forEditors({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }) {
  const { type, pattern } = jsonSchema;
  const examples = z.globalRegistry.get(zodSchema)?.examples;
  if (examples && type) jsonSchema.examples = examples as unknown[];
  // A number may be quoted; a text that is never a number (an amount, a date) is a string.
  if (type === 'integer')
    Object.assign(jsonSchema, { type: ['integer', 'string'], pattern: '^\\d+$' });
  else if (pattern !== undefined) {
    jsonSchema.type = new RegExp(pattern, 'u').test('1') ? ['string', 'number'] : 'string';
  }
}

type Json = z.core.JSONSchema.BaseSchema;
