/** Grades of numbers, compared with the inputs that really change them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fraction, multiply } from '../../../src/core/number/fraction.js';
import type { Grade } from '../../../src/model/claims.js';
import { isRest, type Input } from '../../../src/model/input.js';
import { project } from '../../../src/projection/compile.js';
import type { Projection } from '../../../src/projection/evaluate.js';
import { graderOf } from '../../../src/projection/explain/grades.js';
import { rollup, type Dimension, type RolledRow } from '../../../src/projection/rollup.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { inputAt } from '../../../src/studies/variation/inputValues.js';
import { moveInput } from '../../../src/studies/variation/variation.js';
import { loaded } from '../../support/cells.js';

const text = (name: string) => readFileSync(`scenarios/${name}.yaml`, 'utf8');

/** The grade of each row by its labels, measure and unit. */
function gradesOf(
  { plan, scenario, cells }: Projection,
  by: readonly Dimension[],
  gradeOfInput?: (input: Input) => Grade,
): ReadonlyMap<string, Grade> {
  const grade = graderOf(plan, gradeOfInput);
  const rows = rollup({ scenario, cells }, by);
  return new Map(rows.map((row) => [nameOf(row), grade(row.cells.map(({ ref }) => ref))]));
}

const nameOf = ({ labels, measure, unit }: RolledRow) => [...labels, measure, unit.label].join(' ');

describe('alibaba-380bn', () => {
  const announced = (set: readonly string[] = [], currencies = ['CNY', 'USD']) =>
    project(loaded(text('alibaba-380bn'), set), { currencies });
  const growing = ['phasing={ growth: 12%, per: year }'];

  it.each<[Dimension[], string, Grade, string[]]>([
    [[], 'demand CNY', 'guided', []],
    [[], 'demand USD', 'guided', []],
    [['component'], 'servers demand CNY', 'broker', []],
    [['component'], 'servers revenue USD', 'broker', []],
    [['component'], 'unallocated demand CNY', 'broker', []],
    [['component'], 'servers units server', 'assumption', []],
    [['component', 'supplier'], 'servers inspur demand CNY', 'assumption', []],
    [['component', 'supplier'], 'unallocated unassigned demand CNY', 'broker', []],
    // The total of the window does not depend on its phasing.
    [[], 'demand CNY', 'guided', growing],
    [['component'], 'servers demand USD', 'broker', growing],
    [['fiscal_year'], 'FY2027 demand CNY', 'none', growing],
    [['period', 'component'], 'FY2027Q1 servers demand CNY', 'none', growing],
    // A number set on the command line loses its claim, unless it is equal to the old one.
    [[], 'demand CNY', 'none', ['envelope=400bn CNY']],
    [[], 'demand CNY', 'guided', ['envelope=3800亿 CNY']],
    // With a closure, demand of components depends on assumptions about content; the total does not.
    [['component'], 'servers demand CNY', 'none', ['fx.closure=scale', 'fx.path.USD=7.5']],
    [[], 'demand CNY', 'guided', ['fx.closure=scale', 'fx.path.USD=7.5']],
    [['component'], 'switches demand CNY', 'broker', ['fx.closure=volume', 'fx.path.USD=7.5']],
    [['component'], 'switches demand USD', 'none', ['fx.closure=volume', 'fx.path.USD=7.5']],
  ])('by %j, grades %s as %s under %j', (by, row, grade, set) => {
    expect(gradesOf(announced(set), by).get(row)).toBe(grade);
  });
});

it('with reported quarters, the total of the window has the grade of the envelope', () => {
  const rolling = loaded(text('alibaba-rolling'), ['fx.closure=budget']);
  const { envelope } = rolling;
  const byEnvelope = (input: Input) => (input === envelope ? 'guided' : 'none');
  expect(gradesOf(project(rolling), [], byEnvelope).get('demand CNY')).toBe('guided');
});

/** The most quanta of a cell that rounding can change over all steps. */
const ROUNDING = 10n;

/** Rows that an input changes by more than rounding can. */
function movedRows(base: Projection, other: Projection, by: readonly Dimension[]): string[] {
  const before = new Map(rollup(base, by).map((row) => [nameOf(row), row]));
  return rollup(other, by).flatMap((row) => {
    const { count, cells } = before.get(nameOf(row)) ?? { count: 0n, cells: row.cells };
    const change = row.count > count ? row.count - count : count - row.count;
    return change > ROUNDING * BigInt(cells.length) ? [nameOf(row)] : [];
  });
}

describe('every input that changes a number counts for its grade', () => {
  const BY: readonly (readonly Dimension[])[] = [
    [],
    ['component'],
    ['period'],
    ['supplier'],
    ['component', 'supplier'],
    ['fiscal_year', 'component'],
  ];

  function nudged(scenario: Scenario, path: string): Scenario | undefined {
    const input = inputAt(scenario, path);
    if (!input.ok) return undefined;
    return moveInput(scenario, path, multiply(input.value.value, fraction(101n, 100n))).scenario;
  }

  it.each([
    'alibaba-380bn',
    'alibaba-domestic',
    'alibaba-rolling',
    'alibaba-weak-yuan',
    'alibaba-high',
    'alibaba-low',
  ])('in %s', (name) => {
    const scenario = loaded(text(name));
    const base = project(scenario);
    let seen = 0;
    for (const input of scenario.inputs) {
      if (isRest(input)) continue;
      const there = nudged(scenario, input.path);
      if (!there) continue;
      const other = project(there);
      // Moving a share moves another one that absorbs it: either may change the number.
      const isMoved = new Set(
        there.inputs.flatMap((one, i) => (one.text === scenario.inputs[i]?.text ? [] : [i])),
      );
      const suspects = new Set(scenario.inputs.filter((_, i) => isMoved.has(i)));
      for (const by of BY) {
        const grades = gradesOf(base, by, (one) => (suspects.has(one) ? 'none' : 'reported'));
        const moving = movedRows(base, other, by);
        seen += moving.length;
        expect(
          moving.filter((row) => grades.get(row) !== 'none'),
          input.path,
        ).toEqual([]);
      }
    }
    expect(seen).toBeGreaterThan(50);
  });
});
