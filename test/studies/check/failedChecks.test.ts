/** Bounds of checks in units: with their name, without it, and in a unit of something else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyOf } from '../../../src/core/number/currency.js';
import { scaleNamed } from '../../../src/core/number/suggestions.js';
import { failedChecks } from '../../../src/studies/check/failedChecks.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';

/** Says what is wrong with a check on 400 units a year: 50bn CNY at 125m CNY. */
function problemsOf(bounds: string, { unit = 'rack', output = 'servers@FY2026:units' } = {}) {
  const scenario = loaded(`scenario: checked
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027, period: year }
envelope: 200bn CNY
phasing: even
estimates: { view: { split: { servers: 50%, switches: rest } } }
mix: view
components:
  servers: { price: { value: 125m CNY, unit: ${JSON.stringify(unit)} } }
  switches: { price: { value: 1m CNY, unit: switch } }
checks: { a: { output: ${JSON.stringify(output)}, between: [${bounds}] } }
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
