/** The grid: an output at given values of one or two inputs. */
import type { Fraction } from '../../core/number/fraction.js';
import { success, type Result } from '../../core/result.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import type { Input } from '../../model/input.js';
import { project } from '../../projection/compile.js';
import { amountOf, type Output } from '../../projection/output.js';
import type { Unit } from '../../projection/plan.js';
import type { Scenario } from '../../scenario/scenario.js';
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
import type { ReportOptions, ShowOptions } from '../shared/options.js';
import { tidyValue, valueText } from '../variation/inputValues.js';
import { currenciesOf, outputEvaluator } from '../variation/outputEvaluator.js';

/** An input with the values that it takes, in its own units. */
export interface GridAxis {
  readonly input: Input;
  readonly values: readonly Fraction[];
}

/** A point of the grid: the values of the inputs, and the output at them. */
interface Point {
  readonly values: readonly Fraction[];
  readonly result: bigint;
}

/** The grid, or the errors of the scenario at the first point that has any. */
export function gridAnswer(
  scenario: Scenario,
  output: Output,
  axes: readonly GridAxis[],
  { show, closure, ...formatOptions }: ShowOptions & ReportOptions,
): Result<Answer> {
  const { unit } = amountOf(project(scenario, { currencies: currenciesOf(output) }), output);
  const paths = axes.map(({ input }) => input.path);
  const evaluate = outputEvaluator(scenario, output, paths, { closure });
  const points: Point[] = [];
  for (const values of productOf(axes.map((axis) => axis.values))) {
    const { result } = evaluate(values);
    if (!result.ok) return result;
    points.push({ values, result: result.value });
  }
  const table = gridTable(scenario, output, axes, points, unit, formatOptions);
  return success({
    table,
    document: {
      scenario: scenario.id,
      output: output.text,
      points: textRecordsOf(table),
    },
    ...(show && { sheets: [gridSheet(scenario, output, axes, points, unit, formatOptions)] }),
    notes: [],
  });
}

/** All combinations of values; the last axis varies fastest. */
function productOf(axes: readonly (readonly Fraction[])[]): readonly (readonly Fraction[])[] {
  return axes.reduce<readonly (readonly Fraction[])[]>(
    (points, values) => points.flatMap((point) => values.map((value) => [...point, value])),
    [[]],
  );
}

function gridTable(
  { id }: Scenario,
  { text, measure }: Output,
  axes: readonly GridAxis[],
  points: readonly Point[],
  unit: Unit,
  formatOptions: NumberFormatOptions,
): Table {
  const format = plainFormat({ measure, unit }, formatOptions);
  return {
    columns: [
      ...namedColumns('text', ['scenario', 'output', 'unit']),
      ...namedColumns('number', [...axes.map(({ input }) => input.path), 'value']),
    ],
    rows: points.map(({ values, result }) => [
      ...[id, text, unitIn(format, unit.label)],
      ...values.map((value, i) => tidyValue(axes[i]!.input, value)),
      printPlain(toSteps(result, format), format),
    ]),
  };
}

/** The first input down, the second across. */
function gridSheet(
  { title }: Scenario,
  { text, measure }: Output,
  [down, across]: readonly GridAxis[],
  points: readonly Point[],
  unit: Unit,
  formatOptions: NumberFormatOptions,
): Sheet {
  const largest = points.map(({ result }) => result).reduce((a, b) => (a > b ? a : b));
  const format = numberFormat(measure, unit.places, largest, formatOptions);
  const width = across?.values.length ?? 1;
  return {
    title: `${title}: ${text || measure}, ${unitIn(format, unit.label)}`,
    caption: down!.input.path,
    headings: across ? across.values.map((value) => valueText(across.input, value)) : ['value'],
    rows: down!.values.map((value, row) => ({
      label: valueText(down!.input, value),
      depth: 0,
      kind: 'part',
      cells: points
        .slice(row * width, (row + 1) * width)
        .map(({ result }) => printCount(result, format)),
    })),
    notes: across ? [`columns: ${across.input.path}`] : [],
  };
}
