/** Grades: how well known the inputs are that a number of a forecast depends on. */
import { groupBy } from '../../core/group.js';
import { weakest, type Grade } from '../../model/claims.js';
import type { Input } from '../../model/input.js';
import type { Ref } from '../../plan/builder.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import { combineParts, stepsByRegister } from '../combineParts.js';
import type { Plan } from '../plan.js';
import { provenanceOver, type Provenance } from './provenance.js';

/** The grade of a sum of registers: that of the least known input that it depends on. */
export type Grader = (refs: readonly Ref[]) => Grade;

/**
 * A sum may depend on less than its terms do: a component's total does not depend on supplier shares,
 * nor that of the window on its phasing. So registers of one provenance are graded as one sum.
 *
 * @param gradeOfInput how well known an input is: that of its claim, unless a study asks otherwise
 */
export function graderOf(
  plan: Plan,
  gradeOfInput = (input: Input) => gradeOf(input, plan.scenario.ledger),
): Grader {
  const only = onlyGrade(plan, gradeOfInput);
  if (only) return () => only;
  const stepOf = stepsByRegister(plan);
  const provenanceOf = provenanceOver(stepOf);
  const single = new Map<Ref, Grade>();
  const sums = new Map<string, Grade>();
  const amountSums = new Map<string, Grade>();
  const lists = new Map<readonly Ref[], Grade>();
  const grade: Grader = (refs) => {
    const [one] = refs;
    if (refs.length === 1) return remembered(single, one!, () => gradeAnew(refs));
    return gradeAnew(refs);
  };
  const gradeAnew: Grader = (refs) => {
    const origins = combineParts(refs, stepOf, true);
    if (origins.length === 1) return gradeOfOne(origins[0]!);
    return remembered(sums, origins.join(), () => gradeOfSum(origins));
  };
  const gradeOfOne = (ref: Ref) => {
    const step = stepOf[ref]!;
    return step.op === 'input' ? gradeOfInput(step.input) : gradeOfOrigin(provenanceOf(ref));
  };
  const gradeOfSum: Grader = (refs) => {
    const [inputs, others] = [refs.filter(isInput), refs.filter((ref) => !isInput(ref))];
    const origins = mergeAmounts(others.map(provenanceOf));
    return weakest([...inputs.map(gradeOfOne), ...origins.map(gradeOfOrigin)]);
  };
  const isInput = (ref: Ref) => stepOf[ref]!.op === 'input';
  const gradeOfOrigin = ({ by, amounts }: Origin) =>
    weakest([gradeOfEach(by), ...(amounts.length > 0 ? [gradeOfAmounts(amounts)] : [])]);
  // The parts of every supplier have the same amounts.
  const gradeOfAmounts: Grader = (refs) => remembered(amountSums, refs.join(), () => grade(refs));
  // All parts of an allocation have one list of weights.
  const gradeOfEach = (by: readonly Ref[]) =>
    remembered(lists, by, () => weakest(by.map((ref) => grade([ref]))));
  return grade;
}

/** The grade of all inputs, where they have one: then every number has it, as each depends on an input. */
function onlyGrade({ steps }: Plan, gradeOfInput: (input: Input) => Grade): Grade | undefined {
  let only: Grade | undefined;
  for (const step of steps) {
    if (step.op !== 'input') continue;
    const grade = gradeOfInput(step.input);
    if (grade !== (only ??= grade)) return undefined;
  }
  return only;
}

/** What numbers of one provenance depend on: the same registers, and the sum of their amounts. */
type Origin = Pick<Provenance, 'by' | 'amounts'>;

function mergeAmounts(all: readonly Provenance[]): readonly Origin[] {
  return [...groupBy(all, ({ name }) => name()).values()].map((own) => ({
    by: own[0].by,
    amounts: own.flatMap(({ amounts }) => amounts),
  }));
}

function remembered<K>(known: Map<K, Grade>, key: K, make: () => Grade): Grade {
  const grade = known.get(key) ?? make();
  known.set(key, grade);
  return grade;
}
