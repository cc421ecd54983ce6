/** The bridge: the difference of two scenarios, output by output, attributed to the groups of inputs that differ. */
import { groupBy } from '../../core/group.js';
import { printDecimal } from '../../core/number/decimal.js';
import { cutPieces, shapley } from '../../core/rounding/shapley.js';
import type { Table } from '../../core/table.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import type { Projection } from '../../projection/evaluate.js';
import { isTime, type Dimension } from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { namedColumns } from '../shared/columns.js';
import { printPlain, toSteps } from '../shared/numberFormat.js';
import type { ReportOptions } from '../shared/options.js';
import {
  publishLines,
  tableAdjustmentNotes,
  type FormatOf,
  type PublishLayout,
  type TableAdjustment,
} from '../shared/publishLines.js';
import { lineUp, type ComparedLine } from './comparedLines.js';
import { hybridForecasts, type HybridStep } from './hybridForecasts.js';
import type { GroupConflict } from './hybridScenario.js';
import { groupsIn } from './inputGroups.js';

/** An output: its numbers in both scenarios, and the piece of each step. */
export interface BridgeLine extends Pick<ComparedLine, 'labels' | 'measure' | 'unit'> {
  readonly from: bigint;
  /** By step of the bridge; they sum to `to` − `from`. Counts of 10^-places of the unit. */
  readonly pieces: readonly bigint[];
  readonly to: bigint;
}

export interface Bridge {
  readonly dimensions: readonly Dimension[];
  /** Every group once, also if it does not differ; merged groups have the place of the first of them. */
  readonly steps: readonly HybridStep[];
  /** Those of the steps that differ. */
  readonly differing: readonly HybridStep[];
  /** One for each output that either scenario has. */
  readonly lines: readonly BridgeLine[];
  /** Why groups were merged. */
  readonly merged: readonly GroupConflict[];
  /** Totals that are not rounded to the nearest. */
  readonly adjusted: readonly TableAdjustment[];
}

/** The name of a step: `fx`, or `envelope+actuals` if groups were merged. */
export function stepName(step: HybridStep, say: Say = sayIn()): string {
  return step.map((group) => say(group)).join('+');
}

/**
 * Attributes the difference of every output to the groups of inputs that differ: the piece of a group
 * is its Shapley value over all hybrids of the two scenarios, each of which is forecast once.
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
  const { steps: differing, forecasts, merged } = hybridForecasts(a, b, options);
  const steps = groupsIn([a.scenario, b.scenario]).flatMap((group) => {
    const step = differing.find((one) => one.includes(group)) ?? [group];
    return step[0] === group ? [step] : [];
  });
  const sides = forecasts.map((one) => ({ members: [one] }));
  const lines = lineUp(sides, dimensions)
    .filter(({ counts }) => counts[0] !== undefined || counts.at(-1) !== undefined)
    .map((line) => lineOf(line, steps, differing));
  return { dimensions, steps, differing, lines, merged, adjusted: [] };
}

function lineOf(
  { labels, measure, unit, counts }: ComparedLine,
  steps: readonly HybridStep[],
  differing: readonly HybridStep[],
): BridgeLine {
  const values = counts.map((count) => count ?? 0n);
  const [from, to] = [values[0]!, values.at(-1)!];
  const pieces = cutPieces(shapley(values), to - from, unit.multiple);
  const pieceOf = (step: HybridStep) => pieces[differing.indexOf(step)] ?? 0n;
  return { labels, measure, unit, from, pieces: steps.map(pieceOf), to };
}

/** The steps that change a number of at least one line. */
export function effective({
  steps,
  lines,
}: Pick<Bridge, 'steps' | 'lines'>): readonly HybridStep[] {
  return steps.filter((_, s) => lines.some(({ pieces }) => pieces[s] !== 0n));
}

/** Tidy rows: for each output its number in the first scenario, a row for every step, and the second. */
export function bridgeTable({ dimensions, steps, lines, adjusted }: Bridge): Table {
  const names = ['from', ...steps.map((step) => stepName(step)), 'to'];
  return {
    columns: [
      ...namedColumns('text', [...dimensions, 'measure', 'unit', 'group']),
      ...namedColumns('number', ['value']),
    ],
    rows: lines.flatMap(({ labels, measure, unit, from, pieces, to }) =>
      [from, ...pieces, to].map((count, i) => {
        return [...labels, measure, unit.label, names[i]!, printDecimal(count, unit.places)];
      }),
    ),
    notes: tableAdjustmentNotes(adjusted),
  };
}

