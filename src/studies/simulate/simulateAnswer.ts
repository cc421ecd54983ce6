/** A simulation as an answer: tidy rows of statistics, and sheets with histograms. */
import { greatest } from '../../core/lists.js';
import { grouped, percent, printRounded } from '../../core/number/decimal.js';
import { fraction, multiply, roundHalfEven, type Fraction } from '../../core/number/fraction.js';
import type { Sheet, SheetRow, Table } from '../../core/table.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { outputLabel } from '../../projection/outputLabel.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import {
  numberFormat,
  plainFormat,
  printCount,
  printPlain,
  printSteps,
  printedStep,
  toSteps,
  unitIn,
  type NumberFormat,
  type NumberFormatOptions,
} from '../shared/numberFormat.js';
import type { ShowOptions } from '../shared/options.js';
import { outputNotes } from '../subject/subjectOutput.js';
import { rangeOf, rangedInputs, tidyValue } from '../variation/inputValues.js';
import { histogramBars, type HistogramBar } from './bins.js';
import { meanOf, valueOfRank } from './distribution.js';
import { quantileRank } from './quantileWindow.js';
import type { SampledInput } from './sampledInputs.js';
import type { SimulatedOutput, SimulationQuestion, SimulationResult } from './simulationJob.js';

/** The statistics of one output. */
interface Summary extends SimulatedOutput {
  readonly mean: Fraction;
  readonly least: bigint;
  readonly most: bigint;
  readonly quantiles: readonly { readonly part: Fraction; readonly count: bigint }[];
  readonly likely: readonly { readonly target: Fraction; readonly draws: number }[];
  readonly bars: readonly HistogramBar[];
}

export function simulateAnswer(
  question: SimulationQuestion,
  simulated: SimulationResult,
  { show, ...formatOptions }: ShowOptions,
): Answer {
  const summaries = question.outputs.map((one, o) => summaryOf(question, one, simulated, o));
  const { subject, draws, seed } = question;
  const sheets = [
    ...quantileSheets(question, summaries, formatOptions),
    ...summaries.map((summary) => histogram(question, summary, formatOptions)),
  ];
  return {
    table: statisticsTable(question, summaries, formatOptions),
    document: {
      scenario: subject.id,
      draws,
      seed: seed.toString(),
      inputs: simulated.drawn.map(inputDocument),
      outputs: summaries.map((summary) => outputDocument(question, summary, formatOptions)),
    },
    ...(show && { sheets }),
    notes: [
      ...notesOn(question, simulated, sayIn(formatOptions.lang)),
      ...outputNotes(
        subject,
        question.outputs.map(({ output }) => output),
        formatOptions.lang,
      ),
    ],
  };
}

function summaryOf(
  { quantiles, draws }: SimulationQuestion,
  simulated: SimulatedOutput,
  { outputs }: SimulationResult,
  o: number,
): Summary {
  const { tally, values } = outputs[o]!;
  return {
    ...simulated,
    mean: meanOf(tally, draws),
    least: BigInt(tally.least),
    most: BigInt(tally.most),
    quantiles: quantiles.map((part) => ({
      part,
      count: BigInt(valueOfRank(tally, values, quantileRank(part, draws), draws)),
    })),
    likely: simulated.above.map((target, t) => ({ target, draws: tally.above[t]! })),
    bars: histogramBars(tally.counts, tally.bins),
  };
}

/** A share of the draws, rounded half-even to a millionth. */
function probability(draws: number, of: number): string {
  const millionths = roundHalfEven(fraction(BigInt(draws) * 1_000_000n, BigInt(of)));
  return printPlain(millionths, { suffix: '', from: 6, power: 0, decimals: 6 });
}

/** A mean in printed steps, rounded half-even. */
function meanIn(mean: Fraction, format: NumberFormat): bigint {
  const { step, finer } = printedStep(format);
  return roundHalfEven(multiply(mean, fraction(finer, step)));
}

/** The rows of an output: statistic, at, value and unit. */
function statisticsOf(
  { draws }: SimulationQuestion,
  summary: Summary,
  formatOptions: NumberFormatOptions,
): string[][] {
  const { output, unit, mean, least, most } = summary;
  const format = plainFormat({ measure: output.measure, unit }, formatOptions);
  const label = unitIn(format, unit.label);
  const print = (count: bigint) => printPlain(toSteps(count, format), format);
  const end = (count: number | undefined) => (count === undefined ? '' : print(BigInt(count)));
  return [
    ['mean', '', printPlain(meanIn(mean, format), format), label],
    ['least', '', print(least), label],
    ...summary.quantiles.map(({ part, count }) => ['quantile', percent(part), print(count), label]),
    ['most', '', print(most), label],
    ...summary.likely.map(({ target, draws: above }) => [
      'above',
      print(roundHalfEven(target)),
      probability(above, draws),
      'probability',
    ]),
    ...summary.bars.map(({ from, to, draws: count }) => [
      'histogram',
      `${end(from)}..${end(to)}`,
      String(count),
      'draws',
    ]),
  ];
}

