/** The tornado: one input at a time to its low and its high, everything else at its value. */
import {
  textRecordsOf,
  type Bar,
  type Sheet,
  type SheetRow,
  type Side,
  type Table,
} from '../../core/table.js';
import { type Output, amountOf, type OutputAmount } from '../../projection/output.js';
import type { Scenario } from '../../scenario/scenario.js';
import {
  inSteps,
  plainFormat,
  printPlain,
  printScaled,
  numberFormat,
  unitIn,
  type NumberFormatOptions,
} from '../shared/scale.js';
import type { Answer } from '../study.js';
import { plainValue, valueText, rangedInputs, rangeOf } from '../shared/variation.js';
import type { Fraction } from '../../core/number/fraction.js';
import type { Input } from '../../model/input.js';
import { project } from '../../projection/compile.js';
import { outputEvaluators, currenciesOf, type InputPoints } from '../shared/outputEvaluator.js';
import { absorbedWords } from '../shared/rebalance.js';

export function tornadoAnswer(
  scenario: Scenario,
  output: Output,
  { show, ...asked }: NumberFormatOptions & { readonly show?: boolean | undefined },
): Answer {
  const found = tornado(scenario, output);
  const table = tornadoTable(scenario, output, found, asked);
  return {
    table,
    document: {
      scenario: scenario.id,
      output: output.text,
      inputs: textRecordsOf(table),
    },
    ...(show && { sheets: [sheetOf(scenario, output, found, asked)] }),
    notes: notesOn(found),
  };
}

/** Ends that the scenario does not reach, and inputs without a range to move in. */
function notesOn({ swings }: Tornado): readonly string[] {
  const broken = swings.flatMap(({ input, low, high }) =>
    [low, high].flatMap(({ value, reason }) =>
      reason === undefined ? [] : [`${input.path} at ${valueText(input, value)}: ${reason}`],
    ),
  );
  return swings.length === 0 ? ['no input has a range: give inputs a `low` and a `high`'] : broken;
}

const TEXT = ['scenario', 'output', 'input', 'gives_way', 'unit'];
const NUMBERS = ['low', 'value', 'high', 'at_low', 'base', 'at_high', 'swing'];

/** Nothing here is a sum, so each number is rounded by itself. */
export function tornadoTable(
  { id }: Scenario,
  { text, measure }: Output,
  { base, swings }: Tornado,
  asked: NumberFormatOptions,
): Table {
  const scale = plainFormat({ measure, unit: base.unit }, asked);
  const print = (count: bigint | undefined) =>
    count === undefined ? '' : printPlain(inSteps(count, scale), scale);
  return {
    columns: [
      ...TEXT.map((name) => ({ name, kind: 'text' as const })),
      ...NUMBERS.map((name) => ({ name, kind: 'number' as const })),
    ],
    rows: swings.map(({ input, low, high, swing, rebalanced }) => [
      ...[id, text, input.path, rebalanced.join(' '), unitIn(scale, base.unit.label)],
      ...[low.value, input.value, high.value].map((value) => plainValue(input, value)),
      ...[low.result, base.count, high.result, swing].map(print),
    ]),
  };
}

function sheetOf(
  { title }: Scenario,
  { text, measure }: Output,
  { base, swings }: Tornado,
  asked: NumberFormatOptions,
): Sheet {
  const scale = numberFormat(measure, base.unit.places, base.count, asked);
  const place = axisOf(base.count, swings);
  const at = ({ result }: End) => (result === undefined ? 'no result' : printScaled(result, scale));
  const moving = swings.filter(
    ({ swing, low, high }) => inSteps(swing, scale) > 0n || low.reason || high.reason,
  );
  const still = swings.length - moving.length;
  const value = `base: ${printScaled(base.count, scale)}`;
  const sideOf = ({ input }: Swing, end: End): Side => ({
    bar: barOf([base.count, end.result ?? base.count].map(place)),
    label: `${at(end)} at ${valueText(input, end.value)}`,
  });
  return {
    title: `${title}: what drives ${text || 'demand'}`,
    caption: `${text || measure} ${unitIn(scale, base.unit.label)}`,
    headings: ['low', 'high', 'at low', 'at high'],
    rows: moving.map((swing): SheetRow => {
      const sides = { low: sideOf(swing, swing.low), high: sideOf(swing, swing.high) };
      const ends = [swing.low, swing.high];
      return {
        label: swing.input.path,
        depth: 0,
        kind: 'part',
        cells: [...ends.map((end) => valueText(swing.input, end.value)), ...ends.map(at)],
        bar: barOf([...sides.low.bar, ...sides.high.bar]),
        sides,
      };
    }),
    notes: [
      still > 0 ? `${value}; inputs with less effect than one printed digit: ${still}` : value,
      ...waysOf(moving),
    ],
    axis: { at: place(base.count), label: value },
  };
}

