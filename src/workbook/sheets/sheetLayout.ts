/** Where the inputs and the steps of a scenario stand in a workbook, and what their cells come to. */
import { nearestWhole } from '../../core/number/fraction.js';
import type { Input, Share } from '../../model/input.js';
import type { Ref } from '../../plan/builder.js';
import { formula, writtenBy, type Step } from '../../plan/step.js';
import { graderOf, type Grader } from '../../projection/explain/grades.js';
import { registerNames } from '../../projection/explain/registerNames.js';
import type { Plan } from '../../projection/plan.js';
import {
  describeRegisters,
  type RegisterDescriptions,
} from '../../projection/explain/registerDescriptions.js';
import { dependenciesOf } from '../../projection/prepareEvaluation.js';
import { evaluateFormula, total, type FormulaEstimate } from '../formulas/formulaValues.js';
import { columnRange, fixed, onSheet } from '../workbook.js';

/** Rows above the first line of a sheet of lines. */
export const ABOVE = 3;
/** The column of the numbers, on the sheets of inputs and of steps. */
export const VALUES = 1;

/** A line of the sheet of steps: a register, or the weights of the allocation that follows in sum. */
export type LayoutLine =
  | { readonly ref: Ref; readonly step: Step }
  | { readonly sumOf: Step & { readonly op: 'allocate' } };

/** A scenario in a workbook. */
export interface SheetLayout {
  readonly plan: Plan;
  readonly reading: RegisterDescriptions;
  readonly nameOf: (ref: Ref) => string;
  readonly inputsSheet: string;
  readonly planSheet: string;
  readonly lines: readonly LayoutLine[];
  /** The row of a register among the steps. */
  readonly rowOf: (ref: Ref) => number;
  /** The cell of a register, for any sheet. */
  readonly cellOf: (ref: Ref) => string;
  /** The row of the sum of an allocation's weights. */
  readonly wholeRow: (weights: readonly Ref[]) => number;
  /** The cell of an input; nothing where no input has its path. */
  readonly inputCell: (input: Input) => string | undefined;
  /** The register of a share of the file, where the forecast rests on it. */
  readonly refOf: (share: Share) => Ref | undefined;
  readonly liveAt: (ref: Ref) => FormulaEstimate;
  readonly gradeOf: Grader;
  /** Cells of a column of the sheet of inputs. */
  readonly inputColumn: (column: number) => string;
}

export function sheetLayout(plan: Plan, inputsSheet: string, planSheet: string): SheetLayout {
  const reading = describeRegisters(plan);
  const lines = linesOf(plan);
  const rows = new Map<Ref, number>();
  const wholes = new Map<readonly Ref[], number>();
  lines.forEach((line, i) => {
    if ('ref' in line) rows.set(line.ref, ABOVE + i);
    else wholes.set(line.sumOf.weights, ABOVE + i);
  });
  const { inputs } = plan.scenario;
  const inputRows = new Map(inputs.map(({ path }, i) => [path, ABOVE + i]));
  const refs = refsByPath(plan, lines);
  const rowOf = (ref: Ref) => rows.get(ref)!;
  return {
    ...{ plan, reading, inputsSheet, planSheet, lines, rowOf },
    nameOf: registerNames(plan, reading.steps),
    cellOf: (ref) => onSheet(planSheet, fixed({ row: rowOf(ref), column: VALUES })),
    wholeRow: (weights) => wholes.get(weights)!,
    inputCell: ({ path }) => {
      const row = inputRows.get(path);
      return row === undefined ? undefined : onSheet(inputsSheet, fixed({ row, column: VALUES }));
    },
    refOf: ({ path }) => refs.get(path),
    liveAt: liveValues(lines, reading),
    gradeOf: graderOf(plan),
    inputColumn: (column) => columnRange(inputsSheet, column, ABOVE, inputs.length),
  };
}

/** The steps that the cells rest on, each register on a line of its own. */
function linesOf(plan: Plan): readonly LayoutLine[] {
  const needed = dependenciesOf(
    plan,
    plan.cells.map(({ ref }) => ref),
  );
  return plan.steps.flatMap((step): readonly LayoutLine[] => {
    const refs = writtenBy(step);
    if (!refs.some((ref) => needed.has(ref))) return [];
    const own = refs.map((ref) => ({ ref, step }));
    return step.op === 'allocate' ? [{ sumOf: step }, ...own] : own;
  });
}

/** Registers by the path of the input, or the `rest`, that they hold. */
function refsByPath({ names }: Plan, lines: readonly LayoutLine[]): ReadonlyMap<string, Ref> {
  const refs = new Map<string, Ref>();
  for (const line of lines) {
    if (!('ref' in line)) continue;
    const { ref, step } = line;
    const name = names[ref];
    if (step.op === 'input') refs.set(step.input.path, ref);
    else if (name && 'path' in name) refs.set(name.path, ref);
  }
  return refs;
}

function liveValues(
  lines: readonly LayoutLine[],
  reading: RegisterDescriptions,
): (ref: Ref) => FormulaEstimate {
  const known = new Map<Ref, FormulaEstimate>();
  const at = (ref: Ref) => known.get(ref)!;
  for (const line of lines) {
    if (!('ref' in line)) continue;
    const { ref, step } = line;
    const quantum = nearestWhole(reading.countedIn(ref).quantum);
    const of = formula(step, ref);
    const given = () => total([{ value: inPeoplesUnits(reading, ref), slack: 0 }]);
    known.set(ref, of ? evaluateFormula(of, { at, quantum }) : given());
  }
  return at;
}

/** The number of a register as people count it: yuan where it holds fen. */
function inPeoplesUnits({ valueAt, countedIn }: RegisterDescriptions, ref: Ref): number {
  const { quantum } = countedIn(ref);
  const { n, d } = valueAt(ref);
  return nearestWhole({ n: n * quantum.n, d: d * quantum.d });
}
