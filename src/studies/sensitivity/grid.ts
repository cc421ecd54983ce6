/** The grid: an output over given values of one or two inputs. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { Fraction } from '../../core/number/fraction.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import type { Input } from '../../model/input.js';
import { amountOf, type Output } from '../../projection/output.js';
import type { Unit } from '../../projection/plan.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { outputEvaluator, currenciesOf } from '../shared/outputEvaluator.js';
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
import { plainValue, valueText } from '../shared/variation.js';

/** An input with the values that it takes, in its own units. */
export interface GridAxis {
  readonly input: Input;
  readonly values: readonly Fraction[];
}

/** One point: the values of the axes, and the output there. */
interface Point {
  readonly values: readonly Fraction[];
  readonly result: bigint;
}

/** Every point of the grid, or what is wrong with the first that the scenario does not hold. */
export function gridAnswer(
  scenario: Scenario,
  output: Output,
  axes: readonly GridAxis[],
  { show, ...asked }: NumberFormatOptions & { readonly show?: boolean | undefined },
): Answer | readonly Diagnostic[] {
  const { unit } = amountOf(project(scenario, { currencies: currenciesOf(output) }), output);
  const paths = axes.map(({ input }) => input.path);
  const course = outputEvaluator(scenario, output, paths);
  const points: Point[] = [];
  for (const values of productOf(axes.map((axis) => axis.values))) {
    const there = course(values);
    if (!('count' in there)) return there.diagnostics;
    points.push({ values, result: there.count });
  }
  const table = tableOf(scenario, output, axes, points, unit, asked);
  return {
    table,
    document: {
      scenario: scenario.id,
      output: output.text,
      points: textRecordsOf(table),
    },
    ...(show && { sheets: [sheetOf(scenario, output, axes, points, unit, asked)] }),
    notes: [],
  };
}

/** All combinations, the last axis fastest. */
function productOf(axes: readonly (readonly Fraction[])[]): readonly (readonly Fraction[])[] {
  return axes.reduce<readonly (readonly Fraction[])[]>(
    (points, values) => points.flatMap((point) => values.map((value) => [...point, value])),
    [[]],
  );
}

function tableOf(
  { id }: Scenario,
  { text, measure }: Output,
  axes: readonly GridAxis[],
  points: readonly Point[],
  unit: Unit,
  asked: NumberFormatOptions,
): Table {
  const scale = plainFormat({ measure, unit }, asked);
  const column = (name: string, kind: 'text' | 'number') => ({ name, kind });
  return {
    columns: [
      ...['scenario', 'output', 'unit'].map((name) => column(name, 'text')),
      ...axes.map(({ input }) => column(input.path, 'number')),
      column('value', 'number'),
    ],
    rows: points.map(({ values, result }) => [
      ...[id, text, unitIn(scale, unit.label)],
      ...values.map((value, i) => plainValue(axes[i]!.input, value)),
      printPlain(inSteps(result, scale), scale),
    ]),
  };
}

/** The first input down, the second across. */
function sheetOf(
  { title }: Scenario,
  { text, measure }: Output,
  [down, across]: readonly GridAxis[],
  points: readonly Point[],
  unit: Unit,
  asked: NumberFormatOptions,
): Sheet {
  const largest = points.map(({ result }) => result).reduce((a, b) => (a > b ? a : b));
  const scale = numberFormat(measure, unit.places, largest, asked);
  const width = across?.values.length ?? 1;
  return {
    title: `${title}: ${text || measure}, ${unitIn(scale, unit.label)}`,
    caption: down!.input.path,
    headings: across ? across.values.map((value) => valueText(across.input, value)) : ['value'],
    rows: down!.values.map((value, row) => ({
      label: valueText(down!.input, value),
      depth: 0,
      kind: 'part',
      cells: points
        .slice(row * width, (row + 1) * width)
        .map(({ result }) => printScaled(result, scale)),
    })),
    notes: across ? [`columns: ${across.input.path}`] : [],
  };
}
