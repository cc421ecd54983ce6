/** Cases of studies that ask portfolios: what innolight sells to three buyers, and what it hangs on. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jobOf } from '../../src/cli/threads.js';
import { failure } from '../../src/core/result.js';
import type { ReadFile } from '../../src/core/text/fileRequest.js';
import { writeOutline } from '../../src/formats/outlineText.js';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { explain } from '../../src/studies/explain/explain.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { solve } from '../../src/studies/solve/solve.js';
import { runJob } from '../../src/studies/job.js';
import { drawnValue } from '../../src/studies/simulate/sampler.js';
import { simulate } from '../../src/studies/simulate/simulate.js';
import { samplerFor } from '../../src/studies/simulate/simulationJob.js';
import { ask } from '../../src/studies/study.js';
import { readNamed } from '../../src/studies/subject/outputTarget.js';
import { subjectOf } from '../../src/studies/subject/subject.js';
import { subjectAmounts } from '../../src/studies/subject/subjectOutput.js';
import { literalOf } from '../../src/studies/variation/inputValues.js';
import { readTree, recomputed } from '../support/derivations.js';
import { readBeside } from '../support/files.js';
import { diagnosticsOf, valueOf } from '../support/results.js';

function portfolio(name: string, set: readonly string[] = []) {
  return loadScenarios(readFileSync(name, 'utf8'), { name, read: readBeside, set }).scenarios;
}

const THREE = portfolio('test/cases/three-buyers/portfolio.yaml');
const CLOUD = portfolio('scenarios/china-cloud.yaml');
const CELL = 'innolight@2026:revenue.USD';

/** The number of the cell, by a derivation that is cut above its steps. */
function numberIn(scenarios: readonly Scenario[]): string {
  const { table } = valueOf(ask(explain, scenarios, { cell: CELL, depth: '0' }));
  return [...table!.rows][0]![6]!;
}

function linesOf(cell: string, depth?: string): readonly string[] {
  const { outline } = valueOf(ask(explain, THREE, { cell, ...(depth && { depth }) }));
  return writeOutline(outline!, { width: 100 }).trimEnd().split('\n');
}

it('explains a sum over buyers by what each of them adds', () => {
  expect(linesOf(CELL, '1').filter((line) => /innolight@2026|^│ =/.test(line))).toEqual([
    'innolight@2026:revenue.USD = 702,511,989.50 USD',
    '│ = 250,734,160.10 + 184,057,634.20 + 267,720,195.20',
    '├ alibaba!innolight@2026:revenue.USD = 250,734,160.10 USD',
    '├ tencent!innolight@2026:revenue.USD = 184,057,634.20 USD',
    '└ bytedance!innolight@2026:revenue.USD = 267,720,195.20 USD',
  ]);
  const { outline } = valueOf(ask(explain, THREE, { cell: CELL }));
  const { faults, formulas } = recomputed(readTree(writeOutline(outline!, { width: 100_000 })));
  expect(faults).toEqual([]);
  expect(formulas).toBeGreaterThan(50);
});

it('explains the number of one buyer, and a growth of it, in the names of the portfolio', () => {
  const lines = linesOf(`alibaba!${CELL}`);
  expect(lines[0]).toBe('alibaba!innolight@2026:revenue.USD = 250,734,160.10 USD');
  expect(lines.join('\n')).toContain(' alibaba.envelope = 460,000,000,000.00 CNY');
  expect(linesOf('tencent!innolight@2026:revenue.USD.yoy')[0]).toMatch(/ = 10\.\d{4}%$/);
  const [problem] = diagnosticsOf(ask(explain, THREE, { cell: `${CELL}.yoy` }));
  expect(problem!.hint).toContain('`alibaba!innolight@2026:revenue.USD.yoy`');
});

it.each([
  ['baidu!servers', 'there is no buyer `baidu`: write one of alibaba, tencent, bytedance'],
  ['servers@FY2026', 'alibaba and tencent have different fiscal years, which cannot be summed'],
  ['servers@2040', '`2040` is not a period of the window FY2026Q1 to FY2028Q4'],
  ['tencent!serverz', 'there is no component or supplier `serverz`: write servers'],
])('refuses %s', (cell, message) => {
  expect(diagnosticsOf(ask(explain, THREE, { cell })).map((one) => one.message)).toEqual([message]);
});

