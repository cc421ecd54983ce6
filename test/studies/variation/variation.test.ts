/** Changing one input: its name, its step, the inputs that absorb it, and what is impossible. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { fraction, type Fraction } from '../../../src/core/number/fraction.js';
import { fractionLiteral } from '../../../src/core/number/literal.js';
import type { Input } from '../../../src/model/input.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import {
  inputAt,
  literalOf,
  rangeOf,
  stepOf,
  valueText,
} from '../../../src/studies/variation/inputValues.js';
import { moveInput } from '../../../src/studies/variation/variation.js';
import { loaded } from '../../support/cells.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';

const shipped = (name: string, set: readonly string[] = []) =>
  loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'), set);
const base = shipped('alibaba-380bn');

function input(scenario: Scenario, path: string): Input {
  return valueOf(inputAt(scenario, path));
}

const of = (text: string): Fraction => {
  const reading = fractionLiteral.read(text);
  if (!reading.ok) expect.fail(reading.diagnostics.message);
  return reading.value;
};

/** The values of some inputs after a move, and who gave way. */
function after(scenario: Scenario, path: string, value: Fraction, paths: readonly string[]) {
  const { scenario: varied, rebalanced, diagnostics } = moveInput(scenario, path, value);
  if (!varied) return { refused: diagnostics.map(({ message }) => message) };
  const values = paths.map((one) => printFraction(input(varied, one).value));
  return { values, rebalanced };
}

/** One component with these suppliers, lag weights and parts. */
function text(suppliers: string, more: Record<string, string> = {}): string {
  const { phasing = 'even', mix = 'view', lag = '100%', split = '{ a: 60%, b: 40% }' } = more;
  return `scenario: small
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2027, period: year }
envelope: 1000 CNY
phasing: ${phasing}
estimates: { view: { split: ${split} }, two: { of: 100 CNY, split: { a: 30 CNY, b: 70 CNY } } }
mix: ${mix}
components:
  a: { lag: { years: [${lag}] }, suppliers: { ${suppliers} } }
  b: { components: { x: 50%, y: 30%, z: 20% } }
`;
}

const wallet = 'components.a.suppliers';

describe('an input is named by the path that `--set` takes', () => {
  it.each([
    ['envelope', 'envelope'],
    ['envelope.value', 'envelope'],
    ['components.servers.suppliers.inspur', 'components.servers.suppliers.inspur.share'],
    ['components.servers.price', 'components.servers.price'],
    ['fx.path.USD', 'fx.path.USD'],
  ])('%s', (path, found) => {
    expect(input(base, path).path).toBe(found);
  });

  it.each([
    ['envelop', 'is not an input', 'write `envelope`'],
    ['components.servers.suppliers.other_servers', 'is `rest`', 'name one of the others'],
    ['fx.path.EUR', 'is not an input', 'write the keys of the file, joined by dots'],
  ])('%s %s', (path, message, hint) => {
    expect(diagnosticsOf(inputAt(base, path))).toEqual({
      message: expect.stringContaining(message) as string,
      hint,
    });
  });

  it('rejects a map by period, and suggests one of its values', () => {
    expect(diagnosticsOf(inputAt(shipped('alibaba-rolling'), 'fx.path.USD'))).toEqual({
      message: '`fx.path.USD` changes by period',
      hint: 'write `fx.path.USD.FY2025Q2`',
    });
  });
});

it.each([
  ['alibaba-380bn', 'envelope', '1', '30000000000000 45000000000000'],
  ['alibaba-380bn', 'components.servers.suppliers.inspur', '0.000001', '0.25 0.45'],
  ['alibaba-380bn', 'components.servers.price', '0.01', 'undefined undefined'],
  ['alibaba-380bn', 'fx.path.USD', '0.000001', '6.9 7.5'],
  ['alibaba-weak-yuan', 'components.optical_modules.price', '0.01', '350 550'],
])('%s %s: step %s, range %s', (name, path, step, range) => {
  const found = input(shipped(name), path);
  const { low, high } = rangeOf(found);
  expect(printFraction(stepOf(found))).toBe(step);
  expect([low, high].map((end) => (end ? printFraction(end) : 'undefined')).join(' ')).toBe(range);
});

it('uses the step that an input states', () => {
  const set = ['envelope.step=1bn CNY', 'components.servers.price.step=0.001 CNY'];
  const scenario = shipped('alibaba-380bn', set);
  expect(stepOf(input(scenario, 'envelope'))).toEqual(fraction(10n ** 11n));
  expect(stepOf(input(scenario, 'components.servers.price'))).toEqual(fraction(1n, 1000n));
});

it.each([
  ['envelope', fraction(1n), '0.01 CNY', '0.01 CNY'],
  ['envelope', fraction(38n * 10n ** 12n), '380000000000 CNY', '380bn CNY'],
  ['envelope', fraction(1n, 3n), undefined, '1/300 CNY'],
  ['components.servers.price', fraction(3n, 1000n), '0.003 CNY', '0.003 CNY'],
  ['components.servers.suppliers.inspur', fraction(1n, 3n), '1/3', '1/3'],
  ['components.servers.suppliers.inspur', fraction(3n, 8n), '0.375', '37.5%'],
  ['components.servers.suppliers.inspur', fraction(1n, 2n ** 30n), '1/1073741824', undefined],
  [
    'components.servers.suppliers.inspur',
    fraction(1n, 3n ** 40n),
    '0.01/121576654590569288.01',
    undefined,
  ],
  ['components.servers.suppliers.inspur', fraction(1n, 3n ** 80n), undefined, undefined],
  ['fx.base.USD', fraction(1n, 3n), '1/3', '1/3'],
  ['fx.base.USD', fraction(20n, 3n), '20/3', '20/3'],
])('writes %s of %o as %s in a file and as %s for readers', (path, value, literal, words) => {
  const found = input(base, path);
  expect(literalOf(found, value)).toBe(literal);
  if (words !== undefined) expect(valueText(found, value)).toBe(words);
});

