/** A layer's key over narrower keys of the parent: it takes effect, or is refused. */
import { expect, it } from 'vitest';
import { success } from '../../../src/core/result.js';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { load } from '../../../src/scenario/load.js';
import { cases, coverage } from '../../support/cases.js';
import { source } from '../../support/questions.js';

const head = (name: string, path: string) => `scenario: ${name}
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2027, period: month }
envelope: 100bn CNY
phasing: even
estimates: { view: { split: { servers: rest } } }
mix: view
fx: { base: { USD: 1 }, path: { USD: ${path} } }
`;

/** All keys of the window, with the first month and the month after the last. */
const KEYS: ReadonlyMap<string, readonly [number, number]> = new Map(
  [2026, 2027].flatMap((year, y) => [
    [`FY${year}`, [12 * y, 12 * y + 12]] as const,
    ...[1, 2, 3, 4].map((q) => [`FY${year}Q${q}`, [12 * y + 3 * q - 3, 12 * y + 3 * q]] as const),
    ...Array.from({ length: 12 }, (_, m) => {
      const key = `FY${year}M${String(m + 1).padStart(2, '0')}`;
      return [key, [12 * y + m, 12 * y + m + 1]] as const;
    }),
  ]),
);

function isInside(key: string, wide: string): boolean {
  const [inner, outer] = [KEYS.get(key)!, KEYS.get(wide)!];
  return key !== wide && outer[0] <= inner[0] && inner[1] <= outer[1];
}

function flow(values: ReadonlyMap<string, string>): string {
  return `{ ${[...values].map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}

it('takes effect, or an error names the narrower keys of the parent', () => {
  const { next, pick } = source(5);
  const all = [...KEYS.keys()];
  const early = all.filter((key) => /^FY\d+(Q1|M01|Q3|M07)?$/.test(key));
  const drawKeys = (most: number) => [
    ...new Set(
      Array.from({ length: 1 + Math.floor(next() * most) }, () => pick(next() < 0.7 ? early : all)),
    ),
  ];
  const seen = { error: 0, effect: 0 };
  for (let draw = 0; draw < cases(400); draw++) {
    const parent = new Map(drawKeys(8).map((key, i) => [key, String(10 + i)]));
    const layer = new Map(drawKeys(3).map((key, i) => [key, String(20 + i)]));
    const some = [...parent.keys()].filter(() => next() < 0.3);
    for (const key of some) if (!layer.has(key)) layer.set(key, 'remove');
    const added = [...layer.keys()].filter((key) => !parent.has(key));
    const narrower = added.map((key) => {
      const inside = [...parent.keys()].filter((one) => !layer.has(one) && isInside(one, key));
      const isShadowed = inside.some((one) => KEYS.get(one)![0] === KEYS.get(key)![0]);
      return isShadowed ? inside : [];
    });
    const bySet = next() < 0.5;
    const { scenario, diagnostics } = bySet ? loadSet(parent, layer) : loadLayer(parent, layer);
    const told = `${flow(parent)} under ${flow(layer)}`;
    const expected = narrower.filter((keys) => keys.length > 0);
    const errors = diagnostics.filter(({ code }) => code === 'keys-conflict');
    expect(errors.length, told).toBe(expected.length);
    for (const key of expected.flat()) {
      expect(
        errors.some(({ message }) => message.includes(key)),
        told,
      ).toBe(true);
    }
    if (expected.length > 0) {
      expect(scenario).toBeUndefined();
      seen.error++;
      continue;
    }
    for (const key of added) {
      const { start } = scenario!.window.periods[KEYS.get(key)![0]]!;
      expect(Number(scenario!.fx.path.get('USD')!(start)!.text), told).toBeGreaterThanOrEqual(20);
    }
    seen.effect++;
  }
  expect(seen.error).toBeGreaterThan(coverage(50));
  expect(seen.effect).toBeGreaterThan(coverage(50));
});

type Values = ReadonlyMap<string, string>;

/** In the order of the help: removals first, and the narrower keys before the wider ones. */
function loadSet(parent: Values, layer: Values) {
  const width = (key: string) => KEYS.get(key)![1] - KEYS.get(key)![0];
  const rank = ([key, value]: readonly [string, string]) => (value === 'remove' ? 0 : width(key));
  const order = [...layer].sort((a, b) => rank(a) - rank(b));
  return load(head('set', flow(parent)), {
    set: order.map(([key, value]) => `fx.path.USD.${key}=${value}`),
  });
}

function loadLayer(parent: Values, layer: Values) {
  const read: ReadFile = () => success({ name: 'p.yaml', text: head('p', flow(parent)) });
  const text = `extends: p.yaml\nscenario: layer\nfx: { path: { USD: ${flow(layer)} } }\n`;
  return load(text, { name: 's.yaml', read });
}

it('the help can be followed, in a file and on the command line', () => {
  const parent = new Map([
    ['FY2026Q1', '7.1'],
    ['FY2026Q2', '7.2'],
  ]);
  const inFile = loadLayer(parent, new Map([['FY2026', '8']])).diagnostics[0]!;
  expect(inFile).toMatchObject({
    code: 'keys-conflict',
    message: '`fx.path.USD.FY2026` has no effect: the parent gives FY2026Q1 and FY2026Q2',
    hint: 'give FY2026Q1 and FY2026Q2, or write `FY2026Q1: remove` beside it, and so for the others',
    related: { message: 'the parent gives FY2026Q1 here' },
  });
  const removed = new Map([
    ['FY2026', '8'],
    ['FY2026Q1', 'remove'],
    ['FY2026Q2', 'remove'],
  ]);
  expect(loadLayer(parent, removed).diagnostics).toEqual([]);
  const onLine = loadSet(parent, new Map([['FY2026', '8']])).diagnostics[0]!;
  expect(onLine.hint).toBe(
    "before it, give FY2026Q1 and FY2026Q2, or --set 'fx.path.USD.FY2026Q1=remove', and so for the others",
  );
  expect(loadSet(parent, removed).diagnostics).toEqual([]);
});

it('a key that begins before the narrower ones of the parent holds until the first of them', () => {
  const parent = new Map([['FY2026Q3', '7.5']]);
  const { scenario } = loadLayer(parent, new Map([['FY2026', '8']]));
  const { periods } = scenario!.window;
  const rates = periods.map(({ start }) => scenario!.fx.path.get('USD')!(start)!.text);
  expect(rates.slice(0, 7)).toEqual(['8', '8', '8', '8', '8', '8', '7.5']);
});

it('a key that the parent has beside narrower ones may be changed', () => {
  const parent = new Map([
    ['FY2026', '7'],
    ['FY2026Q3', '7.5'],
  ]);
  expect(loadLayer(parent, new Map([['FY2026', '8']])).diagnostics).toEqual([]);
});
