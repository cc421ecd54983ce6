/** Content: the parts inside the goods that suppliers invoice, and who makes them. */
import { expect, it } from 'vitest';
import { printDecimal } from '../../../src/core/number/decimal.js';
import { project } from '../../../src/projection/compile.js';
import { readOutput } from '../../../src/projection/output.js';
import { amountOf } from '../../../src/projection/outputAmounts.js';
import { rollup } from '../../../src/projection/rollup.js';
import { show } from '../../../src/studies/forecast/show.js';
import { forecastCells, loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const BILL = `
    bill:
      accelerators: { part: 55%, suppliers: { nvidia: 60%, inspur: rest } }
      memory: { part: { FY2026: 10%, FY2026Q3: 12% }, suppliers: { hynix: rest } }
      boards: 5%`;

const scenario = (bill = BILL, envelope = '4bn CNY') => `
scenario: tiers
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4 }
envelope: ${envelope}
phasing: even
estimates: { broker: { split: { servers: 60%, open: rest } } }
mix: broker
components:
  servers:
    pricing: { USD: { content: 50% } }
    suppliers: { inspur: 1/3, others: rest }${bill}
fx: { base: { USD: 7 } }
`;

function amountPrinted(text: string, set: readonly string[] = []): string {
  const one = loaded(scenario(), set);
  const output = readOutput(text, one);
  if (!output.ok) return output.diagnostics.message;
  const { count, unit } = amountOf(project(one, { currencies: ['CNY', 'USD'] }), output.value);
  return `${printDecimal(count, unit.places)} ${unit.label}`;
}

it.each([
  ['servers/accelerators/nvidia@FY2026Q1:content', '198000000.00 CNY'],
  ['servers/accelerators/nvidia@FY2026:content.USD', '113142857.12 USD'],
  ['servers/accelerators@FY2026Q1:content', '330000000.00 CNY'],
  ['servers/memory@FY2026Q2:content', '60000000.00 CNY'],
  ['servers/memory@FY2026Q3:content', '72000000.00 CNY'],
  ['servers/boards/unassigned@FY2026Q1:content', '30000000.00 CNY'],
  ['servers@FY2026Q1:content', '420000000.00 CNY'],
  ['inspur@FY2026Q1:content', '132000000.00 CNY'],
  ['inspur@FY2026Q1:demand', '200000000.00 CNY'],
  ['servers@FY2026Q1:demand', '600000000.00 CNY'],
  [
    'servers/accelerators',
    'there is no component or supplier `accelerators`: write one of inspur, others',
  ],
  [
    'open:content',
    'there is no component or supplier `open`: write one of servers, nvidia, inspur, hynix, unassigned',
  ],
])('%s is %s', (text, value) => {
  expect(amountPrinted(text)).toBe(value);
});

it('a bill changes no demand, no revenue and no units', () => {
  const cells = (text: string) => [...forecastCells(text)].filter(([key]) => !/content/.test(key));
  expect(cells(scenario())).toEqual(cells(scenario('')));
  expect(forecastCells(scenario()).size).toBeGreaterThan(forecastCells(scenario('')).size);
});

it('gives a tie to the remainder, whose key is the empty string', () => {
  const halves = '\n    bill: { a: 50% }';
  const fen = (envelope: string) => {
    const cells = forecastCells(scenario(halves, envelope), [], ['calendar.to=FY2026Q1']);
    return cells.get('FY2026Q1|servers/a|unassigned|content|CNY');
  };
  // 60% of 5 fen are 3: 1 for Inspur, whose half is a tie, and 2 for the others.
  expect(fen('0.05 CNY')).toBe('0.01');
});

it.each(['budget', 'volume', 'scale'])(
  'content under the closure %s is its part of demand',
  (closure) => {
    const set = ['fx.path.USD=9', `fx.closure=${closure}`];
    const [demand, content] = ['servers@FY2026Q1:demand', 'servers/accelerators@FY2026Q1:content'];
    const amount = (text: string) => BigInt(amountPrinted(text, set).replace(/\D/g, ''));
    const part = (amount(demand) * 55n) / 100n;
    expect(Number(amount(content) - part)).toBeLessThanOrEqual(2);
    expect(Number(amount(content) - part)).toBeGreaterThanOrEqual(0);
  },
);

it('puts content rows after their component', () => {
  const rows = rollup(project(loaded(scenario())), ['fiscal_year', 'component']);
  expect(rows.map(({ labels, measure }) => `${labels[1]!} ${measure}`)).toEqual([
    'servers demand',
    'servers revenue',
    'servers/accelerators content',
    'servers/memory content',
    'servers/boards content',
    'open demand',
    'open revenue',
  ]);
});

it('shows content as a sheet with the note that it is part of demand', () => {
  const by = ['fiscal_year', 'component', 'supplier'] as const;
  const answer = show.run([loaded(scenario())], { by });
  const sheets = valueOf(answer).sheets!;
  const captions = ['demand, CNY m', 'content, CNY m', 'evidence, CNY m'];
  expect(sheets.map(({ caption }) => caption)).toEqual(captions);
  const [, content] = sheets;
  expect(content!.rows.map(({ label, depth, cells }) => [depth, label, cells.at(-1)])).toEqual([
    [0, 'servers', '1,704.00'],
    [1, 'accelerators', '1,320.00'],
    [2, 'nvidia', '792.00'],
    [2, 'inspur', '528.00'],
    [1, 'memory', '264.00'],
    [2, 'hynix', '264.00'],
    [1, 'boards', '120.00'],
    [0, 'total', '1,704.00'],
  ]);
  expect(content!.notes).toEqual(['content is part of demand: do not add the two']);
});
