/**
 * Random scenarios as people keep them: several files, parents, tables that several inputs or scenarios
 * read, amounts to date, inverse rates, and YAML and CSV in every style.
 */
import { dice, type Dice } from './dice.js';

/** Scenario files and their tables by name, and the scenarios of one workbook. */
export interface ScenarioFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly onto: readonly string[];
  /** `--set` of the workbook. */
  readonly set: readonly string[];
}

type Node = string | readonly Node[] | { readonly [key: string]: Node | undefined };
type Files = Record<string, string>;

export function scenarioFiles(seed: number): ScenarioFiles {
  const d = dice(seed);
  const files: Files = {};
  const base = scenarioNode(d, dice(~seed), 'base', files);
  files['base.yaml'] = yamlOf(d, base);
  const shape = d.pick([
    'one',
    'one',
    'child',
    'family',
    'family',
    'siblings',
    'neighbours',
    'chain',
  ]);
  const layer = (name: string, parent: string) => {
    files[`${name}.yaml`] = yamlOf(d, layerNode(d, name, parent, base));
    return `${name}.yaml`;
  };
  const set = d.chance(15) ? [d.pick(SETS)] : [];
  const onto = ((): string[] => {
    if (shape === 'child') return [layer('high', 'base')];
    if (shape === 'family') return ['base.yaml', layer('high', 'base')];
    if (shape === 'siblings') return [layer('high', 'base'), layer('low', 'base')];
    if (shape === 'chain') return ['base.yaml', layer('high', 'base'), layer('top', 'high')];
    if (shape === 'neighbours') {
      files['other.yaml'] = yamlOf(d, { ...base, scenario: 'other' });
      return ['base.yaml', 'other.yaml'];
    }
    return ['base.yaml'];
  })();
  return { files, onto: d.shuffle(onto), set };
}

const SETS = ['envelope=90bn CNY', 'fx.base.USD=7', 'components.servers.price=1m CNY'] as const;

// ── The scenario as a tree ───────────────────────────────────────────────────────────────────────

const PERIODS = ['FY2026Q1', 'FY2026Q2', 'FY2026Q3', 'FY2026Q4', 'FY2027Q1', 'FY2027Q2'];

/** @param steps decides which pricing changes by period */
function scenarioNode(
  d: Dice,
  steps: Dice,
  id: string,
  files: Files,
): { readonly [key: string]: Node | undefined } {
  const shared = d.chance(60) ? `price${d.int(2)}.csv` : undefined;
  return {
    scenario: id,
    ...(d.chance(30) && { title: d.pick(['A plan', '阿里巴巴 资本开支', "Li's plan, 2026"]) }),
    currency: 'CNY',
    calendar: { fiscal_year_ends: '3', from: 'FY2026Q1', to: 'FY2027Q2' },
    envelope: ranged(d, money(d, 90 + d.int(20)), [money(d, 50), money(d, 300)]),
    phasing: phasingNode(d),
    estimates: {
      mine: d.chance(50)
        ? { split: { servers: '60%', storage: ranged(d, '30%', ['20%', '35%']), other: 'rest' } }
        : { of: '100bn CNY', split: { servers: '60bn CNY', storage: '30bn CNY', other: 'rest' } },
    },
    mix: d.chance(20) ? { FY2026: 'mine', FY2027: 'mine' } : 'mine',
    components: {
      servers: withSteps(steps, leafNode(d, 'server', shared, files), files),
      storage: withSteps(steps, leafNode(d, 'rack', shared, files), files),
    },
    ...(d.chance(40) && { suppliers: { inspur: revenueNode(d, files) } }),
    fx: { base: baseRates(d, files), path: pathRates(d, files) },
    ...(d.chance(60) && { actuals: actualsNode(d, files) }),
  };
}

function money(d: Dice, billions: number): string {
  return d.pick([`${billions}bn CNY`, `${billions * 10}亿 CNY`, `${billions}000m CNY`]);
}

