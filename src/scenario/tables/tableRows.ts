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

/** A column, and where it stands. */
interface PlacedColumn<C extends TableColumn = TableColumn> {
  readonly index: number;
  readonly header: CsvCell;
  readonly column: C;
}

/** What is needed to read a row. */
interface RowContext {
  readonly subject: TableSubject;
  readonly csv: TextReporter;
  readonly keyColumns: readonly PlacedColumn<TableColumn & { holds: 'key' }>[];
  readonly valueColumns: readonly PlacedColumn<TableColumn & { holds: 'value' }>[];
  /** Those of what is for all values of a row. */
  readonly otherColumns: readonly PlacedColumn[];
  /** Whether a text is a key; each different text is read once. */
  readonly isKey: Readonly<Record<TableKey, (text: string) => boolean>>;
  /** The code of a currency; nothing if the text names none. */
  readonly codeOf: (text: string) => string | undefined;
}

function rowContext(
  header: readonly CsvCell[],
  columns: readonly TableColumn[],
  subject: TableSubject,
  csv: TextReporter,
): RowContext {
  const placed = columns.map((column, index) => ({ index, header: header[index]!, column }));
  const holding = (holds: string) => placed.filter(({ column }) => column.holds === holds);
  const testOf = (key: TableKey) =>
    remembered((text: string) => KEYS[key].schema.safeParse(text).success);
  return {
    subject,
    csv,
    keyColumns: holding('key') as RowContext['keyColumns'],
    valueColumns: holding('value') as RowContext['valueColumns'],
    otherColumns: placed.filter(({ column: { holds } }) => holds !== 'key' && holds !== 'value'),
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
  const context = rowContext(header, columns, subject, csv);
  const keyed: TableRow[] = [];
  const unkeyed: TableRow[] = [];
  rows.forEach((cells, i) => {
    const keys = keysOf(cells, context);
    const beside = besideValues(cells, context);
    const first = context.valueColumns.find(({ index }) => cells[index]!.text !== '');
    const list = hasKeys(keys, first && cells[first.index], context) ? keyed : unkeyed;
    for (const { index, header, column } of context.valueColumns) {
      const value = cells[index]!;
      if (value.text === '') continue;
      const { under, unit } = column;
      const { units, attributes, basis, reported } = beside;
      // Written out, not spread: a table may have hundreds of thousands of values.
      list.push({
        keys: under ? { ...keys, [under.key]: { text: under.name, span: header.span } } : keys,
        value,
        units: unit === NO_UNIT ? units : [unit, ...units],
        attributes,
        basis,
        reported,
        part: parts?.[i],
      });
    }
  });
  const isClear = unkeyed.length === 0;
  return { rows: rowsAtPath(keyed, subject, isClear ? csv : undefined), unkeyed };
}

function keysOf(cells: readonly CsvCell[], { keyColumns, codeOf }: RowContext): RowKeys {
  const keys: Partial<Record<TableKey, CsvCell>> = {};
  for (const { index, column } of keyColumns) {
    const cell = cells[index]!;
    keys[column.key] = column.key === 'currency' ? currencyCell(cell, codeOf(cell.text)) : cell;
  }
  return keys;
}

/** `$` and 美元 are USD. */
function currencyCell(cell: CsvCell, code: string | undefined): CsvCell {
  return code === undefined || code === cell.text ? cell : { text: code, span: cell.span };
}

/** What a row gives for all its values. */
type BesideValues = Omit<TableRow, 'keys' | 'value' | 'part'>;

const NOTHING_BESIDE: BesideValues = { units: [], attributes: new Map() };

function besideValues(
  cells: readonly CsvCell[],
  { otherColumns, subject: { value }, csv }: RowContext,
): BesideValues {
  let found = NOTHING_BESIDE;
  for (const { index, header, column } of otherColumns) {
    const cell = cells[index]!;
    if (cell.text === '') continue;
    if (column.holds === 'unit') found = { ...found, units: [...found.units, unitOf(cell, csv)] };
    if (column.holds === 'basis') found = { ...found, basis: cell };
    if (column.holds === 'reported') found = { ...found, reported: cell };
    // The day on which a rate was published is the day of the rate.
    const isRateDay =
      column.holds === 'reported' && value === 'rate' && !otherColumns.some(isDayColumn);
    const name = column.holds === 'attribute' ? column.name : isRateDay ? 'date' : undefined;
    if (name === undefined) continue;
    found = { ...found, attributes: new Map(found.attributes).set(name, { header, cell }) };
  }
  return found;
}

function isDayColumn({ column }: PlacedColumn): boolean {
  return column.holds === 'attribute' && column.name === 'date';
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

/**
 * Whether every key of a row can be read. A row without a value needs no keys, but a word that is no
 * key may be a value in a wrong place, so that it is refused.
 *
 * @param value the first value of the row, if it has one
 */
function hasKeys(
  keys: RowKeys,
  value: CsvCell | undefined,
  { keyColumns, isKey, subject: { meaning }, csv: { fail } }: RowContext,
): boolean {
  let isGood = true;
  for (const {
    column: { key },
  } of keyColumns) {
    const { text, span, isReported } = keys[key]!;
    if (text === '' ? !value : isKey[key](text)) continue;
    isGood = false;
    if (isReported) continue;
    const { noun } = KEYS[key];
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
