/** A rate of a portfolio is told to have no effect only where it has none for any buyer. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { success } from '../../../../src/core/result.js';
import type { ReadFile } from '../../../../src/core/text/fileRequest.js';
import { firstMonthOf } from '../../../../src/scenario/portfolio/sharedRates.js';
import type { Scenario } from '../../../../src/scenario/scenario.js';
import { checkScenarios } from '../../../../src/studies/check/check.js';
import { changesWithoutEffect } from '../../../../src/studies/check/withoutEffect/withoutEffect.js';
import { givenWithoutEffect } from '../../../../src/studies/check/withoutEffect/givenWithoutEffect.js';
import { forecast } from '../../../../src/studies/forecast/forecast.js';
import { ask } from '../../../../src/studies/study.js';
import { cases, coverage } from '../../../support/cases.js';
import {
  loadedAll,
  membersOf,
  portfolioCases,
  rowsOf,
  type PortfolioCase,
} from '../../../support/portfolios.js';
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

/** What the hint says as changes of `--set`; nothing where it says something else. */
function remedyIn(hint: string, path: string, { shared }: PortfolioCase) {
  if (/^delete (?:it, or let|FY\w+$)/u.test(hint)) return [`${path}=remove`];
  const [, code] =
    /^let `fx\.path\.(\w+)` begin before the window of every buyer, and delete it$/u.exec(hint) ??
    [];
  if (code === undefined) return [];
  const steps = shared.fx!.path[code] as Readonly<Record<string, string>>;
  const [, rate] = Object.entries(steps).toSorted(
    ([a], [b]) => firstMonthOf(a) - firstMonthOf(b),
  )[0]!;
  return [`${path}=remove`, `fx.path.${code}.FY2000=${rate}`];
}

it('a rate that is told changes no row of `run` when the hint is followed', () => {
  const law = fc.property(portfolioCases({ min: 1, max: 3 }), (one) => {
    const members = membersOf(one);
    for (const { inputs, diagnostic } of givenWithoutEffect(members)) {
      const set = remedyIn(diagnostic.hint!, inputs[0]!.path, one);
      if (set.length > 0) expect(rowsIn(membersOf(one, undefined, set))).toEqual(rowsIn(members));
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

it('tells of rates of a time in which nothing is spent', () => {
  const read: ReadFile = ({ path: name }) => {
    const calendar = '{ fiscal_year_ends: 12, from: FY2025, to: FY2026, period: quarter }';
    const phasing = '{ years: { FY2025: 0%, FY2026: 100% } }';
    return success({ name, text: scenarioText({ calendar, phasing }) });
  };
  const told = (fx: string) => {
    const text = `portfolio: p\ncurrency: CNY\nfx: { ${fx} }\nbuyers: { a: a.yaml }\n`;
    return checkScenarios(loadedAll(text, read)).map(({ message, hint }) => [message, hint]);
  };
  expect(told('base: { USD: 7.1 }, path: { USD: { FY2026: 7.2 } }')).toEqual([
    [
      '`fx.base.USD` changes no number of the forecast: nothing is spent before `fx.path.USD` begins, and nothing is priced in USD',
      'let `fx.path.USD` begin before the window of every buyer, and delete it',
    ],
  ]);
  expect(told('path: { USD: { FY2024: 7.1, FY2026: 7.2 } }')).toEqual([
    [
      '`fx.path.USD.FY2024` changes no number of the forecast: nothing depends on it while it holds',
      'delete FY2024, and write FY2024 in place of FY2026',
    ],
  ]);
});

it('tells of a change without effect that the portfolio makes of a buyer', () => {
  const read: ReadFile = ({ path: name }) => {
    const calendar = '{ fiscal_year_ends: 12, from: FY2025, to: FY2025, period: year }';
    const components = '{ servers: { price: { value: 450 CNY, unit: server } }, open: {} }';
    return success({ name, text: scenarioText({ calendar, components }) });
  };
  const set = '{ components.servers.price.erosion: 5% }';
  const text = `portfolio: p\ncurrency: CNY\nbuyers: { a: { file: a.yaml, set: ${set} } }\n`;
  const told = checkScenarios(loadedAll(text, read)).map(({ message, span }) => [
    message,
    span.source.name,
  ]);
  expect(told).toEqual([
    [
      '`components.servers.price.erosion` changes no number of the forecast: units are counted only in the fiscal year of the price',
      'p.yaml',
    ],
  ]);
});
