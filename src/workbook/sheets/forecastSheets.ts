/** The cells of all scenarios of a workbook: the sheet Forecast with formulas, the sheet Exact with the engine's numbers. */
import { printDecimal } from '../../core/number/decimal.js';
import type { Say } from '../../core/text/language.js';
import type { Grade } from '../../model/claims.js';
import type { Ref } from '../../plan/builder.js';
import type { Measure } from '../../projection/plan.js';
import { groupCells, type Dimension } from '../../projection/rollup.js';
import { buyerKey } from '../../scenario/scenario.js';
import { total, type FormulaEstimate } from '../formulas/formulaValues.js';
import { formatOf } from '../formulas/numberFormats.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { sumOfCells } from '../formulas/printFormula.js';
import { columnName } from '../../core/text/source.js';
import {
  columnRange,
  criterion,
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

const DIMENSIONS = [
  ...(['fiscal_year', 'period', 'component', 'supplier'] as const),
] as const satisfies readonly Dimension[];
/** The columns of labels of both sheets; the columns of the scenarios follow. */
const HEADS = [...DIMENSIONS, 'measure', 'unit'] as const;
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
export function entriesOf(
  layouts: readonly SheetLayout[],
  long: LongFormulas,
): readonly ForecastEntry[] {
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
        formula: sumOfRegisters(layout, refs, long),
        live: total(refs.map(layout.liveAt)),
        exact: printDecimal(count, unit.places),
      };
      entries.set(key, entry);
    }
  });
  return [...entries.values()];
}

/** The sum of registers of one unit, as a formula of any sheet. */
function sumOfRegisters(
  { cellOf, liveAt }: SheetLayout,
  refs: readonly Ref[],
  long: LongFormulas,
): string {
  const print = (some: readonly Ref[]) => some.map(cellOf).join('+');
  const valueOf = (some: readonly Ref[]) => total(some.map(liveAt)).value;
  return long.sum(print(refs), { terms: refs, print, valueOf });
}

/** The sheet Forecast: formulas for the selected scenario, and for each scenario if there are several. */
export function forecastSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
  long: LongFormulas,
): WorkbookSheet {
  const ids = layouts.map(({ plan }) => buyerKey(plan.scenario));
  const { say } = layouts[0]!;
  const isOne = layouts.length === 1;
  const rows = entries.map((entry, i): WorkbookRow => {
    const cells = liveCells(entry);
    const grade = gradeCell(gradesOf(layouts, [entry]), say, long);
    return [...placeCells(entry, say), ...(isOne ? cells : [selected(entry, i), ...cells]), grade];
  });
  return tidySheet(FORECAST, [say('value'), ...(isOne ? [] : ids)], rows, say, [say('grade')]);
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

/** A grade in words; a number that a scenario does not have has none. */
function shownGrade(grade: Grade | undefined, say: Say): string {
  return grade === undefined ? '–' : say(grade);
}

/**
 * The grade of a number in the selected scenario. If inputs differ from the file, the claims no longer
 * support them, and the cell says `changed`.
 *
 * @param grades by scenario; nothing if the scenario has no such number
 */
export function gradeCell(
  grades: readonly (Grade | undefined)[],
  say: Say,
  long: LongFormulas,
  look: Look = 'text',
): WorkbookCell {
  const words = grades.map((grade) => shownGrade(grade, say));
  const own = words.length === 1 ? `"${words[0]!}"` : long.choose(SELECTOR, words);
  const formula = `IF(OR(${VERDICT}="CHANGED",${VERDICT}="INVALID"),"${say('changed')}",${own})`;
  return { content: { formula, value: words[0]! }, look };
}

function liveCells({ numbers, unit }: ForecastEntry): WorkbookRow {
  return numbers.map(
    (figure) =>
      figure && number({ formula: figure.formula, value: figure.live.value }, formatOf(unit)),
  );
}

function selected({ numbers, unit }: ForecastEntry, i: number): WorkbookCell {
  const [first, last] = [1, numbers.length].map((s) => fixed({ row: i + 1, column: SELECTED + s }));
  const formula = `INDEX(${first!}:${last!},1,${SELECTOR})`;
  return number({ formula, value: numbers[0]?.live.value ?? 0 }, formatOf(unit));
}

/** The sheet Exact: the engine's numbers, to the last unit. */
export function exactSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): WorkbookSheet {
  const { say } = layouts[0]!;
  const ids =
    layouts.length === 1 ? [say('value')] : layouts.map(({ plan }) => buyerKey(plan.scenario));
  const rows = entries.map((entry): WorkbookRow => {
    const numbers = entry.numbers.map((figure) => figure && exactCell(figure.exact, entry.unit));
    return [...placeCells(entry, say), ...numbers];
  });
  return tidySheet(EXACT, ids, rows, say);
}

function exactCell(exact: string, unit: string): WorkbookCell {
  return isNumberOfCells(exact) ? number(Number(exact), formatOf(unit)) : text(exact);
}

/** Spreadsheets keep 15 digits of a number, so that a longer one is a text on the sheet Exact. */
export function isNumberOfCells(exact: string): boolean {
  return exact.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15;
}

function placeCells(
  { fiscal_year, period, component, supplier, measure, unit }: ForecastEntry,
  say: Say,
): WorkbookRow {
  return [fiscal_year, period, component, supplier, say(measure), unit].map(text);
}

/** A sheet of columns of labels, then of numbers, then of further words. */
function tidySheet(
  name: string,
  numbers: readonly string[],
  rows: readonly WorkbookRow[],
  say: Say,
  words: readonly string[] = [],
): WorkbookSheet {
  const widths = [13, 14, 28, 18, 10, 10, ...numbers.map(() => 24), ...words.map(() => 14)];
  const headRow = [
    ...HEADS.map((word) => head(say(word))),
    ...numbers.map(headOfNumbers),
    ...words.map(head),
  ];
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

/**
 * The sum of some entries in a column of the sheet Forecast.
 *
 * @param f the scenario whose numbers the column has
 */
export function sumOfEntries(
  all: IndexedEntries,
  some: readonly ForecastEntry[],
  { column, f, long }: { column: number; f: number; long: LongFormulas },
): string {
  const print = (terms: readonly ForecastEntry[]) =>
    sumOfCells(
      terms.map((entry) => ({ row: all.get(entry)! + 1, column })),
      (range) => onSheet(FORECAST, range),
    );
  const valueOf = (terms: readonly ForecastEntry[]) => liveSum(terms, f);
  return long.sum(print(some), { terms: some, print, valueOf });
}

/** The sum of the results of formulas in a scenario. */
export function liveSum(entries: readonly ForecastEntry[], f: number): number {
  return entries.reduce((sum, { numbers }) => sum + (numbers[f]?.live.value ?? 0), 0);
}

/** The sum of the numbers in a column of the sheet Forecast, of one measure in one unit. */
export function sumIfs(
  entries: number,
  column: number,
  { measure, unit }: { readonly measure: string; readonly unit: string },
): string {
  const range = (at: number) => columnRange(FORECAST, at, 1, entries);
  const labels = [
    ['measure', measure],
    ['unit', unit],
  ] as const;
  const tests = labels.map(([head, label]) => `${range(HEADS.indexOf(head))},${criterion(label)}`);
  return `SUMIFS(${[range(column), ...tests].join(',')})`;
}
