/** Reads the rows of a table: each value with its keys, units and attributes. */
import { append } from '../../core/lists.js';
import { currencyNamed } from '../../core/number/suggestions.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { remembered } from '../../core/remembered.js';
import { nearest } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import { KEY_FAULTS, currencyKey, nameKey, periodKey, type Key } from '../../model/field.js';
import type { TableKey } from '../../model/tableReference.js';
import type { TextReporter } from '../reporter.js';
import { NO_UNIT, readUnit, type TableUnit } from './cellUnits.js';
import { keyOfLabel } from './periodLabels.js';
import type { CsvCell, CsvGrid } from './readCsv.js';
import type { TableColumn, TableSubject } from './tableColumns.js';

/** One value of a table. */
export interface TableRow {
  /**
   * The cell of each key: in the row, or in the header if the table is wide. The text of a currency is
   * its code.
   */
  readonly keys: ReadonlyMap<TableKey, CsvCell>;
  readonly value: CsvCell;
  /** The units that its column and its row give. */
  readonly units: readonly TableUnit[];
  /** By the name of the column; `header` is the cell of that name. */
  readonly attributes: ReadonlyMap<string, { readonly header: CsvCell; readonly cell: CsvCell }>;
  readonly basis?: CsvCell | undefined;
  readonly reported?: CsvCell | undefined;
  /** Which part of the value it is, where several rows are added. */
  readonly part?: string | undefined;
}

/** The values of a table. */
export interface TableRows {
  /** Those for the currency or the supplier at whose key the table is. */
  readonly rows: readonly TableRow[];
  /** Values whose keys cannot be read: their numbers are checked all the same. */
  readonly unkeyed: readonly TableRow[];
}

const KEYS: Readonly<Record<TableKey, Key>> = {
  currency: currencyKey,
  period: periodKey,
  supplier: nameKey,
};

type KeyTests = Readonly<Record<TableKey, (text: string) => boolean>>;

/** Whether a text is a key: each different one is tried once. */
function keyTests(): KeyTests {
  const testOf = (key: TableKey) =>
    remembered((text: string) => KEYS[key].schema.safeParse(text).success);
  return {
    currency: testOf('currency'),
    period: testOf('period'),
    supplier: testOf('supplier'),
  };
}

/** Every filled value. Keys and units that cannot be read are reported. */
export function rowsOf(
  { header, rows, parts }: CsvGrid,
  columns: readonly TableColumn[],
  subject: TableSubject,
  csv: TextReporter,
): TableRows {
  const isKey = keyTests();
  const keyed: TableRow[] = [];
  const unkeyed: TableRow[] = [];
  for (const [i, cells] of rows.entries()) {
    const row = { ...withoutValue(cells, header, columns, subject, csv), part: parts?.[i] };
    const filled = valuesOf(row, cells, header, columns);
    append(hasKeys(row, filled[0]?.value, subject, csv, isKey) ? keyed : unkeyed, filled);
  }
  const isClear = unkeyed.length === 0;
  return { rows: rowsAtPath(keyed, subject, isClear ? csv : undefined), unkeyed };
}

type Row = Omit<TableRow, 'value'>;

/** What a row gives for all its values. */
function withoutValue(
  cells: readonly CsvCell[],
  header: readonly CsvCell[],
  columns: readonly TableColumn[],
  { value }: TableSubject,
  csv: TextReporter,
): Row {
  const keys = new Map<TableKey, CsvCell>();
  const units: TableUnit[] = [];
  const attributes = new Map<string, { header: CsvCell; cell: CsvCell }>();
  const others: { basis?: CsvCell; reported?: CsvCell } = {};
  const hasDate = columns.some((column) => column.holds === 'attribute' && column.name === 'date');
  for (const [i, column] of columns.entries()) {
    const cell = cells[i]!;
    if (column.holds === 'key') keys.set(column.key, keyCell(column.key, cell));
    if (cell.text === '') continue;
    if (column.holds === 'unit') units.push(unitOf(cell, csv));
    if (column.holds === 'basis' || column.holds === 'reported') others[column.holds] = cell;
    if (column.holds === 'attribute') attributes.set(column.name, { header: header[i]!, cell });
    // The day on which a rate was published is the day of the rate.
    const isDate = column.holds === 'reported' && value === 'rate' && !hasDate;
    if (isDate) attributes.set('date', { header: header[i]!, cell });
  }
  return { keys, units, attributes, ...others };
}

