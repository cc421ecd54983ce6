/** The answer of `solve` as a tidy table and as a document. */
import { compare, ratio, sizeOf } from '../../core/number/fraction.js';
import { positionOf } from '../../core/text/source.js';
import { recordsOf, type Column, type Table } from '../../core/table.js';
import { VERSION } from '../../version.js';
import { errorsIn, gaveWay, isResult, type SolveAnswer } from './solveAnswer.js';
import type { Question } from './solveQuestion.js';
import { offBy, printQuanta, valueAt } from './solveWords.js';
import { plainValue } from '../shared/variation.js';

const COLUMNS: readonly Column[] = [
  { name: 'scenario', kind: 'text' },
  { name: 'input', kind: 'text' },
  { name: 'value', kind: 'number' },
  { name: 'output', kind: 'text' },
  { name: 'target', kind: 'number' },
  { name: 'result', kind: 'number' },
  { name: 'difference', kind: 'number' },
  { name: 'verdict', kind: 'text' },
];

/** One value of the input, and what it is in the answer. */
interface Row {
  readonly index: bigint;
  readonly verdict: string;
}

/**
 * One row for each value that the answer names, in the order of the values. The verdict is `found`
 * (`found from` and `found to` for a run), `nearest` and `across` on the two sides of a target that
 * no value meets, `all from`, `all to`, `none` for the ends of the range and `closest` for a value
 * between them, `undefined` (`undefined from`, `undefined to`) where there is no result.
 */
export function tableOf(question: Question, answer: SolveAnswer): Table {
  const rows = rowsOf(question, answer).map((row) => cellsOf(question, answer, row));
  return { columns: COLUMNS, rows };
}

function rowsOf(question: Question, answer: SolveAnswer): readonly Row[] {
  const { verdict, ends, gaps, closest } = answer;
  const rows = gaps.flatMap(({ first, last }) => runRows('undefined', first, last));
  if (verdict === 'all') rows.push(...runRows('all', ends[0]!, ends[1]!));
  if (verdict === 'found') rows.push(...solutionRows(question, answer));
  if (verdict === 'none' || verdict === 'undefined') {
    rows.push(...[...new Set(ends)].map((index) => ({ index, verdict: 'none' })));
    if (closest !== undefined && !ends.includes(closest)) {
      rows.push({ index: closest, verdict: 'closest' });
    }
  }
  return rows.sort((a, b) => (a.index < b.index ? -1 : 1));
}

function runRows(word: string, first: bigint, last: bigint): Row[] {
  if (first === last) return [{ index: first, verdict: word }];
  return [
    { index: first, verdict: `${word} from` },
    { index: last, verdict: `${word} to` },
  ];
}

function solutionRows(question: Question, answer: SolveAnswer): Row[] {
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

function cellsOf(question: Question, answer: SolveAnswer, { index, verdict }: Row): string[] {
  const { scenario, input, output, target } = question;
  const outcome = answer.at(index);
  const result = isResult(outcome) ? printQuanta(question, ratio(outcome.count)) : '';
  const difference = isResult(outcome) ? printQuanta(question, offBy(question, answer, index)) : '';
  const value = plainValue(input, valueAt(question, index));
  const aim = [output.text, printQuanta(question, target)];
  return [scenario.id, input.path, value, ...aim, result, difference, verdict];
}

/** The question with its range and grid, the rows, and what is wrong where nothing is defined. */
export function documentOf(question: Question, answer: SolveAnswer): object {
  const { input, unit, step, first, last, low, high, scenario } = question;
  return {
    engine: `capex-engine ${VERSION}`,
    scenario: scenario.id,
    closure: scenario.fx.closure,
    input: input.path,
    given: input.text,
    low: plainValue(input, low),
    high: plainValue(input, high),
    step: plainValue(input, step),
    unit: unit.label,
    verdict: answer.verdict,
    looked_at: answer.looked,
    of: String(last - first + 1n),
    gives_way: gaveWay(answer),
    rows: recordsOf(tableOf(question, answer)),
    undefined: answer.gaps.map((gap) => ({
      from: plainValue(input, valueAt(question, gap.first)),
      to: plainValue(input, valueAt(question, gap.last)),
      errors: errorsIn(answer, gap).map(({ code, message, span }) => {
        return { code, message, source: span.source.name, ...positionOf(span) };
      }),
    })),
  };
}
