/** The derivation of a derived number, from the numbers of its line and their own derivations. */
import { grouped, printDecimal } from '../../core/number/decimal.js';
import { ONE } from '../../core/number/fraction.js';
import { MONTHS_IN, monthLabel, monthsIn } from '../../core/period.js';
import { success, type Result } from '../../core/result.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { allocateInTime, constant, planner, type Planner, type Ref } from '../../plan/builder.js';
import { derivedNumbers, isSum, type DerivedName, type Operand } from '../derivedNumbers.js';
import { run } from '../evaluate.js';
import type { Output } from '../output.js';
import { splitFor } from '../outputAmounts.js';
import { outputLabel } from '../outputLabel.js';
import type { Plan } from '../plan.js';
import { isTime, rollup } from '../rollup.js';
import { splitPlan } from '../splitPlan.js';
import type { SeriesName } from '../timeSeries.js';
import type { Reason } from '../seriesLine.js';
import { deriveFrom, startWalk, type Derivation, type NamedSum } from './derivation.js';
import { columnLabel, describeRatio, percentText, relatedOutput } from './relatedOutput.js';
import { deriveShare } from './shareDerivation.js';

/**
 * The derivation of a number that is derived from outputs, or why it is not defined.
 *
 * @param output has cells, and names its unit
 * @param depth how many steps to follow; down to the inputs unless given
 */
export function deriveColumn(
  plan: Plan,
  output: Output,
  column: DerivedName,
  depth = Infinity,
  language?: Language,
): Result<Derivation, Reason> {
  if (column === 'share') return deriveShare(plan, output, depth, language);
  const { scenario } = plan;
  const projection = run(plan);
  const dimensions = output.dimensions.filter(isTime);
  const line = relatedOutput(scenario, output, { time: '' })!;
  const rows = rollup({ scenario, cells: projection.cells.filter(line.holds) }, dimensions);
  const row = rows.find(({ cells }) => cells.every(output.holds))!;
  const isWhole = output.dimensions.every(isTime);
  const { numberAt, operandsAt } = derivedNumbers(projection, dimensions, rows, isWhole);
  const number = numberAt(row, column);
  const operands = operandsAt(row, column);
  if (!number.ok) return number;
  if (!operands.ok) return operands;
  const { count, places } = number.value;
  const value = printDecimal(count, places);
  const described = isSum(column)
    ? { value, said: grouped(value), about: undefined, unit: row.unit.label }
    : describeRatio(count);
  const own = {
    ...{ name: columnLabel(output, column, language), ...described },
    formula: formulaOf(column, operands.value, sayIn(language)),
  };
  const { plan: whole, sums } = sumsOf(plan, output, operands.value, language);
  return success(deriveFrom(startWalk(whole, language), own, sums, depth));
}

/** How the operands make the number: `round(a ÷ b − 1 to 0.0001%)`, or their sum. */
function formulaOf(column: SeriesName, operands: readonly Operand[], say: Say): string {
  const numbers = operands.map(({ count, places }) => grouped(printDecimal(count, places)));
  if (isSum(column)) return numbers.join(' + ');
  const [last, first] = operands as [Operand, Operand];
  const quotient = numbers.join(' ÷ ');
  const years = column === 'cagr' ? last.year - first.year : 1;
  const growth = years > 1 ? `(${quotient}) ^ (1/${years})` : quotient;
  return say('round({formula} to {step})', { formula: `${growth} − 1`, step: percentText(1n) });
}

/** The registers that the operands sum, in a plan that splits what they hold in part. */
function sumsOf(
  whole: Plan,
  output: Output,
  operands: readonly Operand[],
  language?: Language,
): { readonly plan: Plan; readonly sums: readonly NamedSum[] } {
  const named = operands.map((operand) => {
    const { label: time } = operand;
    return { operand, part: relatedOutput(whole.scenario, output, { time }) };
  });
  const parts = named.flatMap(({ part }) => part ?? []);
  const plan = splitPlan(whole, splitFor(parts));
  const own = { ...planner(), steps: [...plan.steps], size: plan.registers };
  const sums = named.map(({ operand, part }) => {
    const cells = part ? plan.cells.filter(part.holds).map(({ ref }) => ref) : [];
    const refs = [...cells, ...reportedRefs(plan, own, operand.reported)];
    return { name: nameOf(operand, part, language), refs };
  });
  return { plan: { ...plan, steps: own.steps, registers: own.size }, sums };
}

/** The registers of what was reported of some months before the window. */
function reportedRefs(
  { scenario, before }: Plan,
  own: Planner,
  wanted: readonly number[],
): readonly Ref[] {
  const { window, actuals } = scenario;
  const length = MONTHS_IN[window.calendar.unit];
  return actuals.before.flatMap(({ period }, i) => {
    const start = window.start + period * length;
    const months = monthsIn({ start, end: start + length });
    const held = months.filter((month) => wanted.includes(month));
    if (held.length === 0) return [];
    if (held.length === length) return [before[i]!];
    const one = constant(own, ONE);
    const weights = months.map(() => one);
    const parts = allocateInTime(own, before[i]!, weights, months.map(monthLabel));
    return parts.filter((_, m) => held.includes(months[m]!));
  });
}

/** An operand that an output gives has its name; the others say what was reported. */
function nameOf(
  { label, reported }: Operand,
  part: Output | undefined,
  language?: Language,
): string {
  const say = sayIn(language);
  const count = reported.length;
  const months = count === 1 ? say('1 month') : say('{count} months', { count });
  if (!part) return say('{label}, {months} reported before the window', { label, months });
  const name = outputLabel(part, language);
  return count === 0
    ? name
    : say('{name}, with {months} reported before the window', { name, months });
}
