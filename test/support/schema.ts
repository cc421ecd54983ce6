/** The committed JSON Schema as tests walk it, and the shipped scenarios. */
import { readFileSync, readdirSync } from 'node:fs';

/** As much of JSON Schema draft 7 as the schema of a scenario uses. */
export interface Schema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly pattern?: string;
  readonly examples?: readonly string[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: false;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The schema of a scenario that stands by itself, or of one that extends another. */
export function schemaFor(kind: 'scenario' | 'layer'): Schema {
  const { definitions } = JSON.parse(committedText) as Schema;
  return { ...definitions![kind], definitions };
}

const FOLDER = new URL('../../scenarios/', import.meta.url);

export const committedText = readFileSync(new URL('scenario.schema.json', FOLDER), 'utf8');

/** Every shipped scenario of Alibaba, by file name. */
export const shipped: readonly (readonly [name: string, text: string])[] = readdirSync(FOLDER)
  .filter((name) => /^alibaba-.*\.yaml$/.test(name))
  .sort()
  .map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]);

/** The schema itself, or the definition that it stands for. */
export function target(schema: Schema, whole: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : target(whole.definitions![name]!, whole);
}

/** A step from a schema to one below it: a key, a class of free keys, an index, or `|` for a branch. */
export function below(schema: Schema): (readonly [step: string, schema: Schema])[] {
  const { properties = {}, propertyNames, additionalProperties, items, anyOf = [] } = schema;
  return [
    ...Object.entries(properties),
    ...(additionalProperties ? [[freeKey(propertyNames), additionalProperties] as const] : []),
    ...[items ?? []]
      .flat()
      .map((item, i) => [Array.isArray(items) ? String(i) : '0', item] as const),
    ...anyOf.map((branch) => ['|', branch] as const),
  ];
}

/** The classes of keys that a scenario chooses itself, each with a key that no class below it has. */
const FREE_KEYS = [
  ['<name>', 'é'],
  ['<period>', 'FY2026Q1'],
  ['<year>', 'FY2026'],
  ['<currency>', 'USD'],
] as const;

function freeKey(names: Schema | undefined): string {
  const pattern = new RegExp(names!.pattern!, 'u');
  return FREE_KEYS.find(([, key]) => pattern.test(key))![0];
}
