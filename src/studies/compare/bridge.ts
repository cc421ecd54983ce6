/** The bridge: from one scenario to another, output by output, through the inputs that differ. */
import { printDecimal } from '../../core/number/decimal.js';
import type { Diagnostic, Problem } from '../../core/text/diagnostic.js';
import { cutPieces, shapley } from '../../core/rounding/shapley.js';
import type { Column, Table } from '../../core/table.js';
import type { Projection } from '../../projection/compile.js';
import type { Dimension } from '../../projection/rollup.js';
import { GROUPS } from './inputGroups.js';
import type { Clash } from './hybridScenario.js';
import type { Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { lineUp, type Line } from './comparedLines.js';
import { mixturesOf, type Step } from './hybridForecasts.js';
import type { ReportOptions } from '../shared/options.js';
import { notesOnMoved, type MovedIn } from '../shared/publishLines.js';

/** One output: its numbers in both scenarios, and the pieces that lead from one to the other. */
export interface BridgeLine extends Pick<Line, 'labels' | 'measure' | 'unit'> {
  readonly from: bigint;
  /** By step of the bridge; they sum to `to` − `from`. Counts of 10^-places of the unit. */
  readonly pieces: readonly bigint[];
  readonly to: bigint;
}

export interface Bridge {
  readonly dimensions: readonly Dimension[];
  /** Every group once, also those that do not differ; merged ones stand where their first does. */
  readonly steps: readonly Step[];
  /** Those of the steps that differ. */
  readonly differing: readonly Step[];
  /** One for each output that either scenario has. */
  readonly lines: readonly BridgeLine[];
  /** Why groups were merged. */
  readonly merged: readonly Clash[];
  /** Totals that are not printed as they would be alone. */
  readonly moved: readonly MovedIn[];
}

/** What a step is called: `fx`, or `envelope+actuals` where groups were merged. */
export function nameOf(step: Step): string {
  return step.join('+');
}

/**
 * The difference of every output, attributed to the groups of inputs that differ: the piece of a
 * group is its Shapley average over all mixtures of the two scenarios, each projected once.
 *
 * @param a forecast of a scenario, and `b` of one that `notBridgeable` has nothing against
 * @param options those that the two forecasts were made with
 */
export function bridge(
  a: Projection,
  b: Projection,
  dimensions: readonly Dimension[],
  options: ReportOptions,
): Bridge {
  const { steps: differing, forecasts, merged } = mixturesOf(a, b, options);
  const steps = GROUPS.flatMap((group) => {
    const step = differing.find((one) => one.includes(group)) ?? [group];
    return step[0] === group ? [step] : [];
  });
  const lines = lineUp(forecasts, dimensions)
    .filter(({ counts }) => counts[0] !== undefined || counts.at(-1) !== undefined)
    .map((line) => lineOf(line, steps, differing));
  return { dimensions, steps, differing, lines, merged, moved: [] };
}

function lineOf(
  { labels, measure, unit, counts }: Line,
  steps: readonly Step[],
  differing: readonly Step[],
): BridgeLine {
  const values = counts.map((count) => count ?? 0n);
  const [from, to] = [values[0]!, values.at(-1)!];
  const pieces = cutPieces(shapley(values), to - from, unit.multiple);
  const pieceOf = (step: Step) => pieces[differing.indexOf(step)] ?? 0n;
  return { labels, measure, unit, from, pieces: steps.map(pieceOf), to };
}

/** The steps that move a number of at least one line. */
export function effective({ steps, lines }: Pick<Bridge, 'steps' | 'lines'>): readonly Step[] {
  return steps.filter((_, s) => lines.some(({ pieces }) => pieces[s] !== 0n));
}

/** Tidy: for each output a row for where it starts, for every step, and for where it ends. */
export function bridgeTable({ dimensions, steps, lines, moved }: Bridge): Table {
  const names = ['from', ...steps.map(nameOf), 'to'];
  const text = (name: string): Column => ({ name, kind: 'text' });
  return {
    columns: [
      ...[...dimensions, 'measure', 'unit', 'group'].map(text),
      { name: 'value', kind: 'number' },
    ],
    rows: lines.flatMap(({ labels, measure, unit, from, pieces, to }) =>
      [from, ...pieces, to].map((count, i) => {
        return [...labels, measure, unit.label, names[i]!, printDecimal(count, unit.places)];
      }),
    ),
    notes: notesOnMoved(moved),
  };
}

/** Why two scenarios have no bridge between them: another currency, window or component tree. */
export function notBridgeable(a: Scenario, b: Scenario): readonly Diagnostic[] {
  const problems: [path: string, problem: Problem | undefined][] = [
    ['currency', difference('currency', a.currency.code, b.currency.code)],
    ['calendar', difference('window', windowText(a), windowText(b))],
    ['components', difference('component tree', treeText(a), treeText(b))],
  ];
  return problems.flatMap(([path, problem]): Diagnostic[] => {
    if (!problem) return [];
    return [{ code: 'not-comparable', severity: 'error', span: locate(b.tree, path), ...problem }];
  });
}

function difference(noun: string, expected: string, found: string): Problem | undefined {
  if (expected === found) return undefined;
  return {
    message: `no bridge leads to another ${noun}`,
    ...{ expected, found },
    hint: `give both scenarios the same ${noun}, or compare them without \`--bridge\``,
  };
}

function windowText({ window: { periods, calendar } }: Scenario): string {
  const { endMonth, unit } = calendar;
  const ends = `fiscal years that end in month ${endMonth}`;
  return `${unit}s from ${periods[0]!.label} to ${periods.at(-1)!.label}, ${ends}`;
}

function treeText({ leaves }: Scenario): string {
  return leaves
    .map(({ path }) => path)
    .sort()
    .join(', ');
}
