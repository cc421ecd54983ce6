/** The tornado: the output with one input at a time at its low and at its high, all others at their values. */
import type { Fraction } from '../../core/number/fraction.js';
import {
  textRecordsOf,
  type Bar,
  type Sheet,
  type SheetRow,
  type Side,
  type Table,
} from '../../core/table.js';
import { sayIn, type Language } from '../../core/text/language.js';
import type { Input } from '../../model/input.js';
import type { OutputAmount } from '../../projection/outputAmounts.js';
import { outputLabel } from '../../projection/outputLabel.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import {
  numberFormat,
  plainFormat,
  printCount,
  printPlain,
  toSteps,
  unitIn,
  type NumberFormatOptions,
} from '../shared/numberFormat.js';
import type { ShowOptions } from '../shared/options.js';
import { effectTest } from '../subject/effectTest.js';
import type { Subject } from '../subject/subject.js';
import { subjectEvaluatorsByInput } from '../subject/subjectEvaluator.js';
import { outputNotes, subjectAmounts, type SubjectOutput } from '../subject/subjectOutput.js';
import { rangeOf, rangedInputs, tidyValue, valueText } from '../variation/inputValues.js';
import type {
  EvaluatorOptions,
  InputPoint,
  OutputEvaluator,
} from '../variation/outputEvaluator.js';
import { absorbedWords } from '../variation/rebalance.js';

/** One end of an input's range, and the output there. */
export interface End {
  readonly value: Fraction;
  /** Nothing if the scenario has errors there. */
  readonly result: bigint | undefined;
  /** The first of these errors. */
  readonly reason: () => string;
}

/** The bar of one input. */
export interface Swing {
  readonly input: Input;
  readonly low: End;
  readonly high: End;
  /** The greatest less the least of low, base and high, in quanta of the output. */
  readonly swing: bigint;
  /** Paths of the inputs that absorb the change. */
  readonly rebalanced: readonly string[];
}

export interface Tornado {
  readonly base: OutputAmount;
  /** Paths of inputs with a range that change no number of the forecast. */
  readonly leftOut: readonly string[];
  /** The largest swing first; equal swings in the order of the file. */
  readonly swings: readonly Swing[];
}

/** Ranks every input with a range by its effect on one output. */
export function tornado(
  subject: Subject,
  output: SubjectOutput,
  options: EvaluatorOptions = {},
): Tornado {
  return tornados(subject, [output], options)[0]!;
}

/** The tornados of several outputs; each input is changed once for all of them. */
export function tornados(
  subject: Subject,
  outputs: readonly SubjectOutput[],
  options: EvaluatorOptions = {},
): readonly Tornado[] {
  const isUsed = effectTest(subject);
  const ranged = rangedInputs(subject);
  const used = ranged.filter(({ path }) => isUsed(path));
  const leftOut = ranged.filter(({ path }) => !isUsed(path)).map(({ path }) => path);
  const paths = used.map(({ path }) => path);
  const evaluators = subjectEvaluatorsByInput(subject, outputs, paths, options);
  const moves = used.map((input, i) => moveOf(input, evaluators[i]!));
  return subjectAmounts(subject, outputs, options.closure).map((base, o) => {
    const swings = moves.map((move) => swingOf(move, base, o));
    return {
      base,
      leftOut,
      swings: swings.sort((a, b) => Number(b.swing > a.swing) - Number(a.swing > b.swing)),
    };
  });
}

/** An input at both ends of its range, and all outputs there. */
interface Move {
  readonly input: Input;
  readonly low: MoveEnd;
  readonly high: MoveEnd;
}

interface MoveEnd extends InputPoint<readonly bigint[]> {
  readonly value: Fraction;
}

function moveOf(input: Input, evaluate: OutputEvaluator<readonly bigint[]>): Move {
  const { low = input.value, high = input.value } = rangeOf(input);
  const endAt = (value: Fraction): MoveEnd => ({ value, ...evaluate([value]) });
  return { input, low: endAt(low), high: endAt(high) };
}

function swingOf({ input, low, high }: Move, base: OutputAmount, output: number): Swing {
  const endOf = ({ value, result }: MoveEnd): End =>
    result.ok
      ? { value, result: result.value[output]!, reason: () => '' }
      : { value, result: undefined, reason: () => result.diagnostics[0]!.message };
  const ends = { low: endOf(low), high: endOf(high) };
  const results = [base.count, ends.low.result, ends.high.result].filter(
    (one) => one !== undefined,
  );
  const sorted = results.sort((a, b) => Number(a > b) - Number(a < b));
  const { rebalanced } = high;
  return { input, ...ends, swing: sorted.at(-1)! - sorted[0]!, rebalanced };
}

export function tornadoAnswer(
  subject: Subject,
  output: SubjectOutput,
  { show, closure, ...formatOptions }: ShowOptions & EvaluatorOptions,
): Answer {
  const { lang } = formatOptions;
  const found = tornado(subject, output, { closure });
  const table = tornadoTable(subject, output, found, formatOptions);
  return {
    table,
    document: {
      scenario: subject.id,
      output: output.text,
      inputs: textRecordsOf(table),
    },
    ...(show && { sheets: [tornadoSheet(subject, output, found, formatOptions)] }),
    notes: [...notesOn(found, lang), ...outputNotes(subject, [output], lang)],
  };
}

