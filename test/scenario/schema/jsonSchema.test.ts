/** The JSON Schema for editors is current, valid and described throughout, and underlines mistakes. */
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeJson } from '../../../src/formats/json.js';
import { load } from '../../../src/scenario/load.js';
import { scenarioSchema } from '../../../src/scenario/schema/jsonSchema.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases } from '../../support/cases.js';
import {
  below,
  committedText,
  schemaFor,
  shipped,
  target,
  type Schema,
} from '../../support/schema.js';

const committed = JSON.parse(committedText) as Schema;
const whole = schemaFor('scenario');
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
const validate = ajv.compile(committed);

/** The mistakes that an editor would underline; an editor reads numbers as numbers. */
function faults(text: string): string[] {
  validate(parse(text, { version: '1.2', schema: 'core' }));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Every schema within the whole, each once, with the path to it. */
function everySchema(): [path: string, schema: Schema][] {
  const found = new Map<Schema, string>();
  const visit = (path: string, schema: Schema): void => {
    if (found.has(schema)) return;
    found.set(schema, path);
    for (const [step, next] of below(schema)) visit(`${path}/${step}`, next);
  };
  visit('', whole);
  for (const [name, schema] of Object.entries(whole.definitions ?? {})) visit(name, schema);
  return [...found].map(([schema, path]) => [path, schema]);
}

describe('the committed schema', () => {
  it('is current (`npm run schema` writes it)', () => {
    expect(committedText).toBe(writeJson(scenarioSchema()));
  });

  it('is draft 7', () => {
    expect(committed.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(ajv.validateSchema(committed)).toBe(true);
  });

  it('describes every key, every alternative and every definition', () => {
    const bare = everySchema().filter(([, schema]) => !target(schema, whole).description);
    expect(bare.map(([path]) => path)).toEqual([]);
    expect(everySchema().length).toBeGreaterThan(500);
  });

  it('has a sentence as each description', () => {
    const texts = everySchema().map(([, schema]) => target(schema, whole).description!);
    expect(texts.filter((text) => !/^\p{Lu}[^\n]*[.…]$/u.test(text))).toEqual([]);
  });

  it('has a type for everything, and maps that reject unknown keys', () => {
    const holes = everySchema().filter(([, schema]) => {
      const { type, anyOf, $ref, additionalProperties } = schema;
      if (type === 'object') return additionalProperties === undefined;
      return !type && !anyOf && !$ref && schema.const === undefined;
    });
    expect(holes.map(([path]) => path)).toEqual([]);
  });

  it('names its definitions after keys of the scenario', () => {
    const names = [
      ...['source', 'claim', 'table-columns'],
      ...['foreign-content', 'price', 'lag', 'lag-weights', 'supplier-share', 'supplier-price'],
      ...['bought-in-part', 'maker-share', 'sub-components', 'sub-component'],
    ];
    expect(Object.keys(whole.definitions!)).toEqual([
      ...['scenario', 'portfolio', 'layer', 'remove', ...names],
      ...names.map((name) => `${name}-of-a-layer`),
    ]);
  });

  it('has patterns that compile with the u flag, and accept Chinese names', () => {
    const patterns = everySchema().flatMap(([, { pattern, propertyNames }]) =>
      [pattern, propertyNames?.pattern].filter((text) => text !== undefined),
    );
    for (const pattern of new Set(patterns)) expect(() => new RegExp(pattern, 'u')).not.toThrow();
    const names = whole.properties!['components']!.propertyNames!.pattern!;
    expect('服务器').toMatch(new RegExp(names, 'u'));
  });

  it('has examples of every literal, which its own patterns accept', () => {
    const literals = everySchema().filter(([, { examples }]) => examples);
    expect(literals.length).toBeGreaterThan(200);
    for (const [, { pattern, examples }] of literals) {
      for (const example of examples!) expect(example).toMatch(new RegExp(pattern!, 'u'));
    }
  });

  it.each([
    ['calendar.period', ['quarter', 'month', 'year']],
    ['phasing', ['even']],
    ['phasing.per', ['year', 'period']],
    ['fx.closure', ['budget', 'volume', 'scale']],
    ['actuals.reforecast', ['keep-envelope', 'keep-phasing']],
    ['envelope.shape', ['triangular', 'uniform', 'pert']],
    ['estimates.<name>.split.<name>', ['rest']],
    ['components.<name>.suppliers.<name>', ['rest']],
    ['components.<name>.components.<name>', ['rest']],
    ['components.<name>.components.<name>.part', ['rest']],
  ])('offers the words of %s', (path, words) => {
    const branches = (schema: Schema): Schema[] => {
      const { anyOf, ...own } = target(schema, whole);
      return [own, ...(anyOf ?? []).flatMap(branches)];
    };
    const places = path
      .split('.')
      .reduce(
        (at, key) =>
          at.flatMap((schema) =>
            below(schema).flatMap(([step, next]) => (step === key ? branches(next) : [])),
          ),
        branches(whole),
      );
    const offered = places.flatMap((place) => place.enum ?? place.const ?? []);
    expect(offered).toEqual(words);
  });
});

describe('an editor', () => {
  it.each(shipped)('finds nothing to underline in %s', (_, text) => {
    expect(faults(text)).toEqual([]);
  });

  it('finds nothing to underline in any random scenario that the engine accepts', () => {
    fc.assert(
      fc.property(scenarios(), (spec) => {
        const text = toYaml(spec);
        if (load(text).scenario) expect(faults(text)).toEqual([]);
      }),
      { numRuns: cases(100) },
    );
  }, 60_000);

  const good = `
scenario: small
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4 }
envelope: 380bn CNY
phasing: even
estimates: { view: { split: { servers: 60%, optics: rest } } }
mix: view
components:
  servers:
    price: { value: 10 CNY, unit: server }
    lag: { quarters: [0.5, 50%] }
    suppliers: { inspur: { share: 0.3, assumption: a share }, maker: rest }
fx: { base: { USD: 7.1717 }, path: { USD: { FY2026: 7.1 } } }
actuals: { periods: { FY2026Q1: 90bn CNY } }
`;

  it('accepts the file that the cases below change, and so does the engine', () => {
    expect(faults(good)).toEqual([]);
    expect(load(good).scenario).toBeDefined();
  });

  it.each([
    ['fiscal_year_ends: 3', 'fiscal_year_ends: "3"'],
    ['scenario: small', 'scenario: 380'],
    ['380bn CNY', '"3800亿 CNY"'],
    ['USD: 7.1717', 'USD: "7.1717"'],
    ['share: 0.3', "share: '3/10'"],
    ['FY2026: 7.1', "'FY2026': 7"],
    ['to: FY2026Q4', "to: 'FY2026Q4'"],
  ])('accepts %s → %s, quoted or plain', (right, other) => {
    const text = good.replace(right, () => other);
    expect(faults(text)).toEqual([]);
    expect(load(text).scenario).toBeDefined();
  });

  it.each([
    ['scenario: small', 'scenario: Small', 'an id with a capital letter'],
    ['scenario: small', 'scenari: small', 'a misspelt key'],
    ['currency: CNY', 'currency: yuan', 'a currency that is no code'],
    ['actuals: { periods', 'actuals: { period', 'a misspelt key, further down'],
    ['fiscal_year_ends: 3', 'fiscal_year_ends: 13', 'a month beyond December'],
    ['fiscal_year_ends: 3', 'fiscal_year_ends: March', 'a month as a word'],
    ['fiscal_year_ends: 3, ', '', 'a key that is missing'],
    ['FY2026Q1, to', '2026Q1, to', 'a period without FY'],
    ['to: FY2026Q4', 'to: FY2026Q5', 'a fifth quarter'],
    ['380bn CNY', '380 bn CNY', 'a space before the suffix'],
    ['380bn CNY', '380bn', 'an amount without a currency'],
    ['380bn CNY', '380', 'an amount that is a number'],
    ['380bn CNY', '380BN CNY', 'a suffix in capitals'],
    ['380bn CNY', '380bnCNY', 'no space before the currency'],
    ['380bn CNY', '1_000 CNY', 'an underscore in a number'],
    ['380bn CNY', '[380bn CNY]', 'a list for one value'],
    ['380bn CNY', '{ low: 1 CNY }', 'a range without a value'],
    ['380bn CNY', '{ value: 380bn CNY, lo: 1 CNY }', 'a misspelt attribute'],
    ['380bn CNY', '{ value: 380bn CNY, low: 300 bn CNY }', 'a bad literal in an attribute'],
    ['380bn CNY', '{ value: 380bn CNY, shape: normal }', 'a shape that is not known'],
    ['phasing: even', 'phasing: evn', 'a misspelt word'],
    ['phasing: even', 'phasing: { growth: 5%, per: quarter }', 'a wrong word'],
    ['phasing: even', 'phasing: { growth: 5 %, per: year }', 'a space before the percent sign'],
    ['phasing: even', 'phasing: { growth: 5% }', 'growth without `per`'],
    ['phasing: even', 'phasing: { weights: [1, 1, 1, x] }', 'a weight that is a word'],
    ['phasing: even', 'phasing: { years: { FY2026Q1: 100% } }', 'a quarter for a year'],
    ['split:', 'splits:', 'a misspelt key of an estimate'],
    ['servers: 60%', 'servers: ６０％', 'digits of full width'],
    ['optics: rest', 'optics: rset', 'a misspelt `rest`'],
    ['mix: view', 'mix: { FY26: view }', 'a period of two digits'],
    ['mix: view', 'mix: { blend: [view] }', 'a list for a map'],
    ['unit: server', 'units: server', 'a misspelt key of a price'],
    ['quarters:', 'quarter:', 'a misspelt unit of a lag'],
    ['quarters: [0.5, 50%]', 'quarters: []', 'a lag without weights'],
    ['share: 0.3', 'shares: 0.3', 'a misspelt key of a supplier'],
    ['assumption: a share', 'asumption: a share', 'a misspelt attribute of a supplier'],
    ['USD: 7.1717', 'dollar: 7.1717', 'a currency in words'],
    ['USD: 7.1717', 'USD: 7.1717%', 'a rate in percent'],
    ['path:', 'paths:', 'a misspelt key of fx'],
    ['FY2026: 7.1', 'FY2026: 7,1', 'a decimal comma'],
    ['90bn CNY', '90bn', 'an actual without a currency'],
  ])('underlines %s → %s: %s', (right, wrong) => {
    expect(good).toContain(right);
    const text = good.replace(right, () => wrong);
    expect(faults(text)).not.toEqual([]);
    expect(load(text).scenario).toBeUndefined();
  });
});

describe('an editor of a layer', () => {
  const layer = `
extends: base.yaml
adds: [estimates.mine]
envelope: { low: 300bn CNY, was: 380bn CNY, high: remove }
calendar: { to: FY2027Q4 }
estimates: { view: { split: { optics: remove } }, mine: { split: { servers: 100% } } }
components: { servers: { price: { erosion: 5% }, components: { racks: { low: 3% } } } }
`;

  it('requires nothing that the parent may give', () => {
    expect(faults(layer)).toEqual([]);
    expect(faults('extends: base.yaml\n')).toEqual([]);
  });

  it.each([
    ['extends: base.yaml', 'extends: [base.yaml]', 'two parents'],
    ['adds: [estimates.mine]', 'adds: estimates.mine', 'a name that is no list'],
    ['envelope:', 'envelop:', 'a misspelt key'],
    ['{ low: 300bn', '{ lo: 300bn', 'a misspelt attribute'],
    ['low: 300bn CNY', 'low: 300 bn CNY', 'a bad literal'],
    ['high: remove', 'high: delete', 'another word for `remove`'],
    ['{ erosion: 5% }', '{ erosoin: 5% }', 'a misspelt key, further down'],
    ['{ low: 3% }', '{ low: three }', 'a bad literal of a sub-component'],
    ['extends: base.yaml\nadds: [estimates.mine]', '', 'a part of a scenario that extends nothing'],
  ])('underlines %s → %s: %s', (right, wrong) => {
    expect(layer).toContain(right);
    expect(faults(layer.replace(right, () => wrong))).not.toEqual([]);
  });
});
