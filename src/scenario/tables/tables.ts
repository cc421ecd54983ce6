/** Tables of a scenario file: each `{ file: rates.csv }` becomes the map that it stands for. */
import { textReporter, type ProblemList } from '../reporter.js';
import { date, type CalendarDate } from '../../core/number/literal.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { SHARE } from '../../model/inputKind.js';
import {
  TABLE_SHAPES,
  tableForm,
  type TableKey,
  type TableText,
  type TableKind,
} from '../../model/tableReference.js';
import { readCsv } from './readCsv.js';
import {
  positionBelow,
  rootPosition,
  tableAt,
  type FieldPosition,
} from '../layers/fieldPositions.js';
import { fieldReporter, readField } from '../schema/readSections.js';
import type { Subject } from './tableColumns.js';
import { tableMap } from './tableMap.js';
import type { MapEntry, MapNode, TreeNode } from '../tree.js';

/** What the tables of one file are read with. */
interface Reader {
  readonly root: MapNode;
  readonly read: ReadFile;
  readonly problems: ProblemList;
  /** The day of the forecast: what was reported later is not known yet. */
  readonly asOf: CalendarDate | undefined;
  /** The currency of the envelope, as it is written. */
  readonly envelope: TreeNode | undefined;
}

/**
 * The tree of a scenario file with every table read. Values keep their places: they point into the
 * CSV, and so does whatever is wrong with them.
 *
 * @param parent the scenario that the file changes, whose day and currency are its own unless it says so
 * @returns the tree with an empty, partial map where a table cannot be read; `diagnostics` say why
 */
export function readTables(
  root: MapNode,
  read: ReadFile,
  problems: ProblemList,
  parent?: MapNode,
): MapNode {
  if (!hasFile(root)) return root;
  const saidOf = (key: string) => (root.entries.get(key) ?? parent?.entries.get(key))?.node;
  const said = saidOf('as_of');
  const day = said?.kind === 'scalar' ? date.read(said.text) : undefined;
  const asOf = day?.ok ? day.value : undefined;
  return withTablesBelow(root, rootPosition(), {
    ...{ root, read, problems, asOf, envelope: saidOf('currency') },
  }) as MapNode;
}

/** Most files have no table; they need not be looked through by their schema. */
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
  if (kind) return readTable(node, position.path, kind, reader);
  const entries = [...node.entries].map(([key, entry]): [string, MapEntry] => {
    const inner = withTablesBelow(entry.node, positionBelow(position, key), reader);
    return [key, { key: entry.key, node: inner }];
  });
  return { ...node, entries: new Map(entries) };
}

/** What a map with `file` is a table of; nothing where it is a map with a supplier of that name. */
function tableKindAt(node: MapNode, position: FieldPosition): TableKind | undefined {
  const file = node.entries.get('file')?.node;
  if (file?.kind !== 'scalar') return undefined;
  const kind = tableAt(position);
  const isShare = file.text === 'rest' || SHARE.read(file.text).ok;
  return isShare && kind === 'shares by supplier' ? undefined : kind;
}

function readTable(node: MapNode, path: string, kind: TableKind, reader: Reader): MapNode {
  const { root, problems, asOf, envelope } = reader;
  const unread: MapNode = { ...node, entries: new Map(), isPartial: true };
  const table = readField(path, node, tableForm(kind), fieldReporter(root, problems));
  const source = table && sourceOf(table, reader);
  const grid = source && readCsv(source, problems.diagnostics);
  if (!grid) return unread;
  const subject: Subject = { ...TABLE_SHAPES[kind], pinned: pinnedBy(path, kind) };
  const reading = textReporter(source, problems);
  return tableMap(grid, path, { subject, table, asOf, reading, envelope, problems }) ?? unread;
}

function sourceOf({ file, encoding }: TableText, { read, problems }: Reader) {
  const { value: path, span } = file;
  const source = read({
    path,
    from: span.source.name,
    encoding: encoding?.value ?? 'utf-8',
    confined: true,
  });
  if (source.ok) return source.value;
  problems.error('file-unread', span, source.diagnostics);
  return undefined;
}

/** The currency or the supplier below which a table stands: its rows may be about others too. */
function pinnedBy(path: string, kind: TableKind): ReadonlyMap<TableKey, string> {
  const pinned = new Map<TableKey, string>();
  if (kind === 'rates by period') pinned.set('currency', path.split('.').at(-1)!);
  const supplier = /(?:^|\.)suppliers\.([^.]+)\.[^.]+(?:\.value)?$/.exec(path)?.[1];
  if (supplier !== undefined) pinned.set('supplier', supplier);
  return pinned;
}
