/** A rate of a portfolio is told to have no effect only where it has none for any buyer. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { success } from '../../../../src/core/result.js';
import type { ReadFile } from '../../../../src/core/text/fileRequest.js';
import type { Scenario } from '../../../../src/scenario/scenario.js';
import { checkScenarios } from '../../../../src/studies/check/check.js';
import { changesWithoutEffect } from '../../../../src/studies/check/withoutEffect/withoutEffect.js';
import { givenWithoutEffect } from '../../../../src/studies/check/withoutEffect/givenWithoutEffect.js';
import { forecast } from '../../../../src/studies/forecast/forecast.js';
import { ask } from '../../../../src/studies/study.js';
import { cases, coverage } from '../../../support/cases.js';
import { loadedAll, membersOf, portfolioCases, rowsOf } from '../../../support/portfolios.js';
import { scenarioText } from '../../../support/scenarios.js';

const COUNT = Number(process.env['CAPEX_PORTFOLIOS'] ?? cases(20));

/** The rows of `run` in every currency that the forecast can be reported in. */
function rowsIn(members: readonly Scenario[]): readonly object[] {
  const by = 'buyer,calendar_quarter,component,supplier';
  return ['CNY', 'USD', 'HKD', 'JPY', 'KWD', 'EUR'].flatMap((currency) =>
    ask(forecast, members, { by, currency }).ok ? rowsOf(members, { by, currency }) : [],
  );
}

/** The rates of which `check` says that they change nothing, by their path in the portfolio. */
function ratesTold(members: readonly Scenario[]): readonly string[] {
  return checkScenarios(members).flatMap(({ message, span: { source } }) => {
    const [, path] = /^`(fx\.[^`]+)` changes no number/u.exec(message) ?? [];
    if (path === undefined) return [];
    return source.name === 'p.yaml' ? [path] : [`${source.name.replace('.yaml', '')}.${path}`];
  });
}

it('a rate that is told to change nothing changes no row of `run` when it moves', () => {
  let moved = 0;
  const law = fc.property(portfolioCases({ min: 1, max: 3 }), (one) => {
    const members = membersOf(one);
    for (const path of ratesTold(members)) {
      const after = membersOf(one, undefined, [`${path}=3.7`]);
      expect(rowsIn(after), path).toEqual(rowsIn(members));
      const said = changesWithoutEffect(after).map(({ message }) => message);
      const own = path.replace(/^b\d+\./u, '');
      expect(said.join('\n')).toMatch(`\`${own}\` changes no number`);
      moved++;
    }
  });
  fc.assert(law, { numRuns: COUNT });
  expect(moved).toBeGreaterThan(coverage(COUNT / 20));
}, 3_600_000);

it('a rate that is told and can be deleted changes no row of `run` when it is', () => {
  const law = fc.property(portfolioCases({ min: 1, max: 3 }), (one) => {
    const members = membersOf(one);
    for (const { inputs, diagnostic } of givenWithoutEffect(members)) {
      if (!/^delete (?:it, or let|FY)/u.test(diagnostic.hint!)) continue;
      const after = membersOf(one, undefined, [`${inputs[0]!.path}=remove`]);
      expect(rowsIn(after)).toEqual(rowsIn(members));
    }
  });
  fc.assert(law, { numRuns: COUNT });
}, 3_600_000);

const FX = 'base: { USD: 7.1, JPY: 0.05 }, path: { USD: 7.2, JPY: 0.04 }';

/** A buyer in yuan, and one in another currency. */
function portfolio(currency: string, fx: string, set: readonly string[] = []) {
  const read: ReadFile = ({ path }) => {
    const code = path === 'a.yaml' ? 'CNY' : currency;
    const price = '{ price: { value: 450 USD, unit: module } }';
    const components = `{ servers: ${code === 'JPY' ? price : '{}'} }`;
    const text = scenarioText({ currency: code, envelope: `400m ${code}`, components });
    return success({ name: path, text });
  };
  const text = `portfolio: p\ncurrency: CNY\nfx: { ${fx} }\nbuyers: { a: a.yaml, b: b.yaml }\n`;
  return loadedAll(text, read, set);
}

it('tells nothing of a base rate that a buyer in its currency needs for its prices', () => {
  const noPath = FX.replace(', JPY: 0.04', '');
  expect(ratesTold(portfolio('JPY', noPath))).toEqual([]);
  expect(ratesTold(portfolio('JPY', FX))).toEqual([]);
});

it('tells of a base rate that a path replaces for all buyers, once, and of its change', () => {
  const [usd, jpy, ...others] = checkScenarios(portfolio('CNY', FX));
  expect(others).toEqual([]);
  expect(usd!.message).toBe(
    '`fx.base.USD` changes no number of the forecast: `fx.path.USD` gives every period of every buyer its rate, and nothing is priced in USD',
  );
  expect(jpy!.message).toMatch('`fx.base.JPY`');
  const said = changesWithoutEffect(portfolio('CNY', FX, ['fx.base.JPY=0.06']));
  expect(said.map(({ message }) => message)).toEqual([jpy!.message]);
});

it('tells of a rate that holds before every window', () => {
  const path = 'path: { USD: { FY2024: 7, FY2025: 7.2 } }';
  const [warning, ...others] = checkScenarios(portfolio('CNY', `base: { USD: 7.1 }, ${path}`));
  expect(warning!.message).toMatch('`fx.base.USD`');
  expect(others.map(({ message, hint }) => [message, hint])).toEqual([
    [
      '`fx.path.USD.FY2024` changes no number of the forecast: nothing depends on it while it holds',
      'delete FY2024',
    ],
  ]);
});