/** `$` and 美元 are USD. */
function keyCell(key: TableKey, cell: CsvCell): CsvCell {
  const code = key === 'currency' ? currencyNamed(cell.text.normalize('NFKC')) : undefined;
  return code === undefined || code === cell.text ? cell : { text: code, span: cell.span };
}

function unitOf({ text, span }: CsvCell, { fail }: TextReporter): TableUnit {
  const unit = readUnit(text);
  if (!unit) fail('csv-unit', span.start, span.end, unknownUnit(text));
  return unit ?? NO_UNIT;
}

export function unknownUnit(text: string) {
  return {
    message: `\`${text}\` is not a unit`,
    expected: 'a scale, a currency or both: bn CNY, 亿元, USD',
    hint: 'write bn CNY, for example',
  };
}

/** The filled values of one row: several if the table is wide. */
function valuesOf(
  row: Row,
  cells: readonly CsvCell[],
  header: readonly CsvCell[],
  columns: readonly TableColumn[],
): readonly TableRow[] {
  const values: TableRow[] = [];
  for (const [i, column] of columns.entries()) {
    const value = cells[i]!;
    if (column.holds !== 'value' || value.text === '') continue;
    const { under } = column;
    const across = under && { text: under.name, span: header[i]!.span };
    const keys = across ? new Map(row.keys).set(under.key, across) : row.keys;
    values.push({ ...row, keys, units: [column.unit, ...row.units], value });
  }
  return values;
}

/**
 * Whether every key of a row can be read. A row without a value needs no keys, but a word that is no
 * key may be a value in a wrong place, so that it is refused.
 *
 * @param value the first value of the row, if it has one
 */
function hasKeys(
  { keys }: Row,
  value: CsvCell | undefined,
  { meaning }: TableSubject,
  { fail }: TextReporter,
  isKey: KeyTests,
): boolean {
  let isGood = true;
  for (const [key, { text, span, isReported }] of keys) {
    const { noun } = KEYS[key];
    if (text === '' ? !value : isKey[key](text)) continue;
    isGood = false;
    if (isReported) continue;
    const label = key === 'period' && value && keyOfLabel(text, meaning);
    if (label && !label.ok && spelledPeriod(text)) {
      fail('period-key', span.start, span.end, label.diagnostics);
    } else if (text !== '') {
      const { code, hint } = KEY_FAULTS[noun]!;
      const remedy = value ? hint(text) : 'delete the row, or correct it: it has no value';
      fail(code, span.start, span.end, { message: `\`${text}\` is not a ${noun}`, hint: remedy });
    } else if (value) {
      fail('csv-cell', value.span.start, value.span.end, {
        message: `this value has no ${key}`,
        hint: `write its ${key} in the row, or delete the value`,
      });
    }
  }
  return isGood;
}

/**
 * The rows for the currency or the supplier at whose key the table is, if the rows name any.
 *
 * @param csv reports that there are none; absent where other rows could not be read
 */
function rowsAtPath(
  rows: readonly TableRow[],
  { pinned }: TableSubject,
  csv: TextReporter | undefined,
): readonly TableRow[] {
  let chosen = rows;
  for (const [key, name] of pinned) {
    const named = new Set(chosen.flatMap(({ keys }) => keys.get(key)?.text ?? []));
    if (named.size === 0) continue;
    chosen = chosen.filter(({ keys }) => keys.get(key)!.text === name);
    if (chosen.length > 0) continue;
    const { start, end } = rows[0]!.keys.get(key)!.span;
    const meant = nearest(name, named);
    csv?.fail('name-unknown', start, end, {
      message: `no row is for \`${name}\`, the key at which the table is`,
      found: `rows for ${firstOf(named)}`,
      hint:
        meant === undefined ? `add a row for \`${name}\`` : `write \`${name}\` for \`${meant}\``,
    });
  }
  return chosen;
}
