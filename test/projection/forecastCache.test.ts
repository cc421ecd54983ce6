/** Forecasts under changes: what the cache computes is what the changed text gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction, multiply } from '../../src/core/number/fraction.js';
import type { Diagnostic } from '../../src/core/text/diagnostic.js';
import { isRest, type Input } from '../../src/model/input.js';
import { project } from '../../src/projection/compile.js';
import type { Projection } from '../../src/projection/evaluate.js';
import { forecastCache } from '../../src/projection/forecastCache.js';
import type { CachedForecast } from '../../src/projection/forecastVariants.js';
import { missingRates, readOutput } from '../../src/projection/output.js';
import { amountOf } from '../../src/projection/outputAmounts.js';
import { load } from '../../src/scenario/load.js';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import { portfolioInputs } from '../../src/scenario/portfolio/portfolioPaths.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { literalOf } from '../../src/studies/variation/inputValues.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { cellsOf, linesOf, loaded } from '../support/cells.js';
import { scenario as small } from '../support/capex.js';
import { membersOf, portfolioCases, portfolioText, readerOf } from '../support/portfolios.js';
import { valueOf } from '../support/results.js';
import { scenarioText } from '../support/scenarios.js';

type Told = { readonly cells: string; readonly numbers: readonly string[] } | readonly string[];

/** Every cell and the number of every input, or the errors. */
function told(
  { scenario, cells }: Pick<Projection, 'scenario' | 'cells'>,
  numberOf: CachedForecast['numberOf'],
): Told {
  const numbers = scenario.inputs.flatMap((input) => {
    if (isRest(input)) return [];
    const { n, d } = numberOf(input);
    return [`${input.path} ${n}/${d}`];
  });
  return { cells: linesOf(cellsOf({ scenario, cells } as Projection)), numbers };
}

function toldOf(forecast: CachedForecast): Told {
  return told({ ...forecast, cells: forecast.cells() }, forecast.numberOf);
}

function messagesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ message }) => message);
}

/** What the text with the changes gives. */
function byText(text: string, set: readonly string[], currency?: string): Told {
  const { scenario, diagnostics } = load(text, { set });
  if (!scenario) return messagesOf(diagnostics);
  const code = currency ?? scenario.currency.code;
  const missing = missingRates(scenario, [code]);
  if (missing.length > 0) return messagesOf(missing);
  return told(project(scenario, { currencies: [code] }), ({ value }) => value);
}

/** The literal of an input in another currency, or in years in place of periods. */
function inOtherUnit({ text, unit }: Input, { window }: Scenario): string {
  if (unit === undefined) return text.replace(/[A-Z]{3}$/, 'USD');
  return text.replace(/\w+$/, unit === 'years' ? `${window.calendar.unit}s` : 'years');
}

type Draw = readonly [kind: number, which: number, times: number];

/** A change of a number in most cases, else of something that has none; some are not valid. */
function changeOf(scenario: Scenario, [kind, which, times]: Draw): string {
  const { inputs, fx } = scenario;
  const numbers = inputs.flatMap((input) => (isRest(input) ? [] : [input]));
  const input = numbers[which % numbers.length]!;
  const [code = 'USD'] = fx.base.keys();
  const others = [
    `fx.closure=${['budget', 'volume', 'scale'][times % 3]!}`,
    `fx.path.${code}=${times + 1}.5`,
    'phasing=even',
    `${input.path}=rest`,
    `${input.path}={ value: ${input.text}, note: "a # b" }`,
    `${input.path}=9x`,
    `${input.path}=${inOtherUnit(input, scenario)}`,
    `title=${times}`,
  ];
  if (kind < others.length) return others[kind]!;
  const near = times === 0 ? input.value : multiply(input.value, fraction(BigInt(times), 8n));
  const path = kind === others.length ? `${input.path}.value` : input.path;
  return `${path}=${literalOf(input, near) ?? input.text}`;
}

const draws = fc.tuple(fc.nat(20), fc.nat(400), fc.nat(12));
const requests = fc.array(fc.array(draws, { maxLength: 3 }), { minLength: 3, maxLength: 6 });

it('40 random scenarios under random changes, one after the other, give what their texts give', () => {
  const tally = { forecasts: 0, errors: 0 };
  fc.assert(
    fc.property(scenarios(), requests, (spec, all) => {
      const text = toYaml(spec);
      const base = loaded(text);
      const forecastOf = forecastCache();
      for (const [i, changes] of all.entries()) {
        const set = changes.map((one) => changeOf(base, one));
        const currency = i % 2 === 0 ? undefined : spec.currencies.at(-1);
        const result = forecastOf(text, { set, currency });
        const found = result.ok ? toldOf(result.value[0]!) : messagesOf(result.diagnostics);
        expect(found, set.join('\n')).toEqual(byText(text, set, currency));
        tally[result.ok ? 'forecasts' : 'errors']++;
      }
    }),
    { numRuns: cases(40) },
  );
  expect(tally.forecasts).toBeGreaterThan(coverage(20));
  expect(tally.errors).toBeGreaterThan(coverage(20));
}, 120_000);

