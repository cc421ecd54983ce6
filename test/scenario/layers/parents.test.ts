/** `extends` acts like an edit of the parent by hand; a misspelt key creates nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../../src/model/estimate/envelope.js';
import { failure, success } from '../../../src/core/result.js';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { load, type Loaded } from '../../../src/scenario/load.js';
import { vary } from '../../../src/scenario/vary.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { cases } from '../../support/cases.js';
import { readBeside } from '../../support/files.js';
import { told, unproved } from '../../support/forecasts.js';
import { valueOf } from '../../support/results.js';
import { shipped } from '../../support/schema.js';

const BASE = `scenario: base
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2027 }
envelope: { value: 1000 CNY, low: 900 CNY, evidence: a claim, range_evidence: another }
phasing: { years: { FY2026: 30%, FY2027: rest } }
estimates:
  view: { evidence: a split, split: { servers: 60%, optics: { value: 10%, note: small }, open: rest } }
mix: view
components:
  servers:
    price: { value: 10 CNY, unit: server, assumption: a price }
    suppliers:
      inspur: { share: { value: 30%, low: 20% }, assumption: a share }
      h3c: 10%
      others: rest
  open:
    components: { racks: { part: 40%, name: Racks, assumption: a part }, cables: rest }
suppliers: { inspur: { name: Inspur } }
fx: { base: { USD: { value: 7, name: a fixing, date: 2025-02-24, evidence: a rate } } }
`;

/** Reads files of one folder, and lists those that were read. */
function folder(files: Readonly<Record<string, string>>, asked: string[] = []): ReadFile {
  return ({ path }) => {
    asked.push(path);
    const text = files[path];
    if (text === undefined)
      return failure({ message: `there is no ${path}`, hint: 'see to the name' });
    return success({ name: path, text });
  };
}

/** Loads the last of some files, each of which extends the one before it. */
function stacked(...texts: readonly string[]): Loaded {
  const named = texts.map((text, i) => (i === 0 ? text : `extends: ${i - 1}.yaml\n${text}`));
  const files = Object.fromEntries(named.map((text, i) => [`${i}.yaml`, text]));
  const name = `${texts.length - 1}.yaml`;
  return unproved(load(files[name]!, { name, read: folder(files) }));
}

/** Everything that a forecast prints for these files, without places. */
function toldOf(...texts: readonly string[]): unknown {
  const stack = stacked(...texts);
  if (!stack.scenario) expect.fail(writeDiagnostics(stack.diagnostics));
  return told(stack);
}

function edited(text: string, find: string, replacement: string): string {
  expect(text.split(find), `${find} once in the text`).toHaveLength(2);
  return text.replace(find, () => replacement);
}

