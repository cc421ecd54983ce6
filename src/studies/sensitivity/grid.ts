/** The grid: an output at given values of one or two inputs. */
import { success, type Result } from '../../core/result.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import { sayIn } from '../../core/text/language.js';
import type { Closure } from '../../model/fx.js';
import { outputLabel } from '../../projection/outputLabel.js';
import type { Unit } from '../../projection/plan.js';
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
import { varySubject, type Subject } from '../subject/subject.js';
import { subjectEvaluator } from '../subject/subjectEvaluator.js';
import { outputNotes, subjectAmounts, type SubjectOutput } from '../subject/subjectOutput.js';
import type { OutputEvaluator } from '../variation/outputEvaluator.js';
import type { GridAxis, GridPoint } from './gridAxis.js';

/** A point of the grid, and the output at it. */
interface Outcome {
  readonly at: readonly GridPoint[];
  readonly count: bigint;
}

/** The grid, or the errors of the scenario at the first point that has any. */
export function gridAnswer(
  subject: Subject,
  output: SubjectOutput,
  axes: readonly GridAxis[],
  { show, closure, ...formatOptions }: ShowOptions & ReportOptions,
): Result<Answer> {
  const { unit } = subjectAmounts(subject, [output])[0]!;
  const evaluate = pointEvaluator(subject, output, axes, closure);
  const outcomes: Outcome[] = [];
  for (const at of productOf(axes.map(({ points }) => points))) {
    const result = evaluate(at);
    if (!result.ok) return result;
    outcomes.push({ at, count: result.value });
  }
  const table = gridTable(subject, output, axes, outcomes, unit, formatOptions);
  return success({
    table,
    document: {
      scenario: subject.id,
      output: output.text,
      points: textRecordsOf(table),
    },
    ...(show && { sheets: [gridSheet(subject, output, axes, outcomes, unit, formatOptions)] }),
    notes: outputNotes(subject, [output], formatOptions.lang),
  });
}

/** The output at a point of each axis: paths by period are set in the text, other inputs then move in its plan. */
function pointEvaluator(
  subject: Subject,
  output: SubjectOutput,
  axes: readonly GridAxis[],
  closure: Closure | undefined,
): (at: readonly GridPoint[]) => Result<bigint> {
  const paths = axes.flatMap(({ path }) => path ?? []);
  let known: { readonly key: string; readonly evaluate: OutputEvaluator } | undefined;
  return (at) => {
    const set = at.flatMap((point) => point.set);
    const key = set.join('\n');
    if (known?.key !== key) {
      const varied = set.length > 0 ? varySubject(subject, set) : success(subject);
      if (!varied.ok) return varied;
      known = { key, evaluate: subjectEvaluator(varied.value, output, paths, { closure }) };
    }
    const values = at.flatMap(({ value }, i) => (axes[i]!.path === undefined ? [] : [value]));
    return known.evaluate(values).result;
  };
}

/** All combinations of points; the last axis varies fastest. */
function productOf(axes: readonly (readonly GridPoint[])[]): readonly (readonly GridPoint[])[] {
  return axes.reduce<readonly (readonly GridPoint[])[]>(
    (all, points) => all.flatMap((before) => points.map((point) => [...before, point])),
    [[]],
  );
}

function gridTable(
  { id }: Subject,
  { text, measure }: SubjectOutput,
  axes: readonly GridAxis[],
  outcomes: readonly Outcome[],
  unit: Unit,
  formatOptions: NumberFormatOptions,
): Table {
  const format = plainFormat({ measure, unit }, formatOptions);
  return {
    columns: [
      ...namedColumns('text', ['scenario', 'output', 'unit']),
      ...namedColumns('number', [...axes.map(({ name }) => name), 'value']),
    ],
    rows: outcomes.map(({ at, count }) => [
      ...[id, text, unitIn(format, unit.label)],
      ...at.map(({ tidy }) => tidy),
      printPlain(toSteps(count, format), format),
    ]),
  };
}

/** The first input down, the second across. */
function gridSheet(
  { title }: Subject,
  output: SubjectOutput,
  [down, across]: readonly GridAxis[],
  outcomes: readonly Outcome[],
  unit: Unit,
  formatOptions: NumberFormatOptions,
): Sheet {
  const { lang } = formatOptions;
  const say = sayIn(lang);
  const { measure } = output;
  const largest = outcomes.map(({ count }) => count).reduce((a, b) => (a > b ? a : b));
  const format = numberFormat(measure, unit.places, largest, formatOptions);
  const caption = say('{measure}, {unit}', {
    measure: outputLabel(output, lang) || say(measure),
    unit: unitIn(format, unit.label),
  });
  const width = across?.points.length ?? 1;
  return {
    title: say('{title}: {caption}', { title, caption }),
    caption: down!.name,
    headings: across ? across.points.map(({ label }) => label) : [say('value')],
    rows: down!.points.map(({ label }, row) => ({
      label,
      depth: 0,
      kind: 'part',
      cells: outcomes
        .slice(row * width, (row + 1) * width)
        .map(({ count }) => printCount(count, format)),
    })),
    notes: across ? [say('columns: {input}', { input: across.name })] : [],
  };
}
