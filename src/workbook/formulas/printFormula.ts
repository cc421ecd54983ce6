/** Formulas as text for a spreadsheet: `ROUND(D5*D7,2)`. */
import type { Ref } from '../../core/kernel/registers.js';
import { groupBy } from '../../core/group.js';
import type { Formula } from '../../plan/steps/formula.js';
import { fixed, type CellPlace } from '../workbook.js';

/** The cells that a formula refers to. */
export interface Places {
  readonly placeOf: (ref: Ref) => CellPlace;
  /** The cell that holds the sum of weights. */
  readonly wholeAt: (weights: readonly Ref[]) => CellPlace;
  /** A cell or a range as the formula names it: on another sheet with its name. */
  readonly named: (range: string) => string;
  /** The quantum of the register that the formula computes. */
  readonly quantum: number;
  /** A sum that one formula may be unable to hold. */
  readonly longSum: (own: string, terms: readonly Formula[]) => string;
}

export function printFormula(formula: Formula, places: Places): string {
  const of = (one: Formula) => printFormula(one, places);
  const cell = (place: CellPlace) => places.named(fixed(place));
  const at = (ref: Ref) => cell(places.placeOf(ref));
  switch (formula.op) {
    case 'number':
      return String(formula.value);
    case 'at':
      return at(formula.ref);
    case 'sum':
      return formula.terms.length === 0 ? '0' : sumOf(formula.terms, places);
    case 'difference':
      return `${of(formula.from)}-${sumOf(formula.terms, places)}`;
    case 'product':
      return formula.factors.map(of).join('*');
    case 'quotient':
      return `${of(formula.over)}/${of(formula.under)}`;
    case 'power':
      return `${of(formula.base)}^${formula.exponent < 0 ? `(${formula.exponent})` : formula.exponent}`;
    case 'round':
      return rounded(of(formula.of), places.quantum);
    case 'depreciation': {
      const { amount, life, index } = formula;
      return `IF(${at(life)}>${index},${at(amount)}/${at(life)},0)`;
    }
    case 'part': {
      const whole = cell(places.wholeAt(formula.weights));
      // IronCalc takes a number of less than 1e-15 for 0 where it is compared with 0.
      return `IF(SIGN(${whole})=0,0,${at(formula.amount)}*${at(formula.weight)}/${whole})`;
    }
  }
}

function rounded(of: string, quantum: number): string {
  const decimals = String(Math.round(1 / quantum));
  if (Math.round(1 / quantum) * quantum === 1 && /^10*$/.test(decimals))
    return `ROUND(${of},${decimals.length - 1})`;
  return `ROUND((${of})/${quantum},0)*${quantum}`;
}

/** A function of a spreadsheet takes at most 255 arguments. */
const MOST = 200;

/** A sum; cells beside and below each other become one range. */
export function sumOf(terms: readonly Formula[], places: Places): string {
  const cells = terms.flatMap((one) => (one.op === 'at' ? [places.placeOf(one.ref)] : []));
  const others = terms.filter(({ op }) => op !== 'at').map((one) => printFormula(one, places));
  const addends = [...rangesOf(cells, places.named), ...others];
  if (addends.length === 1 && !addends[0]!.includes(':')) return addends[0]!;
  return places.longSum(sumText(addends), terms);
}

function sumText(addends: readonly string[]): string {
  if (addends.length <= MOST) return `SUM(${addends.join(',')})`;
  const groups: string[] = [];
  for (let i = 0; i < addends.length; i += MOST) groups.push(sumText(addends.slice(i, i + MOST)));
  return sumText(groups);
}

/**
 * The sum of cells of another sheet.
 *
 * @param onSheet adds the name of the sheet to a range
 */
export function sumOfCells(
  places: readonly CellPlace[],
  onSheet: (range: string) => string,
): string {
  const ranges = rangesOf(places, onSheet);
  return ranges.length === 1 && !ranges[0]!.includes(':') ? ranges[0]! : sumText(ranges);
}

/** Cells beside each other become one range, and equal ranges below each other too; each cell counts as often as it is there. */
function rangesOf(
  places: readonly CellPlace[],
  onSheet: (range: string) => string,
): readonly string[] {
  const rows = groupBy(places, ({ row }) => row);
  const columnsAt = ([row, own]: readonly [number, readonly CellPlace[]]) =>
    runs(own.map(({ column }) => column).sort((a, b) => a - b)).map((columns) => ({
      row,
      columns,
    }));
  const strips = [...rows].flatMap(columnsAt);
  const blocks = groupBy(strips, ({ columns }) => columns.join());
  return [...blocks.values()].flatMap((alike) => {
    const { columns } = alike[0];
    return runs(alike.map(({ row }) => row).sort((a, b) => a - b)).map(([top, bottom]) => {
      const [from, to] = [
        fixed({ row: top, column: columns[0] }),
        fixed({ row: bottom, column: columns[1] }),
      ];
      return onSheet(from === to ? from : `${from}:${to}`);
    });
  });
}

/** Consecutive numbers as pairs of the first and the last. */
function runs(rows: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[1] === row - 1) last[1] = row;
    else found.push([row, row]);
  }
  return found;
}
