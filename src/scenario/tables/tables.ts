/** Reads the tables of a scenario file: each `{ file: rates.csv }` is replaced by the map that it stands for. */
import { append } from '../../core/lists.js';
import { date, type CalendarDate } from '../../core/number/literal.js';
import type { FiscalCalendar } from '../../core/period.js';
import { hasErrors } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { SHARE } from '../../model/inputKind.js';
import {
  TABLE_SHAPES,
  tableForm,
  type TableKey,
  type TableKind,
  type TableText,
} from '../../model/tableReference.js';
import {
  positionBelow,
  rootPosition,
  tableAt,
  type FieldPosition,
} from '../layers/fieldPositions.js';
import { problemList, textReporter, type ProblemList } from '../reporter.js';
import { fieldReporter, readField } from '../schema/readSections.js';
import { type MapEntry, type MapNode, type TreeNode } from '../tree.js';
import { declaredTable, layoutOf } from './declaredTable.js';
import { readCsv } from './readCsv.js';
import { calendarOfTable, isOfPortfolio, scalarAt } from './tableSettings.js';
import { byMonthOrQuarter } from './openCalendar.js';
import { columnOf, type TableSubject } from './tableColumns.js';
import { mapOfTable } from './tableMap.js';

/** What is needed to read the tables of one file. */
interface Reader {
  readonly root: MapNode;
  readonly read: ReadFile;
  readonly problems: ProblemList;
  /** The day of the forecast: amounts that were reported later do not count. */
  readonly asOf: CalendarDate | undefined;
  /** The currency of the envelope, as written. */
  readonly envelope: TreeNode | undefined;
  readonly layers: readonly MapNode[];
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
  if (kind) return readTable(node, position.path, kind, reader);
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

function readTable(node: MapNode, path: string, kind: TableKind, reader: Reader): MapNode {
  const { root, problems, asOf, envelope, layers } = reader;
  const unread: MapNode = { ...node, entries: new Map(), isPartial: true };
  const table = readField(path, node, tableForm(kind), fieldReporter(root, problems));
  const source = table && sourceOf(table, reader);
  if (!source) return unread;
  const ofText = problemList();
  const grid = readCsv(source, ofText, layoutOf(table));
  const readBy = (calendar: FiscalCalendar) => {
    const found = problemList();
    append(found.diagnostics, ofText.diagnostics);
    const subject: TableSubject = {
      ...TABLE_SHAPES[kind],
      pinned: pinnedBy(path, kind),
      suppliers: new Set(table.names?.keys()),
      meaning: {
        labels: table.labels?.value,
        calendar,
        isToDate: table.cumulative?.value === true,
      },
    };
    const csv = textReporter(source, found);
    const context = { subject, table, asOf, csv, envelope, problems: found };
    const ours = grid && declaredTable(grid, context);
    const map = ours && mapOfTable(ours, path, context);
    return { found, calendar, subject, ours, map };
  };
  const isOfDays = table.labels?.value === 'month_end' || table.labels?.value === 'date';
  const isOpen = isOfDays && isOfPortfolio(path, layers);
  const reading = isOpen ? byMonthOrQuarter(readBy) : readBy(calendarOfTable(path, layers));
  const { found, calendar, subject, ours, map } = reading;
  append(problems.diagnostics, found.diagnostics);
  if (!ours || !map || hasErrors(found.diagnostics)) return unread;
  const hasDays = ours.header.some(({ text }) => columnOf(text, subject)?.holds === 'reported');
  const settings = {
    name: source.name,
    ...(table.labels && { calendar }),
    ...(hasDays && { asOf: scalarAt(['as_of'], layers)?.text ?? '' }),
  };
  return { ...map, table: { over: undefined, readBy: settings } };
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

/** The currency or the supplier that the path of a table gives; its file may have rows of others too. */
function pinnedBy(path: string, kind: TableKind): ReadonlyMap<TableKey, string> {
  const pinned = new Map<TableKey, string>();
  if (kind === 'rates by period') pinned.set('currency', path.split('.').at(-1)!);
  const supplier = /(?:^|\.)suppliers\.([^.]+)\.[^.]+(?:\.value)?$/.exec(path)?.[1];
  if (supplier !== undefined) pinned.set('supplier', supplier);
  const code = /\.pricing\.([A-Z]{3})\.[^.]+$/.exec(path)?.[1];
  if (code !== undefined) pinned.set('currency', code);
  return pinned;
}
