/** What the registers of a plan are called: after inputs, cells, and what the stages say of them. */
import { tailLabels } from '../../model/calendar.js';
import type { Ref } from '../../plan/builder.js';
import type { Step } from '../../plan/step.js';
import { UNASSIGNED } from '../../model/supplier.js';
import type { Plan, PlannedCell } from '../plan.js';

/**
 * The name of a register; empty where its formula has to tell.
 *
 * @param stepOf the step that writes a register
 */
export function namesOf(plan: Plan, stepOf: (ref: Ref) => Step): (ref: Ref) => string {
  const cells = new Map<Ref, string>();
  for (const cell of plan.cells) {
    if (!cells.has(cell.ref)) cells.set(cell.ref, nameOfCell(plan, cell));
  }
  const given = (ref: Ref): string | undefined => {
    const name = plan.names[ref];
    return name && ('path' in name ? name.path : name.join(' '));
  };
  const nameOf = (ref: Ref): string => {
    const step = stepOf(ref);
    if (step.op === 'input') return step.input.path;
    return cells.get(ref) ?? given(ref) ?? nameFrom(step, ref, nameOf);
  };
  return nameOf;
}

/** What comes from one number is called after it: `FY2026Q1 › servers`, `FY2026Q1 in USD`. */
function nameFrom(step: Step, ref: Ref, nameOf: (ref: Ref) => string): string {
  if (step.op === 'allocate') {
    const whole = nameOf(step.amount);
    const key = step.keys[ref - step.out]!;
    return whole === '' ? key : `${whole} › ${key}`;
  }
  if (step.op !== 'translate') return '';
  const whole = nameOf(step.amount);
  return whole === '' ? '' : `${whole} in ${step.currency}`;
}

/** As an output is written, without what goes without saying. */
function nameOfCell({ scenario }: Plan, { period, path, supplier, measure, unit }: PlannedCell) {
  const { window, currency } = scenario;
  const label = window.periods[period]?.label ?? tailLabels(window).period;
  const whose = supplier === UNASSIGNED ? path : `${path}/${supplier}`;
  const what = measure === 'units' ? 'units' : `${measure}.${unit.label}`;
  const usual = measure === 'demand' && unit.label === currency.code;
  return usual ? `${whose}@${label}` : `${whose}@${label}:${what}`;
}
