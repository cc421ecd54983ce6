/** Outputs by name: the composition of letters, and what is said of a name that nothing has. */
import { expect, it } from 'vitest';
import { readOutput, splitColumn } from '../../src/projection/output.js';
import { loaded } from '../support/cells.js';
import { diagnosticsOf, valueOf } from '../support/results.js';
import { scenarioText } from '../support/scenarios.js';

const scenario = loaded(`scenario: outputs
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027, period: year }
envelope: 100bn CNY
phasing: even
estimates: { view: { split: { serveur_é: 50%, optics: rest } } }
mix: view
components:
  serveur_é: { suppliers: { zte: 20%, h3c: rest } }
  optics: { suppliers: { zte: 30%, h3c: rest } }
`);

it('compares names in NFC', () => {
  const text = 'serveur_é/zte@FY2026:demand.CNY';
  const [composed, apart] = [text.normalize('NFC'), text.normalize('NFD')];
  expect(apart).not.toBe(composed);
  expect(valueOf(readOutput(apart, scenario)).text).toBe(composed);
  expect(valueOf(readOutput(apart, scenario)).paths).toEqual(
    valueOf(readOutput(composed, scenario)).paths,
  );
});

it('lists each name that could be meant once', () => {
  const { message } = diagnosticsOf(readOutput('nobody_known', scenario));
  expect(message).toBe(
    'there is no component or supplier `nobody_known`: write one of serveur_é, optics, zte, h3c',
  );
});

it('takes no number that is derived from outputs', () => {
  const { message, hint } = diagnosticsOf(readOutput('optics@FY2027:demand.CNY.yoy', scenario));
  expect(message).toBe('`yoy` is derived from several outputs; `capex explain` takes it');
  expect(hint).toBe('write `optics@FY2027:demand.CNY`');
});

it.each([
  ['*:demand.USD@2026', '*@2026:demand.USD'],
  ['optics/zte:revenue@FY2027', 'optics/zte@FY2027:revenue'],
  [':units.module@2026Q1', '@2026Q1:units.module'],
  ['optics:demand.CNY.yoy@FY2027', 'optics@FY2027:demand.CNY.yoy'],
])('puts the period of %s before the measure', (typed, remedy) => {
  const { message, hint } = diagnosticsOf(readOutput(typed, scenario));
  expect(message).toBe(`the period of \`${typed}\` stands after the measure`);
  expect(hint).toBe(`write \`${remedy}\``);
});

it('knows a unit that has the sign of a period', () => {
  const priced = loaded(
    scenarioText({ components: '{ servers: { price: { value: 1 CNY, unit: port@400G } } }' }),
  );
  expect(readOutput('servers:units.port@400G', priced).ok).toBe(true);
});

it('knows a unit that is called like a derived column', () => {
  const priced = loaded(
    scenarioText({ components: '{ servers: { price: { value: 1 CNY, unit: share } } }' }),
  );
  expect(splitColumn('servers:units.share', [priced])).toBeUndefined();
  expect(splitColumn('servers:units.share.share', [priced])).toEqual({
    output: 'servers:units.share',
    column: 'share',
  });
});
