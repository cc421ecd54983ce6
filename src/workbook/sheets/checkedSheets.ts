/** The sheets of a workbook in its check: totals of tables, changed inputs, cells that are errors. */
import type { Say } from '../../core/text/language.js';
import type { Measure } from '../../projection/plan.js';
import { buyerKey } from '../../scenario/scenario.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { FINE, formatOf } from '../formulas/numberFormats.js';
import {
  columnRange,
  fixed,
  number,
  onSheet,
  text,
  verdict,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import type { BlockTotal, CrossTab } from './crossTab.js';
import {
  SELECTED,
  liveSum,
  sumIfs,
  sumOfEntries,
  type ForecastEntry,
  type IndexedEntries,
} from './forecastSheets.js';
import { CHANGED } from './inputsSheet.js';
import { SHARED } from './givenInputs.js';
import { ABOVE as ROWS_ABOVE, VERDICT, type SheetLayout } from './sheetLayout.js';

/** The columns of a sheet's changed inputs, and of whether one of its cells is an error. */
export const CHANGED_INPUTS = 1;
export const ERRORS = 2;
/** The column of the verdict on a total, or on a condition. */
export const FOOT_VERDICT = 4;

/** A row for each sheet. */
export function sheetRows(
  sheets: readonly WorkbookSheet[],
  layouts: readonly SheetLayout[],
): readonly WorkbookRow[] {
  const count = (formula: string) => number({ formula, value: 0 }, '0');
  return sheets.map((sheet): WorkbookRow => {
    const isOfInputs =
      sheet.name === SHARED || layouts.some(({ inputsSheet }) => inputsSheet === sheet.name);
    const changed = columnRange(sheet.name, CHANGED, ROWS_ABOVE, sheet.rows.length - ROWS_ABOVE);
    return [
      text(sheet.name),
      isOfInputs ? count(`SUM(${changed})`) : undefined,
      // A sum over a range is an error as soon as one of its cells is.
      count(`IF(ISERROR(SUM(${checkedRange(sheet)})),1,0)`),
    ];
  });
}

/** The cells of a sheet that do not follow from the verdict itself. */
function checkedRange({ name, rows }: WorkbookSheet): string {
  const follows = (cell: WorkbookCell | undefined) =>
    typeof cell?.content === 'object' && cell.content.formula.includes(VERDICT);
  const top = rows.findLastIndex(([first]) => follows(first)) + 1;
  const last = rows.findLastIndex((row) => row.length > 0);
  const own = rows.slice(top, last + 1);
  const widest = own.reduce((most, row) => Math.max(most, row.length), 1);
  const column = own.reduce((least, row) => {
    const at = row.findIndex(follows);
    return at === -1 ? least : Math.min(least, at);
  }, widest);
  return onSheet(
    name,
    `${fixed({ row: top, column: 0 })}:${fixed({ row: last, column: column - 1 })}`,
  );
}

/** Where the numbers of the tables come from, and the language of their labels. */
interface Source {
  readonly all: IndexedEntries;
  readonly long: LongFormulas;
  readonly say: Say;
}

/** Two sums of cells that have to be equal. */
interface EqualSums {
  readonly label: string;
  readonly unit: string;
  readonly total: string;
  readonly cells: string;
  readonly value: number;
}

/**
 * A row for each total of a table, and one for the depreciation of each scenario that has some.
 *
 * @param first the first of the rows
 */
export function footingRows(
  tables: readonly CrossTab[],
  layouts: readonly SheetLayout[],
  first: number,
  source: Source,
): readonly WorkbookRow[] {
  const totals = tables.flatMap(({ sheet: { name }, totals }) =>
    totals.map((total) => footing(total, name, source)),
  );
  const depreciated = layouts.flatMap((_, f) => depreciationOf(layouts, f, source) ?? []);
  return [...totals, ...depreciated].map((sums, i) => rowOfSums(sums, first + i));
}

function rowOfSums({ label, unit, total, cells, value }: EqualSums, row: number): WorkbookRow {
  const [here, there, difference] = [1, 2, 3].map((column) => fixed({ row, column }));
  const isNear = `ABS(${difference!})<=1E-12*MAX(1,ABS(${here!}))`;
  return [
    text(label),
    number({ formula: total, value }, formatOf(unit)),
    number({ formula: cells, value }, formatOf(unit)),
    number({ formula: `${here!}-${there!}`, value: 0 }, FINE),
    verdict(`IF(${isNear},"OK","FAIL")`),
  ];
}

/** A criterion of a spreadsheet has at most 255 characters. */
const LONGEST_CRITERION = 255;

/**
 * Whether SUMIFS finds the entries of a unit and no others: it takes `Server` and `server` for one word, and
 * programs differ in what a `~` means.
 */
function isCriterion(unit: string, all: IndexedEntries): boolean {
  const isTwin = (one: string) => one !== unit && one.toLowerCase() === unit.toLowerCase();
  if (unit.includes('~') || 2 * unit.length >= LONGEST_CRITERION) return false;
  return ![...all.keys()].some((entry) => isTwin(entry.unit));
}

/** A total of a table, compared with the sum of its cells. */
function footing(of: BlockTotal, table: string, { all, long, say }: Source): EqualSums {
  const { measure, unit, cell, value } = of;
  const own = [...all.keys()].filter((entry) => entry.measure === measure && entry.unit === unit);
  const sumIn = (column: number, f: number) =>
    isCriterion(unit, all)
      ? sumIfs(all.size, column, { measure: say(measure), unit })
      : sumOfEntries(all, own, { column, f, long });
  const print = (some: readonly number[]) => some.map((f) => sumIn(SELECTED + 1 + f, f)).join('+');
  const buyers = own[0]!.numbers.map((_, f) => f);
  const cells = of.ofAllBuyers
    ? long.sum(print(buyers), {
        ...{ terms: buyers, print },
        valueOf: (some) => some.reduce((total, f) => total + liveSum(own, f), 0),
      })
    : sumIn(SELECTED, 0);
  const label = `${table}: ${say('{measure}, {unit}', { measure: say(measure), unit })}`;
  return { label, unit, total: cell, cells, value };
}

/**
 * Depreciation and the net book value at the end of the window are the demand of what has a life. In another currency
 * than the envelope's they are not, because every period has its own rate.
 *
 * @param f the scenario; nothing if the workbook has no depreciation of it, or not the demand
 */
function depreciationOf(
  layouts: readonly SheetLayout[],
  f: number,
  { all, long, say }: Source,
): EqualSums | undefined {
  const { scenario } = layouts[f]!.plan;
  if (scenario.leaves.every(({ life }) => !life)) return undefined;
  const unit = scenario.currency.code;
  const ofMeasure = (measure: Measure) =>
    [...all.keys()].filter(
      (entry) => entry.measure === measure && entry.unit === unit && entry.numbers[f],
    );
  const placeOf = ({ component, supplier }: ForecastEntry) => `${component}\n${supplier}`;
  const parts = ofMeasure('depreciation');
  const places = new Set(parts.map(placeOf));
  const demand = ofMeasure('demand').filter((entry) => places.has(placeOf(entry)));
  if (demand.length === 0) return undefined;
  const isOne = layouts.length === 1;
  const source = { column: isOne ? SELECTED : SELECTED + 1 + f, f, long };
  const words = say('depreciation and net book value are the demand, {unit}', { unit });
  return {
    label: isOne ? words : `${buyerKey(scenario)}: ${words}`,
    unit,
    total: sumOfEntries(all, parts, source),
    cells: sumOfEntries(all, demand, source),
    value: liveSum(demand, f),
  };
}
