/** Reads the rows of a table: each value with its keys, units and attributes. */
import { currencyNamed } from '../../core/number/suggestions.js';
import { nearest } from '../../core/text/diagnostic.js';
import { KEY_FAULTS, currencyKey, nameKey, periodKey, type Key } from '../../model/field.js';
import type { TableKey } from '../../model/tableReference.js';
import type { TextReporter } from '../reporter.js';
import { readUnit, type TableUnit } from './cellUnits.js';
import type { CsvCell, CsvGrid } from './readCsv.js';
import type { TableColumn, TableSubject } from './tableColumns.js';

/** One value of a table. */
export interface TableRow {
  /** The cell of each key: in the row, or in the header if the table is wide. */
  readonly keys: ReadonlyMap<TableKey, CsvCell>;
  readonly value: CsvCell;
  /** The units that its column and its row give. */
  readonly units: readonly TableUnit[];
  /** By the name of the column; `header` is the cell of that name. */
  readonly attributes: ReadonlyMap<string, { readonly header: CsvCell; readonly cell: CsvCell }>;
  readonly basis?: CsvCell | undefined;
  readonly reported?: CsvCell | undefined;
}

const KEYS: Readonly<Record<TableKey, Key>> = {
  currency: currencyKey,
  period: periodKey,
  supplier: nameKey,
};

/** Every filled value, for the currency or the supplier at whose key the table is. */
export function rowsOf(
  { header, rows }: CsvGrid,
  columns: readonly TableColumn[],
  subject: TableSubject,
  csv: TextReporter,
): readonly TableRow[] | undefined {
  const found = rows.map((cells) => {
    const row = withoutValue(cells, header, columns, csv);
    return row && valuesOf(row, cells, header, columns);
  });
  if (!found.every((values) => values !== undefined)) return undefined;
  const filled = found.flat().filter(({ value }) => value.text !== '');
  if (!filled.every((row) => hasKeys(row, csv))) return undefined;
  return rowsAtPath(filled, subject, csv);
}

type Row = Omit<TableRow, 'value'>;

/** What a row gives for all its values; nothing if its unit cannot be read. */
function withoutValue(
  cells: readonly CsvCell[],
  header: readonly CsvCell[],
  columns: readonly TableColumn[],
  { fail }: TextReporter,
): Row | undefined {
  const cellOf = (what: TableColumn['holds']) => {
    const cell = cells[columns.findIndex(({ holds }) => holds === what)];
    return cell?.text === '' ? undefined : cell;
  };
  const unitCell = cellOf('unit');
  const unit = unitCell ? readUnit(unitCell.text) : {};
  if (!unit) {
    const { start, end } = unitCell!.span;
    fail('csv-unit', start, end, unknownUnit(unitCell!.text));
    return undefined;
  }
  const keys = new Map<TableKey, CsvCell>();
  const attributes = new Map<string, { header: CsvCell; cell: CsvCell }>();
  for (const [i, column] of columns.entries()) {
    const cell = cells[i]!;
    if (column.holds === 'key') keys.set(column.key, cell);
    if (column.holds !== 'attribute' || cell.text === '') continue;
    attributes.set(column.name, { header: header[i]!, cell });
  }
  return { keys, units: [unit], attributes, basis: cellOf('basis'), reported: cellOf('reported') };
}

export function unknownUnit(text: string) {
  return {
    message: `\`${text}\` is not a unit`,
    expected: 'a scale, a currency or both: bn CNY, 亿元, USD',
    hint: 'write bn CNY, for example',
  };
}

/** The values of one row: several if the table is wide. */
function valuesOf(
  row: Row,
  cells: readonly CsvCell[],
  header: readonly CsvCell[],
  columns: readonly TableColumn[],
): readonly TableRow[] {
  return columns.flatMap((column, i): readonly TableRow[] => {
    if (column.holds !== 'value') return [];
    const { under } = column;
    const keys = new Map(row.keys);
    if (under) keys.set(under.key, { text: under.name, span: header[i]!.span });
    return [{ ...row, keys, units: [column.unit, ...row.units], value: cells[i]! }];
  });
}

function hasKeys({ keys, value }: TableRow, { fail }: TextReporter): boolean {
  return [...keys].every(([key, { text, span }]) => {
    if (text === '') {
      fail('csv-cell', value.span.start, value.span.end, {
        message: `this value has no ${key}`,
        hint: `write its ${key} in the row, or delete the value`,
      });
      return false;
    }
    const { noun, schema } = KEYS[key];
    const name = key === 'currency' ? (currencyNamed(text) ?? text) : text;
    if (schema.safeParse(name).success) return true;
    const { code, hint } = KEY_FAULTS[noun]!;
    fail(code, span.start, span.end, { message: `\`${text}\` is not a ${noun}`, hint: hint(text) });
    return false;
  });
}

/** The rows for the currency or the supplier at whose key the table is, if the rows name any. */
function rowsAtPath(
  rows: readonly TableRow[],
  { pinned }: TableSubject,
  { fail }: TextReporter,
): readonly TableRow[] | undefined {
  let chosen = rows;
  for (const [key, name] of pinned) {
    const named = new Set(chosen.flatMap(({ keys }) => keys.get(key)?.text ?? []));
    if (named.size === 0) continue;
    chosen = chosen.filter(({ keys }) => keys.get(key)!.text === name);
    if (chosen.length > 0) continue;
    const { start, end } = rows[0]!.keys.get(key)!.span;
    const meant = nearest(name, named);
    fail('name-unknown', start, end, {
      message: `no row is for \`${name}\`, the key at which the table is`,
      found: `rows for ${[...named].join(', ')}`,
      hint:
        meant === undefined ? `add a row for \`${name}\`` : `write \`${name}\` for \`${meant}\``,
    });
    return undefined;
  }
  return chosen;
}
