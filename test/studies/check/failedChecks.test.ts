/** Checks in units and of ratios: bounds with the name of a unit, without it, and in a unit of something else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyOf } from '../../../src/core/number/currency.js';
import { scaleNamed } from '../../../src/core/number/suggestions.js';
import { failedChecks } from '../../../src/studies/check/failedChecks.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';

/** Says what is wrong with a check on 400 units a year: 50bn CNY at 125m CNY. */
function problemsOf(bounds: string, { unit = 'rack', output = 'servers@FY2026:units' } = {}) {
  return problemsWith(`output: ${JSON.stringify(output)}, between: [${bounds}]`, unit);
}

/** Says what is wrong with a check in a forecast of 400 racks and 50,000 switches a year, for 50bn CNY each. */
function problemsWith(check: string, unit = 'rack', servers = '50%') {
  const scenario = loaded(`scenario: checked
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027, period: year }
envelope: 200bn CNY
phasing: even
estimates: { view: { split: { servers: ${servers}, switches: rest } } }
mix: view
components:
  servers: { price: { value: 125m CNY, unit: ${JSON.stringify(unit)} } }
  switches: { price: { value: 1m CNY, unit: switch } }
checks: { a: { ${check} } }
`);
  return failedChecks(scenario).map(({ code, found, hint }) => [code, found, hint]);
}

describe('a check on units', () => {
  it.each(['400 rack, 400 rack', '400, 400 rack', '0.4k rack, 400', '400, 400'])(
    'holds between %s',
    (bounds) => {
      expect(problemsOf(bounds)).toEqual([]);
    },
  );

  it.each(['401 rack, 1k rack', '401, 1k rack', '1 rack, 399'])('fails between %s', (bounds) => {
    expect(problemsOf(bounds)).toEqual([
      ['check-failed', expect.stringMatching(/^400 rack is 1 rack too/), expect.anything()],
    ]);
  });

  it('takes every name that a price gives to its units', () => {
    const isUnit = (name: string) => {
      const words = name.split(' ');
      const isMoney = scaleNamed(words[0]!) ?? currencyOf(words.at(-1)!.toUpperCase());
      return !isMoney && name === name.trim();
    };
    const names = fc.stringMatching(/^\d{0,2}[a-zé架][a-zA-Z0-9é架 /"'-]{0,12}$/u).filter(isUnit);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom('GPU', 'CNX', '机架', '19" rack'), names), (unit) => {
        const bounds = (text: string) => JSON.stringify(`${text} ${unit}`);
        expect(problemsOf(`${bounds('400')}, ${bounds('400')}`, { unit })).toEqual([]);
        const [[code] = []] = problemsOf(`${bounds('401')}, ${bounds('402')}`, { unit });
        expect(code).toBe('check-failed');
      }),
      { numRuns: cases(200) },
    );
  });
});

describe('bounds in another unit than the output', () => {
  const units = 'servers@FY2026:units';

  it.each([
    ['400 server, 400 server', units, 'unit-mismatch', '400 server', 'bounds in rack'],
    ['400, 400 server', units, 'unit-mismatch', '400 server', 'bounds in rack'],
    ['1 rack, 2 rack', '@FY2026:units', 'unit-mismatch', '1 rack', '`@FY2026:units.rack`'],
    ['1 GPU, 2 GPU', ':units', 'unit-mismatch', '1 GPU', '`:units.rack`, and bounds in rack'],
    ['1 rack, 2 rack', 'servers', 'unit-mismatch', '1 rack', 'bounds in CNY'],
    ['1 CNY, 2 CNY', units, 'currency-mismatch', '1 CNY', 'bounds in rack'],
    ['1 CNX, 2 CNX', 'servers', 'unit-mismatch', '1 CNX', 'bounds in CNY'],
    ['1, 2', 'servers', 'currency-mismatch', '1', 'bounds in CNY'],
  ])('%s for %s: %s, found %s, write %s', (bounds, output, code, found, remedy) => {
    expect(problemsOf(bounds, { output })).toEqual([[code, `\`${found}\``, `write ${remedy}`]]);
  });
});

it('refuses a check over units of several kinds, which have no sum', () => {
  expect(problemsOf('1, 2', { output: ':units' })).toEqual([
    ['output-unknown', undefined, 'write `:units.rack`'],
  ]);
  expect(problemsOf('1, 200000', { output: ':units.switch' })).toEqual([]);
});

describe('a check of a ratio', () => {
  const ratio = (above: string, below: string, bounds: string, servers?: string) =>
    problemsWith(`ratio: ['${above}', '${below}'], between: [${bounds}]`, 'rack', servers);

  it.each([
    ['switches:units', 'servers:units', '125, 125'],
    ['servers@FY2026:units', 'switches:units', '0.4%, 1/250'],
    ['servers', '*', '50%, 1/2'],
    ['servers@FY2027:demand', 'servers:units', '62.5m CNY, 62.5m CNY'],
  ])('%s over %s is between %s', (above, below, bounds) => {
    expect(ratio(above, below, bounds)).toEqual([]);
  });

  it('holds bounds that no decimal can write', () => {
    const thirds = (bounds: string) => ratio('servers@FY2026', 'switches@FY2026', bounds, '1/4');
    expect(thirds('1/3, 1/3')).toEqual([]);
    expect(thirds('0, 0.333333333333333333')).toEqual([
      ['check-failed', expect.stringContaining(' is 0.333333, more than 0.333'), expect.anything()],
    ]);
  });

  it('says how large it is, and which number is over which', () => {
    expect(ratio('switches:units', 'servers:units', '2, 5')).toEqual([
      [
        'check-failed',
        '100,000 switch over 800 rack is 125, more than 5, at the base values',
        expect.anything(),
      ],
    ]);
    expect(ratio('servers', 'servers:units', '126m CNY, 127m CNY')[0]![1]).toBe(
      '100,000,000,000 CNY over 800 rack is 125,000,000 CNY, less than 126m CNY, at the base values',
    );
  });

  it('fails where the number below is 0, at value or at a low', () => {
    const [[code, found] = []] = ratio('switches:units', 'servers:units', '0, 1000000', '0%');
    expect([code, found]).toEqual([
      'check-failed',
      'no ratio (`servers:units` is 0), at the base values',
    ]);
    const ranged = ratio(
      'switches:units',
      'servers:units',
      '0, 1000000',
      `{ value: 50%, low: 0% }`,
    );
    expect(ranged[0]![1]).toMatch(/^no ratio .* with estimates\.view\.split\.servers at 0%$/);
  });

  it.each([
    ['servers:units', 'servers', '1, 2', 'unit-mismatch'],
    ['servers', 'switches:demand.USD', '1, 2', 'rate-missing'],
    ['servers', 'switches', '1 CNY, 2 CNY', 'currency-mismatch'],
    ['servers', 'switches:units', '1, 2', 'currency-mismatch'],
    ['servers', 'swiches', '1, 2', 'output-unknown'],
    ['servers', ':units', '1 CNY, 2 CNY', 'output-unknown'],
  ])('refuses %s over %s between %s: %s', (above, below, bounds, code) => {
    expect(ratio(above, below, bounds).map(([own]) => own)).toEqual([code]);
  });
});
