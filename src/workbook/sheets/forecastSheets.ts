/** The cells of all scenarios of a workbook: the sheet Forecast with formulas, the sheet Exact with the engine's numbers. */
import { printDecimal } from '../../core/number/decimal.js';
import type { Grade } from '../../model/claims.js';
import type { Ref } from '../../plan/builder.js';
import type { Measure } from '../../projection/plan.js';
import { groupCells, type Dimension } from '../../projection/rollup.js';
import { total, type FormulaEstimate } from '../formulas/formulaValues.js';
import { formatOf } from '../formulas/numberFormats.js';
import { sumOfCells } from '../formulas/printFormula.js';
import {
  columnName,
  columnRange,
  fixed,
  head,
  headOfNumbers,
  number,
  onSheet,
  text,
  type Look,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { SELECTOR, VERDICT, type SheetLayout } from './sheetLayout.js';

export const FORECAST = 'Forecast';
export const EXACT = 'Exact';

const DIMENSIONS: readonly Dimension[] = ['fiscal_year', 'period', 'component', 'supplier'];
/** The columns of labels of both sheets; the columns of the scenarios follow. */
const HEADS = [...DIMENSIONS, 'measure', 'unit'];
/** The column of the selected scenario, on the sheet Forecast. */
export const SELECTED = HEADS.length;

/** A cell of the forecast with its numbers in each scenario. */
export interface ForecastEntry {
  readonly fiscal_year: string;
  readonly period: string;
  readonly component: string;
  readonly supplier: string;
  readonly measure: Measure;
  readonly unit: string;
  /** By scenario; nothing if the scenario has no such cell. */
  readonly numbers: readonly (ForecastFigure | undefined)[];
}

/** One number of one scenario: by formulas, and exact. */
export interface ForecastFigure {
  /** The registers that it is the sum of. */
  readonly refs: readonly Ref[];
  readonly formula: string;
  readonly live: FormulaEstimate;
  /** A plain decimal. */
  readonly exact: string;
}

/** The cells of all scenarios: those of the first scenario in its order, then further cells of the others. */
export function entriesOf(layouts: readonly SheetLayout[]): readonly ForecastEntry[] {
  const entries = new Map<string, ForecastEntry & { numbers: (ForecastFigure | undefined)[] }>();
  layouts.forEach((layout, f) => {
    const { scenario, cells } = layout.plan;
    for (const { labels, measure, unit, cells: own } of groupCells(scenario, cells, DIMENSIONS)) {
      const [fiscal_year, period, component, supplier] = labels as [string, string, string, string];
      const place = { fiscal_year, period, component, supplier, measure, unit: unit.label };
      const key = Object.values(place).join('\n');
      const entry = entries.get(key) ?? { ...place, numbers: layouts.map(() => undefined) };
      const refs = own.map(({ ref }) => ref);
      const counts = refs.map((ref) => layout.descriptions.valueAt(ref).n * unit.multiple);
      const count = counts.reduce((sum, one) => sum + one, 0n);
      entry.numbers[f] = {
        refs,
        formula: refs.map(layout.cellOf).join('+'),
        live: total(refs.map(layout.liveAt)),
        exact: printDecimal(count, unit.places),
      };
      entries.set(key, entry);
    }
  });
  return [...entries.values()];
}

/** The sheet Forecast: formulas for the selected scenario, and for each scenario if there are several. */
export function forecastSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): WorkbookSheet {
  const ids = layouts.map(({ plan }) => plan.scenario.id);
  const isOne = layouts.length === 1;
  const rows = entries.map((entry, i): WorkbookRow => {
    const cells = liveCells(entry);
    const grade = gradeCell(gradesOf(layouts, [entry]));
    return [...placeCells(entry), ...(isOne ? cells : [selected(entry, i), ...cells]), grade];
  });
  return tidySheet(FORECAST, ['value', ...(isOne ? [] : ids)], rows, ['grade']);
}

/** The grade of the sum of some entries, by scenario; nothing if the scenario has none of them. */
export function gradesOf(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): readonly (Grade | undefined)[] {
  return layouts.map(({ gradeOf }, f) => {
    const refs = entries.flatMap(({ numbers }) => numbers[f]?.refs ?? []);
    return refs.length > 0 ? gradeOf(refs) : undefined;
  });
}

/** The grade of a number that a scenario does not have. */
const NONE = '–';

/**
 * The grade of a number in the selected scenario. If inputs differ from the file, the claims no longer
 * support them, and the cell says `changed`.
 *
 * @param grades by scenario; nothing if the scenario has no such number
 */
