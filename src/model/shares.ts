/** Groups of shares that make up a whole: their sum is checked, and `rest` is what they leave. */
import { printRatio } from '../core/decimal.js';
import type { Reporter } from '../core/diagnostic.js';
import { compare, multiply, ONE, ratio, subtract, sum, type Ratio } from '../core/ratio.js';
import { inputsOf, isRest, type Input, type Share } from './input.js';
import * as plan from './plan.js';
import type { Planner, Ref } from './plan.js';

/** Parts of which whole, and what they are called in a diagnostic. */
export interface Group {
  /** `shares of servers`, `parts of guojin`. */
  readonly name: string;
  /** Where the group stands in the file. */
  readonly path: string;
  /** What the parts sum to: 1, or an estimate's `of` in quanta. */
  readonly whole: Ratio;
  readonly print: (value: Ratio) => string;
  /** In which period, where the shares change. */
  readonly period?: string;
}

/** A share as people write it: `35%`, or `1/3` where it has no decimal. */
export function percent(value: Ratio): string {
  const text = printRatio(multiply(value, ratio(100n)));
  return text.includes('/') ? printRatio(value) : `${text}%`;
}

/** Whether the shares make up the whole; where they do not, the difference is reported exactly. */
export function checkShares(shares: readonly Share[], group: Group, report: Reporter): boolean {
  const rests = shares.filter(isRest);
  if (rests.length > 1) {
    report.error('rest-twice', rests[1]!.path, {
      message: `a second \`rest\` among the ${group.name}`,
      expected: 'at most one `rest`: it takes what all the others leave',
      hint: 'give one of them a number',
    });
    return false;
  }
  const given = inputsOf(shares);
  const total = sum(given.map(({ value }) => value));
  const excess = compare(total, group.whole);
  if (excess === 0 || (excess < 0 && rests.length === 1)) return true;
  report.error('sum', group.path, sumProblem(given, total, group));
  return false;
}

function sumProblem(given: readonly Input[], total: Ratio, group: Group) {
  const { name, whole, print } = group;
  const tooMuch = compare(total, whole) > 0;
  const [more, less] = tooMuch ? [total, whole] : [whole, total];
  const gap = `${print(subtract(more, less))} too ${tooMuch ? 'much' : 'little'}`;
  const when = group.period === undefined ? '' : ` in ${group.period}`;
  const terms = given.map(({ value }) => print(value)).join(' + ');
  return {
    message: `the ${name}${when} sum to ${print(total)}, ${gap}`,
    expected: `${print(whole)}${tooMuch ? ' at most' : ', or one `rest`'}`,
    found: `${terms || 'nothing'} = ${print(total)}`,
    hint: tooMuch ? 'lower one of them' : 'raise one of them, or let one be `rest`',
  };
}

/** The registers of a group's shares: inputs as they are, `rest` as the whole less the others. */
export function shareRefs(p: Planner, shares: readonly Share[], whole?: Input): readonly Ref[] {
  const others = inputsOf(shares).map((share) => plan.input(p, share));
  const total = whole ? plan.input(p, whole) : plan.constant(p, ONE);
  return shares.map((share) =>
    isRest(share) ? plan.difference(p, total, others) : plan.input(p, share),
  );
}

/** The shares of every period; a period whose shares are those of the one before shares its array. */
export function sharesAcross(
  columns: readonly (readonly Share[])[],
  periods: number,
): readonly (readonly Share[])[] {
  const rows: (readonly Share[])[] = [];
  for (let t = 0; t < periods; t++) {
    const row = columns.map((column) => column[t]!);
    const before = rows.at(-1);
    rows.push(before && row.every((share, i) => share === before[i]) ? before : row);
  }
  return rows;
}