it.each([
  [38n * 10n ** 12n, '3800亿 CNY'],
  [385_756n * 10n ** 8n, '3857.56亿 CNY'],
  [150n * 10n ** 6n, '150万 CNY'],
  [99n, '0.99 CNY'],
  [4_199_999_940_00n, '4,199,999,940.00 CNY'],
])('writes %s fen for Chinese readers as %s', (fen, words) => {
  expect(valueText(input(base, 'envelope'), fraction(fen), 'zh')).toBe(words);
});

describe('when one share moves', () => {
  it('`rest` absorbs it if its group has one', () => {
    const share = 'components.servers.suppliers.inspur';
    expect(after(base, share, of('40%'), [share, 'components.servers.suppliers.huaqin'])).toEqual({
      values: ['0.4', '0.2'],
      rebalanced: ['components.servers.suppliers.other_servers'],
    });
  });

  it.each([
    ['suppliers', text('p: 50%, q: 30%, r: 20%'), `${wallet}.`, 'p q r', '2/5', '2/5 9/25 6/25'],
    ['parts', text('p: rest'), 'components.b.components.', 'z x y', '1/3', '1/3 5/12 1/4'],
    [
      'blend weights',
      text('p: rest', { mix: '{ blend: { view: 25%, two: 75% } }' }),
      'mix.blend.',
      'view two',
      '1/7',
      '1/7 6/7',
    ],
    [
      'lag weights',
      text('p: rest', { lag: '50%, 25%, 25%' }),
      'components.a.lag.years.',
      '0 1 2',
      '0',
      '0 1/2 1/2',
    ],
    [
      'years',
      text('p: rest', { phasing: '{ years: { FY2026: 40%, FY2027: 60% } }' }),
      'phasing.years.',
      'FY2027 FY2026',
      '1',
      '1 0',
    ],
    ['parts of an estimate', text('p: rest'), 'estimates.view.split.', 'a b', '1/9', '1/9 8/9'],
  ])('the others of the %s absorb it pro rata', (_, yaml, prefix, names, value, values) => {
    const paths = names.split(' ').map((name) => prefix + name);
    const exact = values.split(' ').map((one) => printFraction(of(one)));
    const [moving, ...others] = paths;
    expect(after(loaded(yaml), moving!, of(value), paths)).toEqual({
      values: exact,
      rebalanced: others,
    });
  });

  it('amounts of an estimate absorb it in whole quanta, by `allocate`', () => {
    const split = '{ a: 0.10 CNY, b: 0.10 CNY, c: 0.10 CNY }';
    const yaml = text('p: rest', { split }).replace('view: { split', 'view: { of: 0.30 CNY, split');
    const paths = ['a', 'b', 'c'].map((name) => `estimates.view.split.${name}`);
    expect(after(loaded(yaml), paths[0]!, fraction(15n), paths)).toEqual({
      values: ['15', '8', '7'],
      rebalanced: paths.slice(1),
    });
  });

  it('an input outside any group moves alone', () => {
    expect(after(base, 'envelope', fraction(1n), ['envelope'])).toEqual({
      values: ['1'],
      rebalanced: [],
    });
  });
});

describe('rejects an impossible change with its reason', () => {
  it.each([
    [
      'by period without rest',
      text(
        'p: { share: { FY2026: 50%, FY2027: 40% } }, q: { share: { FY2026: 50%, FY2027: 60% } }',
      ),
      `${wallet}.p.share.FY2027`,
      '10%',
      'change by period',
    ],
    ['others that are all 0', text('p: 100%, q: 0%'), `${wallet}.p`, '10%', 'no proportions'],
    ['no literal', text('p: rest'), 'phasing', '1', 'is not an input'],
    [
      'a fraction too long',
      text('p: 2/7, q: 2/7, r: 3/7'),
      `${wallet}.p`,
      '0.000000000000000001/999999999999999989',
      'q`: no literal of 18 digits',
    ],
    ['more than the whole', text('p: 30%, q: rest'), `${wallet}.p`, '110%', 'is above 100%'],
    ['more than is left', text('p: 30%, q: 50%, r: rest'), `${wallet}.p`, '60%', 'sum to 110%'],
  ])('%s', (_, yaml, path, value, reason) => {
    const { refused } = after(loaded(yaml), path, of(value), []);
    expect(refused).toEqual([expect.stringContaining(reason)]);
  });

  it('accepts a change by period with `rest` in every period', () => {
    const yaml = text('p: { share: { FY2026: 50%, FY2027: 40% } }, q: rest');
    const path = `${wallet}.p.share.FY2027`;
    expect(after(loaded(yaml), path, of('10%'), [path])).toEqual({
      values: ['0.1'],
      rebalanced: [`${wallet}.q`],
    });
  });
});

it('setting an input to its own value changes nothing else', () => {
  const scenario = loaded(text('p: 50%, q: 30%, r: 20%'));
  const { scenario: same } = moveInput(scenario, `${wallet}.p`, of('50%'));
  const values = (one: Scenario) => one.leaves[0]!.shares![0]!.map((share) => share);
  expect(values(same!).map((share) => 'value' in share && printFraction(share.value))).toEqual(
    values(scenario).map((share) => 'value' in share && printFraction(share.value)),
  );
});
