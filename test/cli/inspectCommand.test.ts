/** `capex inspect`: what it prints of a file in any encoding, and its errors. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { capex, folder } from '../support/capex.js';

const TABLE = '季度,资本开支（亿元）,同比\n2024Q3,175.18,240%\n2024Q4,317.75,259%\n';

it('prints comments and the block, as one YAML text', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 't.csv'), TABLE);
  const { code, out, err } = await capex(['inspect', 't.csv'], { cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('# - 资本开支（亿元）: 2 numbers\n');
  expect(parse(out)).toEqual({
    actuals: {
      periods: {
        file: 't.csv',
        columns: { period: '季度', value: '资本开支（亿元）' },
        labels: 'calendar',
      },
    },
  });
});

it.each([
  ['gb18030', [0xbc, 0xbe, 0xb6, 0xc8, 0x2c, 0xbd, 0xf0, 0xb6, 0xee]],
  ['big5', [0xa9, 0x75, 0xab, 0xd7, 0x2c, 0xaa, 0xf7, 0xc3, 0x42]],
])('names %s', async (encoding, header) => {
  const cwd = folder();
  writeFileSync(
    join(cwd, 't.csv'),
    Buffer.from([...header, ...Buffer.from('\n2024Q3,1\n2024Q4,2\n')]),
  );
  const { out } = await capex(['inspect', 't.csv'], { cwd });
  expect(parse(out)).toMatchObject({ actuals: { periods: { encoding } } });
});

it.each(['utf16le', 'utf16be'])(
  'knows %s without a mark, of a text that begins in Chinese',
  async (form) => {
    const cwd = folder();
    const text = `第一季度${TABLE}2024年一季度,1,1%\n`;
    const bytes = Buffer.from(text, 'utf16le');
    writeFileSync(join(cwd, 't.csv'), form === 'utf16le' ? bytes : bytes.swap16());
    const { out } = await capex(['inspect', 't.csv'], { cwd });
    expect(parse(out)).toMatchObject({ actuals: { periods: { encoding: 'utf-16' } } });
  },
);

it.each([
  [['none.csv'], 74, 'cannot read `none.csv`'],
  [
    ['words.csv'],
    1,
    '`words.csv` has no table: a table has a line of names and rows below it, with commas, semicolons or tabs between cells',
  ],
  [['plan.yaml'], 2, '`plan.yaml` is a scenario, not a table: `capex check plan.yaml`'],
  [['packed.csv'], 1, '`packed.csv` is no readable workbook: save it as .xlsx'],
  [['t.csv', '--for', 'rent'], 2, '--for rent: write one of actuals, rates, shares, prices'],
])('%j ends with %i', async (args, code, message) => {
  const cwd = folder();
  writeFileSync(join(cwd, 't.csv'), TABLE);
  writeFileSync(join(cwd, 'words.csv'), 'some words\n');
  writeFileSync(join(cwd, 'packed.csv'), Buffer.from('504b0304ff', 'hex'));
  const result = await capex(['inspect', ...args], { cwd });
  expect(result).toMatchObject({ code, out: '' });
  expect(result.err).toContain(message);
});
