/** The sheet Derived: growth, running totals and shares, as formulas over the cells of the tables. */
import { groupBy } from '../../core/group.js';
import { append, greatest } from '../../core/lists.js';
import { MONTHS_IN } from '../../core/period.js';
import { DERIVED_NAMES, isSum, type DerivedName } from '../../projection/derivedNumbers.js';
import { isWhole, type DerivedOptions } from '../../studies/shared/derivedColumns.js';
import {
  derivedFormula,
  derivedTerms,
  shareFormula,
  type BoundedLive,
  type DerivedTerms,
  type Referred,
} from '../formulas/derivedFormulas.js';
import { total } from '../formulas/formulaValues.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { GROWTH, scaledFormat } from '../formulas/numberFormats.js';
import { sumOfCells } from '../formulas/printFormula.js';
import {
  head,
  headOfNumbers,
  note,
  onSheet,
  text,
  title,
  type CellPlace,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import type { CrossTable } from './crossTab.js';
import { liveSum, type ForecastEntry } from './forecastSheets.js';
import { SELECTOR, type SheetLayout } from './sheetLayout.js';
import { ABOVE, AROUND, blocksOf, linesOf, type TableLine } from './tableLines.js';

export const DERIVED = 'Derived';

/** The labels of a row take as many columns as on the finest table. */
const LEFT = 4;

/**
 * A block for each table, measure, unit and column asked for; no sheet where none is.
 *
 * @param top the rows below the title
 */
export function derivedSheet(
  tables: readonly CrossTable[],
  top: readonly WorkbookRow[],
  options: DerivedOptions,
): WorkbookSheet | undefined {
  const names = DERIVED_NAMES.filter((name) => options.with?.includes(name));
  if (names.length === 0) return undefined;
  const { say } = tables[0]!.layouts[0]!;
  const rows: WorkbookRow[] = [[title(say('Growth, running totals and shares'))], ...top, []];
  for (const table of tables) {
    for (const block of placedBlocks(table)) {
      for (const name of names) append(rows, [...rowsOf(table, block, name, isWhole(options)), []]);
    }
  }
  const columns = greatest(rows.map(({ length }) => length));
  return {
    name: DERIVED,
    widths: [26, 20, 22, 20, ...Array.from({ length: columns - LEFT }, () => 16)],
    rows,
    frozen: { rows: ABOVE - 1, columns: LEFT },
  };
}

/** A cell of a table, with the entries that it sums. */
interface PlacedCell extends CellPlace {
  readonly own: readonly ForecastEntry[];
}

/** A line of a table, with its cells by column. */
interface PlacedLine extends TableLine {
  readonly cells: ReadonlyMap<string, PlacedCell>;
}

/** A block of a table. */
interface PlacedBlock {
  readonly lines: readonly PlacedLine[];
  readonly total: PlacedLine;
}

function placedBlocks({ spec, columns, entries }: CrossTable): readonly PlacedBlock[] {
  const left = spec.rows.length * 2;
  const placed = (line: TableLine, row: number): PlacedLine => {
    const byColumn = groupBy(line.entries, (entry) => entry[spec.columns]);
    const cells = columns.map((label, c) => {
      return [label, { row, column: left + c, own: byColumn.get(label) ?? [] }] as const;
    });
    return { ...line, cells: new Map(cells) };
  };
  let next = ABOVE;
  return blocksOf(entries).map((own) => {
    const first = next + 1;
    const lines = linesOf(spec, own).map((line, i) => placed(line, first + i));
    next += lines.length + AROUND;
    return { lines, total: placed({ keys: [], entries: own }, first + lines.length) };
  });
}

/** One column asked for, for every line of a block and for their sum. */
function rowsOf(
  table: CrossTable,
  block: PlacedBlock,
  name: DerivedName,
  isWhole: boolean,
): readonly WorkbookRow[] {
  const { lines, total } = block;
  const { spec, columns, heading, nameOf, layouts } = table;
  const { language, say } = layouts[0]!;
  const { measure, unit } = total.entries[0]!;
  const largest = greatest(
    lines.map(({ entries }) => Math.abs(liveSum(entries, 0))),
    0,
  );
  const sums = scaledFormat(unit, isSum(name) ? largest : 0, language);
  const format = isSum(name) ? sums.format : GROWTH;
  // The yearly growth is one number of the whole line.
  const shown = name === 'cagr' ? columns.slice(0, 1) : columns;
  const liveOf =
    name === 'share' ? shares(table, lines) : derivedNumbers(table, name, shown, format);
  const rowOf = (line: PlacedLine, names: WorkbookRow): WorkbookRow => {
    const look = line === total ? 'total' : 'number';
    const isReported = isWhole && line === total && measure === 'demand';
    const cells = shown.map((column): WorkbookCell | undefined => {
      const live = liveOf(line, column, isReported);
      return live && { content: live, look, format };
    });
    return [...names, ...Array.from({ length: LEFT - names.length }, () => text('')), ...cells];
  };
  const namesOf = ({ keys }: PlacedLine) =>
    keys.flatMap((key, d) => [text(nameOf(spec.rows[d]!, key)), note(key)]);
  const of = say('{measure}, {unit}', { measure: say(measure), unit: sums.head });
  const heads = [say(name), spec.name, of, ''].map(head);
  return [
    [...heads, ...(name === 'cagr' ? [say(name)] : shown.map(heading)).map(headOfNumbers)],
    ...lines.map((line) => rowOf(line, namesOf(line))),
    ...(name === 'share' ? [] : [rowOf(total, [text(say('total'))])]),
  ];
}

/** A derived number of a line in a column, for the selected scenario. */
type LiveOf = (line: PlacedLine, column: string, isReported: boolean) => BoundedLive | undefined;

/** A share is one of the lines that differ in the last of their keys. */
function shares(table: CrossTable, lines: readonly PlacedLine[]): LiveOf {
  const around = ({ keys }: PlacedLine) => keys.slice(0, -1).join('\n');
  const wholes = groupBy(lines, around);
  const known = new Map<string, Referred>();
  const wholeOf = (place: string, column: string) => {
    const key = `${place}\n${column}`;
    const whole = known.get(key) ?? sumIn(table, wholes.get(place)!, [column], 0);
    known.set(key, whole);
    return whole;
  };
  return (line, column) =>
    shareFormula(sumIn(table, [line], [column], 0), wholeOf(around(line), column));
}

function derivedNumbers(
  table: CrossTable,
  name: Exclude<DerivedName, 'share'>,
  columns: readonly string[],
  format: string,
): LiveOf {
  const { spec, layouts, long } = table;
  const choices = layouts.map((layout, f) => {
    const { scenario } = layout.plan;
    const reported = reportedCells(layout);
    const termsOf = (before: readonly number[]): ReadonlyMap<string, DerivedTerms | undefined> => {
      const of = derivedTerms(scenario, spec.columns, before);
      return new Map(columns.map((label) => [label, of(name, label)]));
    };
    const [own, whole] = [termsOf([]), termsOf([...reported.keys()])];
    return (line: PlacedLine, column: string, isReported: boolean) => {
      const counts = isReported && line.entries[0]!.unit === scenario.currency.code;
      const terms = (counts ? whole : own).get(column);
      const sumOf = (labels: readonly string[]) => sumIn(table, [line], labels, f);
      return terms && derivedFormula(terms, { sumOf, reported });
    };
  });
  return (line, column, isReported) => {
    const lives = choices.map((liveOf) => liveOf(line, column, isReported));
    return selected(lives, long, format);
  };
}

/** The sum of some lines of a table in some of its columns. */
function sumIn(
  { spec, long }: CrossTable,
  lines: readonly PlacedLine[],
  labels: readonly string[],
  f: number,
): Referred {
  const terms = lines.flatMap(({ cells }) => labels.map((label) => cells.get(label)!));
  type Terms = Readonly<typeof terms>;
  const print = (some: Terms) => sumOfCells(some, (range) => onSheet(spec.name, range));
  const estimateOf = (some: Terms) =>
    total(some.flatMap(({ own }) => own.flatMap(({ numbers }) => numbers[f]?.live ?? [])));
  const valueOf = (some: Terms) => estimateOf(some).value;
  return { text: long.sum(print(terms), { terms, print, valueOf }), ...estimateOf(terms) };
}

/** What was reported of the periods before the window, on the sheet Plan, by their first month. */
function reportedCells({ plan, cellOf, liveAt }: SheetLayout): ReadonlyMap<number, Referred> {
  const { window, actuals } = plan.scenario;
  const length = MONTHS_IN[window.calendar.unit];
  return new Map(
    actuals.before.map(({ period }, i) => {
      const ref = plan.before[i]!;
      return [window.start + period * length, { text: cellOf(ref), ...liveAt(ref) }];
    }),
  );
}

/** The formula of the selected scenario; nothing where no scenario has one. */
function selected(
  choices: readonly (BoundedLive | undefined)[],
  long: LongFormulas,
  format: string,
): BoundedLive | undefined {
  if (choices.every((one) => one === undefined)) return undefined;
  const formulas = choices.map((one) => one ?? EMPTY);
  const [first] = formulas;
  if (formulas.every(({ formula }) => formula === first!.formula)) return first;
  return { ...first!, formula: long.select(SELECTOR, formulas, format) };
}

const EMPTY: BoundedLive = { formula: '""', value: '', slack: Infinity };
