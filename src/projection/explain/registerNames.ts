/** The names of registers: those of inputs and cells, or those that the stages have given. */
import { sayName, type Say } from '../../core/text/language.js';
import { tailLabel } from '../../model/calendar.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { pathInPortfolio } from '../../scenario/portfolio/portfolioPaths.js';
import type { Ref } from '../../plan/builder.js';
import type { Step } from '../../plan/step.js';
import type { Plan, PlannedCell } from '../plan.js';
import type { RegisterDescriptions } from './registerDescriptions.js';

/** The name of a register; empty where only its formula describes it. */
export function registerNames(
  plan: Plan,
  { steps, say }: Pick<RegisterDescriptions, 'steps' | 'say'>,
): (ref: Ref) => string {
  const cells = new Map<Ref, string>();
  for (const cell of plan.cells) {
    // The part of a cell is named after the cell.
    if (cell.month === undefined && !cells.has(cell.ref))
      cells.set(cell.ref, nameOfCell(plan, cell));
  }
  const stageName = (ref: Ref): string | undefined => {
    const name = plan.names[ref];
    if (typeof name !== 'object') return name;
    return 'path' in name ? pathInPortfolio(plan.scenario, name.path) : say(name);
  };
  const nameOf = (ref: Ref): string => {
    const step = steps[ref]!;
    if (step.op === 'input') return pathInPortfolio(plan.scenario, step.input.path);
    return cells.get(ref) ?? stageName(ref) ?? nameFromAmount(step, ref, nameOf, say);
  };
  return nameOf;
}

/** A part, or a translated amount, after the amount that it comes from: `FY2026Q1 › servers`. */
function nameFromAmount(step: Step, ref: Ref, nameOf: (ref: Ref) => string, say: Say): string {
  if (step.op === 'allocate') {
    const whole = nameOf(step.amount);
    const key = sayName(step.keys[ref - step.out]!, say);
    return whole === '' ? key : `${whole} › ${key}`;
  }
  if (step.op !== 'translate') return '';
  const whole = nameOf(step.amount);
  return whole === ''
    ? ''
    : say('{amount} in {currency}', { amount: whole, currency: step.currency });
}

/** As `readOutput` reads it, without what it takes by default: `servers/inspur@FY2026Q1`; that of a buyer has its key. */
export function nameOfCell(
  { scenario }: Plan,
  { period, path, supplier, measure, unit }: PlannedCell,
) {
  const { window, currency } = scenario;
  const label = window.periods[period]?.label ?? tailLabel(window);
  const place = supplier === UNASSIGNED ? path : `${path}/${supplier}`;
  const what = measure === 'units' ? 'units' : `${measure}.${unit.label}`;
  const isDefault = measure === 'demand' && unit.label === currency.code;
  const name = isDefault ? `${place}@${label}` : `${place}@${label}:${what}`;
  return scenario.buyer ? `${scenario.buyer.key}!${name}` : name;
}
