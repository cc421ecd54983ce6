/** `--set PATH=VALUE` acts like an edit of the file by hand; a misspelt path creates nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../../src/model/estimate/envelope.js';
import { success } from '../../../src/core/result.js';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { positionOf } from '../../../src/core/text/source.js';
import { load } from '../../../src/scenario/load.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { cases } from '../../support/cases.js';
import { SHIPPED, loaded, unpinned } from '../../support/cells.js';
import { numbersOf, toldOf } from '../../support/forecasts.js';
import { shipped } from '../../support/schema.js';

const SMALL = `scenario: small
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2027 }
envelope: 1000 CNY
phasing: { weights: [1, 1, 1, 1, 2, 2, 2, 2] }
estimates:
  view: { split: { servers: 60%, optics: { value: 10%, note: small }, open: rest } }
mix: view
components:
  servers:
    price: { value: 10 CNY, unit: server, assumption: a price }
    suppliers: { inspur: { share: 30%, low: 20%, assumption: a share }, h3c: 10%, others: rest }
  open:
    components: { racks: { part: 40%, assumption: a part }, cables: rest }
suppliers: { inspur: { name: Inspur } }
`;
const RATES = `${SMALL}fx: { base: { USD: 7 }, path: { USD: { FY2026: 7.1 } } }\n`;

/** Layers, and the edit by hand with the same effect. */
type Edit = readonly [set: readonly string[], find: string, replacement: string];

function edited(text: string, find: string, replacement: string): string {
  expect(text.split(find), `${find} once in the text`).toHaveLength(2);
  return text.replace(find, () => replacement);
}

