/** The sheet Plan: time goes across, and every step has one cell. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/projection/compile.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { ABOVE, sheetLayout, type SheetLayout } from '../../../src/workbook/sheets/sheetLayout.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';

const TEXT = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8');
const FIRST_COLUMN = 4;

const layoutOf = (scenario: Scenario) => sheetLayout(compile(scenario), 'Inputs', 'Plan');

/** The names of rows, each with the heads of its columns. */
function told({ grid: { rows, labels } }: SheetLayout): ReadonlyMap<string, readonly string[]> {
  const heads = (columns: Iterable<number>) =>
    [...columns].sort((a, b) => a - b).map((column) => labels[column - FIRST_COLUMN] ?? 'value');
  return new Map(rows.map(({ name, lines }) => [name, heads(lines.keys())]));
}

describe('of a shipped scenario', () => {
  const layout = layoutOf(loaded(TEXT));
  const rows = told(layout);
  const years = ['FY2026', 'FY2027', 'FY2028'];
  const quarters = years.flatMap((year) => [1, 2, 3, 4].map((q) => `${year}Q${q}`));

  it.each([
    ['servers/inspur@…', quarters],
    ['… › switches', quarters],
    ['weight of …', years],
    ['price of one server', years],
    ['…', [...years, ...quarters]],
    ['envelope', ['value']],
    ['components.servers.suppliers.inspur.share', ['value']],
  ])('the row %s has its columns', (name, heads) => {
    expect(rows.get(name)).toEqual(heads);
  });

  it('has no more rows for a longer window, but for the years of erosion', () => {
    const names = (scenario: Scenario) =>
      layoutOf(scenario).grid.rows.filter(({ name }) => !name.startsWith('what erosion leaves'));
    const longer = loaded(TEXT, ['calendar.to=FY2030Q4']);
    expect(names(longer)).toHaveLength(names(loaded(TEXT)).length);
  });
});

it('every line of random scenarios has one cell, in the column of the period in its name', () => {
  const law = fc.property(scenarios(), (spec) => {
    const { grid, lines, nameOf } = layoutOf(loaded(toYaml(spec)));
    for (const line of lines) {
      if (!('ref' in line)) continue;
      const { row, column } = grid.placeOf(line.ref);
      expect(grid.rows[row - ABOVE]!.lines.get(column)).toBe(line);
      const named = /@(FY\d{4}\w*)/.exec(nameOf(line.ref))?.[1];
      const isShared = ['constant', 'parameter'].includes(line.step.op); // by several periods
      if (named !== undefined && !isShared) expect(grid.labels[column - FIRST_COLUMN]).toBe(named);
    }
    const count = grid.rows.reduce((sum, { lines: own }) => sum + own.size, 0);
    expect(count).toBe(lines.length);
  });
  fc.assert(law, { numRuns: cases(50) });
});
