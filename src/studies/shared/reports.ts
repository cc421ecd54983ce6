/** The projections that a report is made of, or the reasons why they cannot be made. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { printDecimal } from '../../core/number/decimal.js';
import { sellersOf } from '../../projection/measureTree.js';
import { MEASURES, type Plan } from '../../projection/plan.js';
import { compile } from '../../projection/compile.js';
import { run, type Projection } from '../../projection/evaluate.js';
import { missingRates } from '../../projection/output.js';
import { straddlingPeriods } from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import { OWN_CURRENCY, type ReportOptions } from './options.js';

/** Projections in the currencies, measures and closure asked for; every needed rate is there. */
export function projections(
  scenarios: readonly Scenario[],
  options: ReportOptions,
): readonly Projection[] | readonly Diagnostic[] {
  const found = plans(scenarios, options);
  return areProblems(found) ? found : found.map(run);
}

/** The same as plans, which are still to be run. */
export function plans(
  scenarios: readonly Scenario[],
  options: ReportOptions,
): readonly Plan[] | readonly Diagnostic[] {
  const given = scenarios.map((scenario) => withClosure(scenario, options));
  const problems = given.flatMap((scenario) => [
    ...missingRates(scenario, codesFor(scenario, options)),
    ...straddlingPeriods(scenario, options.by ?? [], options.measure),
  ]);
  return problems.length > 0 ? problems : given.map((scenario) => planOf(scenario, options));
}

export function areProblems(
  result: readonly (Projection | Plan)[] | readonly Diagnostic[],
): result is readonly Diagnostic[] {
  return result.some((one) => 'severity' in one);
}

/** Any closure is valid for any scenario. */
function withClosure(scenario: Scenario, { closure }: ReportOptions): Scenario {
  return closure ? vary(scenario, [`fx.closure=${closure}`]).scenario! : scenario;
}

function codesFor(scenario: Scenario, { currency, measure = MEASURES }: ReportOptions): string[] {
  if (currency?.[0] !== OWN_CURRENCY) return [...(currency ?? [scenario.currency.code])];
  const sellers = [...sellersOf(scenario, measure)];
  return [...new Set(sellers.map((key) => scenario.suppliers.get(key)!.currency.code))];
}

function planOf(scenario: Scenario, options: ReportOptions): Plan {
  const plan = compile(scenario, { currencies: codesFor(scenario, options) });
  const own = options.currency?.[0] === OWN_CURRENCY;
  const cells = plan.cells.filter(({ measure, supplier, unit }) => {
    if (options.measure && !options.measure.includes(measure)) return false;
    if (!own || measure === 'units') return true;
    return unit.label === scenario.suppliers.get(supplier)!.currency.code;
  });
  return { ...plan, cells };
}

/** What a person should know of a projection beside its numbers. */
export function notesOn({ scenario, envelope, total }: Projection): readonly string[] {
  const notes: string[] = [];
  if (total !== envelope) {
    const { code, places } = scenario.currency;
    const [kind, gap] = total > envelope ? ['over', total - envelope] : ['under', envelope - total];
    notes.push(
      `${scenario.id}: demand is ${printDecimal(gap, places)} ${code} ${kind} the envelope of ` +
        `${printDecimal(envelope, places)} ${code}`,
    );
  }
  if (scenario.understated.size > 0) {
    const labels = [...scenario.understated].map((t) => scenario.window.periods[t]!.label);
    notes.push(
      `${scenario.id}: revenue is understated in ${labels.join(', ')}: part of it comes from spending before the window (lag)`,
    );
  }
  return notes;
}

/** `Alibaba, RMB 380bn over three years (alibaba-380bn)` */
export function nameOf({ id, title }: Scenario): string {
  return title === id ? id : `${title} (${id})`;
}

/** How rates are quoted, which every report states. */
export function quotation({ currency }: Scenario): string {
  return `rates are ${currency.code} per unit of foreign currency: a higher rate is a weaker ${currency.code}`;
}
