/** What the columns of tables hold, each described once: a name means the same in every study. */
import type { Column } from '../../core/table.js';

const UNIT = 'in the unit of the row';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  scenario: 'The id of the scenario.',
  fiscal_year: 'The fiscal year of the buyer, named by the calendar year in which it ends.',
  calendar_year: 'The calendar year.',
  supplier_year: 'The fiscal year of the supplier.',
  period: 'The period of the buyer’s calendar; what a lag moves behind the window is `after` it.',
  component: 'The path of the component, from the root, with `/`.',
  supplier: 'The key of the supplier.',
  measure: 'demand, revenue, units, or content, which is inside demand and never added to it.',
  unit: 'A currency code, or what units are counted in.',
  value: `The number, ${UNIT}; of an input where the row is about one.`,
  grade: 'How well the number is known: as well as the worst known input on which it rests.',
  base: `The number before anything is changed, ${UNIT}.`,
  difference: `By how much the number differs, ${UNIT}.`,
  relative: 'The same in percent of the number from which it differs, half-even to two decimals.',
  method: 'The forecast that is held to what was reported: of the scenario, or a naive one.',
  span: 'One period, all periods up to it, or a mean of all.',
  reported: `What was reported, ${UNIT}.`,
  error: `The forecast less what was reported, ${UNIT}.`,
  group: 'Which inputs make this step of the bridge; `from` and `to` are its ends.',
  path: 'The path of an input.',
  base_place: 'Where the base says so: file, line and column.',
  value_place: 'Where the other scenario says so: file, line and column.',
  output: 'The number of the forecast: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT.',
  input: 'The path of an input.',
  gives_way: 'The inputs that give way where a share moves.',
  low: 'The low end of the input.',
  high: 'The high end of the input.',
  at_low: `The output at the low end, ${UNIT}.`,
  at_high: `The output at the high end, ${UNIT}.`,
  swing: `How far apart the outputs at both ends are, ${UNIT}.`,
  currency: 'The currency whose rate moves.',
  closure: 'What gives way to FX: budget, volume or scale.',
  shock:
    'The move of the rate: 0.1 is a tenth more of the envelope’s currency for one foreign unit.',
  translation: `What reporting at the moved rate makes of it, ${UNIT}.`,
  transaction: `What the moved costs make of it, ${UNIT}.`,
  cross: `What both together add, ${UNIT}.`,
  target: 'What the output is asked to be.',
  result: 'What the output is at this value of the input.',
  verdict: 'Whether the value meets the target, and from where to where.',
  step: 'The number of the step, counted from the output down.',
  name: 'What the step computes.',
  formula: 'How, with the numbers in it.',
  source: 'The source of a claim; of a step the place of its input: file, line and column.',
  claim: 'The claim on which the value rests.',
  says: 'What that claim says.',
  whose: 'Whose claim it is.',
  date: 'The day of the source.',
  where: 'The place in the source.',
  range_claim: 'The claim on which low and high rest.',
  range_says: 'What that claim says.',
  reason: 'The assumption, or the note, of the input.',
  place: 'Where the input stands: file, line and column.',
  statistic: 'mean, least, quantile, most, above or histogram.',
  at: 'Which quantile, above which value, or from which value to which.',
  months: 'How many months of the year lie in the window.',
  forecast: `The forecast, ${UNIT}.`,
  reported_year: 'The last fiscal year that the supplier has reported.',
  reported_revenue: `The revenue that it reported, ${UNIT}.`,
  share: 'The forecast in percent of the reported revenue, rounded half-even to two decimals.',
};

/** A field of a Frictionless table schema. A number column of another name is a period or an input. */
export function fieldOf({ name, kind }: Column): object {
  const other = kind === 'number' ? `The number for \`${name}\`.` : undefined;
  const description = Object.hasOwn(DESCRIPTIONS, name) ? DESCRIPTIONS[name] : other;
  return { name, type: kind === 'number' ? 'number' : 'string', description };
}