it('says which months of a year buyers do not have', () => {
  const { notes } = valueOf(ask(explain, THREE, { cell: 'innolight@2028:revenue' }));
  expect(notes).toEqual([
    '2028: 3 of 12 months for alibaba',
    '2028: 0 of 12 months for tencent, bytedance',
  ]);
});

it('ranks the inputs of all buyers, a rate of the portfolio once', () => {
  const { table } = valueOf(ask(sensitivity, CLOUD, { of: CELL }));
  const inputs = [...table!.rows].map((row) => row[2]!);
  expect(inputs).toContain('alibaba.envelope');
  expect(inputs.filter((path) => path.includes('fx.'))).toEqual(['fx.base.USD']);
  for (const [, , path, , , low, , high, atLow, base, atHigh] of table!.rows) {
    expect(base).toBe('594112971.84');
    if (path !== 'fx.base.USD' && path !== 'alibaba.envelope') continue;
    const unit = path.startsWith('fx') ? '' : ' CNY';
    for (const [value, expected] of [
      [low, atLow],
      [high, atHigh],
    ]) {
      const moved = portfolio('scenarios/china-cloud.yaml', [`${path}=${value!}${unit}`]);
      expect(numberIn(moved), path).toBe(expected);
    }
  }
});

it('keeps the buyers that meet a condition', () => {
  const rowsOf = (where: string[]) => {
    const { table } = valueOf(ask(sensitivity, CLOUD, { of: CELL, where }));
    return [...table!.rows];
  };
  const [first] = rowsOf(['buyer=tencent', 'buyer=baidu']);
  expect(first![1]).toBe(`${CELL} where buyer=tencent, buyer=baidu`);
  expect(first![9]).toBe('131182285.96');
});

it('has a grid over a rate of all buyers and an input of one', () => {
  const grid = ['fx.base.USD=6.9,7.1717', 'alibaba.envelope=380bn CNY,450bn CNY'];
  const { table } = valueOf(ask(sensitivity, CLOUD, { of: CELL, grid }));
  const rows = [...table!.rows].map((row) => row.slice(3).join(' '));
  expect(rows).toContain('7.1717 380000000000.00 594112971.84');
  const set = ['fx.base.USD=6.9', 'alibaba.envelope=450bn CNY'];
  const { table: moved } = valueOf(
    ask(sensitivity, portfolio('scenarios/china-cloud.yaml', set), {
      of: CELL,
      grid: grid.slice(1),
    }),
  );
  expect(rows.at(1)!.split(' ').at(-1)).toBe([...moved!.rows][1]!.at(-1));
});

it('has an FX table over buyers that sums those of the buyers', () => {
  const rowsOf = (by: string) => [
    ...valueOf(ask(sensitivity, CLOUD, { fx: 'USD=±10%', by, measure: 'demand' })).table!.rows,
  ];
  const whole = rowsOf('calendar_year');
  const parts = rowsOf('buyer,calendar_year');
  expect(parts).toHaveLength(2 * 3 * (4 + 3 * 3) * 2);
  const sumOf = (rows: readonly (readonly string[])[]) =>
    rows.reduce((sum, row) => sum + Number(BigInt(row.at(-4)!.replace('.', ''))), 0);
  expect(sumOf(whole)).toBe(sumOf(parts));
});

it('solves for a rate of all buyers', () => {
  const typed = { for: 'fx.base.USD', target: 'innolight@2026:revenue=600m USD' };
  const { table } = valueOf(ask(solve, CLOUD, typed));
  const [row] = [...table!.rows];
  const moved = portfolio('scenarios/china-cloud.yaml', [`fx.base.USD=${row![2]!}`]);
  expect(numberIn(moved)).toBe(row![5]);
});

