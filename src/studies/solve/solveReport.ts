/** The answer of `solve` as notes, as a tidy table and as a JSON document. */
import { append } from '../../core/lists.js';
import { currencyOf } from '../../core/number/currency.js';
import { grouped, powerOfTen, printDecimal, printFraction } from '../../core/number/decimal.js';
import {
  compare,
  divide,
  fraction,
  multiply,
  sizeOf,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { textRecordsOf, type Column, type Table } from '../../core/table.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { positionOf } from '../../core/text/source.js';
import { isRest } from '../../model/input.js';
import { project } from '../../projection/compile.js';
import { outputLabel } from '../../projection/outputLabel.js';
import { ENGINE } from '../../version.js';
import { namedColumns } from '../shared/columns.js';
import { notesOn } from '../shared/reports.js';
import { closureOf } from '../subject/subject.js';
import { outputNotes, subjectAmounts } from '../subject/subjectOutput.js';
import { amountText, tidyValue, valueText } from '../variation/inputValues.js';
import { errorsIn, rebalanced, subjectAt, type SolveAnswer } from './solveAnswer.js';
import type { SolveQuestion } from './solveQuestion.js';

/** The value of the input at an index of the grid. */
export function gridValue({ step }: SolveQuestion, index: bigint): Fraction {
  return multiply(step, fraction(index));
}

/** The result at a value that has one, in quanta. */
function countAt({ at }: SolveAnswer, index: bigint): bigint {
  const { result } = at(index);
  if (!result.ok) throw new Error('a gap has no result');
  return result.value;
}

/** The result less the target, in quanta. */
export function offBy({ target }: SolveQuestion, answer: SolveAnswer, index: bigint): Fraction {
  return subtract(fraction(countAt(answer, index)), target);
}

/** Prints a number of quanta in whole units, with the unit's decimals, or more if it is a fraction. */
export function printQuanta({ unit }: SolveQuestion, value: Fraction): string {
  if (value.d === 1n) return printDecimal(value.n, unit.places);
  return printFraction(divide(value, fraction(powerOfTen(unit.places))));
}

/** The answer in words, then the inputs that absorb the change, gaps, and notes on the forecast. */
export function solveNotes(
  question: SolveQuestion,
  answer: SolveAnswer,
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const { subject, closure, input, output } = question;
  const [now] = subjectAmounts(subject, [output], closure);
  const words = answerIn(question, answer, language);
  const current = say('{input} is {value} in the scenario, which gives {result}', {
    ...{ input: input.path, value: input.text, result: money(question, fraction(now!.count)) },
  });
  const absorbing = rebalanced(answer).map((path) => absorbedBy(question, path, say));
  const gapNotes = answer.gaps.map((gap) => {
    const [error] = errorsIn(answer, gap);
    return say('no result {range}: {reason}', {
      ...{ range: span(question, gap.first, gap.last, say), reason: error?.message ?? '' },
    });
  });
  return [
    ...words,
    ...flatnessNotes(question, answer, say),
    current,
    ...absorbing,
    ...gapNotes,
    ...forecastNotes(question, answer, language),
    ...outputNotes(subject, [output], language),
  ];
}

/** A note if the search may have missed solutions. */
function flatnessNotes(
  { first, last }: SolveQuestion,
  { isFlat, looked }: SolveAnswer,
  say: Say,
): readonly string[] {
  if (!isFlat) return [];
  return [
    say(
      'computed at {looked} of {count} values: between some of them only rounding can move the output to or from the target, and such solutions may be missed',
      { looked: grouped(String(looked)), count: grouped(String(last - first + 1n)) },
    ),
  ];
}

/** How an input absorbs the change. */
function absorbedBy({ subject }: SolveQuestion, path: string, say: Say): string {
  const share = subject.inputs.find((one) => one.path === path);
  return share && isRest(share)
    ? say('{input} is `rest` and absorbs the change', { input: path })
    : say('{input} absorbs the change pro rata', { input: path });
}

/** Notes on the forecast at the first solution, or of the scenario as it is if there is none. */
function forecastNotes(
  question: SolveQuestion,
  { solutions }: SolveAnswer,
  language?: Language,
): readonly string[] {
  const [solution] = solutions;
  const { subject, closure } = question;
  const { members } = solution ? subjectAt(question, solution.first) : subject;
  return members.flatMap((member) => notesOn(project(member, { closure }), language));
}

function answerIn(
  question: SolveQuestion,
  answer: SolveAnswer,
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const { input, output, target, first, last } = question;
  const aim = `${outputLabel(output, language)} = ${money(question, target)}`;
  const range = span(question, first, last, say);
  const values = { input: input.path, range, target: aim };
  const gives = (index: bigint) => givesAt(question, answer, index, say);
  switch (answer.verdict) {
    case 'all':
      return [say('all: every value of {input} {range} gives {target}', values)];
    case 'found':
      return answer.solutions.map((solution) =>
        solutionIn(question, answer, { solution, aim, say }),
      );
    case 'undefined':
    case 'none': {
      const indices = [...answer.ends, ...(answer.closest === undefined ? [] : [answer.closest])];
      const results = [...new Set(indices)].map(gives);
      return [say('none: no value of {input} {range} gives {target}', values), ...results];
    }
  }
}

/** A solution, the target in words, and the language. */
interface SolutionWords {
  readonly solution: SolveAnswer['solutions'][number];
  readonly aim: string;
  readonly say: Say;
}

function solutionIn(
  question: SolveQuestion,
  answer: SolveAnswer,
  { solution: { kind, first, last }, aim, say }: SolutionWords,
): string {
  const input = question.input.path;
  if (kind === 'exact') {
    const range = span(question, first, last, say);
    return say('found: {input} {range} gives {target}', { input, range, target: aim });
  }
  const sides = [first, last].map((index) => givesAt(question, answer, index, say)).join('; ');
  return say('found to within a step: {target} lies between values of {input}: {sides}', {
    ...{ target: aim, input, sides },
  });
}

/** `from 25% to 45%`, or the one value. */
function span(question: SolveQuestion, first: bigint, last: bigint, say: Say): string {
  const [from, to] = [first, last].map((index) =>
    valueText(question.input, gridValue(question, index)),
  );
  return first === last ? from! : say('from {low} to {high}', { low: from!, high: to! });
}

/** `35% gives 55.4bn CNY, 1bn CNY too little`. */
function givesAt(question: SolveQuestion, answer: SolveAnswer, index: bigint, say: Say): string {
  const off = offBy(question, answer, index);
  const result = money(question, fraction(countAt(answer, index)));
  const value = valueText(question.input, gridValue(question, index));
  const values = { value, result, gap: money(question, sizeOf(off)) };
  if (off.n === 0n) return say('{value} gives {result}', values);
  return off.n < 0n
    ? say('{value} gives {result}, {gap} too little', values)
    : say('{value} gives {result}, {gap} too much', values);
}

/** Prints a number of quanta for people, with its unit. */
function money(question: SolveQuestion, value: Fraction): string {
  const { label } = question.unit;
  const currency = question.output.measure === 'units' ? undefined : currencyOf(label);
  if (currency && value.d === 1n) return amountText(value.n, currency);
  return `${grouped(printQuanta(question, value))} ${label}`;
}

const COLUMNS: readonly Column[] = [
  ...namedColumns('text', ['scenario', 'input']),
  ...namedColumns('number', ['value']),
  ...namedColumns('text', ['output']),
  ...namedColumns('number', ['target', 'result', 'difference']),
  ...namedColumns('text', ['verdict']),
];

/** A value of the input, and its role in the answer. */
interface VerdictRow {
  readonly index: bigint;
  readonly verdict: string;
}

/**
 * One row for each value that the answer names, in the order of the values. The verdict is `found`
 * (`found from` and `found to` for a run), `nearest` and `across` on the two sides of a target that
 * no value meets, `all from`, `all to`, `none` for the ends of the range and `closest` for a value
 * between them, `undefined` (`undefined from`, `undefined to`) where there is no result.
 */
export function solveTable(question: SolveQuestion, answer: SolveAnswer): Table {
  const rows = verdictRows(question, answer).map((row) => verdictCells(question, answer, row));
  return { columns: COLUMNS, rows };
}

function verdictRows(question: SolveQuestion, answer: SolveAnswer): readonly VerdictRow[] {
  const { verdict, ends, gaps, closest } = answer;
  const rows = gaps.flatMap(({ first, last }) => runRows('undefined', first, last));
  if (verdict === 'all') append(rows, runRows('all', ends[0]!, ends[1]!));
  if (verdict === 'found') append(rows, solutionRows(question, answer));
  if (verdict === 'none' || verdict === 'undefined') {
    for (const index of new Set(ends)) rows.push({ index, verdict: 'none' });
    if (closest !== undefined && !ends.includes(closest)) {
      rows.push({ index: closest, verdict: 'closest' });
    }
  }
  return rows.sort((a, b) => (a.index < b.index ? -1 : 1));
}

function runRows(word: string, first: bigint, last: bigint): VerdictRow[] {
  if (first === last) return [{ index: first, verdict: word }];
  return [
    { index: first, verdict: `${word} from` },
    { index: last, verdict: `${word} to` },
  ];
}

function solutionRows(question: SolveQuestion, answer: SolveAnswer): VerdictRow[] {
  return answer.solutions.flatMap(({ kind, first, last }) => {
    if (kind === 'exact') return runRows('found', first, last);
    const [a, b] = [first, last].map((index) => offBy(question, answer, index));
    const nearer = compare(sizeOf(a!), sizeOf(b!));
    return [
      { index: first, verdict: nearer <= 0 ? 'nearest' : 'across' },
      { index: last, verdict: nearer >= 0 ? 'nearest' : 'across' },
    ];
  });
}

function verdictCells(
  question: SolveQuestion,
  answer: SolveAnswer,
  { index, verdict }: VerdictRow,
): string[] {
  const { subject, input, output, target } = question;
  const point = answer.at(index).result;
  const result = point.ok ? printQuanta(question, fraction(point.value)) : '';
  const difference = point.ok ? printQuanta(question, offBy(question, answer, index)) : '';
  const value = tidyValue(input, gridValue(question, index));
  const aim = [output.text, printQuanta(question, target)];
  return [subject.id, input.path, value, ...aim, result, difference, verdict];
}

/** The question with its range and grid, the rows, and the errors in gaps. */
export function solveDocument(question: SolveQuestion, answer: SolveAnswer): object {
  const { input, unit, step, first, last, low, high, subject } = question;
  return {
    engine: ENGINE,
    scenario: subject.id,
    closure: closureOf(subject, question.closure),
    input: input.path,
    given: input.text,
    low: tidyValue(input, low),
    high: tidyValue(input, high),
    step: tidyValue(input, step),
    unit: unit.label,
    verdict: answer.verdict,
    looked_at: answer.looked,
    of: String(last - first + 1n),
    gives_way: rebalanced(answer),
    rows: textRecordsOf(solveTable(question, answer)),
    undefined: answer.gaps.map((gap) => ({
      from: tidyValue(input, gridValue(question, gap.first)),
      to: tidyValue(input, gridValue(question, gap.last)),
      errors: errorsIn(answer, gap).map(({ code, message, span }) => {
        return { code, message, source: span.source.name, ...positionOf(span) };
      }),
    })),
  };
}
