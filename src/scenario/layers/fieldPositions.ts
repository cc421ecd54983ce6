/** What a scenario file may have at a path, read from the declarations of its fields. */
import type * as z from 'zod';
import { nameKey, periodKey } from '../../model/field.js';
import { tableKindOf, type TableKind } from '../../model/tableReference.js';
import { documentField } from '../schema/document.js';
import { join } from '../tree.js';

/** A path of a scenario file and the forms that a value at this path may have. */
export interface FieldPosition {
  readonly path: string;
  readonly forms: readonly FieldForm[];
}

/** One of the ways in which a field may be written; a form without any of these is one scalar. */
interface FieldForm {
  /** Of a map with fixed keys: the field of each key. */
  readonly fields?: z.core.$ZodShape;
  /** Of a map with free keys. */
  readonly entries?: { readonly key: z.core.$ZodType; readonly value: z.core.$ZodType };
  /** Of a list: the field of the item at an index. */
  readonly itemAt?: (index: number) => z.core.$ZodType | undefined;
  /** Of a map that names a CSV file: what its table stands for. */
  readonly table?: TableKind | undefined;
}

/** The position of the whole file: of a scenario unless another field is given. */
export function rootPosition(field: z.core.$ZodType = documentField): FieldPosition {
  return { path: '', forms: formsOf(field) };
}

/** The position of a key of a map, or of an index of a list. */
export function positionBelow({ path, forms }: FieldPosition, step: string): FieldPosition {
  return { path: join(path, step), forms: forms.flatMap((form) => formsBelow(form, step)) };
}

/** A declaration is read once: a change of an input asks for hundreds of positions. */
const formsByField = new WeakMap<z.core.$ZodType, readonly FieldForm[]>();

function formsOf(field: z.core.$ZodType): readonly FieldForm[] {
  const forms = formsByField.get(field) ?? formsIn(field);
  formsByField.set(field, forms);
  return forms;
}

function formsIn(field: z.core.$ZodType): readonly FieldForm[] {
  const { def } = (field as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
      return formsOf(def.innerType);
    case 'lazy':
      return formsOf(def.getter());
    case 'union':
      return def.options.flatMap(formsOf);
    case 'pipe': {
      const table = tableKindOf(field);
      const forms = formsOf(def.in);
      return table === undefined ? forms : forms.map((form) => ({ ...form, table }));
    }
    case 'object':
      return [{ fields: def.shape }];
    case 'record':
      return [{ entries: { key: def.keyType, value: def.valueType } }];
    case 'array':
      return [{ itemAt: () => def.element }];
    case 'tuple':
      return [{ itemAt: (index) => def.items[index] }];
    default:
      return [{}];
  }
}

function formsBelow(form: FieldForm, step: string): readonly FieldForm[] {
  const item = form.itemAt?.(Number(step));
  if (item) return formsOf(item);
  if (hasField(form, step)) return formsOf(form.fields![step]!);
  return hasFreeKey(form, step) ? formsOf(form.entries!.value) : [];
}

function hasField({ fields }: FieldForm, key: string): boolean {
  return fields !== undefined && Object.hasOwn(fields, key);
}

function hasFreeKey({ entries }: FieldForm, key: string): boolean {
  return entries !== undefined && isKey(entries.key, key);
}

function isKey(field: z.core.$ZodType, key: string): boolean {
  return (field as z.ZodType).safeParse(key).success;
}

/** Whether one form takes all of these keys. */
export function hasFormFor({ forms }: FieldPosition, keys: readonly string[]): boolean {
  return forms.some((form) => keys.every((key) => hasField(form, key) || hasFreeKey(form, key)));
}

/** Whether a map by period may stand at a position. */
export function takesPeriods({ forms }: FieldPosition): boolean {
  return forms.some(({ entries }) => entries?.key === periodKey.schema);
}

/** The fixed keys that may stand below a position; those of a table name a file, and are left out. */
export function fixedKeys({ forms }: FieldPosition): readonly string[] {
  const maps = forms.filter(({ table }) => table === undefined);
  return [...new Set(maps.flatMap(({ fields = {} }) => Object.keys(fields)))];
}

/** The kind of table that may stand at a position. */
export function tableAt({ forms }: FieldPosition): TableKind | undefined {
  return forms.find(({ table }) => table !== undefined)?.table;
}

/** The keys of a blend refer to estimates: they give no name, and the mix reports unknown ones. */
const REFERENCES = 'blend';

/** Whether a key can only be a name that the scenario gives to one of its parts. */
export function isNameAt({ path, forms }: FieldPosition, step: string): boolean {
  if (path.split('.').at(-1) === REFERENCES) return false;
  if (!forms.some((form) => formsBelow(form, step).length > 0)) return false;
  return !forms.some(
    (form) =>
      hasField(form, step) || (hasFreeKey(form, step) && form.entries!.key !== nameKey.schema),
  );
}