describe('a simulation', () => {
  const statistics = (scenarios: readonly Scenario[], options: object) => {
    const { table } = valueOf(ask(simulate, scenarios, { draws: '300', ...options }));
    return [...table!.rows].map((row) => row.slice(2).join(' '));
  };

  it('draws an input of every buyer by itself, and a rate of the portfolio once', () => {
    const subject = subjectOf(CLOUD);
    const named = valueOf(readNamed(subject, '*:demand.USD', () => failure([])));
    const outputs = [{ ...named, above: [] }];
    const question = { subject, outputs, quantiles: [], draws: 3, seed: 1n };
    const sampler = valueOf(samplerFor(question));
    const paths = sampler.drawn.map(({ input }) => input.path);
    expect(paths).toContain('tencent.envelope');
    expect(paths.filter((path) => path.includes('fx.'))).toEqual(['fx.base.USD']);
    for (let draw = 0; draw < 3; draw++) {
      const set = sampler.numbersOf(draw).map((number, d) => {
        const { input } = sampler.drawn[d]!;
        return `${input.path}=${literalOf(input, drawnValue(sampler.drawn[d]!, number))!}`;
      });
      const there = subjectOf(portfolio('scenarios/china-cloud.yaml', set));
      const [expected] = subjectAmounts(there, [named.output]);
      sampler.each({ from: draw, to: draw + 1 }, ([count]) =>
        expect(BigInt(count!)).toBe(expected!.count),
      );
    }
  });

  it('gives the numbers of its buyer for a portfolio of one', () => {
    const name = 'scenarios/one.yaml';
    const text = 'portfolio: one\ncurrency: CNY\nbuyers: { zed: alibaba-high.yaml }\n';
    const { scenarios } = loadScenarios(text, { name, read: readBeside });
    const own = portfolio('scenarios/alibaba-high.yaml');
    for (const of of ['servers:revenue', '*@2026']) {
      expect(statistics(scenarios, { of: [of] })).toEqual(statistics(own, { of: [of] }));
    }
  });

  it('draws inputs of two buyers together where the portfolio correlates them', () => {
    const name = 'scenarios/china-cloud.yaml';
    const simulated = (pairs: string) => {
      const text = `${readFileSync(name, 'utf8')}\nsimulation: { correlations: [${pairs}] }\n`;
      const { scenarios, diagnostics } = loadScenarios(text, { name, read: readBeside });
      const of = ['*@2026'];
      const rows = () => statistics(scenarios, { of, quantiles: '5%' });
      return { diagnostics, widths: () => rows().filter((row) => row.startsWith('quantile')) };
    };
    const least = (pairs: string) => Number(simulated(pairs).widths()[0]!.split(' ')[2]);
    expect(least('[alibaba.envelope, tencent.envelope, 0.9]')).toBeLessThan(least(''));
    const [unknown] = simulated('[alibaba.envelope, tencent.envelop, 0.9]').diagnostics;
    expect(unknown!.message).toBe('`tencent.envelop` is not an input of this portfolio');
  });

  it('refuses correlations that are possible for each buyer, and not together', () => {
    const name = 'scenarios/china-cloud.yaml';
    const more = '\nsimulation: { correlations: [[envelope, fx.base.USD, 0.9]] }\n';
    const read: ReadFile = (request) => {
      const file = readBeside(request);
      const isBuyer = /^(alibaba-380bn|tencent)\.yaml$/.test(request.path);
      if (!file.ok || !isBuyer) return file;
      return { ok: true, value: { ...file.value, text: file.value.text + more } };
    };
    const { scenarios } = loadScenarios(readFileSync(name, 'utf8'), { name, read });
    const [problem] = diagnosticsOf(ask(simulate, scenarios, { of: ['*:demand.USD'] }));
    expect(problem!.message).toContain('the rank correlations of all buyers together');
  });

  it('is a job whose files other threads have', () => {
    const text = readFileSync('scenarios/china-cloud.yaml', 'utf8');
    const name = 'scenarios/china-cloud.yaml';
    const { files } = loadScenarios(text, { name, read: readBeside });
    const options = { draws: '300', of: ['servers:revenue'] };
    const task = { study: 'simulate', text, name, set: [], files, options };
    const { table } = valueOf(runJob(jobOf(task)));
    expect([...table!.rows].map((row) => row.slice(2).join(' '))).toEqual(
      statistics(CLOUD, { of: ['servers:revenue'] }),
    );
  });
});
