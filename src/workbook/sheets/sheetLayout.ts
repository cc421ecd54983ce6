/** The cells of the inputs and steps of a scenario in a workbook, with their values, and cells that other sheets refer to. */
import { nearestWhole } from '../../core/number/fraction.js';
import { sayIn, type Language, type Say, type Word } from '../../core/text/language.js';
import { beginning } from '../../core/text/printable.js';
import type { Input, Share } from '../../model/input.js';
import type { Portfolio } from '../../model/portfolio.js';
import { restIn, type Ref } from '../../plan/builder.js';
import { formula, writtenBy, type Step } from '../../plan/step.js';
import { graderOf, type Grader } from '../../projection/explain/grades.js';
import {
  describeRegisters,
  type RegisterDescriptions,
} from '../../projection/explain/registerDescriptions.js';
import { registerNames } from '../../projection/explain/registerNames.js';
import type { Plan } from '../../projection/plan.js';
import { dependenciesOf } from '../../projection/prepareEvaluation.js';
import { evaluateFormula, total, type FormulaEstimate } from '../formulas/formulaValues.js';
import { givenFormulas, type GivenFormula } from './givenInputs.js';
import { VALUES, planGrid, type LineWords, type PlanGrid, type PlanLine } from './planGrid.js';
import { fixed, onSheet, type CellPlace } from '../workbook.js';

export const CHECK = 'Check';
export const VERDICT = onSheet(CHECK, fixed({ row: 2, column: 1 }));

export const SCENARIOS = 'Scenarios';
/** The cell with the id of the selected scenario, and the cell with its number. */
export const CHOICE_AT: CellPlace = { row: 2, column: 1 };
export const CHOICE = onSheet(SCENARIOS, fixed(CHOICE_AT));
export const SELECTOR = onSheet(SCENARIOS, fixed({ row: 2, column: 2 }));

/** Rows above the first line of a sheet of lines. */
export const ABOVE = 3;
/** One scenario in a workbook. */
export interface SheetLayout {
  readonly plan: Plan;
  readonly descriptions: RegisterDescriptions;
  readonly nameOf: (ref: Ref) => string;
  readonly language: Language | undefined;
  readonly say: Say;
  readonly inputsSheet: string;
  /** The formulas of the inputs that its portfolio gives. */
  readonly given: GivenFormula;
  readonly planSheet: string;
  readonly lines: readonly PlanLine[];
  /** The rows and columns of the sheet Plan. */
  readonly grid: PlanGrid;
  /** The cell of a register, for any sheet. */
  readonly cellOf: (ref: Ref) => string;
  /** The cell of an input; nothing if no input has its path. */
  readonly inputCell: (input: Input) => string | undefined;
  /** The register of a share of the file, if the forecast depends on it. */
  readonly refOf: (share: Share) => Ref | undefined;
  readonly liveAt: (ref: Ref) => FormulaEstimate;
  /** The error that comes from the last digits of doubles alone, where every rounding agrees with the exact one. */
  readonly digitsAt: (ref: Ref) => number;
  readonly gradeOf: Grader;
}

/** The name of a sheet of one scenario; among several scenarios `Inputs 2 alibaba-high`. */
export function sheetOf(
  kind: 'Inputs' | 'Plan' | 'Plan above' | 'Plan below',
  number: number | undefined,
  id: string,
): string {
  return beginning(number === undefined ? kind : `${kind} ${number} ${id}`, 31);
}

interface LayoutOptions {
  readonly language?: Language | undefined;
  /** Registers that have a row on the sheet Plan, besides those that cells depend on. */
  readonly further?: readonly Ref[];
  /** The portfolio that gives some of its inputs on a sheet of its own. */
  readonly portfolio?: Portfolio | undefined;
}