function statisticsTable(
  question: SimulationQuestion,
  summaries: readonly Summary[],
  formatOptions: NumberFormatOptions,
): Table {
  return {
    columns: [
      ...namedColumns('text', ['scenario', 'output', 'statistic', 'at']),
      ...namedColumns('number', ['value']),
      ...namedColumns('text', ['unit']),
    ],
    rows: summaries.flatMap((summary) =>
      statisticsOf(question, summary, formatOptions).map((row) => [
        question.subject.id,
        summary.output.text,
        ...row,
      ]),
    ),
  };
}

function inputDocument({ input, shape }: SampledInput): object {
  const { low = input.value, high = input.value } = rangeOf(input);
  const [from, value, to] = [low, input.value, high].map((one) => tidyValue(input, one));
  return { input: input.path, shape, low: from, value, high: to };
}

function outputDocument(
  question: SimulationQuestion,
  summary: Summary,
  formatOptions: NumberFormatOptions,
): object {
  const rows = statisticsOf(question, summary, formatOptions);
  return {
    output: summary.output.text,
    statistics: rows.map(([statistic, at, value, unit]) => ({ statistic, at, value, unit })),
  };
}

/** A sheet for each unit: a line for each output, with a bar from the first quantile to the last. */
function quantileSheets(
  question: SimulationQuestion,
  summaries: readonly Summary[],
  formatOptions: NumberFormatOptions,
): readonly Sheet[] {
  const { lang } = formatOptions;
  const say = sayIn(lang);
  const { quantiles, draws } = question;
  const labels = [...new Set(summaries.map(({ unit }) => unit.label))];
  return labels.map((label) => {
    const own = summaries.filter(({ unit }) => unit.label === label);
    const largest = own.reduce((a, b) => (b.most > a.most ? b : a));
    const format = numberFormat(
      largest.output.measure,
      largest.unit.places,
      largest.most,
      formatOptions,
    );
    return {
      title: titleOf(question, say),
      caption: unitIn(format, label),
      headings: [say('mean'), ...quantiles.map(percent)],
      rows: own.map((summary): SheetRow => ({
        label: nameOf(summary, lang),
        depth: 0,
        kind: 'part',
        cells: [
          printSteps(meanIn(summary.mean, format), format),
          ...summary.quantiles.map(({ count }) => printCount(count, format)),
        ],
        bar: [
          thousandths(summary.quantiles[0]?.count ?? 0n, largest.most),
          thousandths(summary.quantiles.at(-1)?.count ?? 0n, largest.most),
        ],
      })),
      notes: own.flatMap((summary) =>
        summary.likely.map(({ target, draws: above }) =>
          say('{output} is above {target} in {share} of the draws', {
            output: nameOf(summary, lang),
            target: printCount(roundHalfEven(target), format),
            share: percent(fraction(BigInt(above), BigInt(draws))),
          }),
        ),
      ),
    };
  });
}

function titleOf({ subject, draws, seed }: SimulationQuestion, say: Say): string {
  return say('{title}: {draws} draws, seed {seed}', {
    ...{ title: subject.title, draws: grouped(String(draws)), seed: String(seed) },
  });
}

function nameOf({ output }: Summary, language?: Language): string {
  return output.text === '*' ? sayIn(language)('total') : outputLabel(output, language);
}

function thousandths(count: bigint, of: bigint): number {
  return of > 0n ? Number((count * 1000n) / of) : 0;
}

/** The histogram of an output: a line for each bar, with its draws and their share. */
function histogram(
  question: SimulationQuestion,
  summary: Summary,
  formatOptions: NumberFormatOptions,
): Sheet {
  const { lang } = formatOptions;
  const say = sayIn(lang);
  const { output, unit, most, bars } = summary;
  const format = numberFormat(output.measure, unit.places, most, formatOptions);
  const end = (count: number | undefined, open: string) =>
    count === undefined ? open : printCount(BigInt(count), format);
  const tallest = greatest(bars.map((bar) => bar.draws));
  return {
    title: titleOf(question, say),
    caption: say('{measure}, {unit}', {
      ...{ measure: nameOf(summary, lang), unit: unitIn(format, unit.label) },
    }),
    headings: [say('draws'), say('share')],
    rows: bars.map((bar): SheetRow => ({
      label: `${end(bar.from, say('below'))} … ${end(bar.to, say('above'))}`,
      depth: 0,
      kind: 'part',
      cells: [grouped(String(bar.draws)), shareOfDraws(bar.draws, question.draws)],
      bar: [0, thousandths(BigInt(bar.draws), BigInt(tallest))],
    })),
    notes: [],
  };
}

/** A share of the draws in percent, with one decimal: `8.0%`. */
function shareOfDraws(draws: number, of: number): string {
  return `${printRounded(fraction(BigInt(draws) * 100n, BigInt(of)), 1)}%`;
}

/** Notes on the inputs drawn, and on ranges that do not affect these outputs. */
function notesOn(
  { subject }: SimulationQuestion,
  { drawn }: SimulationResult,
  say: Say,
): readonly string[] {
  const paths = drawn.map(({ input }) => input.path);
  const isDrawn = new Set(paths);
  const others = rangedInputs(subject).filter(({ path }) => !isDrawn.has(path));
  return [
    paths.length === 0
      ? say('no input was drawn: no input with a range affects these outputs')
      : say('inputs drawn: {inputs}', { inputs: paths.join(', ') }),
    ...(others.length > 0
      ? [
          say('inputs with a range that does not affect these outputs: {count}', {
            count: others.length,
          }),
        ]
      : []),
  ];
}
