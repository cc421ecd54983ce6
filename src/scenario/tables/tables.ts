/** Reads the tables of a scenario file: each `{ file: rates.csv }` is replaced by the map that it stands for. */
import { date } from '../../core/number/literal.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { SHARE } from '../../model/inputKind.js';
import { tableForm, type TableKind, type TableText } from '../../model/tableReference.js';
import {
  positionBelow,
  rootPosition,
  tableAt,
  type FieldPosition,
} from '../layers/fieldPositions.js';
import type { ProblemList } from '../reporter.js';
import { fieldReporter, readField } from '../schema/readSections.js';
import { type MapEntry, type MapNode, type TreeNode } from '../tree.js';
import { readTable, type TableSurroundings } from './readTable.js';
import { scalarAt } from './tableSettings.js';

/** What is needed to read the tables of one file. */
interface Reader extends TableSurroundings {
  readonly root: MapNode;
  readonly read: ReadFile;
}

/**
 * Replaces every table of a scenario file by a map. Its values keep their places in the CSV, so that a
 * problem of a value is shown in the CSV.
 *
 * @param layers what is put over the scenario, and its files, the nearest first: the `as_of`, the currency
 *   and the calendar that the nearest of them gives hold for the tables of all
 * @returns the tree, with an empty map for each table that cannot be read
 */
export function readTables(
  root: MapNode,
  read: ReadFile,
  problems: ProblemList,
  layers: readonly MapNode[] = [root],
): MapNode {
  if (!hasFile(root)) return root;
  const node = scalarAt(['as_of'], layers);
  const day = node && date.read(node.text);
  const asOf = day?.ok ? day.value : undefined;
  const envelope = scalarAt(['currency'], layers);
  const reader = { root, read, problems, asOf, envelope, layers };
  return withTablesBelow(root, rootPosition(), reader) as MapNode;
}

/** Whether a file may have a table. Most have none and need not be searched by their fields. */
function hasFile(node: TreeNode): boolean {
  if (node.kind === 'list') return node.items.some(hasFile);
  return (
    node.kind === 'map' &&
    [...node.entries].some(([key, { node: one }]) => key === 'file' || hasFile(one))
  );
}

function withTablesBelow(node: TreeNode, position: FieldPosition, reader: Reader): TreeNode {
  if (node.kind !== 'map') return node;
  const kind = tableKindAt(node, position);
  if (kind) return readTableAt(node, position.path, kind, reader);
  const entries = [...node.entries].map(([key, entry]): [string, MapEntry] => {
    const inner = withTablesBelow(entry.node, positionBelow(position, key), reader);
    return [key, { key: entry.key, node: inner }];
  });
  return { ...node, entries: new Map(entries) };
}

/** The kind of table that a map with `file` is; nothing if `file` is a supplier with a share. */
function tableKindAt(node: MapNode, position: FieldPosition): TableKind | undefined {
  const file = node.entries.get('file')?.node;
  if (file?.kind !== 'scalar') return undefined;
  const kind = tableAt(position);
  const isShare = file.text === 'rest' || SHARE.read(file.text).ok;
  return isShare && kind === 'shares by supplier' ? undefined : kind;
}

function readTableAt(node: MapNode, path: string, kind: TableKind, reader: Reader): MapNode {
  const { root, problems } = reader;
  const table = readField(path, node, tableForm(kind), fieldReporter(root, problems));
  const source = table && sourceOf(table, reader);
  const map = source && readTable(source, { path, kind, table }, reader);
  return map ?? { ...node, entries: new Map(), isPartial: true };
}

function sourceOf({ file, encoding, sheet, range }: TableText, { read, problems }: Reader) {
  const { value: path, span } = file;
  const source = read({
    path,
    from: span.source.name,
    encoding: encoding?.value ?? 'utf-8',
    sheet: sheet?.value,
    range: range?.value,
    confined: true,
  });
  if (source.ok) return source.value;
  problems.error('file-unread', span, source.diagnostics);
  return undefined;
}
