/** Tree → the document that the fields describe; what cannot be read is reported and left out. */
import type * as z from 'zod';
import type { ProblemList } from '../reporter.js';
import { documentFields, entryFields, headFields, type DocumentText } from './document.js';
import {
  problemsOf,
  problemOf,
  unknownKey,
  withoutExplained,
  type FieldProblem,
} from './validationIssues.js';
import { join, locate, locateKey, plainValue, type MapNode, type TreeNode } from '../tree.js';

/** The sections that could be read; an entry that could not is there without a value. */
export type Sections = {
  readonly [K in Exclude<keyof DocumentText, keyof typeof entryFields>]?: DocumentText[K];
} & {
  readonly [K in keyof typeof entryFields]?: ReadonlyMap<
    string,
    z.output<(typeof entryFields)[K]> | undefined
  >;
};

/** Takes the faults of a field, which stands at a path. */
export type Report = (path: string, faults: readonly FieldProblem[]) => void;

/**
 * Reads every section by itself, and every estimate, component and supplier by itself, so that all
 * problems of a file are told at once.
 */
export function readSections(root: MapNode, problems: ProblemList): Sections {
  return readRecord(root, { ...documentFields, ...headFields }, entryFields, problems);
}

/** What a file says of itself as a layer, as far as it could be read. */
export type Head = { readonly [K in keyof typeof headFields]?: z.output<(typeof headFields)[K]> };

export function readHead(root: MapNode, problems: ProblemList): Head {
  const report = problemReporter(root, problems);
  const read = <T>(key: keyof Head, field: z.ZodType<T>) => {
    const node = root.entries.get(key)?.node;
    return node && readField(key, node, field, report);
  };
  return { extends: read('extends', headFields.extends), adds: read('adds', headFields.adds) };
}

/**
 * Reads the fields of a file one by one, and the entries of some of them one by one.
 *
 * @param entries the fields whose entries are read by themselves, with the field of an entry
 * @returns by field what could be read; an entry that could not is there without a value
 */
export function readRecord(
  root: MapNode,
  fields: Readonly<Record<string, z.ZodType>>,
  entries: Readonly<Record<string, z.ZodType>>,
  problems: ProblemList,
): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const report = problemReporter(root, problems);
  report('', faultsOfKeys(fields, [...root.entries.keys()]));
  for (const [key, field] of Object.entries(fields)) {
    const node = root.entries.get(key)?.node;
    if (!node) continue;
    found[key] =
      Object.hasOwn(entries, key) && node.kind === 'map'
        ? readEntries(key, node, entries[key]!, report)
        : readField<unknown>(key, node, field, report);
  }
  return found;
}

/** Sections that the format does not have, and those that it requires and the file does not have. */
function faultsOfKeys(
  fields: Readonly<Record<string, z.ZodType>>,
  given: readonly string[],
): FieldProblem[] {
  const known = Object.keys(fields);
  const unknown = given.filter((key) => !known.includes(key));
  const missing = Object.entries(fields).filter(([key]) => !given.includes(key));
  return withoutExplained([
    ...unknown.map((key) => unknownKey([key], known)),
    ...missing.flatMap(([key, field]) => {
      const { error } = field.safeParse(undefined);
      return error ? problemsOf(error.issues, undefined, [key]) : [];
    }),
  ]);
}

function readEntries(path: string, map: MapNode, field: z.ZodType, report: Report) {
  const entries = [...map.entries].map(
    ([key, { node }]) => [key, readField(join(path, key), node, field, report)] as const,
  );
  return new Map(entries);
}

/** What a field reads; nothing where it finds faults, or where the text itself could not be read. */
export function readField<T>(
  path: string,
  node: TreeNode,
  field: z.ZodType<T>,
  report: Report,
): T | undefined {
  if (isPartial(node)) return undefined;
  const input = plainValue(node);
  const result = field.safeParse(input);
  if (result.success) return result.data;
  const key = path.split('.').at(-1)!;
  report(path, problemsOf(result.error.issues, { [key]: input }, [key]));
  return undefined;
}

/** Whether a part of a node could not be read: what it lacks would be told a second time. */
function isPartial(node: TreeNode): boolean {
  if (node.kind === 'list') return node.items.some(isPartial);
  if (node.isPartial) return true;
  return node.kind === 'map' && [...node.entries.values()].some((entry) => isPartial(entry.node));
}

/** Reports faults at their places in a tree. */
export function problemReporter(root: TreeNode, problems: ProblemList): Report {
  return (path, faults) => {
    const parent = path.split('.').slice(0, -1);
    for (const fault of faults) {
      const at = [...parent, ...fault.path].map(String).join('.');
      const span = fault.isKey ? locateKey(root, at) : locate(root, at);
      problems.error(fault.code, span, problemOf(fault));
    }
  };
}