describe('a file that extends a parent equals the parent edited by hand with', () => {
  it.each([
    [
      'envelope: { low: 800 CNY }',
      'low: 900 CNY, evidence: a claim, range_evidence: another',
      'low: 800 CNY, evidence: a claim',
    ],
    [
      'envelope: { note: a remark }',
      'range_evidence: another',
      'range_evidence: another, note: a remark',
    ],
    [
      'envelope: { low: remove, range_evidence: remove }',
      'low: 900 CNY, evidence: a claim, range_evidence: another',
      'evidence: a claim',
    ],
    ['phasing: { years: { FY2026: 40% } }', 'FY2026: 30%', 'FY2026: 40%'],
    ['phasing: even', 'phasing: { years: { FY2026: 30%, FY2027: rest } }', 'phasing: even'],
    [
      'phasing: { growth: 5%, per: year }',
      '{ years: { FY2026: 30%, FY2027: rest } }',
      '{ growth: 5%, per: year }',
    ],
    ['mix: { blend: { view: 100% } }', 'mix: view', 'mix: { blend: { view: 100% } }'],
    ['estimates: { view: { split: { optics: { note: tiny } } } }', 'note: small', 'note: tiny'],
    ['components: { servers: { suppliers: { h3c: remove } } }', '      h3c: 10%\n', ''],
    [
      'components: { servers: { suppliers: { h3c: { low: 5% } } } }',
      'h3c: 10%',
      'h3c: { value: 10%, low: 5% }',
    ],
    [
      'components: { servers: { suppliers: { h3c: { price: 9 CNY } } } }',
      'h3c: 10%',
      'h3c: { share: 10%, price: 9 CNY }',
    ],
    [
      'components: { servers: { suppliers: { inspur: { value: 35%, assumption: another } } } }',
      '{ share: { value: 30%, low: 20% }, assumption: a share }',
      '{ share: { value: 35%, low: 20% }, assumption: another }',
    ],
    [
      'components: { servers: { lag: { quarters: [60%, rest] } } }',
      '  open:\n    comp',
      '    lag: { quarters: [60%, rest] }\n  open:\n    comp',
    ],
    ['suppliers: { inspur: { currency: USD } }', 'name: Inspur', 'name: Inspur, currency: USD'],
    ['fx: { path: { USD: { FY2027: 8 } } }', 'fx: {', 'fx: { path: { USD: { FY2027: 8 } },'],
    [
      'adds: [components.servers.suppliers.zte]\ncomponents: { servers: { suppliers: { zte: 5% } } }',
      '      others: rest',
      '      others: rest\n      zte: 5%',
    ],
    [
      'adds: [estimates.mine]\nestimates: { mine: { split: { servers: 1 } } }\nmix: mine',
      'mix: view',
      '  mine: { split: { servers: 1 } }\nmix: mine',
    ],
    [
      'adds: [components.optics, suppliers.h3c]\ncomponents: { optics: { suppliers: { h3c: rest } } }\nsuppliers: { h3c: { name: H3C } }',
      'suppliers: { inspur: { name: Inspur } }',
      '  optics: { suppliers: { h3c: rest } }\nsuppliers: { inspur: { name: Inspur }, h3c: { name: H3C } }',
    ],
  ])('%s', (layer, find, replacement) => {
    expect(toldOf(BASE, layer)).toEqual(toldOf(edited(BASE, find, replacement)));
  });

  it('three files, each over the one before it', () => {
    const layers = [
      'envelope: 2000 CNY',
      'envelope: { low: 1 CNY }',
      'envelope: 3000 CNY\nphasing: even',
    ];
    const once = 'envelope: { value: 3000 CNY, low: 1 CNY }\nphasing: even';
    expect(toldOf(BASE, ...layers)).toEqual(toldOf(BASE, once));
  });
});

describe('the evidence of a value', () => {
  const claims = (layer: string) => {
    const { scenario } = stacked(BASE, layer);
    return Object.fromEntries(
      scenario!.inputs.map(({ path, attributes }) => [
        path,
        Object.entries(attributes)
          .map(([key, { text }]) => `${key} ${text}`)
          .join(', '),
      ]),
    );
  };

  it.each([
    ['envelope: 1100 CNY', 'envelope', 'low 900 CNY, range_evidence another'],
    [
      'envelope: { value: 1100 CNY, evidence: mine }',
      'envelope',
      'low 900 CNY, evidence mine, range_evidence another',
    ],
    [
      'envelope: { value: 1100 CNY, assumption: mine }',
      'envelope',
      'low 900 CNY, range_evidence another, assumption mine',
    ],
    ['envelope: { low: 800 CNY }', 'envelope', 'low 800 CNY, evidence a claim'],
    ['envelope: 1k CNY', 'envelope', 'low 900 CNY, evidence a claim, range_evidence another'],
    ['fx: { base: { USD: 7.1 } }', 'fx.base.USD', ''],
    [
      'fx: { base: { USD: 7.0 } }',
      'fx.base.USD',
      'evidence a rate, name a fixing, date 2025-02-24',
    ],
    [
      'components: { servers: { suppliers: { inspur: 35% } } }',
      'components.servers.suppliers.inspur.share',
      'low 20%',
    ],
    ['estimates: { view: { split: { servers: 65% } } }', 'estimates.view.split.servers', ''],
    [
      'estimates: { view: { split: { servers: 65% } } }',
      'estimates.view.split.optics',
      'note small',
    ],
    [
      'estimates: { view: { split: { servers: { low: 50% } } } }',
      'estimates.view.split.optics',
      'evidence a split, note small',
    ],
  ])('under %s, %s has %s', (layer, path, attributes) => {
    expect(claims(layer)[path]!.split(', ').sort()).toEqual(attributes.split(', ').sort());
  });

  it('a component keeps its name when its part changes', () => {
    const { scenario } = stacked(BASE, 'components: { open: { components: { racks: 45% } } }');
    expect(scenario!.leaves.map(({ name }) => name)).toContain('Racks');
  });
});

