/** A scenario as JSON: each field is described once, and a document picks the fields that it needs. */
import { printDecimal, printFraction } from '../../core/number/decimal.js';
import { printDate } from '../../core/period.js';
import { positionOf } from '../../core/text/source.js';
import { GRADES } from '../../model/claims.js';
import { rateAt } from '../../model/fx.js';
import { isRest, type Share } from '../../model/input.js';
import type { Projection } from '../../projection/evaluate.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import type { Scenario } from '../../scenario/scenario.js';
import { quotation } from './reports.js';

const SCENARIO_FIELDS = {
  portfolio: ({ buyer }) => buyer?.portfolio.id,
  buyer: ({ buyer }) => buyer?.key,
  scenario: ({ id }) => id,
  title: ({ title }) => title,
  source: ({ tree }) => tree.span.source.name,
  as_of: ({ asOf }) => asOf && printDate(asOf),
  evidence: ({ evidence }) => evidence,
  currency: ({ currency }) => currency.code,
  from: ({ window }) => window.periods[0]!.label,
  to: ({ window }) => window.periods.at(-1)!.label,
  window: ({ window }) => ({
    from: window.periods[0]!.label,
    to: window.periods.at(-1)!.label,
    period: window.calendar.unit,
    fiscal_year_ends: window.calendar.endMonth,
  }),
  understated: ({ understated, window }) => [...understated].map((t) => window.periods[t]!.label),
  quotation,
  rates: ratesOf,
  components: ({ leaves }) => leaves.map(({ path, name }) => ({ path, name })),
  units: ({ leaves }) =>
    Object.fromEntries(leaves.flatMap(({ path, unit }) => (unit ? [[path, unit.name]] : []))),
  suppliers: ({ suppliers }) =>
    [...suppliers.values()].map((supplier) => ({
      key: supplier.key,
      name: supplier.name,
      currency: supplier.currency.code,
      fiscal_year_ends: supplier.yearEndMonth,
    })),
  correlations: ({ correlations }) =>
    correlations.map(({ paths, value }) => [...paths, printFraction(value.value)]),
  grades: gradesOf,
  inputs: (scenario) => scenario.inputs.map((input) => inputDocument(input, scenario)),
} satisfies Record<string, (scenario: Scenario) => unknown>;

/** A forecast of which no more is needed than its totals. */
export interface ForecastTotals extends Pick<Projection, 'scenario' | 'envelope' | 'total'> {
  readonly plan: Pick<Projection['plan'], 'closure'>;
}

const FORECAST_FIELDS = {
  closure: ({ plan }) => plan.closure,
  envelope: ({ scenario, envelope }) => printDecimal(envelope, scenario.currency.places),
  demand: ({ scenario, total }) => printDecimal(total, scenario.currency.places),
  difference: ({ scenario, envelope, total }) =>
    printDecimal(total - envelope, scenario.currency.places),
} satisfies Record<string, (forecast: ForecastTotals) => unknown>;

export type ScenarioField = keyof typeof SCENARIO_FIELDS;
export type ForecastField = ScenarioField | keyof typeof FORECAST_FIELDS;

/** Fields of a scenario, in the order given. */
export function scenarioDocument(scenario: Scenario, fields: readonly ScenarioField[]): object {
  return Object.fromEntries(fields.map((name) => [name, SCENARIO_FIELDS[name](scenario)]));
}

/** Fields of a scenario and of its forecast, in the order given. */
export function forecastDocument(
  forecast: ForecastTotals,
  fields: readonly ForecastField[],
): object {
  const all = { ...SCENARIO_FIELDS, ...FORECAST_FIELDS };
  const isOfForecast = (name: ForecastField): name is keyof typeof FORECAST_FIELDS =>
    Object.hasOwn(FORECAST_FIELDS, name);
  return Object.fromEntries(
    fields.map((name) => [
      name,
      isOfForecast(name) ? all[name](forecast) : all[name](forecast.scenario),
    ]),
  );
}

/** Every exchange rate by its name and day: base rates, then the rate of each period. */
function ratesOf(scenario: Scenario): object[] {
  const { fx, window } = scenario;
  const rateDocument = (currency: string, when: string, rate: Share) => ({
    currency,
    when,
    rate: rate.text,
    name: rate.attributes.name?.value,
    date: rate.attributes.date?.text,
  });
  const base = [...fx.base].map(([code, input]) => rateDocument(code, 'base', input));
  const path = [...fx.path.keys()].flatMap((code) =>
    window.periods.flatMap(({ label }, t) => {
      const input = rateAt(scenario, code, t);
      return input ? [rateDocument(code, label, input)] : [];
    }),
  );
  return [...base, ...path];
}

/** How many inputs have each grade. */
function gradesOf({ inputs, ledger }: Scenario): object {
  const grades = inputs.flatMap((input) => (isRest(input) ? [] : [gradeOf(input, ledger)]));
  const counts = GRADES.map((grade) => [grade, grades.filter((one) => one === grade).length]);
  return Object.fromEntries(counts) as object;
}

function inputDocument(input: Share, { ledger }: Scenario): object {
  const { line, column } = positionOf(input.span);
  const attributes = Object.entries(input.attributes).map(([key, located]) => [
    key,
    (located as { text: string }).text,
  ]);
  return {
    path: input.path,
    value: input.text,
    exact: isRest(input) ? undefined : printFraction(input.value),
    grade: isRest(input) ? undefined : gradeOf(input, ledger),
    ...(Object.fromEntries(attributes) as object),
    source: input.span.source.name,
    line,
    column,
  };
}