describe('a layer', () => {
  it.each<Edit>([
    [['envelope=2000 CNY'], '1000 CNY', '2000 CNY'],
    [
      ['title="Two words: and more"'],
      'currency: CNY',
      'currency: CNY\ntitle: "Two words: and more"',
    ],
    [['phasing=even'], '{ weights: [1, 1, 1, 1, 2, 2, 2, 2] }', 'even'],
    [['components.servers.suppliers.h3c=15%'], 'h3c: 10%', 'h3c: 15%'],
    [
      ['components.servers.suppliers.h3c=rest', 'components.servers.suppliers.others=60%'],
      'h3c: 10%, others: rest',
      'h3c: rest, others: 60%',
    ],
  ])('%j replaces a bare value', (set, find, replacement) => {
    expect(toldOf(SMALL, set)).toEqual(toldOf(edited(SMALL, find, replacement)));
  });

  it.each<Edit>([
    [['estimates.view.split.optics=20%'], 'value: 10%', 'value: 20%'],
    [
      ['components.servers.suppliers.inspur=35%'],
      'share: 30%, low: 20%, assumption: a share',
      'share: 35%, low: 20%',
    ],
    [
      ['components.servers.price=11 CNY'],
      'value: 10 CNY, unit: server, assumption: a price',
      'value: 11 CNY, unit: server',
    ],
    [['components.open.components.racks=45%'], 'part: 40%, assumption: a part', 'part: 45%'],
  ])('%j replaces the number of a map and removes its evidence', (set, find, replacement) => {
    expect(toldOf(SMALL, set)).toEqual(toldOf(edited(SMALL, find, replacement)));
  });

  it.each<Edit>([
    [['estimates.view.split.optics.value=20%'], 'value: 10%', 'value: 20%'],
    [['components.servers.suppliers.inspur.low=25%'], 'low: 20%', 'low: 25%'],
    [
      ['components.servers.suppliers.inspur.high=40%'],
      'assumption: a share',
      'assumption: a share, high: 40%',
    ],
    [['envelope.low=900 CNY'], '1000 CNY', '{ value: 1000 CNY, low: 900 CNY }'],
    [
      ['envelope.low=900 CNY', 'envelope.high=1100 CNY', 'envelope.shape=pert'],
      '1000 CNY',
      '{ value: 1000 CNY, low: 900 CNY, high: 1100 CNY, shape: pert }',
    ],
    [
      ['components.servers.suppliers.h3c.price=12 CNY'],
      'h3c: 10%',
      'h3c: { share: 10%, price: 12 CNY }',
    ],
    [
      ['components.servers.suppliers.h3c.note=a remark'],
      'h3c: 10%',
      'h3c: { value: 10%, note: a remark }',
    ],
    [
      ['components.open.components.cables.name=Cables'],
      'cables: rest',
      'cables: { part: rest, name: Cables }',
    ],
  ])('%j sets an attribute, also of a bare value', (set, find, replacement) => {
    expect(toldOf(SMALL, set)).toEqual(toldOf(edited(SMALL, find, replacement)));
  });

  it.each<Edit>([
    [
      ['as_of=2026-03-31'],
      'suppliers: { inspur: { name',
      'as_of: 2026-03-31\nsuppliers: { inspur: { name',
    ],
    [
      ['components.servers.lag={ quarters: [50%, rest] }'],
      'unit: server, assumption: a price }',
      'unit: server, assumption: a price }\n    lag: { quarters: [50%, rest] }',
    ],
    [
      ['components.servers.lag.quarters=[50%, rest]'],
      'unit: server, assumption: a price }',
      'unit: server, assumption: a price }\n    lag: { quarters: [50%, rest] }',
    ],
    [['components.servers.price.erosion=5%'], 'unit: server', 'unit: server, erosion: 5%'],
    [['suppliers.inspur.currency=USD'], 'name: Inspur', 'name: Inspur, currency: USD'],
    [
      ['suppliers.inspur.revenue.FY2025=7 CNY'],
      'name: Inspur',
      'name: Inspur, revenue: { FY2025: 7 CNY }',
    ],
    [
      ['actuals.periods.FY2026Q1=100 CNY'],
      'suppliers: { inspur: { name',
      'actuals: { periods: { FY2026Q1: 100 CNY } }\nsuppliers: { inspur: { name',
    ],
    [
      ['actuals.periods.FY2026Q1=9 CNY', 'actuals.periods.FY2026Q2=8 CNY'],
      'suppliers: { inspur: { name',
      'actuals: { periods: { FY2026Q1: 9 CNY, FY2026Q2: 8 CNY } }\nsuppliers: { inspur: { name',
    ],
    [
      ['fx.base.USD=7'],
      'suppliers: { inspur: { name',
      'fx: { base: { USD: 7 } }\nsuppliers: { inspur: { name',
    ],
    [
      ['fx.closure=volume'],
      'suppliers: { inspur: { name',
      'fx: { closure: volume }\nsuppliers: { inspur: { name',
    ],
    [
      ['simulation.correlations=[[envelope, components.servers.price, 0.3]]'],
      'suppliers: { inspur: { name',
      'simulation: { correlations: [[envelope, components.servers.price, 0.3]] }\nsuppliers: { inspur: { name',
    ],
  ])('%j adds a field, a currency or a period', (set, find, replacement) => {
    const before = toldOf(SMALL);
    const after = toldOf(SMALL, set);
    expect(after).toEqual(toldOf(edited(SMALL, find, replacement)));
    expect(after).not.toEqual(before);
  });

  it.each<Edit>([
    [['fx.base.USD=7.2'], 'USD: 7 ', 'USD: 7.2 '],
    [['fx.path.USD=7.5'], '{ FY2026: 7.1 }', '7.5'],
    [['fx.path.USD.FY2026=7.2'], 'FY2026: 7.1', 'FY2026: 7.2'],
    [['fx.path.USD.FY2027=7.5'], 'FY2026: 7.1', 'FY2026: 7.1, FY2027: 7.5'],
    [['fx.path.USD.FY2026.name=fixing'], 'FY2026: 7.1', 'FY2026: { value: 7.1, name: fixing }'],
    [
      ['fx.path.HKD=0.9', 'fx.base.HKD=0.92'],
      'USD: 7 }, path: { USD: { FY2026: 7.1 } }',
      'USD: 7, HKD: 0.92 }, path: { USD: { FY2026: 7.1 }, HKD: 0.9 }',
    ],
    [['fx.closure=scale'], '7.1 } }', '7.1 } }, closure: scale'],
    [
      ['components.servers.pricing.USD.content=40%'],
      'price: { value',
      'pricing: { USD: { content: 40% } }\n    price: { value',
    ],
  ])('%j changes rates', (set, find, replacement) => {
    expect(toldOf(RATES, set)).toEqual(toldOf(edited(RATES, find, replacement)));
  });

  it.each<Edit>([
    [['phasing.weights.0=3'], '[1, 1,', '[3, 1,'],
    [['phasing.weights.7=3'], '2] }', '3] }'],
    [
      ['phasing={ growth: 12%, per: year }'],
      '{ weights: [1, 1, 1, 1, 2, 2, 2, 2] }',
      '{ growth: 12%, per: year }',
    ],
    [['mix={ blend: { view: 100% } }'], 'mix: view', 'mix: { blend: { view: 100% } }'],
    [['mix={ FY2026: view }'], 'mix: view', 'mix: { FY2026: view }'],
    [
      ['envelope={ value: 900 CNY, note: a remark }'],
      '1000 CNY',
      '{ value: 900 CNY, note: a remark }',
    ],
    [
      ['components.servers.suppliers.inspur={ share: 25% }'],
      '{ share: 30%, low: 20%, assumption: a share }',
      '{ share: 25%, low: 20% }',
    ],
    [
      [
        'components.servers.suppliers.inspur.share={ FY2026: 30%, FY2027: 40% }',
        'components.servers.suppliers.inspur.low=rest',
      ],
      'share: 30%, low: 20%, assumption: a share',
      'share: { FY2026: 30%, FY2027: 40% }, low: rest',
    ],
  ])('%j replaces a list item, or a whole map', (set, find, replacement) => {
    expect(toldOf(SMALL, set)).toEqual(toldOf(edited(SMALL, find, replacement)));
  });

  it('applies after the layers before it', () => {
    const sets = ['envelope=2000 CNY', 'envelope.low=1 CNY', 'envelope=3000 CNY'];
    const text = edited(SMALL, '1000 CNY', '{ value: 3000 CNY, low: 1 CNY }');
    expect(toldOf(SMALL, sets)).toEqual(toldOf(text));
    expect(toldOf(SMALL, ['envelope=1 CNY', 'envelope={ value: 2 CNY }'])).toEqual(
      toldOf(edited(SMALL, '1000 CNY', '{ value: 2 CNY }')),
    );
  });

  it('may correct an error of the file', () => {
    const broken = edited(SMALL, '1000 CNY', '1000');
    expect(load(broken).scenario).toBeUndefined();
    expect(toldOf(broken, ['envelope=1000 CNY'])).toEqual(toldOf(SMALL));
  });

  it('may set a value outside the range of the file', () => {
    expect(load(SMALL, { set: ['components.servers.suppliers.inspur=15%'] }).diagnostics).toEqual(
      [],
    );
    const range = load(SMALL, { set: ['components.servers.suppliers.inspur.low=40%'] });
    expect(range.diagnostics.map(({ code }) => code)).toEqual(['range-order']);
  });

  it('changes neither the text nor an earlier scenario', () => {
    const before = loaded(SMALL);
    const envelope = (scenario: Scenario) => amountOf(scenario.envelope)!.text;
    expect(envelope(loaded(SMALL, ['envelope=2 CNY']))).toBe('2 CNY');
    expect(envelope(before)).toBe('1000 CNY');
    expect(envelope(loaded(SMALL))).toBe('1000 CNY');
  });
});