export function gradeCell(
  grades: readonly (Grade | undefined)[],
  look: Look = 'text',
): WorkbookCell {
  const words = grades.map((grade) => `"${grade ?? NONE}"`);
  const own = words.length === 1 ? words[0]! : `CHOOSE(${SELECTOR},${words.join(',')})`;
  const formula = `IF(OR(${VERDICT}="CHANGED",${VERDICT}="INVALID"),"changed",${own})`;
  return { content: { formula, value: grades[0] ?? NONE }, look };
}

function liveCells({ numbers, unit }: ForecastEntry): WorkbookRow {
  return numbers.map(
    (figure) =>
      figure && number({ formula: figure.formula, value: figure.live.value }, formatOf(unit)),
  );
}

function selected({ numbers, unit }: ForecastEntry, i: number): WorkbookCell {
  const cells = numbers.map((_, s) => fixed({ row: i + 1, column: SELECTED + 1 + s }));
  const formula = `CHOOSE(${SELECTOR},${cells.join(',')})`;
  return number({ formula, value: numbers[0]?.live.value ?? 0 }, formatOf(unit));
}

/** The sheet Exact: the engine's numbers, to the last unit. */
export function exactSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): WorkbookSheet {
  const ids = layouts.length === 1 ? ['value'] : layouts.map(({ plan }) => plan.scenario.id);
  const rows = entries.map((entry): WorkbookRow => {
    const numbers = entry.numbers.map((figure) => figure && exactCell(figure.exact, entry.unit));
    return [...placeCells(entry), ...numbers];
  });
  return tidySheet(EXACT, ids, rows);
}

function exactCell(exact: string, unit: string): WorkbookCell {
  return isNumberOfCells(exact) ? number(Number(exact), formatOf(unit)) : text(exact);
}

/** Spreadsheets keep 15 digits of a number, so that a longer one is a text on the sheet Exact. */
export function isNumberOfCells(exact: string): boolean {
  return exact.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15;
}

function placeCells({
  fiscal_year,
  period,
  component,
  supplier,
  measure,
  unit,
}: ForecastEntry): WorkbookRow {
  return [fiscal_year, period, component, supplier, measure, unit].map(text);
}

/** A sheet of columns of labels, then of numbers, then of further words. */
function tidySheet(
  name: string,
  numbers: readonly string[],
  rows: readonly WorkbookRow[],
  words: readonly string[] = [],
): WorkbookSheet {
  const widths = [13, 14, 28, 18, 10, 10, ...numbers.map(() => 24), ...words.map(() => 14)];
  const headRow = [...HEADS.map(head), ...numbers.map(headOfNumbers), ...words.map(head)];
  return { name, widths, rows: [headRow, ...rows], frozen: { rows: 1, columns: 4 } };
}

/** The cell of an entry on the sheet Forecast or Exact. */
export function numberCell(sheet: string, entry: number, column: number): string {
  return onSheet(sheet, `${columnName(column)}${entry + 2}`);
}

/** The entries, each with its number from 0. */
export type IndexedEntries = ReadonlyMap<ForecastEntry, number>;

export function indexed(entries: readonly ForecastEntry[]): IndexedEntries {
  return new Map(entries.map((entry, index) => [entry, index]));
}

/** What the labels of a cell have to be: a dimension, and a criterion of the spreadsheet. */
export type Labels = readonly (readonly [dimension: string, criterion: string])[];

/** The sum of some entries in a column of the sheet Forecast; the labels are those of all of them and of no other. */
export function sumOfEntries(
  all: IndexedEntries,
  some: readonly ForecastEntry[],
  column: number,
  labels: Labels,
): string {
  const places = some.map((entry) => ({ row: all.get(entry)! + 1, column }));
  return directSum(
    sumOfCells(places, (range) => onSheet(FORECAST, range)),
    () => sumIfs(all.size, column, labels),
  );
}

/** A formula of Excel has at most 8,192 characters. */
const LONGEST_FORMULA = 8192;

/** A sum of cells; of so many that a formula cannot name them, a sum by labels. */
export function directSum(cells: string, byLabels: () => string): string {
  return cells.length <= LONGEST_FORMULA ? cells : byLabels();
}

/** The sum of the numbers of a column of the sheet Forecast whose labels meet the conditions. */
export function sumIfs(entries: number, column: number, labels: Labels): string {
  const range = (at: number) => columnRange(FORECAST, at, 1, entries);
  const tests = labels.map(([dimension, is]) => `${range(HEADS.indexOf(dimension))},${is}`);
  return `SUMIFS(${[range(column), ...tests].join(',')})`;
}