/** Notes on the ends at which the scenario has errors, or that no input has a range. */
function notesOn({ swings, leftOut }: Tornado, lang?: Language): readonly string[] {
  const say = sayIn(lang);
  const broken = swings.flatMap(({ input, low, high }) =>
    [low, high].filter(hasNoResult).map((end) => ({ input, ...end })),
  );
  const told = broken.slice(0, MOST_TOLD).map(({ input, value, reason }) =>
    say('{input} at {value}: {reason}', {
      ...{ input: input.path, value: valueText(input, value, lang), reason: reason() },
    }),
  );
  const more = broken.length - told.length;
  if (more > 0) told.push(say('{count} more lows and highs have no result', { count: more }));
  const idle = leftOut.map((path) =>
    say('{input} is left out: it changes no number of the forecast', { input: path }),
  );
  if (swings.length + idle.length > 0) return [...idle, ...told];
  return [say('no input has a range: give inputs a `low` and a `high`')];
}

/** For each reason the scenario is read again. */
const MOST_TOLD = 20;

function hasNoResult({ result }: End): boolean {
  return result === undefined;
}

const TEXT = ['scenario', 'output', 'input', 'gives_way', 'unit'];
const NUMBERS = ['low', 'value', 'high', 'at_low', 'base', 'at_high', 'swing'];

/** No number here is a total, so each is rounded by itself. */
export function tornadoTable(
  { id }: Pick<Subject, 'id'>,
  { text, measure }: Pick<SubjectOutput, 'text' | 'measure'>,
  { base, swings }: Tornado,
  formatOptions: NumberFormatOptions,
): Table {
  const format = plainFormat({ measure, unit: base.unit }, formatOptions);
  const print = (count: bigint | undefined) =>
    count === undefined ? '' : printPlain(toSteps(count, format), format);
  return {
    columns: [...namedColumns('text', TEXT), ...namedColumns('number', NUMBERS)],
    rows: swings.map(({ input, low, high, swing, rebalanced }) => [
      ...[id, text, input.path, rebalanced.join(' '), unitIn(format, base.unit.label)],
      ...[low.value, input.value, high.value].map((value) => tidyValue(input, value)),
      ...[low.result, base.count, high.result, swing].map(print),
    ]),
  };
}

function tornadoSheet(
  { title }: Subject,
  output: SubjectOutput,
  { base, swings }: Tornado,
  formatOptions: NumberFormatOptions,
): Sheet {
  const { measure } = output;
  const { lang } = formatOptions;
  const say = sayIn(lang);
  const text = outputLabel(output, lang);
  const format = numberFormat(measure, base.unit.places, base.count, formatOptions);
  const place = axisOf(base.count, swings);
  const at = ({ result }: End) =>
    result === undefined ? say('no result') : printCount(result, format);
  const moving = swings.filter(
    ({ swing, low, high }) => toSteps(swing, format) > 0n || [low, high].some(hasNoResult),
  );
  const still = swings.length - moving.length;
  const value = say('base: {value}', { value: printCount(base.count, format) });
  const sideOf = ({ input }: Swing, end: End): Side => ({
    bar: barOf([base.count, end.result ?? base.count].map(place)),
    label: say('{number} at {value}', {
      number: at(end),
      value: valueText(input, end.value, lang),
    }),
  });
  return {
    title: say('{title}: what drives {output}', { title, output: text || say('demand') }),
    caption: `${text || say(measure)} ${unitIn(format, base.unit.label)}`,
    headings: (['low', 'high', 'at low', 'at high'] as const).map((word) => say(word)),
    rows: moving.map((swing): SheetRow => {
      const sides = { low: sideOf(swing, swing.low), high: sideOf(swing, swing.high) };
      const ends = [swing.low, swing.high];
      return {
        label: swing.input.path,
        depth: 0,
        kind: 'part',
        cells: [...ends.map((end) => valueText(swing.input, end.value, lang)), ...ends.map(at)],
        bar: barOf([...sides.low.bar, ...sides.high.bar]),
        sides,
      };
    }),
    notes: [
      still > 0
        ? say('{base}; inputs with less effect than one printed digit: {count}', {
            ...{ base: value, count: still },
          })
        : value,
      ...rebalanceNotes(moving, lang),
    ],
    axis: { at: place(base.count), label: value },
    ...(lang === 'zh' && { sides: { low: say('low'), high: say('high') } }),
  };
}

function barOf(places: readonly number[]): Bar {
  const ordered = [...places].sort((a, b) => a - b);
  return [ordered[0]!, ordered.at(-1)!];
}

function rebalanceNotes(swings: readonly Swing[], language?: Language): readonly string[] {
  return swings.flatMap(({ input, rebalanced }) => absorbedWords(input.path, rebalanced, language));
}

/** The axis of all bars: places a result between the least and the greatest, in thousandths. */
function axisOf(base: bigint, swings: readonly Swing[]): (result: bigint) => number {
  const all = swings.flatMap(({ low, high }) => [low.result ?? base, high.result ?? base]);
  const least = all.reduce((a, b) => (a < b ? a : b), base);
  const most = all.reduce((a, b) => (a > b ? a : b), base);
  return (result) => (most === least ? 0 : Number(((result - least) * 1000n) / (most - least)));
}