describe('`was`', () => {
  it.each([
    ['envelope: { value: 1100 CNY, was: 1000 CNY }'],
    ['envelope: { value: 1100 CNY, was: 1k CNY }'],
    ['envelope: { value: 1100 CNY, was: 0.1万 RMB }'],
    ['envelope: { was: 1000 CNY }'],
    ['components: { servers: { suppliers: { inspur: { share: 35%, was: 0.3 } } } }'],
    ['components: { servers: { suppliers: { inspur: { share: { value: 35%, was: 3/10 } } } } }'],
    ['components: { servers: { suppliers: { h3c: { value: 12%, was: 10.0% } } } }'],
    ['fx: { base: { USD: { value: 7.1, was: 7.00 } } }'],
  ])('accepts %s, because the parent has an equal number', (layer) => {
    const guarded = stacked(BASE, layer);
    expect(guarded.diagnostics).toEqual([]);
    const bare = layer.replace(/,? ?was: [^ }]+( \w+)?/, '').replace('{ }', '{}');
    expect(told(guarded)).toEqual(toldOf(BASE, bare));
  });

  it('rejects a parent with a changed number, and shows both places', () => {
    const changed = edited(BASE, 'value: 1000 CNY', 'value: 1200 CNY');
    const { scenario, diagnostics } = stacked(
      changed,
      'envelope: { value: 1100 CNY, was: 1000 CNY }',
    );
    expect(scenario).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    const [{ code, span, related }] = diagnostics as [(typeof diagnostics)[0]];
    const shown = [span, related!.span].map(({ source, start, end }) => [
      source.name,
      source.text.slice(start, end),
    ]);
    expect(code).toBe('was-differs');
    expect(shown).toEqual([
      ['1.yaml', '1000 CNY'],
      ['0.yaml', '1200 CNY'],
    ]);
    const text = writeDiagnostics(diagnostics);
    expect(text).toContain('1.yaml:2:');
    expect(text).toContain('0.yaml:4:');
  });
});