describe('a layer over a shipped scenario', () => {
  const texts = new Map(shipped);

  it.each<readonly [file: string, ...edit: Edit]>([
    ['alibaba-380bn', ['envelope=400bn CNY'], 'value: 380bn CNY', 'value: 400bn CNY'],
    ['alibaba-380bn', ['envelope.high=500bn CNY'], 'high: 450bn CNY', 'high: 500bn CNY'],
    [
      'alibaba-380bn',
      ['phasing={ growth: 12%, per: year }'],
      'phasing: even',
      'phasing: { growth: 12%, per: year }',
    ],
    ['alibaba-380bn', ['calendar.period=month'], 'period: quarter', 'period: month'],
    [
      'alibaba-380bn',
      ['estimates.guojin.split.servers=60bn CNY'],
      'value: 50bn CNY',
      'value: 60bn CNY',
    ],
    ['alibaba-380bn', ['components.servers.pricing.USD.content=50%'], 'value: 40%', 'value: 50%'],
    ['alibaba-380bn', ['components.servers.suppliers.huaqin=25%'], 'share: 20%', 'share: 25%'],
    [
      'alibaba-380bn',
      ['components.servers.suppliers.other_servers=30%'],
      'other_servers: rest',
      'other_servers: 30%',
    ],
    ['alibaba-380bn', ['components.servers.price.erosion=7.5%'], 'erosion: 0%', 'erosion: 7.5%'],
    [
      'alibaba-380bn',
      ['components.unallocated.suppliers={ nobody: rest }'],
      'name: Left open by the broker',
      'name: Left open by the broker\n    suppliers: { nobody: rest }',
    ],
    ['alibaba-380bn', ['fx.closure=scale'], 'closure: budget', 'closure: scale'],
    [
      'alibaba-380bn',
      ['fx.path.USD=7.5'],
      'closure: budget',
      'closure: budget\n  path: { USD: 7.5 }',
    ],
    [
      'alibaba-380bn',
      ['suppliers.inspur.fiscal_year_ends=6'],
      'Inspur 浪潮信息',
      'Inspur 浪潮信息, fiscal_year_ends: 6',
    ],
    ['alibaba-high', ['phasing.growth=25%'], 'value: 20%', 'value: 25%'],
    ['alibaba-high', ['phasing.per=period'], 'per: year', 'per: period'],
    ['alibaba-high', ['envelope=4400亿 CNY'], 'value: 4500亿', 'value: 4400亿'],
    ['alibaba-low', ['phasing.years.FY2026=30%'], 'FY2026: 1/3', 'FY2026: 30%'],
    ['alibaba-low', ['phasing.years.FY2028=1/3'], 'FY2028: rest', 'FY2028: 1/3'],
    ['alibaba-rolling', ['actuals.attributable=90%'], 'value: 95%', 'value: 90%'],
    ['alibaba-rolling', ['actuals.reforecast=keep-phasing'], 'keep-envelope', 'keep-phasing'],
    [
      'alibaba-rolling',
      ['mix.FY2027.blend.guojin=60%', 'mix.FY2027.blend.cicc=40%'],
      'guojin: 70%, cicc: 30%',
      'guojin: 60%, cicc: 40%',
    ],
    [
      'alibaba-rolling',
      ['components.servers.components.accelerators=50%'],
      'value: 55%',
      'value: 50%',
    ],
    [
      'alibaba-rolling',
      ['components.servers.components.accelerators.lag.quarters.0=40%'],
      '[50%, 35%',
      '[40%, 35%',
    ],
    [
      'alibaba-rolling',
      ['components.servers.components.memory.part.FY2028=20%'],
      'FY2028: 18%',
      'FY2028: 20%',
    ],
    [
      'alibaba-rolling',
      ['components.optical_modules.suppliers.eoptolink.price=2700 CNY'],
      '2800 CNY',
      '2700 CNY',
    ],
    [
      'alibaba-rolling',
      ['components.optical_modules.price.value.FY2028=2500 CNY'],
      'FY2028: 2600',
      'FY2028: 2500',
    ],
    ['alibaba-rolling', ['simulation.correlations.0.2=0.5'], '0.3', '0.5'],
    [
      'alibaba-weak-yuan',
      ['components.servers.pricing.USD.pass_through=60%'],
      'value: 80%',
      'value: 60%',
    ],
    ['alibaba-weak-yuan', ['fx.path.USD.FY2028=7.9'], 'FY2028Q3:', 'FY2028: 7.9\n      FY2028Q3:'],
  ])('%s with %j equals the edited file', (file, set, find, replacement) => {
    const text = unpinned(texts.get(`${file}.yaml`)!);
    const layered = numbersOf(text, set);
    expect(layered).toEqual(numbersOf(edited(text, find, replacement)));
    expect(layered).not.toEqual(numbersOf(text));
  });

  it.each([
    ['actuals.periods.FY2026Q4=30bn CNY', 'FY2026Q4,27,', 'FY2026Q4,30,'],
    ['actuals.periods.FY2027Q1=30bn CNY', 'FY2026Q4,27,', 'FY2027Q1,30,headline,,\nFY2026Q4,27,'],
    ['fx.path.USD.FY2026Q3=7.1', '6.9931', '7.1'],
  ])('a layer over a table, %s, equals the edited table', (set, find, replacement) => {
    const text = unpinned(texts.get('alibaba-rolling.yaml')!);
    const read: ReadFile = (request) => {
      const found = SHIPPED.read(request);
      if (!found.ok) return found;
      const { name, text: whole } = found.value;
      return success({ name, text: whole.replace(find, () => replacement) });
    };
    const layered = numbersOf(text, [set]);
    expect(layered).toEqual(numbersOf(text, [], read));
    expect(layered).not.toEqual(numbersOf(text));
  });
});

