/** Look-ahead: a forecast of one day uses no rate, and no reported amount, of a later day. */
import { expect, it } from 'vitest';
import { load } from '../../../src/scenario/load.js';
import { cases, coverage } from '../../support/cases.js';
import { source } from '../../support/questions.js';

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const DAY = 86_400_000;
const two = (n: number) => String(n).padStart(2, '0');
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The last day of a period that ends with a month, from 1, of a year; months may exceed 12. */
function lastDay(year: number, month: number): string {
  return dayOf(Date.UTC(year, month, 1) - DAY);
}

/** A random scenario with rates and reported amounts, and the paths of those that are too late. */
function drawCase({ pick, next }: ReturnType<typeof source>) {
  const ends = pick([1, 2, 3, 6, 9, 12]);
  const unit = pick(['month', 'quarter', 'year'] as const);
  const length = MONTHS[unit];
  const asOf = dayOf(Date.UTC(2025, 0, 1) + Math.floor(next() * 1200) * DAY);
  const late: string[] = [];
  const takeIfLate = (day: string, path: string) => {
    if (day > asOf) late.push(path);
  };
  const index = 1 + Math.floor(next() * (12 / length));
  const part = { month: `M${two(index)}`, quarter: `Q${index}`, year: '' }[unit];
  const key = `FY2026${part}`;
  takeIfLate(lastDay(2025, ends + index * length), `actuals.periods.${key}`);
  const isEnd = next() < 0.3;
  const own = pick([3, 12]);
  takeIfLate(lastDay(2025, own), 'suppliers.a.revenue.FY2025');
  const rate = isEnd ? asOf : dayOf(Date.UTC(2024, 5, 1) + Math.floor(next() * 1200) * DAY);
  takeIfLate(rate, 'fx.path.USD.FY2026.date');
  const text = `scenario: late
as_of: ${asOf}
currency: CNY
calendar: { fiscal_year_ends: ${ends}, from: FY2026, to: FY2028, period: ${unit} }
envelope: 100bn CNY
phasing: even
estimates: { view: { split: { servers: 60%, other: rest } } }
mix: view
components: { servers: { suppliers: { a: rest } } }
suppliers: { a: { fiscal_year_ends: ${own}, revenue: { FY2025: 1bn CNY } } }
fx: { path: { USD: { FY2026: { value: 7.1, date: ${rate} }, FY2027: 7.2 } } }
actuals: { periods: { ${key}: 1bn CNY } }
`;
  return { text, late };
}

it('refuses exactly the rates and the reported amounts that are later than `as_of`', () => {
  const dice = source(3);
  let [refused, whole] = [0, 0];
  for (let draw = 0; draw < cases(300); draw++) {
    const { text, late } = drawCase(dice);
    const { diagnostics, scenario } = load(text);
    const found = diagnostics.filter(({ code }) => code === 'look-ahead');
    expect(found.map(({ severity }) => severity)).toEqual(late.map(() => 'error'));
    const places = found.map(({ span }) => text.slice(span.start, span.end));
    const expected = late.map((path) =>
      path.endsWith('.date') ? /\d{4}-\d\d-\d\d/ : path.split('.').at(-1)!,
    );
    for (const one of expected) expect(places.some((place) => place.match(one))).toBe(true);
    expect(scenario === undefined).toBe(late.length > 0);
    if (late.length > 0) refused++;
    else whole++;
  }
  expect(refused).toBeGreaterThan(coverage(50));
  expect(whole).toBeGreaterThan(coverage(20));
});

it('takes an amount of a period that ends on the day of the forecast, and none of the day after', () => {
  const at = (asOf: string) =>
    load(`scenario: edge
as_of: ${asOf}
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2024Q4, to: FY2025Q4 }
envelope: 100bn CNY
phasing: even
estimates: { view: { split: { servers: rest } } }
mix: view
actuals: { periods: { FY2024Q4: 1bn CNY } }
`).diagnostics.map(({ code }) => code);
  expect(at('2024-03-31')).toEqual([]);
  expect(at('2024-03-30')).toEqual(['look-ahead']);
});

it('asks for no day where the scenario has no `as_of`', () => {
  const { text } = drawCase(source(1));
  expect(load(text.replace(/as_of: .*\n/, '')).diagnostics).toEqual([]);
});