describe('a layer over a shipped scenario', () => {
  /** Loads a text as a file in the folder of the shipped scenarios. */
  const among = (name: string, text: string) =>
    load(text, { name: `scenarios/${name}`, read: readBeside });

  it.each(shipped)('that changes nothing gives the bytes of %s', (name, text) => {
    const own = among(name, text);
    const layered = among('layer.yaml', `extends: ${name}\n`);
    expect(layered.diagnostics).toEqual(own.diagnostics);
    const documents = [own, layered].map(({ scenario }) => {
      const answer = forecast.run([scenario!], {});
      const { document, table } = valueOf(answer);
      return JSON.stringify([document, table]);
    });
    expect(documents[1]).toBe(documents[0]);
  });

  it.each(shipped)('finds each input of %s in its own file', (name, text) => {
    const layer = `extends: ${name}\nenvelope: 400bn CNY\n`;
    const { scenario } = among('layer.yaml', layer);
    // A table has one unit for all of its numbers: tables.test.ts tests their places.
    const written = scenario!.inputs.filter(({ span }) => !span.source.name.endsWith('.csv'));
    for (const { span, text: literal } of written) {
      expect(span.source.text.slice(span.start, span.end)).toBe(literal);
    }
    expect(amountOf(scenario!.envelope)!.span.source).toEqual({
      name: 'scenarios/layer.yaml',
      text: layer,
    });
    expect(scenario!.tree.span.source.name).toBe('scenarios/layer.yaml');
    expect(scenario!.files.map(({ source }) => source.text)).toContain(text);
  });

  it.each(shipped)(
    'rejects each misspelt key of %s and suggests the right one',
    (name, text) => {
      const { scenario } = among(name, text);
      for (const { path } of scenario!.inputs) {
        const steps = path.split('.').filter((step) => !/^\d+$/.test(step));
        steps.forEach((step, at) => {
          if (/^(FY|[A-Z]{3}$)/.test(step)) return;
          const slipped = steps.with(at, `${step.slice(0, 2)}q${step.slice(2)}`).slice(0, at + 1);
          const layer = `extends: ${name}\n${slipped.join(': { ')}: 1${' }'.repeat(at)}\n`;
          const { scenario: made, diagnostics } = among('layer.yaml', layer);
          expect(made, layer).toBeUndefined();
          // The weights of a blend name estimates, and are reported with the mix.
          const expected = slipped.includes('blend') ? 'name-unknown' : 'path-unknown';
          const found = diagnostics.map(({ code, hint, span }) => ({
            isRight: code === expected && hint?.includes(`write \`${step}\``),
            at: span.source.name,
          }));
          expect(found, layer).toContainEqual({ isRight: true, at: 'scenarios/layer.yaml' });
        });
      }
    },
    60_000,
  );
});

it('reads every file once, and none when the scenario is varied', () => {
  const asked: string[] = [];
  const files = { 'a.yaml': BASE, 'b.yaml': 'extends: a.yaml\nenvelope: 1100 CNY\n' };
  const { scenario } = load('extends: b.yaml\nphasing: even\n', { read: folder(files, asked) });
  const varied = vary(vary(scenario!, ['envelope=1200 CNY']).scenario!, ['mix=view']).scenario!;
  expect(amountOf(varied.envelope)!.text).toBe('1200 CNY');
  expect(varied.files).toEqual(scenario!.files);
  expect(varied.files.map(({ source }) => source.name)).toEqual(['b.yaml', 'a.yaml']);
  expect(asked).toEqual(['b.yaml', 'a.yaml']);
});

it('a layer of one path equals `--set` of that path', () => {
  const CHANGES = [
    ['envelope', '1100 CNY'],
    ['envelope', '{ value: 1100 CNY, evidence: mine }'],
    ['envelope.low', '800 CNY'],
    ['envelope.low', 'remove'],
    ['phasing.years', '{ FY2026: 20% }'],
    ['phasing', 'even'],
    ['estimates.view.split.servers', '50%'],
    ['components.servers.suppliers.inspur', '25%'],
    ['components.servers.suppliers.inspur.share.low', '10%'],
    ['components.servers.suppliers.h3c.note', 'a remark'],
    ['components.servers.suppliers.h3c', 'remove'],
    ['components.open.components.racks', '{ part: 20%, assumption: mine }'],
    ['fx.base.USD', '7.5'],
    ['fx.path.USD.FY2027', '8'],
    ['suppliers.inspur', '{ currency: USD }'],
  ] as const;
  const layerOf = ([path, value]: (typeof CHANGES)[number]) => {
    const steps = path.split('.');
    return `${steps.join(': { ')}: ${value}${' }'.repeat(steps.length - 1)}\n`;
  };
  fc.assert(
    fc.property(
      fc.subarray([...CHANGES], { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (picked, isLast) => {
        const changes = isLast ? [...picked].reverse() : picked;
        const files = stacked(BASE, ...changes.map(layerOf));
        const set = unproved(
          load(BASE, { set: changes.map(([path, value]) => `${path}=${value}`) }),
        );
        // The second removal of an entry finds nothing, as a layer and as `--set`.
        expect(files.scenario === undefined).toBe(set.scenario === undefined);
        if (files.scenario) expect(told(files)).toEqual(told(set));
      },
    ),
    { numRuns: cases(40) },
  );
}, 30_000);