/** The diagnostics of a layer: code, message, hint, and the part of the layer that is underlined. */
function problems(set: readonly string[], text = RATES) {
  const { scenario, diagnostics } = load(text, { set });
  return {
    refused: scenario === undefined,
    told: diagnostics.map(({ code, message, hint, span }) => ({
      code,
      message,
      hint,
      at: span.source.text.slice(span.start, span.end),
      in: span.source.name,
      column: positionOf(span).column,
    })),
  };
}

describe('a layer with an unknown path', () => {
  it.each([
    ['envelop=1 CNY', 'envelop', 'envelope'],
    ['envelope.lo=1 CNY', 'lo', 'low'],
    ['calendar.fro=FY2026', 'fro', 'from'],
    ['calendar.from.low=FY2026', 'low', undefined],
    ['components.server.name=x', 'server', 'servers'],
    ['components.servers.suppliers.inspr=35%', 'inspr', 'inspur'],
    ['components.servers.suppliers.inspur.shar=35%', 'shar', 'share'],
    ['components.open.components.rack=35%', 'rack', 'racks'],
    ['suppliers.inspurr.name=x', 'inspurr', 'inspur'],
    ['suppliers.h3c={ name: H3C }', 'h3c', undefined],
    ['estimates.views.split.servers=1%', 'views', 'view'],
    ['estimates.view.split.server=1%', 'server', 'servers'],
    ['estimates.other={ split: { servers: 100% } }', 'other', undefined],
    ['mix.blend.view=50%', 'blend', undefined],
    ['phasing.weights.length=1', 'length', undefined],
    ['fx.bas.USD=7', 'bas', 'base'],
    ['fx.path.usd=7', 'usd', 'USD'],
    ['fx.path.USD.FY206=7', 'FY206', 'FY2026'],
    ['fx.path.USD.2026=7', '2026', undefined],
    ['actuals.periods.Q1=7 CNY', 'Q1', undefined],
    ['__proto__=1', '__proto__', undefined],
    ['constructor.name=1', 'constructor', undefined],
    ['components.toString.name=1', 'toString', undefined],
    ['envelope..low=1 CNY', '', undefined],
    ['.envelope=1 CNY', '', undefined],
    ['envelope.=1 CNY', '', undefined],
  ])('rejects %s at its path, with a suggestion', (set, unknown, meant) => {
    const { refused, told } = problems([set]);
    const path = set.slice(0, set.indexOf('='));
    expect(refused).toBe(true);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ code: 'path-unknown', at: path, in: '--set', column: 1 });
    expect(told[0]!.message).toContain(`\`${unknown}\``);
    if (meant !== undefined) expect(told[0]!.hint).toBe(`write \`${meant}\``);
    else expect(told[0]!.hint).not.toMatch(/^write `/);
  });

  it.each([
    ['=7', 'no path before `=`'],
    ['  = 7', 'no path before `=`'],
    ['envelope', 'no `=` in this assignment'],
    ['', 'no `=` in this assignment'],
    [' ', 'no `=` in this assignment'],
  ])('rejects `%s`: %s', (set, message) => {
    const { refused, told } = problems([set]);
    expect(refused).toBe(true);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ code: 'path-unknown', message, in: '--set' });
  });

  it('is reported beside other layers', () => {
    const { told } = problems(['envelop=1 CNY', 'title=x', 'mixx=view']);
    expect(told.map(({ code, at }) => [code, at])).toEqual([
      ['path-unknown', 'envelop'],
      ['path-unknown', 'mixx'],
    ]);
  });
});

describe('a layer with a value that cannot be read', () => {
  it.each([
    ['envelope=380 bn CNY', 'literal', '380 bn CNY', 10],
    ['envelope= 1e9 CNY', 'literal', '1e9 CNY', 11],
    ['envelope.low=x', 'literal', 'x', 14],
    ['envelope={ value: 1 CNY, lo: 2 CNY }', 'key-unknown', 'lo', 26],
    ['envelope={ value: 1 CNY, low: 2 CNY, low: 3 CNY }', 'key-duplicate', 'low', 38],
    ['fx.closure=volum', 'choice', 'volum', 12],
    ['fx.path.USD.FY2026=-7', 'bounds', '-7', 20],
    ['components.servers.price.erosion=5 %', 'literal', '5 %', 34],
    ['components.servers.suppliers.h3c.low=5 %', 'literal', '5 %', 38],
    ['phasing.weights.3=one', 'literal', 'one', 19],
    ['as_of=2026-02-30', 'literal', '2026-02-30', 7],
    ['phasing={ weights: [1, 2] }', 'weights-count', 'weights', 11],
    ['envelope=*a', 'yaml-feature', '*a', 10],
    ['envelope=&a 1 CNY', 'yaml-feature', undefined, undefined],
    ['envelope=!!str 1 CNY', 'yaml-feature', undefined, undefined],
    ['envelope={ value: 1 CNY', 'yaml-syntax', undefined, undefined],
    ['title="open', 'yaml-syntax', undefined, undefined],
    ['title=a: b: c', 'yaml-syntax', undefined, undefined],
    ['title=a\n---\nb', 'yaml-feature', '---', undefined],
  ])('%s: %s', (set, code, at, column) => {
    const { refused, told } = problems([set]);
    expect(refused).toBe(true);
    expect(told[0]).toMatchObject({ code, in: '--set' });
    if (at !== undefined) expect(told[0]!.at).toBe(at);
    if (column !== undefined) expect(told[0]!.column).toBe(column);
  });
});

describe('a layer behaves and is reported like a file', () => {
  const told = (set: string) => problems([set]).told;

  it.each<Edit>([
    [
      ['phasing.weights.1.note=a remark'],
      '[1, 1, 1, 1,',
      '[1, { value: 1, note: a remark }, 1, 1,',
    ],
  ])('%j sets an attribute of a bare list item', (set, find, replacement) => {
    expect(toldOf(SMALL, set)).toEqual(toldOf(edited(SMALL, find, replacement)));
  });

  it('keeps inputs in the order of the file, whatever a layer replaces', () => {
    const paths = (scenario: Scenario) => scenario.inputs.map(({ path }) => path);
    expect(paths(loaded(RATES, ['fx.base.USD=8']))).toEqual(paths(loaded(RATES)));
  });

  it.each([
    ['envelope.lo=1 CNY', 'write `low`'],
    ['components.servers.suppliers.h3c.shar=1%', 'write `share`'],
  ])('%s suggests an attribute of a bare value', (set, hint) => {
    expect(told(set)[0]!.hint).toBe(hint);
  });

  it.each(['phasing.weights.8=1', 'phasing.weights.-1=1', 'phasing.weights.x=1'])(
    '%s suggests no other item of the list',
    (set) => {
      expect(told(set)[0]!.hint).not.toMatch(/^write `/);
    },
  );

  it('reports an unknown path alone', () => {
    expect(told('envelope.low.value=1 CNY').map(({ code }) => code)).toEqual(['path-unknown']);
  });

  it.each([
    'envelope=',
    'envelope={ low: 1 CNY }',
    'calendar={ from: FY2026 }',
    'components.servers.suppliers={ inspur: 50% }',
  ])('%s is reported in the layer, not in the file that it replaces', (set) => {
    expect(told(set).map((one) => one.in)).toEqual(told(set).map(() => '--set'));
  });

  it.each([
    'components.servers.suppliers.h3c=5 %',
    'components.servers.suppliers.inspur=5 %',
    'estimates.view.split.servers=5 %',
    'components.open.components.racks=5 %',
  ])('reports %s as a misspelt ratio, not as a misspelt `rest`', (set) => {
    expect(told(set)[0]).toMatchObject({ code: 'literal', hint: 'write 5%' });
  });

  it('reports a misspelt key of the price of a supplier, and not a missing share', () => {
    const codes = told('components.servers.suppliers.inspur.price={ valu: 1 CNY }');
    expect(codes.map(({ at }) => at)).toContain('valu');
    expect(codes.map(({ at }) => at)).not.toContain('share');
  });
});

