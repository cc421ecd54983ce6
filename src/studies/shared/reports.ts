/** Plans and projections for a report, and what every report says of them. */
import { groupBy } from '../../core/group.js';
import { grouped, printDecimal } from '../../core/number/decimal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { firstOf } from '../../core/text/prose.js';
import { compile } from '../../projection/compile.js';
import { run, type Projection } from '../../projection/evaluate.js';
import { missingMeasure } from '../../projection/measureTree.js';
import { missingRates } from '../../projection/output.js';
import { MEASURES, type Plan } from '../../projection/plan.js';
import { compilerFor } from '../../projection/plansAlike.js';
import type { Dimension } from '../../projection/rollup.js';
import { buyerKey, reportingCurrency, type Scenario } from '../../scenario/scenario.js';
import { argumentError } from './argumentError.js';
import { OWN_CURRENCY, type ReportOptions } from './options.js';
import { splitNotes, tableScenario, type SuppliersOf } from './timeNotes.js';
import { computedWhere, conditionsTest, placesOf, unmetConditions } from './where.js';

/** The projections of scenarios, in the currencies and measures and with the closure asked for. */
export function projections(
  scenarios: readonly Scenario[],
  options: ReportOptions,
): Result<readonly Projection[]> {
  const compiled = plans(scenarios, options);
  return compiled.ok ? success(compiled.value.map(run)) : compiled;
}

/** The plans of scenarios; diagnostics if a measure or a rate is missing. */
export function plans(
  scenarios: readonly Scenario[],
  options: ReportOptions,
): Result<readonly Plan[]> {
  const problems = missingIn(scenarios, options);
  if (problems.length > 0) return failure(problems);
  const compiler = compilerFor(scenarios);
  return success(scenarios.map((scenario) => planOf(scenario, options, { compiler })));
}

/** An error for each measure, row and rate that is asked for or needed, and that scenarios do not have. */
export function missingIn(
  scenarios: readonly Scenario[],
  options: ReportOptions,
): readonly Diagnostic[] {
  return [
    ...missingMeasures(scenarios, options),
    ...unmetConditions(scenarios, options.where, options.measure),
    ...scenarios.flatMap((scenario) => missingRates(scenario, codesFor(scenario, options))),
  ];
}

/** An error for each measure asked for of which no scenario has a cell. */
export function missingMeasures(
  scenarios: readonly Scenario[],
  { measure = [] }: Pick<ReportOptions, 'measure'>,
): readonly Diagnostic[] {
  return measure.flatMap((one) => {
    const problem = missingMeasure(one, scenarios);
    return problem ? argumentError('--measure', one)(problem).diagnostics : [];
  });
}

/** The currencies that are reported. */
export function codesFor(
  scenario: Scenario,
  { currency, measure = MEASURES, ...rows }: ReportOptions,
): string[] {
  if (currency?.[0] !== OWN_CURRENCY) {
    return [...(currency ?? [reportingCurrency(scenario).code])];
  }
  const places = placesOf(scenario, measure).filter(conditionsTest(scenario, computedWhere(rows)));
  const sellers = places.map(({ supplier }) => scenario.suppliers.get(supplier)!);
  return [...new Set(sellers.map((supplier) => supplier.currency.code))];
}

/** How a plan is compiled. */
interface PlanOptions {
  /** Currencies whose rates a study multiplies. */
  readonly shocked?: readonly string[];
  /** `compilerFor` some scenarios; `compile` unless given. */
  readonly compiler?: typeof compile;
}

/** The plan of a scenario, in the currencies and measures and with the closure asked for. */
export function planOf(
  scenario: Scenario,
  options: ReportOptions,
  { shocked = [], compiler = compile }: PlanOptions = {},
): Plan {
  const { closure } = options;
  const plan = compiler(scenario, { currencies: codesFor(scenario, options), closure, shocked });
  const own = options.currency?.[0] === OWN_CURRENCY;
  const isKept = conditionsTest(scenario, computedWhere(options));
  const cells = plan.cells.filter((cell) => {
    const { measure, supplier, unit } = cell;
    if (!isKept(cell)) return false;
    if (options.measure && !options.measure.includes(measure)) return false;
    if (!own || measure === 'units') return true;
    return unit.label === scenario.suppliers.get(supplier)!.currency.code;
  });
  return { ...plan, cells };
}

/** Notes on a projection: over- or underspending of the envelope, understated revenue, and what is not depreciated. */
export function notesOn(
  { scenario, envelope, total }: Pick<Projection, 'scenario' | 'envelope' | 'total'>,
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const id = buyerKey(scenario);
  const notes: string[] = [];
  if (total !== envelope) {
    const { code, places } = scenario.currency;
    const print = (count: bigint) => `${grouped(printDecimal(count, places))} ${code}`;
    const whole = print(envelope);
    notes.push(
      total > envelope
        ? say('{id}: demand is {gap} over the envelope of {whole}', {
            ...{ id, gap: print(total - envelope), whole },
          })
        : say('{id}: demand is {gap} under the envelope of {whole}', {
            ...{ id, gap: print(envelope - total), whole },
          }),
    );
  }
  if (scenario.understated.size > 0) {
    const labels = [...scenario.understated].map((t) => scenario.window.periods[t]!.label);
    notes.push(
      say(
        '{id}: revenue is understated in {periods}: part of it comes from spending before the window (lag)',
        { id, periods: labels.join(', ') },
      ),
    );
  }
  if (scenario.leaves.some(({ life }) => life) && scenario.actuals.before.length > 0)
    notes.push(say('{id}: depreciation leaves out what was spent before the window', { id }));
  return notes;
}

/** Notes on the periods that a table of projections splits; what is true of several is said once. */
export function splitNotesOn(
  all: readonly SuppliersOf[],
  dimensions: readonly Dimension[],
  language?: Language,
): readonly string[] {
  const notes = all.map(tableScenario).flatMap(({ scenario, sellers }) => {
    const id = buyerKey(scenario);
    return splitNotes(scenario, sellers, dimensions, language).map((note) => ({ id, note }));
  });
  return [...groupBy(notes, ({ note }) => note)].map(
    ([note, own]) => `${firstOf(own.map(({ id }) => id))}: ${note}`,
  );
}

/** The notes on split periods of a table that names its scenario; those of buyers say of which ones. */
export function splitNotesIn(
  all: readonly SuppliersOf[],
  dimensions: readonly Dimension[],
  language?: Language,
): readonly string[] {
  const [one] = all;
  if (!one || one.scenario.buyer) return splitNotesOn(all, dimensions, language);
  return splitNotes(one.scenario, tableScenario(one).sellers, dimensions, language);
}

/** `Alibaba, RMB 380bn over three years (alibaba-380bn)` */
export function titleWithId({ id, title }: Pick<Scenario, 'id' | 'title'>): string {
  return title === id ? id : `${title} (${id})`;
}

/** How exchange rates are quoted; every report says it. */
export function quotation(
  { currency: { code } }: Pick<Scenario, 'currency'>,
  language?: Language,
): string {
  return sayIn(language)(
    'rates are {code} per unit of foreign currency: a higher rate is a weaker {code}',
    { code },
  );
}