/** Refuses a bridge between scenarios of different currency, window or component tree. */
export function notBridgeable(
  a: Scenario,
  b: Scenario,
  language?: Language,
): readonly Diagnostic[] {
  const say = sayIn(language);
  const features: readonly [path: string, noun: ComparedNoun, textOf: (one: Scenario) => string][] =
    [
      ['currency', 'currency', ({ currency }) => currency.code],
      ['calendar', 'window', windowText],
      ['components', 'component tree', treeText],
    ];
  return features.flatMap(([path, noun, textOf]): Diagnostic[] => {
    const [expected, found] = [textOf(a), textOf(b)];
    if (expected === found) return [];
    return [
      {
        ...{ code: 'not-comparable', severity: 'error', span: locate(b.tree, path) },
        message: say(`a bridge needs two scenarios with the same ${noun}`),
        ...{ expected, found },
        hint: `use the same ${noun} in both, or compare them without \`--bridge\``,
      },
    ];
  });
}

/** What the scenarios of a bridge have in common. */
type ComparedNoun = 'currency' | 'window' | 'component tree';

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

/**
 * The bridge in a coarser unit. Rows add up by component and supplier, then by time, and across each
 * row the first number and all pieces add up to the last. Components, times and steps are three
 * directions, and rounding can hold two: a total over components within one year is the sum of the
 * printed numbers, and is listed as adjusted if that is not its nearest rounding.
 */
export function publishBridge(
  exact: Bridge,
  formatOf: FormatOf | undefined,
  language?: Language,
): Bridge {
  const say = sayIn(language);
  const { lines, adjusted } = publishLines(exact.lines, layoutOf(exact, say), formatOf);
  if (!formatOf) return exact;
  return {
    ...exact,
    lines,
    adjusted: [...adjusted, ...adjustedAcross(exact, lines, formatOf, say)],
  };
}

function layoutOf({ dimensions, steps }: Bridge, say: Say): PublishLayout<BridgeLine> {
  const names = steps.map((step) => stepName(step, say));
  const columns = [say('from'), ...names].map((name) => [name]);
  const labelsOf = labelsBy(dimensions);
  return {
    tableOf: () => '',
    rowOf: (line) => [...labelsOf(line, false), ...labelsOf(line, true)],
    partsOf: ({ from, pieces }) => [from, ...pieces].map((count, i) => [columns[i]!, count]),
    withParts: (line, [from, ...pieces], to) => ({ ...line, from: from!, pieces, to }),
    nameOf: (row, [column = say('to')]) =>
      [...(row.length > 0 ? row : [say('total')]), column].join(' '),
  };
}

/** The labels of a line in time, or those of its place. */
function labelsBy(dimensions: Bridge['dimensions']) {
  return ({ labels }: BridgeLine, time: boolean) =>
    labels.filter((_, d) => isTime(dimensions[d]!) === time);
}

/** Totals over components within one time that are not rounded to the nearest. */
function adjustedAcross(
  { lines, dimensions, steps }: Bridge,
  printed: readonly BridgeLine[],
  formatOf: FormatOf,
  say: Say,
): readonly TableAdjustment[] {
  const inTime = dimensions.filter(isTime);
  if (inTime.length === 0 || inTime.length === dimensions.length) return [];
  const labelsOf = labelsBy(dimensions);
  const pairs = lines.flatMap((line, i) =>
    line.measure === 'units' ? [] : [{ line, published: printed[i]! }],
  );
  const keyOf = ({ line }: (typeof pairs)[number]) =>
    [line.measure, line.unit.label, ...labelsOf(line, true)].join('\n');
  const names = [say('from'), ...steps.map((step) => stepName(step, say)), say('to')];
  return [...groupBy(pairs, keyOf).values()].flatMap((own) => {
    const [{ line }] = own as [(typeof own)[number]];
    const format = formatOf(line);
    const sums = sumsOf(own.map((one) => one.line));
    return sumsOf(own.map(({ published }) => published)).flatMap((shown, n): TableAdjustment[] => {
      const by = shown - toSteps(sums[n]!, format);
      if (by === 0n) return [];
      const total = [...labelsOf(line, true), say('total'), names[n]!].join(' ');
      const { measure, unit } = own[0].published;
      return [{ table: '', measure, unit: unit.label, total, by: printPlain(by, format) }];
    });
  });
}

/** Adds up each number over the lines. */
function sumsOf(lines: readonly BridgeLine[]): readonly bigint[] {
  const numbers = lines.map(({ from, pieces, to }) => [from, ...pieces, to]);
  return numbers.reduce((sums, line) => sums.map((sum, n) => sum + line[n]!));
}