function barOf(places: readonly number[]): Bar {
  return [Math.min(...places), Math.max(...places)];
}

function waysOf(swings: readonly Swing[]): readonly string[] {
  return swings.flatMap(({ input, rebalanced }) => absorbedWords(input.path, rebalanced));
}

/** Places results on one axis, from the least of all inputs to the greatest, in thousandths. */
function axisOf(base: bigint, swings: readonly Swing[]): (result: bigint) => number {
  const all = swings.flatMap(({ low, high }) => [low.result ?? base, high.result ?? base]);
  const least = all.reduce((a, b) => (a < b ? a : b), base);
  const most = all.reduce((a, b) => (a > b ? a : b), base);
  return (result) => (most === least ? 0 : Number(((result - least) * 1000n) / (most - least)));
}

/** What one end of an input's range makes of the output. */
export interface End {
  readonly value: Fraction;
  /** The output there; nothing where the scenario does not hold, and `reason` says why. */
  readonly result: bigint | undefined;
  readonly reason: string | undefined;
}

/** One input's bar. */
export interface Swing {
  readonly input: Input;
  readonly low: End;
  readonly high: End;
  /** Distance between the outermost of low, base and high, in quanta of the output. */
  readonly swing: bigint;
  /** Who gives way: paths of `rest`, or of the others of its group. */
  readonly rebalanced: readonly string[];
}

export interface Tornado {
  readonly base: OutputAmount;
  /** The largest swing first; equal ones in the order of the file. */
  readonly swings: readonly Swing[];
}

/** Every input with a range, ranked by what its range makes of the output. */
export function tornado(scenario: Scenario, output: Output): Tornado {
  return tornados(scenario, [output])[0]!;
}

/** The same for many outputs, for all of which an input is moved once. */
export function tornados(scenario: Scenario, outputs: readonly Output[]): readonly Tornado[] {
  const projection = project(scenario, { currencies: currenciesOf(...outputs) });
  const moves = rangedInputs(scenario).map((input) => moveOf(scenario, outputs, input));
  return outputs.map((output, o) => {
    const base = amountOf(projection, output);
    const swings = moves.map((move) => swingOf(move, base, o));
    return {
      base,
      swings: swings.sort((a, b) => Number(b.swing > a.swing) - Number(a.swing > b.swing)),
    };
  });
}

/** What the ends of an input's range make of all outputs. */
interface Move {
  readonly input: Input;
  readonly low: InputPoints & { readonly value: Fraction };
  readonly high: InputPoints & { readonly value: Fraction };
}

function moveOf(scenario: Scenario, outputs: readonly Output[], input: Input): Move {
  const { low = input.value, high = input.value } = rangeOf(input);
  const courses = outputEvaluators(scenario, outputs, [input.path]);
  const endAt = (value: Fraction) => ({ value, ...courses([value]) });
  return { input, low: endAt(low), high: endAt(high) };
}

function swingOf({ input, low, high }: Move, base: OutputAmount, output: number): Swing {
  const endOf = ({ value, ...there }: Move['low']): End =>
    'counts' in there
      ? { value, result: there.counts[output]!, reason: undefined }
      : { value, result: undefined, reason: there.diagnostics[0]!.message };
  const ends = { low: endOf(low), high: endOf(high) };
  const results = [base.count, ends.low.result, ends.high.result].filter(
    (one) => one !== undefined,
  );
  const sorted = results.sort((a, b) => Number(a > b) - Number(a < b));
  const { rebalanced } = high;
  return { input, ...ends, swing: sorted.at(-1)! - sorted[0]!, rebalanced };
}