/** A value: bare, or with a range and remarks. */
function ranged(d: Dice, value: string, [low, high]: readonly [string, string]): Node {
  if (d.chance(50)) return value;
  return {
    value,
    ...(d.chance(60) && { low }),
    ...(d.chance(60) && { high }),
    ...(d.chance(40) && { assumption: d.pick(['as before', 'a guess: no source', '没有来源']) }),
    ...(d.chance(20) && { note: 'seen twice' }),
  };
}

function phasingNode(d: Dice): Node {
  return d.pick<Node>([
    'even',
    { growth: ranged(d, '12%', ['5%', '20%']), per: 'year' },
    { years: { FY2026: '60%', FY2027: 'rest' } },
    { weights: ['1', '1', '1.2', '1.2', '0.5', '1/3'] },
  ]);
}

function leafNode(d: Dice, unit: string, shared: string | undefined, files: Files): LeafNode {
  return {
    ...(d.chance(50) && {
      pricing: {
        USD: {
          content: ranged(d, '40%', ['20%', '60%']),
          ...(d.chance(30) && { pass_through: '90%' }),
        },
      },
    }),
    price: priceNode(d, unit, shared, files),
    ...(d.chance(30) && { lag: { quarters: ['60%', 'rest'] } }),
    suppliers: sharesNode(d, unit, files),
  };
}

type LeafNode = Readonly<Record<string, Node | undefined>>;

/** A leaf, with its pricing by period in some scenarios: a map, or a table that several leaves may read. */
function withSteps(d: Dice, leaf: LeafNode, files: Files): LeafNode {
  if (leaf['pricing'] === undefined || d.chance(50)) return leaf;
  const { USD } = leaf['pricing'] as { readonly USD: Readonly<Record<string, Node>> };
  const passes = d.chance(30) && { pass_through: { FY2026: '100%', FY2026Q3: '80%' } };
  return { ...leaf, pricing: { USD: { ...USD, content: steppedContent(d, files), ...passes } } };
}

function steppedContent(d: Dice, files: Files): Node {
  if (d.chance(50)) return { FY2026: ranged(d, '40%', ['20%', '60%']), FY2027: '30%' };
  files['content.csv'] ??= csvOf(
    d,
    ['period', 'content', 'low', 'high'],
    [
      ['FY2026', '40%', '20%', '60%'],
      ['FY2026Q4', d.pick(['0.3', '1/3']), '', ''],
    ],
  );
  return { file: 'content.csv' };
}

function priceNode(d: Dice, unit: string, shared: string | undefined, files: Files): Node {
  const price = () => d.pick(['1.5m CNY', '90k CNY', '0.2m USD', '1500000 CNY']);
  if (shared !== undefined && d.chance(70)) {
    files[shared] ??= csvOf(
      d,
      ['period', 'price (CNY m)'],
      [
        ['FY2026', d.pick(['20', '1.5', '"1,050.5"'])],
        ['FY2027', '18'],
      ],
    );
    return { value: { file: shared }, unit };
  }
  if (d.chance(20))
    return { value: { FY2026: price(), FY2027: ranged(d, price(), ['1 CNY', '9bn CNY']) }, unit };
  return {
    value: price(),
    unit,
    ...(d.chance(50) && { erosion: '5%' }),
    ...(d.chance(30) && { assumption: 'a price' }),
  };
}

function sharesNode(d: Dice, unit: string, files: Files): Node {
  const name = `shares-${d.pick(['all', unit])}.csv`;
  const kind = d.int(4);
  if (kind === 0) {
    files[name] ??= csvOf(
      d,
      ['supplier', 'share'],
      [
        ['inspur', d.pick(['35%', '0.35', '35.5%'])],
        ['huaqin', '20%'],
        ['others', 'rest'],
      ],
    );
    return { file: name };
  }
  const share = kind === 1 ? { FY2026: '30%', FY2027: '1/3' } : ranged(d, '30%', ['20%', '45%']);
  return {
    inspur: typeof share === 'string' || kind === 1 ? { share } : renamed(share),
    huaqin: d.pick(['20%', '0.2', '50/250']),
    others: 'rest',
  };
}

