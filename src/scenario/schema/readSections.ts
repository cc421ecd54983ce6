/** Reads the sections of a scenario by their fields; what cannot be read is reported and left out. */
import type * as z from 'zod';
import type { ProblemList } from '../reporter.js';
import { join, locate, locateKey, plainValue, type MapNode, type TreeNode } from '../tree.js';
import {
  documentFields,
  entryFields,
  headFields,
  plannedFields,
  type DocumentText,
} from './document.js';
import {
  describeProblem,
  fieldProblems,
  unknownKey,
  withoutExplained,
  type FieldProblem,
} from './validationIssues.js';

/** The sections that could be read; an entry that could not be read has no value. */
export type Sections = {
  readonly [K in Exclude<keyof DocumentText, keyof typeof entryFields>]?: DocumentText[K];
} & {
  readonly [K in keyof typeof entryFields]?: ReadonlyMap<
    string,
    z.output<(typeof entryFields)[K]> | undefined
  >;
};

/** Takes the problems of the field at a path. */
export type FieldReporter = (path: string, problems: readonly FieldProblem[]) => void;

/**
 * Reads every section by itself, and every estimate, component, supplier and check by itself, so that all
 * problems of a file are reported at once.
 */
export function readSections(root: MapNode, problems: ProblemList): Sections {
  const envelope = root.entries.get('envelope')?.node;
  const isFromUnits = envelope?.kind === 'map' && envelope.entries.has('from');
  return readRecord(root, isFromUnits ? ALL_FIELDS : PLANNED_FIELDS, entryFields, problems);
}

const ALL_FIELDS = { ...documentFields, ...headFields };
const PLANNED_FIELDS = { ...ALL_FIELDS, ...plannedFields };

/** The keys `extends` and `adds` of a file, as far as they could be read. */
export type Head = { readonly [K in keyof typeof headFields]?: z.output<(typeof headFields)[K]> };

export function readHead(root: MapNode, problems: ProblemList): Head {
  const report = fieldReporter(root, problems);
  const read = <T>(key: keyof Head, field: z.ZodType<T>) => {
    const node = root.entries.get(key)?.node;
    return node && readField(key, node, field, report);
  };
  return { extends: read('extends', headFields.extends), adds: read('adds', headFields.adds) };
}

/**
 * Reads the fields of a file one by one.
 *
 * @param entries the fields whose entries are read one by one, each with the field of an entry
 * @returns the values that could be read, by field, in the order of the file; an entry that could not be read has no value
 */
export function readRecord(
  root: MapNode,
  fields: Readonly<Record<string, z.ZodType>>,
  entries: Readonly<Record<string, z.ZodType>>,
  problems: ProblemList,
): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const report = fieldReporter(root, problems);
  report('', keyProblems(fields, [...root.entries.keys()]));
  for (const [key, { node }] of root.entries) {
    if (!Object.hasOwn(fields, key)) continue;
    found[key] =
      Object.hasOwn(entries, key) && node.kind === 'map'
        ? readEntries(key, node, entries[key]!, report)
        : readField<unknown>(key, node, fields[key]!, report);
  }
  return found;
}

/** Unknown sections, and sections that are required and missing. */
function keyProblems(
  fields: Readonly<Record<string, z.ZodType>>,
  present: readonly string[],
): FieldProblem[] {
  const known = Object.keys(fields);
  const unknown = present.filter((key) => !known.includes(key));
  const missing = Object.entries(fields).filter(([key]) => !present.includes(key));
  return withoutExplained([
    ...unknown.map((key) => unknownKey([key], known)),
    ...missing.flatMap(([key, field]) => {
      const { error } = field.safeParse(undefined);
      return error ? fieldProblems(error.issues, undefined, [key]) : [];
    }),
  ]);
}

function readEntries(path: string, map: MapNode, field: z.ZodType, report: FieldReporter) {
  const entries = [...map.entries].map(
    ([key, { node }]) => [key, readField(join(path, key), node, field, report)] as const,
  );
  return new Map(entries);
}

/** A scenario is loaded many times with other inputs; a part that stays is read once. */
const fieldValues = new WeakMap<TreeNode, Map<z.ZodType, unknown>>();

/** Reads a field; returns nothing if it has problems, or if a part of the text could not be read. */
export function readField<T>(
  path: string,
  node: TreeNode,
  field: z.ZodType<T>,
  report: FieldReporter,
): T | undefined {
  if (isPartial(node)) return undefined;
  const known = fieldValues.get(node) ?? new Map<z.ZodType, unknown>();
  if (known.has(field)) return known.get(field) as T;
  const input = plainValue(node);
  const result = field.safeParse(input);
  if (result.success) {
    fieldValues.set(node, known.set(field, result.data));
    return result.data;
  }
  const key = path.split('.').at(-1)!;
  report(path, fieldProblems(result.error.issues, { [key]: input }, [key]));
  return undefined;
}

/** Whether a part of a node could not be read: its problems are already reported. */
function isPartial(node: TreeNode): boolean {
  if (node.kind === 'list') return node.items.some(isPartial);
  if (node.isPartial) return true;
  if (node.kind === 'map')
    for (const entry of node.entries.values()) if (isPartial(entry.node)) return true;
  return false;
}

/** A reporter that finds the places of problems in a tree. */
export function fieldReporter(root: TreeNode, list: ProblemList): FieldReporter {
  return (path, problems) => {
    const parent = path.split('.').slice(0, -1);
    for (const problem of problems) {
      const at = [...parent, ...problem.path].map(String).join('.');
      const span = problem.isKey ? locateKey(root, at) : locate(root, at);
      list.error(problem.code, span, describeProblem(problem));
    }
  };
}
