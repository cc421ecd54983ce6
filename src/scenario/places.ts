/** The places of a scenario file, as its JSON Schema tells them: what may stand below a key. */
import { NAME } from '../model/field.js';
import { scenarioSchema } from './jsonSchema.js';

/** As much of a JSON Schema as says which keys a map may have. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: { readonly pattern?: string };
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema | readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What a scenario file is as a whole. */
export function wholeFile(): readonly Schema[] {
  return expand([scenarioSchema()]);
}

/** Every alternative of some schemas, references followed. */
function expand(schemas: readonly Schema[]): readonly Schema[] {
  const { definitions = {} } = scenarioSchema() as Schema;
  return schemas.flatMap((schema): readonly Schema[] => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) return expand([definitions[name] ?? {}]);
    return schema.anyOf ? expand(schema.anyOf) : [schema];
  });
}

/** What may stand below a key or an index. */
export function below(schemas: readonly Schema[], step: string): readonly Schema[] {
  const found = schemas.flatMap((schema): readonly Schema[] => {
    const { items, properties, propertyNames, additionalProperties } = schema;
    if (items) return 'length' in items ? items : [items];
    if (properties && Object.hasOwn(properties, step)) return [properties[step]!];
    const fits =
      propertyNames?.pattern === undefined || new RegExp(propertyNames.pattern, 'u').test(step);
    return additionalProperties && fits ? [additionalProperties] : [];
  });
  return expand(found);
}

/** Whether a key can only be a name that the scenario itself gives. */
export function isOwnName(schemas: readonly Schema[], step: string): boolean {
  return !schemas.some(
    ({ properties, propertyNames }) =>
      (properties && Object.hasOwn(properties, step)) ||
      (propertyNames?.pattern !== undefined &&
        propertyNames.pattern !== NAME.source &&
        new RegExp(propertyNames.pattern, 'u').test(step)),
  );
}

/** The keys of the maps that may stand in a place; a table is asked for in a file, as a whole. */
export function fieldsOf(schemas: readonly Schema[]): readonly string[] {
  const maps = schemas.filter(({ properties = {} }) => !Object.hasOwn(properties, 'file'));
  return [...new Set(maps.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}