/** The share of a supplier has a key of its own. */
function renamed(node: Node): Node {
  const { value, ...more } = node as Readonly<Record<string, Node>>;
  return { share: value, ...more };
}

function revenueNode(d: Dice, files: Files): Node {
  if (d.chance(50)) return { revenue: { FY2024: '70bn CNY', FY2025: '80.5bn CNY' } };
  files['revenue.csv'] ??= csvOf(
    d,
    ['year', '收入（亿元）'],
    [
      ['FY2024', '700'],
      ['FY2025', '805.5'],
    ],
  );
  return { revenue: { file: 'revenue.csv' } };
}

function baseRates(d: Dice, files: Files): Node {
  const usd = d.pick<Node>([
    '7.1717',
    { value: '7.1717', name: 'PBOC fixing', date: '2025-02-24' },
    { value: '7.1717', low: '6.9', high: '7.5', name: 'a rate' },
  ]);
  const kind = d.int(3);
  if (kind === 0) return { USD: usd, ...(d.chance(40) && { JPY: '0.0478' }) };
  const isInverse = kind === 1;
  files['base.csv'] ??= csvOf(
    d,
    ['currency', 'rate', 'name'],
    [
      ['USD', isInverse ? '0.1394' : '7.1717', 'a fixing'],
      ['JPY', isInverse ? '20.9' : '0.0478', ''],
    ],
  );
  return { file: 'base.csv', direction: isInverse ? 'foreign per CNY' : 'CNY per foreign' };
}

function pathRates(d: Dice, files: Files): Node {
  const kind = d.int(4);
  if (kind === 0) return { USD: { FY2026: '7.15', FY2027: ranged(d, '7.05', ['6.5', '7.5']) } };
  if (kind === 1) {
    files['path.csv'] ??= csvOf(
      d,
      ['period', 'USD', 'JPY'],
      [
        ['FY2026', '715', '4.78'],
        ['FY2027', '705', '4.7'],
      ],
    );
    return { file: 'path.csv', direction: 'CNY per 100 foreign' };
  }
  files['usd.csv'] ??= csvOf(
    d,
    ['quarter', 'rate'],
    [
      ['FY2026Q1', '0.1394'],
      ['FY2026Q3', '0.14'],
    ],
  );
  return { USD: { file: 'usd.csv', direction: 'USD per CNY' } };
}

function actualsNode(d: Dice, files: Files): Node {
  const count = 1 + d.int(4);
  const amounts = Array.from({ length: count }, (_, i) => 5 + i);
  const attributable = d.chance(40) && { attributable: ranged(d, '95%', ['90%', '100%']) };
  if (d.chance(30)) {
    return {
      periods: Object.fromEntries(amounts.map((one, i) => [PERIODS[i]!, `${one}.5bn CNY`])),
      ...attributable,
    };
  }
  const isToDate = d.chance(60);
  const name = isToDate ? 'to-date.csv' : 'reported.csv';
  let sum = 0;
  files[name] ??= csvOf(
    d,
    ['period', d.pick(['capex (RMB bn)', '资本开支（十亿元）'])],
    amounts.map((one, i) => [PERIODS[i]!, String(isToDate ? (sum += one) : one + 0.25)]),
  );
  return { periods: { file: name, ...(isToDate && { cumulative: 'true' }) }, ...attributable };
}

/** A layer over a scenario: some of its numbers replaced, some with what the author saw before. */
function layerNode(d: Dice, name: string, parent: string, base: Node): Node {
  const layer: Record<string, Node> = { extends: `${parent}.yaml`, scenario: name };
  for (const [key, node] of Object.entries(base)) {
    if (typeof node !== 'string' && d.chance(40)) {
      const other = changedNode(d, node!);
      if (other !== undefined) layer[key] = other;
    }
  }
  if (d.chance(50))
    layer['envelope'] = d.chance(50) ? '95bn CNY' : { value: '96bn CNY', assumption: 'more' };
  return layer;
}

