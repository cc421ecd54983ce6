/** The places of a scenario file, as its JSON Schema tells them: what may stand below a key. */
import { NAME } from '../../model/field.js';
import { sectionsSchema, type Schema } from '../schema/jsonSchema.js';
import { join } from '../tree.js';

/** What a scenario file is as a whole. */
export function wholeFile(): readonly Schema[] {
  return expand([sectionsSchema()]);
}

/** Every alternative of some schemas, references followed. */
function expand(schemas: readonly Schema[]): readonly Schema[] {
  const { definitions = {} } = sectionsSchema();
  return schemas.flatMap((schema): readonly Schema[] => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) return expand([definitions[name] ?? {}]);
    return schema.anyOf ? expand(schema.anyOf) : [schema];
  });
}

/** What may stand below a key or an index. */
export function below(schemas: readonly Schema[], step: string): readonly Schema[] {
  const found = schemas.flatMap((schema): readonly Schema[] => {
    const { items, properties, additionalProperties } = schema;
    if (items) return 'length' in items ? items : [items];
    if (properties && Object.hasOwn(properties, step)) return [properties[step]!];
    return additionalProperties && hasFreeKey(schema, step) ? [additionalProperties] : [];
  });
  return expand(found);
}

/** Whether one of some forms takes all of these keys. */
export function hasFormFor(schemas: readonly Schema[], keys: readonly string[]): boolean {
  return schemas.some((schema) =>
    keys.every(
      (key) =>
        (schema.properties && Object.hasOwn(schema.properties, key)) || hasFreeKey(schema, key),
    ),
  );
}

function hasFreeKey({ propertyNames, additionalProperties }: Schema, key: string): boolean {
  if (!additionalProperties) return false;
  const pattern = propertyNames?.pattern;
  return pattern === undefined || new RegExp(pattern, 'u').test(key);
}

/** Whether a key can only be a name that the scenario itself gives. */
function isOwnName(schemas: readonly Schema[], step: string): boolean {
  return !schemas.some(
    (schema) =>
      (schema.properties && Object.hasOwn(schema.properties, step)) ||
      (schema.propertyNames?.pattern !== NAME.source && hasFreeKey(schema, step)),
  );
}

/** The keys of the maps that may stand in a place; a table is asked for in a file, as a whole. */
export function fieldsOf(schemas: readonly Schema[]): readonly string[] {
  const maps = schemas.filter(({ properties = {} }) => !Object.hasOwn(properties, 'file'));
  return [...new Set(maps.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** A place, the path that leads to it, and the forms that what stands there may have. */
export interface SchemaPosition {
  readonly path: string;
  readonly forms: readonly Schema[];
}

export function positionBelow({ path, forms }: SchemaPosition, step: string): SchemaPosition {
  return { path: join(path, step), forms: below(forms, step) };
}

/** Keys of a blend point to estimates, and give no name: a wrong one is told by the mix. */
const REFERENCES = 'blend';

/** Whether a key is a name that the scenario itself gives, of one of its parts. */
export function isNameAt({ path, forms }: SchemaPosition, step: string): boolean {
  if (path.split('.').at(-1) === REFERENCES) return false;
  return below(forms, step).length > 0 && isOwnName(forms, step);
}