it('reads a life in another unit: 2 quarters are not 2 years', () => {
  const text = scenarioText({ components: '{ servers: { life: 3 years }, open: {} }' });
  const forecastOf = forecastCache();
  for (const life of ['4 years', '2 quarters', '2 years']) {
    const set = [`components.servers.life=${life}`];
    expect(toldOf(valueOf(forecastOf(text, { set }))[0]!)).toEqual(byText(text, set));
  }
});

it('random portfolios under changes give the cells of the text that is loaded with them', () => {
  const tally = { own: 0, shared: 0 };
  const picks = fc.array(fc.tuple(fc.nat(), fc.nat(12)), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(portfolioCases({ min: 2, max: 3 }), picks, (one, moves) => {
      const order = one.specs.map((_, i) => i);
      const text = portfolioText(one, order);
      const files = one.specs.map((spec, i) => ({ name: `b${i}.yaml`, text: toYaml(spec) }));
      const forecastsOf = forecastCache();
      const inputs = portfolioInputs(membersOf(one)).filter((input) => !isRest(input));
      for (const [which, times] of moves) {
        const input = inputs[which % inputs.length]! as Input;
        const value = multiply(input.value, fraction(BigInt(times), 8n));
        const set = [`${input.path}=${literalOf(input, value) ?? input.text}`];
        const result = forecastsOf(text, { set, currency: one.asked, files });
        const loaded = loadScenarios(text, { set, read: readerOf(one.specs) });
        const found = result.ok ? result.value.map(toldOf) : messagesOf(result.diagnostics);
        const expected =
          loaded.scenarios.length > 0
            ? loaded.scenarios.map((scenario) =>
                told(project(scenario, { currencies: [one.asked] }), ({ value: own }) => own),
              )
            : messagesOf(loaded.diagnostics);
        expect(found, set[0]).toEqual(expected);
        if (result.ok) tally[/^b\d/.test(input.path) ? 'own' : 'shared']++;
      }
    }),
    { numRuns: cases(12) },
  );
  expect(tally.own).toBeGreaterThan(coverage(8));
}, 120_000);

describe('a text', () => {
  const messageIn = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.find(({ severity }) => severity === 'error')!.message;
  const demandOf = (forecastOf: ReturnType<typeof forecastCache>, text: string, set: string[]) => {
    const result = forecastOf(text, { set });
    return result.ok ? result.value[0]!.cells()[0]!.count : messageIn(result.diagnostics);
  };

  it('with an error that a change mends has a forecast under that change', () => {
    const broken = small({ envelope: 'much' });
    const forecastOf = forecastCache();
    expect(forecastOf(broken).ok).toBe(false);
    expect(demandOf(forecastOf, broken, ['envelope=1000 CNY'])).toBe(
      demandOf(forecastOf, small(), []),
    );
  });

  it('gives its own numbers again after a change', () => {
    const forecastOf = forecastCache();
    const before = demandOf(forecastOf, small(), []);
    expect(demandOf(forecastOf, small(), ['envelope=2000 CNY'])).not.toBe(before);
    expect(demandOf(forecastOf, small(), ['view=1'])).toContain('`view` names nothing');
    expect(demandOf(forecastOf, small(), [])).toBe(before);
  });

  it('is read again after many others', () => {
    const forecastOf = forecastCache();
    const texts = Array.from({ length: 40 }, (_, i) => small({ envelope: String(1000 + i) }));
    const first = texts.map((text) => demandOf(forecastOf, text, []));
    expect(new Set(first).size).toBeGreaterThan(10);
    expect(texts.map((text) => demandOf(forecastOf, text, []))).toEqual(first);
  });

  it('has numbers of groups of time that split its periods', () => {
    const calendar = 'from: FY2026Q1, to: FY2026Q4';
    const textOf = (envelope: string) =>
      small({ calendar, envelope }).replace('fiscal_year_ends: 3', 'fiscal_year_ends: 1');
    const forecastOf = forecastCache();
    const result = valueOf(forecastOf(textOf('1000'), { set: ['envelope=2000.05 CNY'] }));
    const changed = loaded(textOf('2000.05'));
    for (const label of ['2025', '2025Q1', '2025Q2', '2026H1']) {
      const output = valueOf(readOutput(`*@${label}`, changed));
      expect(valueOf(result[0]!.amountOf(output))).toEqual(amountOf(project(changed), output));
    }
  });
});