/** One number below a node, changed, in the shape of the node. */
function changedNode(d: Dice, node: Node): Node | undefined {
  if (typeof node === 'string') return /^\d/.test(node) ? node.replace(/\d/, '1') : undefined;
  if (Array.isArray(node) || 'file' in node) return undefined;
  const keys = Object.keys(node).filter(
    (key) => !['calendar', 'name', 'date', 'split', 'at'].includes(key),
  );
  for (const key of d.shuffle(keys)) {
    const below = changedNode(d, (node as Readonly<Record<string, Node>>)[key]!);
    if (below !== undefined) return { [key]: below };
  }
  return undefined;
}

// ── Styles of text ───────────────────────────────────────────────────────────────────────────────

function csvOf(d: Dice, header: readonly string[], rows: readonly (readonly string[])[]): string {
  const end = d.pick(['\n', '\r\n']);
  const cell = (text: string) =>
    text !== '' && !text.startsWith('"') && d.chance(15) ? `"${text}"` : text;
  const blanks = d.chance(15) ? ' ' : '';
  const all = [header, ...rows].map((row) => row.map(cell).join(`,${blanks}`));
  return all.join(end) + (d.chance(80) ? end : '');
}

function yamlOf(d: Dice, node: Node): string {
  const end = d.chance(15) ? '\r\n' : '\n';
  const text = d.chance(8)
    ? JSON.stringify(node, undefined, d.pick([0, 2]))
    : block(d, node as Readonly<Record<string, Node | undefined>>, '');
  return text.replaceAll('\n', end);
}

function block(d: Dice, map: Readonly<Record<string, Node | undefined>>, indent: string): string {
  const lines: string[] = [];
  for (const [key, node] of Object.entries(map)) {
    if (node === undefined) continue;
    if (d.chance(8)) lines.push(`${indent}# about ${key}: 12% of it\n`);
    if (indent === '' && d.chance(10)) lines.push('\n');
    const remark = d.chance(10) ? ' # 380bn, they say' : '';
    if (typeof node !== 'string' && !Array.isArray(node) && d.chance(50)) {
      lines.push(
        `${indent}${key}:${remark}\n`,
        block(d, node as Readonly<Record<string, Node>>, `${indent}  `),
      );
    } else if (typeof node === 'string' && d.chance(4)) {
      lines.push(`${indent}${key}: ${d.pick(['>-', '|-'])}\n${indent}  ${node}\n`);
    } else {
      lines.push(`${indent}${key}: ${flow(d, node, indent)}${remark}\n`);
    }
  }
  return lines.join('');
}

function flow(d: Dice, node: Node, indent: string): string {
  if (typeof node === 'string') return scalar(d, node);
  const items = Array.isArray(node)
    ? (node as readonly Node[]).map((item) => flow(d, item, indent))
    : Object.entries(node)
        .filter(([, one]) => one !== undefined)
        .map(
          ([key, one]) =>
            `${d.chance(5) ? `"${key}"` : key}: ${flow(d, one as Node, `${indent}  `)}`,
        );
  const [open, close] = Array.isArray(node) ? ['[', ']'] : ['{', '}'];
  if (d.chance(10)) {
    const lines = items.map((item) => `${indent}    ${item},${d.chance(20) ? ' # sic' : ''}\n`);
    return `${open}\n${lines.join('')}${indent}  ${close}`;
  }
  return d.chance(20)
    ? `${open}${items.join(', ')}${close}`
    : `${open} ${items.join(', ')} ${close}`;
}

function scalar(d: Dice, text: string): string {
  const isPlain = /^[\p{L}\d][^:#,'"{}[\]]*$/u.test(text);
  const style = isPlain ? d.int(10) : 9;
  if (style === 8) return `'${text}'`;
  return style === 9 ? JSON.stringify(text) : text;
}
