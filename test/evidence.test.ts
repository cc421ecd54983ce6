/** The shipped ledgers have every claim of the articles, and no figure is used without its claim. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { equal } from '../src/core/number/fraction.js';
import { wordsOf } from '../src/model/claims.js';
import { isRest, type Input } from '../src/model/input.js';
import type { Scenario } from '../src/scenario/scenario.js';
import { loaded } from './support/cells.js';

// The articles are about Alibaba.
const NAMES = readdirSync('scenarios').filter((name) => /^alibaba-.*\.yaml$/.test(name));
const shipped = (name: string) => loaded(readFileSync(`scenarios/${name}`, 'utf8'));
const ANNOUNCED = shipped('alibaba-380bn.yaml');
const ROLLING = shipped('alibaba-rolling.yaml');

/** A claim, its figure, its source, and the numbers of the articles that make it. */
type Row = readonly [claim: string, says: string, whose: string, articles: string];

/** Every claim of the articles, by its number in the list of facts. */
const CLAIMS: Readonly<Record<string, readonly Row[]>> = {
  C1: [['plan-380bn', '380bn CNY', 'the company', '0 1 2 3 4']],
  C2: [['plan-58bn-usd', '58bn USD', 'unnamed site', '1']],
  C3: [['plan-53bn-usd', '53bn USD', 'Xinhua', '2 3']],
  C5: [['plan-54-5bn-usd', '54.5bn USD', 'unnamed site', '4']],
  C6: [['plan-38bn-usd', '38bn USD', 'unnamed site', '4']],
  C7: [
    ['capex-2024-12', '31.8bn CNY', 'the company', '0 1'],
    ['capex-on-quarter', '80%', 'the company', '0'],
  ],
  C8: [
    ['capex-2024-12', '31.8bn CNY', 'the company', '0 1'],
    ['capex-on-year', '331%', 'the company', '1'],
    ['capex-on-quarter-other', '85%', 'the company', '1'],
  ],
  C9: [['capex-2024-12-other', '31.4bn CNY', 'the company', '1']],
  C10: [['capex-decade', '327.2bn CNY', 'unnamed site', '1']],
  C11: [['yearly-floor', '110bn CNY', 'unnamed site', '1']],
  C12: [['guozheng-yearly', '100bn CNY to 150bn CNY', 'Guozheng International Securities', '1']],
  C13: [['guojin-capex-120bn', '120bn CNY', 'Guojin Securities', '1']],
  C14: [['guojin-servers', '50bn CNY', 'Guojin Securities', '1']],
  C15: [['guojin-switches', '8bn CNY', 'Guojin Securities', '1']],
  C16: [['guojin-optical', '3.6bn CNY', 'Guojin Securities', '1']],
  C17: [
    [
      'kaiyuan-beneficiaries',
      'chips, data centres and their facilities, servers, switches, optical modules, liquid cooling',
      'Kaiyuan Securities',
      '1',
    ],
  ],
  C18: [
    [
      'guotai-beneficiaries',
      'data centres, power supply of servers by high-voltage direct current, with Delta',
      'Guotai Junan Securities',
      '1',
    ],
  ],
  C19: [
    ['revenue-2024-12-usd', '38381m USD', 'the company', '3'],
    ['revenue-2024-12-cny', '280154m CNY', 'the company', '3'],
  ],
  C20: [
    ['revenue-2024-12', '280.15bn CNY', 'the company', '0 2 4'],
    ['revenue-2024-12-growth', '8%', 'the company', '0 2 3'],
    ['revenue-2024-12-consensus', '277.37bn CNY', 'consensus', '0'],
    ['cloud-2024-12', '31.74bn CNY', 'the company', '2'],
    ['cloud-2024-12-growth', '13%', 'the company', '2'],
    ['cloud-2024-12-growth-outside', '11%', 'the company', '3'],
  ],
  C21: [['peers', 'ByteDance, Tencent and Baidu spend more as well', 'unnamed site', '1']],
  C22: [
    ['ai-before-2023', '4%', 'unnamed site', '4'],
    ['ai-after', '50%', 'unnamed site', '4'],
  ],
  C23: [
    [
      'fields',
      'AI and cloud infrastructure, models and applications built on them, AI in the existing business',
      'the company',
      '0 1 4',
    ],
  ],
};

const ARTICLES: Readonly<Record<string, string>> = {
  'article-0': '0',
  'article-1': '1',
  xinhua: '2',
  'article-3': '3',
  'article-4': '4',
};

function claimOf(scenario: Scenario, id: string) {
  return scenario.ledger.claims.get(id) ?? expect.fail(`no claim ${id}`);
}

