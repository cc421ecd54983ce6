/** The cells of all scenarios of a workbook, one line for each place, and their sheets: live and exact. */
import { printDecimal } from '../../core/number/decimal.js';
import type { Grade } from '../../model/claims.js';
import type { Ref } from '../../plan/builder.js';
import type { Measure } from '../../projection/plan.js';
import { groupCells, type Dimension } from '../../projection/rollup.js';
import { total, type FormulaEstimate } from '../formulas/formulaValues.js';
import { formatOf } from '../formulas/numberFormats.js';
import type { SheetLayout } from './sheetLayout.js';
import { gradeCell } from './gradeCell.js';
import { SELECTOR } from './landmarks.js';
import {
  columnName,
  columnRange,
  fixed,
  head,
  headOfNumbers,
  number,
  onSheet,
  text,
  type WorkbookCell,
  type WorkbookSheet,
  type WorkbookRow,
} from '../workbook.js';

export const FORECAST = 'Forecast';
export const EXACT = 'Exact';

const DIMENSIONS: readonly Dimension[] = ['fiscal_year', 'period', 'component', 'supplier'];
/** The columns of the two sheets, before those of the scenarios. */
const HEADS = [...DIMENSIONS, 'measure', 'unit'];
/** Of the sheet of live cells: the scenario that is selected. */
export const SELECTED = HEADS.length;

/** A place of the forecast, in one or more scenarios. */
export interface ForecastEntry {
  readonly fiscal_year: string;
  readonly period: string;
  readonly component: string;
  readonly supplier: string;
  readonly measure: Measure;
  readonly unit: string;
  /** By scenario; nothing where it has no such cell. */
  readonly numbers: readonly (ForecastFigure | undefined)[];
}

/** One number of one scenario: as formulas have it, and as the engine has it. */
export interface ForecastFigure {
  /** The registers that it is the sum of. */
  readonly refs: readonly Ref[];
  readonly formula: string;
  readonly live: FormulaEstimate;
  /** A plain decimal. */
  readonly exact: string;
}

/** The places of all scenarios: those of the first in its order, then what others have besides. */
export function entriesOf(frames: readonly SheetLayout[]): readonly ForecastEntry[] {
  const entries = new Map<string, ForecastEntry & { numbers: (ForecastFigure | undefined)[] }>();
  frames.forEach((frame, f) => {
    const { scenario, cells } = frame.plan;
    for (const { labels, measure, unit, cells: own } of groupCells(scenario, cells, DIMENSIONS)) {
      const [fiscal_year, period, component, supplier] = labels as [string, string, string, string];
      const place = { fiscal_year, period, component, supplier, measure, unit: unit.label };
      const key = Object.values(place).join('\n');
      const entry = entries.get(key) ?? { ...place, numbers: frames.map(() => undefined) };
      const refs = own.map(({ ref }) => ref);
      const counts = refs.map((ref) => frame.reading.valueAt(ref).n * unit.multiple);
      const count = counts.reduce((sum, one) => sum + one, 0n);
      entry.numbers[f] = {
        refs,
        formula: refs.map(frame.cellOf).join('+'),
        live: total(refs.map(frame.liveAt)),
        exact: printDecimal(count, unit.places),
      };
      entries.set(key, entry);
    }
  });
  return [...entries.values()];
}

/** Live cells: of the selected scenario, and, where there are several, of each. */
export function forecastSheet(
  frames: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): WorkbookSheet {
  const ids = frames.map(({ plan }) => plan.scenario.id);
  const isOne = frames.length === 1;
  const rows = entries.map((entry, i): WorkbookRow => {
    const cells = liveCells(entry);
    const grade = gradeCell(gradesOf(frames, [entry]));
    return [...placeCells(entry), ...(isOne ? cells : [selected(entry, i), ...cells]), grade];
  });
  return tidySheet(FORECAST, ['value', ...(isOne ? [] : ids)], rows, ['grade']);
}

/** How well known the sum of some places is, by scenario; nothing where it has none of them. */
export function gradesOf(
  frames: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): readonly (Grade | undefined)[] {
  return frames.map(({ gradeOf }, f) => {
    const refs = entries.flatMap(({ numbers }) => numbers[f]?.refs ?? []);
    return refs.length > 0 ? gradeOf(refs) : undefined;
  });
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

/** The engine's own numbers, to the last unit. */
export function exactSheet(
  frames: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): WorkbookSheet {
  const ids = frames.length === 1 ? ['value'] : frames.map(({ plan }) => plan.scenario.id);
  const rows = entries.map((entry): WorkbookRow => {
    const numbers = entry.numbers.map((figure) => figure && exactCell(figure.exact, entry.unit));
    return [...placeCells(entry), ...numbers];
  });
  return tidySheet(EXACT, ids, rows);
}

/** Spreadsheets keep fifteen digits of a number; a longer one is text. */
function exactCell(exact: string, unit: string): WorkbookCell {
  const digits = exact.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length > 15 ? text(exact) : number(Number(exact), formatOf(unit));
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

/** Columns of labels, then of numbers, then of further words. */
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

/** A cell of the sheet of live numbers, or of the exact ones. */
export function numberCell(sheet: string, entry: number, column: number): string {
  return onSheet(sheet, `${columnName(column)}${entry + 2}`);
}

/** The live numbers of a column that have some labels, in sum. */
export function sumIfs(
  entries: readonly ForecastEntry[],
  column: number,
  conditions: readonly (readonly [dimension: string, criterion: string])[],
): string {
  const range = (at: number) => columnRange(FORECAST, at, 1, entries.length);
  const tests = conditions.map(([dimension, is]) => `${range(HEADS.indexOf(dimension))},${is}`);
  return `SUMIFS(${[range(column), ...tests].join(',')})`;
}