export function sheetLayout(
  plan: Plan,
  inputsSheet: string,
  planSheet: string,
  { language, further = [], portfolio }: LayoutOptions = {},
): SheetLayout {
  const say = sayIn(language);
  const descriptions = describeRegisters(plan, say);
  const lines = linesOf(plan, further);
  const nameOf = registerNames(plan, descriptions);
  const grid = planGrid(plan, lines, (line) => wordsOf(line, nameOf, descriptions, say), ABOVE);
  const { inputs } = plan.scenario;
  const inputRows = new Map(inputs.map(({ path }, i) => [path, ABOVE + i]));
  const refs = refsByPath(plan, lines);
  const digits = liveValues(lines, descriptions, 0);
  return {
    ...{ language, say },
    ...{ plan, descriptions, inputsSheet, planSheet, lines, nameOf, grid },
    given: givenFormulas(plan.scenario, portfolio, ABOVE),
    cellOf: (ref) => onSheet(planSheet, fixed(grid.placeOf(ref))),
    inputCell: ({ path }) => {
      const row = inputRows.get(path);
      return row === undefined ? undefined : onSheet(inputsSheet, fixed({ row, column: VALUES }));
    },
    refOf: ({ path }) => refs.get(path),
    liveAt: liveValues(lines, descriptions, 1),
    digitsAt: (ref) => digits(ref).slack,
    gradeOf: graderOf(plan),
  };
}

/** Each kind of step, in a word or two. */
const KIND_WORDS: Readonly<Record<Step['op'], Word>> = {
  input: 'input',
  constant: 'constant',
  parameter: 'constant',
  sum: 'sum',
  difference: 'remainder',
  product: 'product',
  quotient: 'quotient',
  power: 'power',
  allocate: 'split',
  depreciate: 'part of a life',
  attributable: 'product, rounded',
  factor: 'product, rounded',
  priced: 'cost, rounded',
  units: 'units, rounded',
  translate: 'translation, rounded',
};

function wordsOf(
  line: PlanLine,
  nameOf: (ref: Ref) => string,
  { countedIn }: RegisterDescriptions,
  say: Say,
): LineWords {
  if ('ref' in line) {
    const { ref, step } = line;
    return { name: nameOf(ref), unit: countedIn(ref).label, kind: say(KIND_WORDS[step.op]) };
  }
  const { amount, weights } = line.sumOf;
  const whole = nameOf(amount);
  const name = whole === '' ? say('weights') : say('weights for {whole}', { whole });
  return { name, unit: countedIn(weights[0]!).label, kind: say('sum') };
}

/** The steps that the cells, the conditions and further registers of a plan depend on, with one line for each register. */
function linesOf(plan: Plan, further: readonly Ref[]): readonly PlanLine[] {
  const cells = plan.cells.map(({ ref }) => ref);
  const needed = dependenciesOf(plan, [...cells, ...plan.guards.keys(), ...further]);
  return plan.steps.flatMap((step): readonly PlanLine[] => {
    const refs = writtenBy(step);
    if (!refs.some((ref) => needed.has(ref))) return [];
    const own = refs.map((ref) => ({ ref, step }));
    return step.op === 'allocate' ? [{ sumOf: step }, ...own] : own;
  });
}

/** Registers by the path of the input, or of the `rest`, that they hold. */
function refsByPath({ names }: Plan, lines: readonly PlanLine[]): ReadonlyMap<string, Ref> {
  const refs = new Map<string, Ref>();
  for (const line of lines) {
    if (!('ref' in line)) continue;
    const { ref, step } = line;
    const share = step.op === 'input' ? step.input : restIn(names[ref]);
    if (share) refs.set(share.path, ref);
  }
  return refs;
}

/** @param quanta by how many quanta a rounding may differ from the exact one */
function liveValues(
  lines: readonly PlanLine[],
  descriptions: RegisterDescriptions,
  quanta: 0 | 1,
): (ref: Ref) => FormulaEstimate {
  const known = new Map<Ref, FormulaEstimate>();
  const at = (ref: Ref) => known.get(ref)!;
  for (const line of lines) {
    if (!('ref' in line)) continue;
    const { ref, step } = line;
    const quantum = nearestWhole(descriptions.countedIn(ref).quantum);
    const of = formula(step, ref);
    const exact = () => total([{ value: inDisplayUnit(descriptions, ref), slack: 0 }]);
    const around = { at, quantum, roundingSlack: quanta * quantum };
    known.set(ref, of ? evaluateFormula(of, around) : exact());
  }
  return at;
}

/** The number of a register in the unit that people use: yuan if the register counts fen. */
function inDisplayUnit({ valueAt, countedIn }: RegisterDescriptions, ref: Ref): number {
  const { quantum } = countedIn(ref);
  const { n, d } = valueAt(ref);
  return nearestWhole({ n: n * quantum.n, d: d * quantum.d });
}
