/** Where each step stands on the sheet Plan: a row for each name, and a column for each period. */
import { monthsOf, readPeriodKey, type FiscalCalendar } from '../../core/period.js';
import type { Ref } from '../../plan/builder.js';
import { operandsOf, writtenBy, type Step } from '../../plan/step.js';
import type { Plan } from '../../projection/plan.js';
import type { CellPlace } from '../workbook.js';

/** A line of the calculation: a register, or the sum of the weights of the allocation after it. */
export type PlanLine =
  | { readonly ref: Ref; readonly step: Step }
  | { readonly sumOf: Step & { readonly op: 'allocate' } };

/** What a row says of its lines. */
export interface LineWords {
  readonly name: string;
  readonly unit: string;
  readonly kind: string;
}

/** A row of the sheet, with its lines by column. */
export interface PlanRow extends LineWords {
  readonly lines: Map<number, PlanLine>;
}

export interface PlanGrid {
  /** The periods at the top, years first. */
  readonly labels: readonly string[];
  readonly rows: readonly PlanRow[];
  readonly placeOf: (ref: Ref) => CellPlace;
  /** The cell with the sum of an allocation's weights. */
  readonly wholeAt: (weights: readonly Ref[]) => CellPlace;
}

/** The columns before the periods: the name, a number of no period, the unit, the kind of step. */
export const VALUES = 1;
export const FIRST_PERIOD = 4;

/** In the name of a row, the period of the column. */
export const ANY_PERIOD = '…';

/**
 * Places lines. The period of an input is the one in its name, if it has one; that of a computed number
 * else the one of all lines that read it, or their year. Constants have none.
 *
 * @param firstRow the row of the sheet with the first line, from 0
 */
export function planGrid(
  plan: Plan,
  lines: readonly PlanLine[],
  wordsOf: (line: PlanLine) => LineWords,
  firstRow: number,
): PlanGrid {
  const { calendar } = plan.scenario.window;
  const words = lines.map(wordsOf);
  const periods = periodsOf(plan, lines, words);
  const labels = inOrder(new Set(periods.filter((label) => label !== undefined)), calendar);
  const columns = new Map(labels.map((label, i) => [label, FIRST_PERIOD + i]));
  const rows = new Map<string, PlanRow>();
  const places = new Map<Ref | readonly Ref[], CellPlace>();
  const numbers = new Map<PlanRow, number>();
  lines.forEach((line, i) => {
    const label = periods[i];
    const column = label === undefined ? VALUES : columns.get(label)!;
    const row = rowFor(rows, withoutPeriod(words[i]!, label), column);
    row.lines.set(column, line);
    const number = numbers.get(row) ?? firstRow + numbers.size;
    numbers.set(row, number);
    places.set('ref' in line ? line.ref : line.sumOf.weights, { row: number, column });
  });
  return {
    labels,
    rows: [...rows.values()],
    placeOf: (ref) => places.get(ref)!,
    wholeAt: (weights) => places.get(weights)!,
  };
}

/** The first row with these words whose column is free. */
function rowFor(rows: Map<string, PlanRow>, words: LineWords, column: number): PlanRow {
  const name = `${words.name}\n${words.unit}\n${words.kind}`;
  for (let copy = 0; ; copy++) {
    const key = `${name}\n${copy}`;
    const row = rows.get(key) ?? { ...words, lines: new Map<number, PlanLine>() };
    if (row.lines.has(column)) continue;
    rows.set(key, row);
    return row;
  }
}

const PERIOD = /(?:after )?(?<![\p{L}\p{N}_-])FY\d{4}(?:Q[1-4]|M\d\d)?(?![\p{L}\p{N}_-])/gu;

/** The one period in a name; nothing if it has none, or several. */
function periodIn(name: string): string | undefined {
  const [first, ...others] = new Set(name.match(PERIOD));
  return others.length === 0 ? first : undefined;
}

function withoutPeriod(words: LineWords, label: string | undefined): LineWords {
  if (label === undefined || periodIn(words.name) !== label) return words;
  return { ...words, name: words.name.replaceAll(label, ANY_PERIOD) };
}

/** The period of every line; nothing for what is of no period, or of several years. */
function periodsOf(
  { steps }: Plan,
  lines: readonly PlanLine[],
  words: readonly LineWords[],
): readonly (string | undefined)[] {
  const own = new Map<Ref, string>();
  lines.forEach((line, i) => {
    const label = periodIn(words[i]!.name);
    if ('ref' in line && label !== undefined && !isShared(line.step)) own.set(line.ref, label);
  });
  const readers = new Map<Ref, Set<string>>();
  for (const step of steps.toReversed()) {
    const written = writtenBy(step);
    const labels = new Set(written.flatMap((ref) => own.get(ref) ?? [...(readers.get(ref) ?? [])]));
    for (const ref of written) {
      const shared =
        own.get(ref) ??
        (isShared(step) || step.op === 'input' ? undefined : sharedPeriod(readers.get(ref)));
      if (shared !== undefined) own.set(ref, shared);
    }
    for (const ref of operandsOf(step)) {
      const known = readers.get(ref) ?? new Set();
      readers.set(ref, known);
      for (const label of labels) known.add(label);
    }
  }
  return lines.map((line, i) => {
    if ('ref' in line) return own.get(line.ref);
    return (
      periodIn(words[i]!.name) ??
      sharedPeriod(new Set(writtenBy(line.sumOf).flatMap((ref) => own.get(ref) ?? [])))
    );
  });
}

/** Equal constants are one register, so that it is of no period, whoever gave it a name first. */
function isShared({ op }: Step): boolean {
  return op === 'constant' || op === 'parameter';
}

/** The one period of some lines, or the year in which all of them are. */
function sharedPeriod(labels: ReadonlySet<string> | undefined): string | undefined {
  if (!labels || labels.size < 2) return labels?.values().next().value;
  const [year, ...others] = new Set(Array.from(labels, (label) => label.slice(0, 'FY2026'.length)));
  return others.length === 0 && year!.startsWith('FY') ? year : undefined;
}

/** Years, then shorter periods in the order of time, then what comes after the window. */
function inOrder(labels: ReadonlySet<string>, calendar: FiscalCalendar): readonly string[] {
  const rank = (label: string): readonly [number, number] => {
    const key = readPeriodKey(label);
    if (!key) return [2, 0];
    return [key.part === 'year' ? 0 : 1, monthsOf(key, calendar).start];
  };
  return [...labels].sort((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one[0] - other[0] || one[1] - other[1];
  });
}
