/** Layers over a scenario's tree: `--set PATH=VALUE` is the one way to vary an input. */
import { nearest, type Diagnostic, type Problem } from '../core/diagnostic.js';
import type { Span } from '../core/source.js';
import { NAME } from '../model/field.js';
import { scenarioSchema } from './jsonSchema.js';
import { join, readTree, type MapNode, type TreeNode } from './tree.js';

/** As much of a JSON Schema as says which keys a map may have. */
interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: { readonly pattern?: string };
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema | readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What diagnostics call the text of a `--set`. */
export const SET_SOURCE = '--set';

/** The key under which a map keeps the number that it is about. */
const VALUE_KEYS = ['value', 'share', 'part'];

/**
 * Puts a value at a path of the tree. Fields, currencies and periods may be added; a name that the
 * scenario gives itself (a component, a supplier, an estimate) has to be there already, so that
 * nothing is created by a typo.
 *
 * @param assignment `PATH=VALUE`, the value as YAML
 */
export function applySet(root: MapNode, assignment: string, diagnostics: Diagnostic[]): void {
  const source = { name: SET_SOURCE, text: assignment };
  const equals = assignment.indexOf('=');
  const path = assignment.slice(0, Math.max(equals, 0)).trim();
  const fail = (end: number, problem: Problem) => {
    const span = { source, start: 0, end: Math.max(end, 1) };
    diagnostics.push({ code: 'path-unknown', severity: 'error', span, ...problem });
  };
  if (path === '') {
    fail(assignment.length, { message: 'no path', hint: 'write PATH=VALUE: fx.closure=volume' });
    return;
  }
  const place = findPlace(root, path.split('.'), { source, start: 0, end: path.length });
  if ('unknown' in place) {
    const { unknown, candidates } = place;
    const meant = nearest(unknown, candidates);
    fail(path.length, {
      message: `\`${path}\` names nothing: there is no \`${unknown}\``,
      ...(candidates.length > 0 && { expected: `one of ${candidates.join(', ')}` }),
      hint:
        meant === undefined ? 'write the keys of the file, joined by points' : `write \`${meant}\``,
    });
    return;
  }
  const node = readTree(source, diagnostics, place.path, equals + 1);
  if (node) place.put(node);
}

/** Where a value goes, or which key of a path is unknown. */
type Place =
  | { readonly path: string; readonly put: (node: TreeNode) => void }
  | { readonly unknown: string; readonly candidates: readonly string[] };

function findPlace(root: MapNode, steps: readonly string[], key: Span): Place {
  const whole = scenarioSchema() as Schema;
  let node = root as TreeNode;
  let schemas = expand([whole], whole);
  let path = '';
  for (const [index, step] of steps.entries()) {
    const next = below(schemas, step, whole);
    const parent = node;
    path = join(path, step);
    if (parent.kind === 'scalar') return { unknown: step, candidates: [] };
    if (parent.kind === 'list') {
      const item: TreeNode | undefined = parent.items[Number(step)];
      const candidates = parent.items.map((_, i) => String(i));
      if (!item || !candidates.includes(step)) return { unknown: step, candidates };
      if (index === steps.length - 1) {
        return { path, put: (value) => void (parent.items[Number(step)] = value) };
      }
      node = item;
    } else {
      const entry = parent.entries.get(step);
      if (!entry && (next.length === 0 || isOwnName(schemas, step))) {
        return { unknown: step, candidates: candidatesOf(parent, schemas) };
      }
      if (index === steps.length - 1)
        return { path, put: (value) => put(parent, step, value, key) };
      node = wrapped(entry?.node, steps[index + 1]!, next, path) ?? emptyMap(key);
      parent.entries.set(step, { key: entry?.key ?? key, node });
    }
    schemas = next;
  }
  return { unknown: '', candidates: [] };
}

/** A number that is written as a map keeps its attributes: only its value is replaced. */
function put(parent: MapNode, step: string, value: TreeNode, key: Span): void {
  const entry = parent.entries.get(step);
  const inner = entry?.node.kind === 'map' ? entry.node : undefined;
  const valueKey = VALUE_KEYS.find((candidate) => inner?.entries.has(candidate));
  if (inner && valueKey !== undefined && value.kind === 'scalar') {
    put(inner, valueKey, { ...value, path: join(value.path, valueKey) }, key);
  } else {
    parent.entries.set(step, { key: entry?.key ?? key, node: value });
  }
}

/** A bare number as a map with `value`, where the next key of the path is one of its attributes. */
function wrapped(
  node: TreeNode | undefined,
  nextKey: string,
  schemas: readonly Schema[],
  path: string,
): TreeNode | undefined {
  if (node?.kind !== 'scalar') return node;
  const form = schemas.find(({ properties }) => properties && Object.hasOwn(properties, nextKey));
  const valueKey = VALUE_KEYS.find(
    (key) => form?.properties && Object.hasOwn(form.properties, key),
  );
  if (valueKey === undefined) return node;
  const value = { ...node, path: join(path, valueKey) };
  return {
    kind: 'map',
    entries: new Map([[valueKey, { key: node.span, node: value }]]),
    span: node.span,
  };
}

function emptyMap(span: Span): MapNode {
  return { kind: 'map', entries: new Map(), span };
}

/** Every alternative of some schemas, references followed. */
function expand(schemas: readonly Schema[], whole: Schema): readonly Schema[] {
  return schemas.flatMap((schema): readonly Schema[] => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) return expand([whole.definitions?.[name] ?? {}], whole);
    return schema.anyOf ? expand(schema.anyOf, whole) : [schema];
  });
}

/** What may stand below a key or an index. */
function below(schemas: readonly Schema[], step: string, whole: Schema): readonly Schema[] {
  const found = schemas.flatMap((schema): readonly Schema[] => {
    const { items, properties, propertyNames, additionalProperties } = schema;
    if (items) return 'length' in items ? items : [items];
    if (properties && Object.hasOwn(properties, step)) return [properties[step]!];
    const fits =
      propertyNames?.pattern === undefined || new RegExp(propertyNames.pattern, 'u').test(step);
    return additionalProperties && fits ? [additionalProperties] : [];
  });
  return expand(found, whole);
}

/** Whether a key can only be a name that the scenario itself gives. */
function isOwnName(schemas: readonly Schema[], step: string): boolean {
  return !schemas.some(
    ({ properties, propertyNames }) =>
      (properties && Object.hasOwn(properties, step)) ||
      (propertyNames?.pattern !== undefined &&
        propertyNames.pattern !== NAME.source &&
        new RegExp(propertyNames.pattern, 'u').test(step)),
  );
}

function candidatesOf(parent: MapNode, schemas: readonly Schema[]): readonly string[] {
  const fields = schemas.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return [...new Set([...parent.entries.keys(), ...fields])];
}
