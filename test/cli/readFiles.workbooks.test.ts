/** A workbook as a table of a scenario: read by every command, and never written. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { capex, folder } from '../support/capex.js';

const SCENARIO = `scenario: small
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4 }
envelope: 200bn CNY
phasing: even
estimates: { view: { split: { servers: 60%, open: rest } } }
mix: view
actuals:
  periods:
    file: inputs.xlsx
    sheet: Inputs
    range: B4:D8
    columns: { period: Quarter ended, value: Capex }
    labels: month_end
    unit: bn CNY
`;

function workFolder(): string {
  const cwd = folder();
  copyFileSync('test/scenario/inspect/tables/inputs.xlsx', join(cwd, 'inputs.xlsx'));
  writeFileSync(join(cwd, 's.yaml'), SCENARIO);
  return cwd;
}

it('is read to its cells, in every command', async () => {
  const cwd = workFolder();
  const { out } = await capex(['check', 's.yaml', '--resolved'], { cwd });
  expect(out).toContain('FY2026Q1: 38.676bn CNY  # inputs.xlsx:Inputs!C5\n');
  expect(out).toContain('FY2026Q3: 0.3bn CNY     # inputs.xlsx:Inputs!C7\n');
  const run = await capex(['run', 's.yaml', '--by', 'period', '-o', 'f.csv'], { cwd });
  expect(run.code).toBe(0);
  expect(readFileSync(join(cwd, 'f.csv'), 'utf8')).toContain(
    ',FY2026Q1,demand,CNY,38676000000.00,',
  );
  expect((await capex(['verify', 'f.datapackage.json'], { cwd })).code).toBe(0);
});

it('is not written by import: the error names its cell', async () => {
  const cwd = workFolder();
  await capex(['run', 's.yaml', '-o', 'edited.xlsx'], { cwd });
  writeFileSync(
    join(cwd, 'edited.csv'),
    'scenario,input,value\nsmall,actuals.periods.FY2026Q1,40bn CNY\n',
  );
  const before = readFileSync(join(cwd, 'inputs.xlsx'));
  const { code } = await capex(['import', 'edited.csv', '--onto', 's.yaml', '--write'], { cwd });
  expect(code).not.toBe(0);
  expect(readFileSync(join(cwd, 'inputs.xlsx'))).toEqual(before);
});
