/** The units of the outputs of a check, and those that its bounds need. */
import { currencyOf, type Currency } from '../../core/number/currency.js';
import type { DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import { listed } from '../../core/text/prose.js';
import type { Check } from '../../model/checks.js';
import { leavesOf } from '../../model/component.js';
import type { Subject } from '../subject/subject.js';
import type { SubjectOutput } from '../subject/subjectOutput.js';

/** Units that do not fit each other. */
export interface UnitProblem {
  readonly code: DiagnosticCode;
  readonly problem: Problem;
}

/**
 * What is wrong where the bounds of a check are not in the unit of its output.
 *
 * @param outputs one, or the two of a ratio
 */
export function mismatchOf(
  check: Check,
  [output, divisor]: readonly SubjectOutput[],
  subject: Subject,
): UnitProblem | undefined {
  return divisor
    ? mismatchOfRatio(check, output!, divisor)
    : mismatchOfOutput(check, output!, subject);
}

function mismatchOfOutput(
  { output: { value: name }, least, most }: Check,
  output: SubjectOutput,
  subject: Subject,
): UnitProblem | undefined {
  const bound = [least, most].find(({ value }) => value.unit !== undefined) ?? least;
  const { currency, unit } = bound.value;
  const isCount = output.measure === 'units';
  const own = isCount ? unitsOf(output, subject) : [output.unit!];
  const isRight = isCount
    ? !currency && (unit === undefined || own.every((one) => one === unit))
    : currency?.code === output.unit;
  if (isRight) return undefined;
  const problem = {
    message: `\`${name}\` is in ${listed(own, 'and') || 'units'}, but \`between\` is not`,
    found: `\`${bound.text}\``,
    hint: `write ${isCount ? countRemedy(name, own, unit) : moneyRemedy(name, own[0]!, currency)}`,
  };
  return { code: unit === undefined ? 'currency-mismatch' : 'unit-mismatch', problem };
}

/** Two amounts of one currency and two numbers of units give a plain number; an amount over units gives a price. */
function mismatchOfRatio(
  { output: { value: above }, divisor, least }: Check,
  output: SubjectOutput,
  under: SubjectOutput,
): UnitProblem | undefined {
  const below = divisor!.value;
  const [isCount, isCountBelow] = [output.measure === 'units', under.measure === 'units'];
  const code = isCount && !isCountBelow ? 'unit-mismatch' : 'currency-mismatch';
  if (isCount && !isCountBelow) {
    const message = `\`${above}\` is in units, but \`${below}\` is in ${under.unit!}`;
    const hint = `write ratio: [${JSON.stringify(below)}, ${JSON.stringify(above)}]`;
    return {
      code,
      problem: { message, expected: 'the amount above the units that it pays for', hint },
    };
  }
  if (!isCount && !isCountBelow && output.unit !== under.unit) {
    const message = `\`${above}\` is in ${output.unit!}, but \`${below}\` is in ${under.unit!}`;
    return { code, problem: { message, hint: `write \`${inUnit(below, output.unit!)}\`` } };
  }
  const needed = !isCount && isCountBelow ? currencyOf(output.unit!) : undefined;
  if (needed?.code === least.value.currency?.code) return undefined;
  const is = needed ? `in ${needed.code} for one unit` : 'a plain number';
  const message = `\`${above}\` over \`${below}\` is ${is}, but \`between\` is not`;
  const hint = `write ${needed ? `bounds in ${needed.code}` : 'plain numbers, such as [2, 5]'}`;
  return { code, problem: { message, found: `\`${least.text}\``, hint } };
}

/** What the components of an output count, each once. */
function unitsOf({ unit, parts }: SubjectOutput, { members }: Subject): readonly string[] {
  if (unit !== undefined) return [unit];
  const counted = members.flatMap(({ components }, m) =>
    components.flatMap(leavesOf).filter(({ path }) => parts[m]?.paths.has(path)),
  );
  return [...new Set(counted.flatMap((leaf) => (leaf.unit ? [leaf.unit.name] : [])))];
}

function countRemedy(name: string, own: readonly string[], unit: string | undefined): string {
  const [first] = own;
  if (first === undefined) return 'numbers without a currency';
  if (own.length === 1) return `bounds in ${first}`;
  if (unit !== undefined && own.includes(unit)) return `\`${inUnit(name, unit)}\``;
  return `\`${inUnit(name, first)}\`, and bounds in ${first}`;
}

function moneyRemedy(name: string, own: string, currency: Currency | undefined): string {
  return `${currency ? `\`${inUnit(name, currency.code)}\`, or ` : ''}bounds in ${own}`;
}

/** The name of an output in another currency, or of one of the units that it counts. */
function inUnit(name: string, unit: string): string {
  const place = name.replace(/(:[a-z]+)\..*$/, '$1');
  return `${place.includes(':') ? place : `${place}:demand`}.${unit}`;
}
