/** Columns of tables, and what each holds: a name has one meaning in all studies. */
import type { Column } from '../../core/table.js';

const UNIT = 'in the unit of the row';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  scenario: 'The id of the scenario, or of the portfolio.',
  buyer: 'The key of the buyer in its portfolio; of a scenario by itself, its id.',
  fiscal_year: 'The fiscal year of the buyer, named by the calendar year in which it ends.',
  fiscal_half: 'The half of the buyer’s fiscal year: FY2026H1.',
  fiscal_quarter: 'The quarter of the buyer’s fiscal year: FY2026Q1.',
  calendar_year: 'The calendar year.',
  calendar_half: 'The half of the calendar year: 2026H1.',
  calendar_quarter: 'The quarter of the calendar year: 2026Q1.',
  supplier_year: 'The fiscal year of the supplier.',
  supplier_half: 'The half of the supplier’s fiscal year.',
  supplier_quarter: 'The quarter of the supplier’s fiscal year.',
  period:
    'The period of the buyer’s calendar; revenue that a lag moves beyond the window is `after` it.',
  component: 'The path of the component from the top of the tree, with `/`.',
  supplier: 'The key of the supplier.',
  measure: 'demand, revenue, units or content; content is part of demand: do not add the two.',
  unit: 'A currency code, or the unit of count.',
  value: `The number, ${UNIT}; for a row about an input, the value of the input.`,
  grade: 'The evidence grade: that of the weakest input behind the number.',
  base: `The number in the base case, ${UNIT}.`,
  difference: `The number less the one it is compared with, ${UNIT}.`,
  relative:
    'The difference in percent of the number it is compared with, rounded half-even to two decimals.',
  method: 'The forecast compared with what was reported: the scenario, or a naive forecast.',
  span: 'One period, all periods up to it, or a mean over all.',
  reported: `The reported amount, ${UNIT}.`,
  error: `The forecast less the reported amount, ${UNIT}.`,
  group: 'The group of inputs of this step of the bridge; `from` and `to` are its ends.',
  path: 'The path of an input.',
  base_place: 'The place of the value in the base scenario: file, line and column.',
  value_place: 'The place of the value in the other scenario: file, line and column.',
  output: 'The output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT.',
  input: 'The path of an input.',
  gives_way: 'The inputs that absorb a change of a share.',
  low: 'The low end of the input.',
  high: 'The high end of the input.',
  at_low: `The output at the low end, ${UNIT}.`,
  at_high: `The output at the high end, ${UNIT}.`,
  swing: `The greatest less the least output of low, base and high, ${UNIT}.`,
  currency: 'The currency whose rate changes.',
  closure: 'What absorbs a change of exchange rates: budget, volume or scale.',
  shock:
    'The relative change of the rate: 0.1 is 10% more of the envelope’s currency per foreign unit.',
  translation: `The effect of reporting at the changed rate, ${UNIT}.`,
  transaction: `The effect of the changed rate on costs, ${UNIT}.`,
  cross: `The effect of both together beyond their sum, ${UNIT}.`,
  target: 'The target of the output.',
  result: 'The output at this value of the input.',
  verdict: 'Whether the value meets the target; `from` and `to` are the ends of a range.',
  step: 'The number of the step, counted from the output down.',
  name: 'The name of what the step computes.',
  formula: 'The formula of the step, with its numbers.',
  source: 'The source of a claim; for a step, the place of its input: file, line and column.',
  claim: 'The claim that supports the value.',
  says: 'The figure or the words of that claim.',
  whose: 'The author of the claim.',
  date: 'The date of the source.',
  where: 'The place in the source.',
  range_claim: 'The claim that supports low and high.',
  range_says: 'The figure or the words of that claim.',
  reason: 'The assumption, or the note, of the input.',
  place: 'The place of the input: file, line and column.',
  statistic: 'mean, least, quantile, most, above or histogram.',
  at: 'The level of the quantile, the threshold, or the ends of the bar.',
  months: 'The months of the year that lie in the window; of several buyers, the fewest.',
  forecast: `The forecast, ${UNIT}.`,
  reported_year: 'The last fiscal year that the supplier has reported.',
  reported_unit: 'The currency of the reported revenue.',
  reported_revenue: 'The revenue reported for that year, in the currency of the supplier.',
  all_buyers: `What the supplier sells to all buyers of the table, ${UNIT}.`,
  largest_buyer: 'The buyer to whom the supplier sells most.',
  largest_share: 'The share of that buyer.',
  herfindahl: 'The Herfindahl index of the buyers: the sum of the squared shares, to 6 decimals.',
  share: 'The forecast in percent of the reported revenue, rounded half-even to two decimals.',
};

/** Columns of one kind, by their names. */
export function namedColumns(kind: Column['kind'], names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, kind }));
}

/** A field of a Frictionless table schema. A number column that is not described is named after a period or an input. */
export function fieldOf({ name, kind, description: own }: Column): object {
  const other = kind === 'number' ? `The number for \`${name}\`.` : undefined;
  const description = own ?? (Object.hasOwn(DESCRIPTIONS, name) ? DESCRIPTIONS[name] : other);
  return { name, type: kind === 'number' ? 'number' : 'string', description };
}
