/** Turns rows into the map that they stand for; every value keeps its place in the CSV. */
import { groupBy } from '../../core/group.js';
import type { Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import type { TableText } from '../../model/tableReference.js';
import type { TextReporter } from '../reporter.js';
import { join, type MapEntry, type MapNode, type TreeNode } from '../tree.js';
import type { CsvCell } from './readCsv.js';
import type { TableRow } from './tableRows.js';

/** A value as a literal, its row, and the literals of its range. */
export interface TableValue {
  readonly row: TableRow;
  readonly text: string;
  readonly range: ReadonlyMap<string, string>;
}

/** How values become nodes: the keys of the map, and what the table gives for all values. */
export interface NodeContext {
  readonly keys: readonly string[];
  /** The key of a value beside its attributes. */
  readonly valueKey: 'value' | 'share';
  readonly table: TableText;
  readonly span: Span;
}

/** A map of values by their keys; a key that appears twice is reported. */
export function mapOf(
  values: readonly TableValue[],
  path: string,
  context: NodeContext,
  csv: TextReporter,
): MapNode {
  const [key, ...inner] = context.keys as ('currency' | 'period' | 'supplier')[];
  const cellOf = ({ row }: TableValue) => row.keys[key!]!;
  const entries = new Map<string, MapEntry>();
  if (inner.length > 0) {
    for (const [name, group] of groupBy(values, (value) => cellOf(value).text)) {
      const node = innerMap(group, join(path, name), { ...context, keys: inner }, csv);
      entries.set(name, { key: cellOf(group[0]).span, node });
    }
  } else {
    for (const value of values) {
      const { text: name, span } = cellOf(value);
      const first = entries.get(name);
      if (first) failRepeated(name, key!, span, first.key, csv);
      else entries.set(name, { key: span, node: nodeOf(value, join(path, name), context) });
    }
  }
  return { kind: 'map', entries, span: context.span, table: { over: undefined } };
}

/** Values by period below a currency, or below the share of a supplier. */
function innerMap(
  group: readonly TableValue[],
  path: string,
  context: NodeContext,
  csv: TextReporter,
): MapNode {
  const { valueKey } = context;
  const own: NodeContext = { ...context, valueKey: 'value' };
  if (valueKey === 'value') return mapOf(group, path, own, csv);
  const node = mapOf(group, join(path, valueKey), own, csv);
  const { span } = group[0]!.row.value;
  return { kind: 'map', entries: new Map([[valueKey, { key: span, node }]]), span };
}

/** A column that is no key of the map, such as periods in a table of base rates, makes keys repeat. */
function failRepeated(
  name: string,
  key: string,
  { start, end }: Span,
  first: Span,
  csv: TextReporter,
): void {
  csv.fail('key-duplicate', start, end, {
    message: `\`${name}\` appears twice in this table`,
    expected: `one row for each ${key}`,
    found: `the first is in line ${csv.lineOf(first.start)}`,
    hint: 'delete one of the two',
  });
}

/** A bare value, or a map with the value and its attributes if it has any. */
function nodeOf(value: TableValue, path: string, context: NodeContext): TreeNode {
  const { row, text, range } = value;
  const { span } = row.value;
  const { evidence, assumption, note } = context.table;
  const hasReason = evidence ?? assumption ?? note;
  if (row.attributes.size === 0 && !hasReason) return { kind: 'scalar', text, path, span };
  const attributes = [...row.attributes].map(([name, { header, cell }]) => {
    const value = { text: range.get(name) ?? cell.text, span: cell.span };
    return [name, entryOf(header.span, value, join(path, name))] as const;
  });
  const reasons = reasonsOf(value, context.table).map(
    ([name, reason]) => [name, entryOf(reason.span, reason, join(path, name))] as const,
  );
  if (attributes.length + reasons.length === 0) return { kind: 'scalar', text, path, span };
  const { valueKey } = context;
  const own = [valueKey, entryOf(span, { text, span }, join(path, valueKey))] as const;
  return { kind: 'map', entries: new Map([own, ...attributes, ...reasons]), span };
}

function entryOf(key: Span, { text, span }: CsvCell, path: string): MapEntry {
  return { key, node: { kind: 'scalar', text, path, span } };
}

/** The reasons and the note that the scenario gives for the whole table, unless the row has its own. */
function reasonsOf({ row, text }: TableValue, table: TableText) {
  const has = (name: string) => row.attributes.has(name);
  const isReasoned = has('evidence') || has('assumption') || text === 'rest';
  const reasons: (readonly [string, Located<string> | undefined])[] = [
    ...(isReasoned
      ? []
      : ([
          ['evidence', table.evidence],
          ['assumption', table.assumption],
        ] as const)),
    ...(has('note') || text === 'rest' ? [] : ([['note', table.note]] as const)),
  ];
  return reasons.flatMap(([name, reason]) => (reason ? [[name, reason] as const] : []));
}
