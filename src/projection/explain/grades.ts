/** Grades: how well known the inputs are that a number of a forecast really rests on. */
import { weakest, type Grade } from '../../model/claims.js';
import type { Input } from '../../model/input.js';
import type { Ref } from '../../plan/builder.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import type { Plan } from '../plan.js';
import { stepsByRegister, combineParts, provenanceOver, type Provenance } from './provenance.js';

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
  const wayOf = provenanceOver(at);
  const ones = new Map<Ref, Grade>();
  const sums = new Map<string, Grade>();
  const grade: Grader = (refs) => {
    const [one] = refs;
    if (refs.length === 1) return remembered(ones, one!, () => gradeAnew(refs));
    return gradeAnew(refs);
  };
  const gradeAnew: Grader = (refs) => {
    const rest = combineParts(refs, at);
    if (rest.length === 1) return gradeOfOne(rest[0]!);
    return remembered(sums, rest.join(), () => gradeOfSum(rest));
  };
  const gradeOfOne = (ref: Ref) => {
    const step = at[ref]!;
    return step.op === 'input' ? gradeOfInput(step.input) : gradeOfWay(wayOf(ref));
  };
  const gradeOfSum: Grader = (refs) => {
    const [inputs, others] = [refs.filter(isInput), refs.filter((ref) => !isInput(ref))];
    const ways = gathered(others.map(wayOf));
    return weakest([...inputs.map(gradeOfOne), ...ways.map(gradeOfWay)]);
  };
  const isInput = (ref: Ref) => at[ref]!.op === 'input';
  const gradeOfWay = ({ by, amounts }: Alike) =>
    weakest([...by.map((ref) => grade([ref])), ...(amounts.length > 0 ? [grade(amounts)] : [])]);
  return grade;
}

/** What came about alike: what it all rests on, and the amounts whose sum it rests on besides. */
type Alike = Pick<Provenance, 'by' | 'amounts'>;

function gathered(ways: readonly Provenance[]): readonly Alike[] {
  const all = new Map<string, { readonly by: readonly Ref[]; readonly amounts: Ref[] }>();
  for (const { name, by, amounts } of ways) {
    const key = name();
    const alike = all.get(key);
    if (alike) alike.amounts.push(...amounts);
    else all.set(key, { by, amounts: [...amounts] });
  }
  return [...all.values()];
}

function remembered<K>(known: Map<K, Grade>, key: K, make: () => Grade): Grade {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
