/** A formula as a spreadsheet reads it: `ROUND(D5*D7,2)`. */
import type { Ref } from '../../core/kernel/registers.js';
import type { Formula } from '../../plan/steps/formula.js';

/** Where numbers stand. */
export interface Places {
  /** The row of a register, in the one column of the plan. */
  readonly rowOf: (ref: Ref) => number;
  /** A cell of that column. */
  readonly cell: (row: number) => string;
  /** Cells of that column, from one row to another. */
  readonly range: (first: number, last: number) => string;
  /** The cell that holds the sum of weights. */
  readonly whole: (weights: readonly Ref[]) => string;
  /** The quantum of the register that the formula is for. */
  readonly quantum: number;
}

export function print(formula: Formula, places: Places): string {
  const of = (one: Formula) => print(one, places);
  const at = (ref: Ref) => places.cell(places.rowOf(ref));
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
    case 'part': {
      const whole = places.whole(formula.weights);
      return `IF(${whole}=0,0,${at(formula.amount)}*${at(formula.weight)}/${whole})`;
    }
  }
}

function rounded(of: string, quantum: number): string {
  const decimals = String(Math.round(1 / quantum));
  if (Math.round(1 / quantum) * quantum === 1 && /^10*$/.test(decimals))
    return `ROUND(${of},${decimals.length - 1})`;
  return `ROUND((${of})/${quantum},0)*${quantum}`;
}

/** Spreadsheets take 255 arguments of a function. */
const MOST = 200;

/** A sum; cells that stand one below another are one range. */
export function sumOf(terms: readonly Formula[], places: Places): string {
  const rows = terms.flatMap((one) => (one.op === 'at' ? [places.rowOf(one.ref)] : []));
  const others = terms.filter(({ op }) => op !== 'at').map((one) => print(one, places));
  const said = [...runs(rows).map((run) => inRange(run, places)), ...others];
  if (said.length === 1 && !said[0]!.includes(':')) return said[0]!;
  return added(said);
}

function added(said: readonly string[]): string {
  if (said.length <= MOST) return `SUM(${said.join(',')})`;
  const groups: string[] = [];
  for (let i = 0; i < said.length; i += MOST) groups.push(added(said.slice(i, i + MOST)));
  return added(groups);
}

function inRange([first, last]: readonly [number, number], { cell, range }: Places): string {
  return first === last ? cell(first) : range(first, last);
}

/** Rows that follow one another, as first and last. */
function runs(rows: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[1] === row - 1) last[1] = row;
    else found.push([row, row]);
  }
  return found;
}
