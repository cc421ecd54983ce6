/** The answer of `solve` in words. */
import { currencyOf } from '../../core/number/currency.js';
import { grouped, printDecimal, printRatio } from '../../core/number/decimal.js';
import {
  divide,
  multiply,
  ratio,
  sizeOf,
  subtract,
  type Ratio,
} from '../../core/number/fraction.js';
import { isRest } from '../../model/input.js';
import { amountOf } from '../../projection/output.js';
import { project } from '../../projection/compile.js';
import { currenciesOf } from '../shared/outputEvaluator.js';
import { notesOn } from '../shared/reports.js';
import { errorsIn, gaveWay, scenarioAt, type Result, type SolveAnswer } from './solveAnswer.js';
import type { Question } from './solveQuestion.js';
import { sayAmount, spoken } from '../shared/variation.js';

/** The value of the input at an index of the grid. */
export function valueAt({ step }: Question, index: bigint): Ratio {
  return multiply(step, ratio(index));
}

/** The result less the target, in quanta. */
export function offBy({ target }: Question, { at }: SolveAnswer, index: bigint): Ratio {
  return subtract(ratio((at(index) as Result).count), target);
}

/** A number of quanta in whole units: with the unit's decimals, or more where it is a fraction. */
export function printQuanta({ unit }: Question, value: Ratio): string {
  if (value.d === 1n) return printDecimal(value.n, unit.places);
  return printRatio(divide(value, ratio(10n ** BigInt(unit.places))));
}

/** The answer in words, then who gives way, then what a person should know of the forecast. */
export function notesOf(question: Question, answer: SolveAnswer): readonly string[] {
  const { scenario, input, output } = question;
  const forecast = project(scenario, { currencies: currenciesOf(output) });
  const now = amountOf(forecast, output);
  const words = answerIn(question, answer);
  const given = `${input.path} is ${input.text} in the scenario, which gives ${money(question, ratio(now.count))}`;
  const ways = gaveWay(answer).map((path) => wayIn(question, path));
  const undefineds = answer.gaps.map((gap) => {
    const [error] = errorsIn(answer, gap);
    return `undefined ${span(question, gap.first, gap.last)}: ${error?.message ?? ''}`;
  });
  return [
    ...words,
    ...flatness(question, answer),
    given,
    ...ways,
    ...undefineds,
    ...forecastNotes(question, answer),
  ];
}

/** Where the search cannot vouch for what it has not looked at. */
function flatness({ first, last }: Question, { isFlat, looked }: SolveAnswer): readonly string[] {
  if (!isFlat) return [];
  return [
    `looked at ${looked} of ${last - first + 1n} values: between some of them rounding alone moves ` +
      'the output, if anything does',
  ];
}

/** Who gives way, and how. */
function wayIn({ scenario }: Question, path: string): string {
  const share = scenario.inputs.find((one) => one.path === path);
  return share && isRest(share)
    ? `${path} is \`rest\` and gives way`
    : `${path} gives way, pro rata`;
}

/** What has to be known of the forecast at the first solution, else of the scenario as it is. */
function forecastNotes(question: Question, { solutions }: SolveAnswer): readonly string[] {
  const [solution] = solutions;
  return notesOn(project(solution ? scenarioAt(question, solution.first) : question.scenario));
}

function answerIn(question: Question, answer: SolveAnswer): readonly string[] {
  const { input, output, target, first, last } = question;
  const aim = `${output.text} = ${money(question, target)}`;
  const range = span(question, first, last);
  const gives = (index: bigint) => givesAt(question, answer, index);
  switch (answer.verdict) {
    case 'all':
      return [`all: every value of ${input.path} ${range} gives ${aim}`];
    case 'found':
      return answer.solutions.map((solution) => solutionIn(question, answer, solution, aim));
    case 'undefined':
    case 'none': {
      const indices = [...answer.ends, ...(answer.closest === undefined ? [] : [answer.closest])];
      const results = [...new Set(indices)].map(gives);
      return [`none: no value of ${input.path} ${range} gives ${aim}`, ...results];
    }
  }
}

function solutionIn(
  question: Question,
  answer: SolveAnswer,
  { kind, first, last }: SolveAnswer['solutions'][number],
  aim: string,
): string {
  const { input } = question;
  if (kind === 'exact') return `found: ${input.path} ${span(question, first, last)} gives ${aim}`;
  const sides = [first, last].map((index) => givesAt(question, answer, index)).join('; ');
  return `found to within a step: ${aim} lies between values of ${input.path}: ${sides}`;
}

/** `from 25% to 45%`, or the one value. */
function span(question: Question, first: bigint, last: bigint): string {
  const say = (index: bigint) => spoken(question.input, valueAt(question, index));
  return first === last ? say(first) : `from ${say(first)} to ${say(last)}`;
}

/** `35% gives 55.4bn CNY, 1bn CNY too little`. */
function givesAt(question: Question, answer: SolveAnswer, index: bigint): string {
  const off = offBy(question, answer, index);
  const result = money(question, ratio((answer.at(index) as Result).count));
  const gap =
    off.n === 0n ? '' : `, ${money(question, sizeOf(off))} too ${off.n < 0n ? 'little' : 'much'}`;
  return `${spoken(question.input, valueAt(question, index))} gives ${result}${gap}`;
}

/** A number of quanta as people say it, with its unit. */
function money(question: Question, value: Ratio): string {
  const { label } = question.unit;
  const currency = question.output.measure === 'units' ? undefined : currencyOf(label);
  if (currency && value.d === 1n) return sayAmount(value.n, currency);
  return `${grouped(printQuanta(question, value))} ${label}`;
}