describe('files over files, each with a table or with written amounts', () => {
  const PERIODS = ['FY2026Q1', 'FY2026Q2', 'FY2026Q3', 'FY2027Q1'];
  const layer = fc.record({
    isTable: fc.boolean(),
    amounts: fc.dictionary(fc.constantFrom(...PERIODS), fc.integer({ min: 1, max: 99 })),
  });

  it('a table replaces the rows of the table below, and keeps what is written out', () => {
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 5 }), (layers) => {
        let [written, all] = [{}, {}];
        const files = new Map<string, string>();
        for (const [i, { isTable, amounts }] of layers.entries()) {
          const rows = Object.entries(amounts).map(
            ([key, count]) => [key, `${count} CNY`] as const,
          );
          const own = Object.fromEntries(rows);
          if (!isTable) written = { ...written, ...own };
          all = isTable ? { ...written, ...own } : { ...all, ...own };
          files.set(`${i}.csv`, `period,value\n${rows.map((row) => row.join()).join('\n')}`);
          const map = rows.map((row) => row.join(': ')).join(', ');
          const periods = isTable ? `{ file: ${i}.csv }` : `{ ${map} }`;
          const head = i === 0 ? SMALL : `extends: ${i - 1}.yaml\n`;
          files.set(`${i}.yaml`, `${head}actuals: { periods: ${periods} }\n`);
        }
        const read: ReadFile = ({ path }) => success({ name: path, text: files.get(path)! });
        const name = `${layers.length - 1}.yaml`;
        const { scenario } = load(files.get(name)!, { name, read });
        const own = scenario!.inputs.filter(({ path }) => path.startsWith('actuals.periods.'));
        const found = own.map(({ path, text }) => [path.split('.').at(-1), text] as const);
        expect(Object.fromEntries(found)).toEqual(all);
      }),
      { numRuns: cases(150) },
    );
  });

  const SHARES = SMALL.replace(/suppliers: \{ inspur:.*\n/, 'suppliers: { file: old.csv }\n');
  const TABLES: Readonly<Record<string, string>> = {
    'old.csv': 'supplier,share,low\ninspur,30%,20%\nh3c,10%,\nothers,rest,\n',
    'new.csv': 'supplier,share\ninspur,35%\nothers,rest\n',
    'more.csv': 'supplier,share\ninspur,35%\nhuawei,5%\nothers,rest\n',
  };
  const overOld = (file: string, head = '') => {
    const read: ReadFile = ({ path }) =>
      success({ name: path, text: path === 'old.yaml' ? SHARES : TABLES[path]! });
    const text = `extends: old.yaml\n${head}components: { servers: { suppliers: { file: ${file} } } }\n`;
    return load(text, { name: 'new.yaml', read });
  };

  it('a row of the new table has no range of the old one, and a supplier without a row is gone', () => {
    const { scenario } = overOld('new.csv');
    expect(scenario!.leaves[0]!.suppliers).toEqual(['inspur', 'others']);
    const inspur = scenario!.inputs.find(({ path }) => path.endsWith('suppliers.inspur'));
    expect(inspur).toMatchObject({ text: '35%', attributes: {} });
  });

  it('a new supplier is announced, as in any layer', () => {
    const { diagnostics } = overOld('more.csv');
    expect(diagnostics).toMatchObject([{ code: 'path-unknown' }]);
    const adds = 'adds: [components.servers.suppliers.huawei]\n';
    expect(overOld('more.csv', adds).scenario!.leaves[0]!.suppliers).toContain('huawei');
  });
});
