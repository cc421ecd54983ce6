/** Cases of values without effect, of doubts about rates, and of numbers far from their kind. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/text/diagnostic.js';
import { load, type Loaded } from '../../src/scenario/load.js';
import { checkScenarios } from '../../src/studies/check/check.js';
import type { Answer } from '../../src/studies/answer.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { show } from '../../src/studies/forecast/show.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../src/studies/study.js';
import { readBeside } from '../support/files.js';
import { valueOf } from '../support/results.js';

/** A case as a command reads it: `oracle/F3-table.yaml`. */
function caseOf(file: string): Loaded {
  const name = `test/cases/${file}`;
  return load(readFileSync(name, 'utf8'), { name, read: readBeside });
}

/** What `capex check` says. */
function checkOf(file: string): readonly Diagnostic[] {
  const { scenario, diagnostics } = caseOf(file);
  return [...diagnostics, ...(scenario ? checkScenarios([scenario]) : [])];
}

describe('a rate that is given as a quotient, or by an inverse table', () => {
  const answer = (file: string): Answer =>
    valueOf(ask(sensitivity, [caseOf(`oracle/${file}`).scenario!], { of: ':demand.USD' }));

  it.each(['F3-tornado-rate-quotient.yaml', 'F3-table.yaml'])(
    '%s is evaluated at its low and its high',
    (file) => {
      const { table, notes } = answer(file);
      expect(notes).toEqual([]);
      const [[, , , , , ...numbers]] = table!.rows as [string[]];
      expect(numbers).toEqual(['20/3', '50/7', '100/13', '150.00', '140.00', '130.00', '20.00']);
    },
  );
});

describe('what is later than the day of the forecast is an error', () => {
  it.each([
    ['rate-date-after-asof', 'its date is 2025-06-30'],
    ['actuals-after-asof', 'FY2026Q1 ends on 2025-06-30'],
  ])('%s: %s', (name, found) => {
    const { scenario, diagnostics } = caseOf(`${name}/s.yaml`);
    expect(scenario).toBeUndefined();
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'look-ahead', found })]);
  });
});

describe('rates of one currency that are far apart are a warning', () => {
  it.each([
    ['pairs-pboc', 'are 99 times apart', 'a rate per 100 JPY'],
    ['fx-path-inverse-vs-base', 'are 51 times apart', 'the inverse: 1/0.1394'],
    ['rate-inverted', 'are 51 times apart', 'the inverse: 1/7.05'],
  ])('%s', (name, message, found) => {
    const warnings = checkOf(`${name}/s.yaml`).filter(({ code }) => code === 'rates-apart');
    expect(warnings).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringContaining(message) as string,
        found: expect.stringContaining(found) as string,
      }),
    ]);
  });
});

it('growth-without-percent: asks whether 10% was meant', () => {
  const asked = checkOf('growth-without-percent/s.yaml').find(
    ({ code }) => code === 'percent-missing',
  );
  expect(asked).toMatchObject({
    severity: 'warning',
    message: '`10` is 1000%: was 10% meant?',
    hint: 'write 10%, or 1000% if it is right',
  });
});

it('layer-year-over-quarter: an error names the quarters of the parent', () => {
  const { scenario, diagnostics } = caseOf('layer-year-over-quarter/s.yaml');
  expect(scenario).toBeUndefined();
  const words = diagnostics.map(({ code, message }) => `${code}: ${message}`);
  expect(words).toEqual([
    'keys-conflict: `fx.path.USD.FY2026` has no effect: the parent gives FY2026Q1, FY2026Q2, FY2026Q3 and FY2026Q4',
    'keys-conflict: `fx.path.USD.FY2027` has no effect: the parent gives FY2027Q1',
  ]);
  expect(caseOf('layer-year-over-quarter/p.yaml').diagnostics).toEqual([]);
});

it('corr-norange-check: warns that the correlation has no effect', () => {
  expect(checkOf('corr-norange-check/s.yaml')).toEqual([
    expect.objectContaining({
      code: 'unused',
      severity: 'warning',
      message:
        'the correlation of `envelope` and `fx.base.USD` has no effect: `fx.base.USD` has no range',
    }),
  ]);
});

it('check-on-units: a check on units takes bounds with the name of the unit', () => {
  expect(checkOf('check-on-units/s.yaml')).toEqual([]);
});

it('correlations-40: 780 correlations are checked in a moment', () => {
  const start = performance.now();
  expect(checkOf('correlations-40/m.yaml').filter(({ severity }) => severity === 'error')).toEqual(
    [],
  );
  // Under a second on an idle machine; before, 9 seconds.
  expect(performance.now() - start).toBeLessThan(4000);
});

it('title-folded: the title is one line, without an odd character', () => {
  const { scenario } = caseOf('title-folded/s.yaml');
  const { sheets } = valueOf(ask(show, [scenario!], {}));
  expect(sheets![0]!.title).toBe('A long title over two lines (t)');
});

it('oracle/F2: currencies of the tail come in the order asked', () => {
  const { scenario } = caseOf('oracle/F2-tail-currency-order.yaml');
  const asked = { measure: 'revenue', by: 'period', currency: 'EUR,JPY' };
  const { table } = valueOf(ask(forecast, [scenario!], asked));
  expect(
    [...table!.rows].map(([, period, , unit, value]) => `${period!} ${unit!} ${value!}`),
  ).toEqual([
    'FY2026Q1 EUR 0.00',
    'FY2026Q1 JPY 0',
    'after FY2026Q1 EUR 1.25',
    'after FY2026Q1 JPY 10000',
  ]);
});

it('oracle/F4: an estimate that nothing uses is left out of the tornado, and a warning', () => {
  const file = 'oracle/F4-unused-estimate-range.yaml';
  const { table, notes } = valueOf(ask(sensitivity, [caseOf(file).scenario!], { of: 'x' }));
  expect(table!.rows).toEqual([]);
  expect(notes).toEqual(['estimates.b.split.x is left out: it changes no number of the forecast']);
  expect(checkOf(file)).toEqual([
    expect.objectContaining({
      code: 'unused',
      severity: 'warning',
      message:
        'nothing in `estimates.b` changes a number of the forecast: `mix` names it for no period',
    }),
  ]);
});
