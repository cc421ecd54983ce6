/** Reads the rows of a table: each value with its keys, units and attributes. */
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

/** The cell of each key, in the order of the columns. */
type RowKeys = Readonly<Partial<Record<TableKey, CsvCell>>>;

/** One value of a table. */
export interface TableRow {
  /**
   * The cell of each key: in the row, or in the header if the table is wide. The text of a currency is
   * its code.
   */
  readonly keys: RowKeys;
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

/** Reads texts of keys, each different one once. */
interface KeyReader {
  /** The keys that columns hold, in the order of these. */
  readonly keys: readonly TableKey[];
  /** Whether a text is a key. */
  readonly isKey: Readonly<Record<TableKey, (text: string) => boolean>>;
  /** The code of a currency; nothing if the text names none. */
  readonly codeOf: (text: string) => string | undefined;
}

function keyReader(columns: readonly TableColumn[]): KeyReader {
  const testOf = (key: TableKey) =>
    remembered((text: string) => KEYS[key].schema.safeParse(text).success);
  return {
    keys: columns.flatMap((column) => (column.holds === 'key' ? [column.key] : [])),
    isKey: {
      currency: testOf('currency'),
      period: testOf('period'),
      supplier: testOf('supplier'),
    },
    codeOf: remembered((text) => currencyNamed(text.normalize('NFKC'))),
  };
}

/** Every filled value. Keys and units that cannot be read are reported. */
export function rowsOf(
  { header, rows, parts }: CsvGrid,
  columns: readonly TableColumn[],
  subject: TableSubject,
  csv: TextReporter,
): TableRows {
  const context = { subject, csv, reader: keyReader(columns) };
  const keyed: TableRow[] = [];
  const unkeyed: TableRow[] = [];
  rows.forEach((cells, i) => {
    const row = withoutValue(cells, header, columns, context);
    const filled = valuesOf(row, parts?.[i], cells, header, columns);
    const list = hasKeys(row, filled[0]?.value, context) ? keyed : unkeyed;
    for (let v = 0; v < filled.length; v++) list.push(filled[v]!);
  });
  const isClear = unkeyed.length === 0;
  return { rows: rowsAtPath(keyed, subject, isClear ? csv : undefined), unkeyed };
}

type Row = Omit<TableRow, 'value' | 'part'>;

const NO_UNITS: TableRow['units'] = [];
const NO_ATTRIBUTES: TableRow['attributes'] = new Map();

/** What is needed to read a row. */
interface RowContext {
  readonly subject: TableSubject;
  readonly csv: TextReporter;
  readonly reader: KeyReader;
}

/** What a row gives for all its values. */
function withoutValue(
  cells: readonly CsvCell[],
  header: readonly CsvCell[],
  columns: readonly TableColumn[],
  { subject: { value }, csv, reader }: RowContext,
): Row {
  const keys: Partial<Record<TableKey, CsvCell>> = {};
  let { units, attributes } = { units: NO_UNITS, attributes: NO_ATTRIBUTES };
  let basis: CsvCell | undefined;
  let reported: CsvCell | undefined;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]!;
    const cell = cells[i]!;
    if (column.holds === 'key') keys[column.key] = keyCell(column.key, cell, reader);
    if (cell.text === '') continue;
    if (column.holds === 'unit') units = [...units, unitOf(cell, csv)];
    if (column.holds === 'basis') basis = cell;
    if (column.holds === 'reported') reported = cell;
    // The day on which a rate was published is the day of the rate.
    const isRateDay = column.holds === 'reported' && value === 'rate' && !columns.some(isDay);
    const name = column.holds === 'attribute' ? column.name : isRateDay ? 'date' : undefined;
    if (name !== undefined)
      attributes = new Map(attributes).set(name, { header: header[i]!, cell });
  }
  return { keys, units, attributes, basis, reported };
}

function isDay(column: TableColumn): boolean {
  return column.holds === 'attribute' && column.name === 'date';
}

/** `$` and 美元 are USD. */
function keyCell(key: TableKey, cell: CsvCell, { codeOf }: KeyReader): CsvCell {
  const code = key === 'currency' ? codeOf(cell.text) : undefined;
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
  { keys, units, attributes, basis, reported }: Row,
  part: string | undefined,
  cells: readonly CsvCell[],
  header: readonly CsvCell[],
  columns: readonly TableColumn[],
): readonly TableRow[] {
  const values: TableRow[] = [];
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]!;
    const value = cells[i]!;
    if (column.holds !== 'value' || value.text === '') continue;
    const { under, unit } = column;
    // Written out, not spread: a table may have hundreds of thousands of values.
    values.push({
      keys: under ? { ...keys, [under.key]: { text: under.name, span: header[i]!.span } } : keys,
      value,
      units: unit === NO_UNIT ? units : [unit, ...units],
      attributes,
      basis,
      reported,
      part,
    });
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
  { subject: { meaning }, csv: { fail }, reader }: RowContext,
): boolean {
  let isGood = true;
  for (const key of reader.keys) {
    const { text, span, isReported } = keys[key]!;
    const { noun } = KEYS[key];
    if (text === '' ? !value : reader.isKey[key](text)) continue;
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
    const named = new Set(chosen.flatMap(({ keys }) => keys[key]?.text ?? []));
    if (named.size === 0) continue;
    chosen = chosen.filter(({ keys }) => keys[key]!.text === name);
    if (chosen.length > 0) continue;
    const { start, end } = rows[0]!.keys[key]!.span;
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
