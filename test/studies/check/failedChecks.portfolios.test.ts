/** Checks that a portfolio states: of sums over its buyers, or of one of them, at value and at every low and high. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import { failedPortfolioChecks } from '../../../src/studies/check/failedChecks.js';
import { readBeside } from '../../support/files.js';

const name = 'test/cases/three-buyers/portfolio.yaml';
const text = readFileSync(name, 'utf8');

const load = (checks: string, more = '') =>
  loadScenarios(`${text}${more}checks:\n  one: ${checks}\n`, { name, read: readBeside });

const failuresOf = (checks: string, more?: string) => {
  const { scenarios, diagnostics } = load(checks, more);
  expect(diagnostics).toEqual([]);
  return failedPortfolioChecks(scenarios).map(({ code, message, found, span }) => {
    const { source, start, end } = span;
    return { code, message, found, at: source.text.slice(start, end), file: source.name };
  });
};

it('holds the sum over buyers to its bounds', () => {
  const check = (least: string, most: string) =>
    `{ output: 'innolight@2026:revenue.USD', between: [${least}, ${most}] }`;
  expect(failuresOf(check('702511989.50 USD', '702511989.50 USD'))).toEqual([]);
  expect(failuresOf(check('0 USD', '702511989.49 USD'))).toEqual([
    {
      code: 'check-failed',
      message: '`innolight@2026:revenue.USD` fails its check `one` at the base values',
      found: '702,511,989.50 USD is 0.01 USD too much, at the base values',
      ...{ at: '0 USD, 702511989.49 USD', file: name },
    },
  ]);
});

it('holds one buyer to its bounds', () => {
  const check = (most: string) =>
    `{ output: 'alibaba!innolight@2026:revenue.USD', between: [0 USD, ${most}] }`;
  expect(failuresOf(check('250734160.10 USD'))).toEqual([]);
  expect(failuresOf(check('250734160.09 USD'))).toHaveLength(1);
});

it('holds a ratio of two sums over buyers, or of a buyer to all, to its bounds', () => {
  const check = (most: string) =>
    `{ ratio: ['alibaba!innolight@2026:revenue.USD', 'innolight@2026:revenue.USD'], between: [0, ${most}] }`;
  expect(failuresOf(check('25073416010/70251198950'))).toEqual([]);
  expect(failuresOf(check('25073416009/70251198950'))).toHaveLength(1);
});

it('tries the low and the high of an input that the portfolio gives, for all buyers at once', () => {
  const rates = 'fx: { base: { USD: { value: 7.15, low: 7, high: 7.5 } } }\n';
  const check = `{ output: 'innolight@2026:revenue.USD', between: [0 USD, 710m USD] }`;
  const [failed, ...others] = failuresOf(check, rates);
  expect(others).toEqual([]);
  expect(failed!.message).toContain('at 1 of 2 lows and highs');
  expect(failed!.found).toContain('with fx.base.USD at 7');
});

it.each([
  [`{ output: 'nobody@2026', between: [0 CNY, 1 CNY] }`, 'output-unknown', "'nobody@2026'"],
  [`{ output: 'baidu!innolight', between: [0 CNY, 1 CNY] }`, 'output-unknown', "'baidu!innolight'"],
  [
    `{ output: 'innolight:revenue.USD', between: [0 CNY, 1 CNY] }`,
    'currency-mismatch',
    "'innolight:revenue.USD'",
  ],
  [`{ output: 'innolight:revenue.KRW', between: [0 KRW, 1 KRW] }`, 'rate-missing', undefined],
])('refuses %s', (check, code, at) => {
  const [problem] = failuresOf(check);
  expect(problem!.code).toBe(code);
  if (at !== undefined) expect(problem!.at).toBe(at);
});

it('refuses bounds that are in no order, when the portfolio is read', () => {
  const { scenarios, diagnostics } = load(`{ output: innolight, between: [2 CNY, 1 CNY] }`);
  expect(scenarios).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['range-order']);
});
