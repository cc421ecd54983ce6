/** Grades: how well known the inputs are that a number of a forecast really rests on. */
import { weakest, type Grade } from '../model/evidence.js';
import type { Input } from '../model/input.js';
import type { Ref } from '../model/plan.js';
import { gradeOf } from '../scenario/pins.js';
import type { Plan } from './plan.js';
import { stepsByRegister, summed, waysOver } from './ways.js';

/** The grade of a sum of registers: that of the worst known input that it rests on. */
export type Grader = (refs: readonly Ref[]) => Grade;

/**
 * A sum may rest on less than its terms do: a component's total does not rest on supplier shares,
 * nor that of the window on its phasing. So registers that came about alike are graded as one sum.
 *
 * @param gradeOfInput how well known an input is: as well as its claim, unless a study asks otherwise
 */
export function graderOf(
  plan: Plan,
  gradeOfInput = (input: Input) => gradeOf(input, plan.scenario.ledger),
): Grader {
  const at = stepsByRegister(plan);
  const wayOf = waysOver(at);
  const known = new Map<Ref | string, Grade>();
  const grade: Grader = (refs) => {
    const key = refs.length === 1 ? refs[0]! : refs.join();
    const found = known.get(key) ?? weakest(gradesBelow(summed(refs, at)));
    known.set(key, found);
    return found;
  };
  function* gradesBelow(refs: readonly Ref[]): Generator<Grade> {
    const sums = new Map<string, Ref[]>();
    for (const ref of refs) {
      const step = at[ref]!;
      if (step.op === 'input') yield gradeOfInput(step.input);
      const { name, by, amounts } = wayOf(ref);
      const sum = sums.get(name);
      if (sum) sum.push(...amounts);
      else {
        sums.set(name, [...amounts]);
        for (const one of by) yield grade([one]);
      }
    }
    for (const sum of sums.values()) if (sum.length > 0) yield grade(sum);
  }
  return grade;
}