describe('the ledger has every claim of the articles, with figure, source and places', () => {
  it.each(Object.entries(CLAIMS))('%s', (_, rows) => {
    for (const [id, says, whose, articles] of rows) {
      const claim = claimOf(ANNOUNCED, id);
      const sources = claim.places.map(({ source }) => ARTICLES[source.id]).sort();
      expect([wordsOf(claim), claim.whose, sources.join(' ')]).toEqual([says, whose, articles]);
      expect(claim.places.filter(({ where }) => !where)).toEqual([]);
    }
  });
});

describe('the ledgers have the claims of other sources', () => {
  it.each([
    ['pboc-fixing', '7.1717'],
    ['filing-2024-09', '7.0177'],
    ['filing-2024-12', '7.2993'],
    ['filing-2025-03', '7.2568'],
    ['filing-2025-06', '7.1636'],
    ['filing-2025-09', '7.1189'],
    ['filing-2025-12', '6.9931'],
    ['filing-2026-03', '6.8979'],
    ['capex-2024-09', '17.5bn CNY'],
    ['capex-2025-03', '24.6bn CNY'],
    ['capex-2025-06', '38.676bn CNY'],
    ['capex-2025-09', '31.501bn CNY'],
    ['capex-2025-12', '29bn CNY'],
    ['capex-2026-03', '27bn CNY'],
    ['capex-four-quarters', '126bn CNY'],
    ['capex-four-quarters-ai', '120bn CNY'],
    ['company-120-of-126bn', '95%'],
    ['goldman-2025-10', '380bn CNY to 550bn CNY'],
    ['goldman-2025-10-base', '460bn CNY'],
    ['cicc-servers', '263.2bn CNY'],
    ['cicc-switches', '18.9bn CNY'],
    ['cicc-optical', '22.7bn CNY'],
    ['cicc-2025', '304.8bn CNY'],
    ['trendforce-servers', '60%'],
  ])('%s says %s', (id, says) => {
    expect(wordsOf(claimOf(ROLLING, id))).toBe(says);
  });
});

/** Amounts of the articles, and shares with an unusual value: 50% could come from any source. */
function isFigure({ value, currency }: Input): boolean {
  const figures = [...ANNOUNCED.ledger.claims.values()].flatMap((claim) =>
    claim?.says ? [claim.says.low, claim.says.high] : [],
  );
  return figures.some(({ text, value: figure }) => {
    const isPlain = figure.currency === undefined && !text.includes('/');
    if (isPlain || figure.currency?.code !== currency?.code) return false;
    const quanta = { n: 10n ** BigInt(currency?.places ?? 0), d: 1n };
    return equal({ n: figure.value.n * quanta.n, d: figure.value.d }, value);
  });
}

describe('no figure of the articles is used without its claim', () => {
  const unpinned = (scenario: Scenario) =>
    scenario.inputs.flatMap((input) => {
      if (isRest(input) || input.attributes.evidence || !isFigure(input)) return [];
      return [`${input.path}: ${input.text}`];
    });

  it.each(NAMES)('in %s', (name) => {
    expect(unpinned(shipped(name))).toEqual([]);
  });

  it('a figure without its claim would be found', () => {
    const text = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8');
    const bare = text.replace('{ value: 8bn CNY, evidence: guojin-switches }', '8bn CNY');
    expect(unpinned(loaded(bare))).toEqual(['estimates.guojin.split.switches: 8bn CNY']);
  });
});

it('calculated claims equal the result of the claims they are calculated from', () => {
  const amount = (id: string) => claimOf(ROLLING, id).says!.low.value.value;
  const { n: plan, d } = amount('plan-380bn');
  expect(d).toBe(1n);
  expect(amount('plan-yearly')).toEqual({ n: 12666666666667n, d: 100n });
  expect(plan / 3n).toBe(126666666666n);
  const parts = ['guojin-servers', 'guojin-switches', 'guojin-optical', 'guojin-open'];
  const sum = (ids: readonly string[]) => ids.map((id) => amount(id).n).reduce((a, b) => a + b);
  expect(sum(parts)).toBe(amount('guojin-capex-120bn').n);
  expect(sum(['cicc-servers', 'cicc-switches', 'cicc-optical'])).toBe(amount('cicc-2025').n);
  const yearly = claimOf(ROLLING, 'guozheng-yearly').says!;
  const range = claimOf(ROLLING, 'guozheng-range').says!;
  expect(range.low.value.value.n).toBe(3n * yearly.low.value.value.n);
  expect(range.high.value.value.n).toBe(3n * yearly.high.value.value.n);
});
