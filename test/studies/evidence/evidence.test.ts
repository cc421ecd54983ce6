/** The study of evidence: the ladder foots, conflicts show their rates, a second broker is seen. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { success } from '../../../src/core/result.js';
import type { Sheet } from '../../../src/core/table.js';
import { load } from '../../../src/scenario/load.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import type { Answer } from '../../../src/studies/answer.js';
import { evidence } from '../../../src/studies/evidence/evidence.js';
import { ladderOf } from '../../../src/studies/evidence/ladder.js';
import { SHIPPED, loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const shipped = (name: string, set: readonly string[] = []) =>
  loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'), set);

function ask(scenario: Scenario, typed: Record<string, string> = {}): Answer {
  const result = evidence.run([scenario], evidence.options.parse(typed));
  return valueOf(result);
}

interface Conflicts {
  readonly conflicts: readonly {
    readonly about: string;
    readonly claims: readonly {
      readonly claim: string;
      readonly implied?: { readonly rate: string; readonly pair: string };
      readonly used_by: readonly string[];
    }[];
  }[];
}

function conflictOn(about: string, answer: Answer) {
  const { conflicts } = answer.document as Conflicts;
  return conflicts.find((conflict) => conflict.about === about)?.claims;
}

/** Lines of a sheet: the label, then its cells. */
const linesOf = ({ rows }: Sheet) => rows.map(({ label, cells }) => [label, ...cells].join(' '));

describe('the ladder', () => {
  it('of the announced plan is guided, half split by a broker, the rest by assumption', () => {
    const { rungs, whole } = ladderOf(shipped('alibaba-380bn'));
    expect(whole).toBe('guided by the company');
    expect(rungs.map(({ path, count }) => [...path, count])).toEqual([
      ['split by a broker', 'to suppliers by assumption', 19506666666668n],
      ['not split by any source', 'no supplier named', 18493333333332n],
    ]);
  });

  it.each([
    ['alibaba-380bn', []],
    ['alibaba-380bn', ['fx.closure=scale', 'fx.path.USD=7.9']],
    ['alibaba-rolling', []],
    ['alibaba-rolling', ['actuals.reforecast=keep-phasing']],
    ['alibaba-rolling', ['actuals.reforecast=keep-phasing', 'actuals.periods.FY2026Q4=90bn CNY']],
    ['alibaba-weak-yuan', []],
    ['alibaba-domestic', []],
    ['alibaba-high', []],
    ['alibaba-low', []],
  ])('of %s %j foots to the envelope, exactly and as printed', (name, set) => {
    const scenario = shipped(name, set);
    const { envelope, rungs } = ladderOf(scenario);
    expect(rungs.reduce((sum, { count }) => sum + count, 0n)).toBe(envelope);
    const [sheet] = ask(scenario, { only: 'ladder' }).sheets!;
    const steps = (depth: number) =>
      sheet!.rows
        .filter((row) => row.depth === depth)
        .map(({ cells }) => BigInt(cells[0]!.replace(/[.,]/g, '')))
        .reduce((sum, count) => sum + count, 0n);
    expect(steps(1)).toBe(steps(0));
  });

  it('shows what is not spent, and what exceeds the envelope', () => {
    const keep = 'actuals.reforecast=keep-phasing';
    const under = ladderOf(shipped('alibaba-rolling', [keep]));
    expect(under.rungs.at(-1)!.path).toEqual(['not spent']);
    const over = ladderOf(shipped('alibaba-rolling', [keep, 'actuals.periods.FY2026Q4=90bn CNY']));
    expect(over.rungs.at(-1)!.path).toEqual(['spent above the envelope']);
    expect(over.rungs.at(-1)!.count < 0n).toBe(true);
  });
});

describe('conflicts', () => {
  const answer = ask(shipped('alibaba-380bn'));

  it('show the rate that each dollar figure of the plan implies, and which claim is used', () => {
    const claims = conflictOn('plan', answer)!;
    const rates = claims.map(({ claim, implied }) => [claim, implied?.rate, implied?.pair]);
    expect(rates).toEqual([
      ['plan-380bn', undefined, undefined],
      ['plan-53bn-usd', '7.169811', 'CNY per USD'],
      ['plan-54-5bn-usd', '6.972477', 'CNY per USD'],
      ['plan-58bn-usd', '6.551724', 'CNY per USD'],
      ['plan-38bn-usd', '10.000000', 'CNY per USD'],
      ['guozheng-range', undefined, undefined],
    ]);
    expect(claims[0]!.used_by).toEqual(['envelope']);
    expect(claims.at(-1)!.used_by).toEqual(['range of envelope']);
  });

  it('use the yuan amount of the same source', () => {
    const claims = conflictOn('group-revenue-2024-12', answer)!;
    expect(claims.flatMap(({ implied }) => implied?.rate ?? [])).toEqual(['7.299289']);
  });

  it('are none between equal claims in different forms', () => {
    expect(conflictOn('capex-of-one-year', answer)).toBeUndefined();
  });

  it('are told to be none', () => {
    const bare = loaded(scenarioText({}));
    expect(ask(bare, { only: 'conflicts' }).notes).toEqual(['no claims of sources disagree']);
    expect(ask(bare).notes).toEqual([]);
  });

  it('ignore claims after the date of the forecast', () => {
    expect(conflictOn('plan-later', ask(shipped('alibaba-rolling')))).toHaveLength(3);
    const early = shipped('alibaba-380bn', [
      'evidence=[evidence/announcement.yaml, evidence/rates.yaml, evidence/later.yaml]',
    ]);
    expect(conflictOn('plan-later', ask(early))).toBeUndefined();
  });
});

describe('coverage', () => {
  it('has a row for each input, with its claim or another reason', () => {
    const { table } = ask(shipped('alibaba-380bn'));
    const rows = [...table!.rows];
    const names = table!.columns.map(({ name }) => name);
    const row = (input: string) => rows.find((one) => one[1] === input)!;
    const at = (input: string, column: string) => row(input)[names.indexOf(column)];
    expect(rows).toHaveLength(16);
    expect(at('envelope', 'grade')).toBe('guided');
    expect(at('envelope', 'whose')).toBe('the company');
    expect(at('envelope', 'range_claim')).toBe('guozheng-range');
    expect(at('components.servers.price', 'grade')).toBe('assumption');
    expect(at('components.servers.price', 'reason')).toBe('an 8-GPU server of the H20 class');
  });

  it('does not count a claim whose number the command line has changed', () => {
    const { sheets } = ask(shipped('alibaba-380bn', ['envelope=400bn CNY']), { only: 'inputs' });
    expect(linesOf(sheets![0]!)).not.toContain('envelope 400bn CNY guided');
    expect(linesOf(sheets![1]!)).toContain('envelope 400bn CNY');
  });
});

it('adds, blends and compares a second broker as the README says', () => {
  const ledger = `
sources:
  note: { title: A note, publisher: Second Securities, date: 2025-02-24, kind: broker }
claims:
  second-servers: { source: note, about: servers-of-one-year, says: 60bn CNY, basis: broker }
  second-switches: { source: note, about: switches-of-one-year, says: 9bn CNY, basis: broker }
  second-year: { source: note, about: capex-of-one-year, says: 120bn CNY, basis: broker }
`;
  const estimate = `  second:
    of: { value: 120bn CNY, evidence: second-year }
    split:
      servers: { value: 60bn CNY, evidence: second-servers }
      switches: { value: 9bn CNY, evidence: second-switches }
      unallocated: rest
`;
  const text = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8')
    .replace('evidence/rates.yaml]', 'evidence/rates.yaml, evidence/second.yaml]')
    .replace('estimates:\n', `estimates:\n${estimate}`)
    .replace('mix: guojin', 'mix: { blend: { guojin: 70%, second: 30% } }');
  const { scenario } = load(text, {
    ...SHIPPED,
    read: (request) =>
      request.path.endsWith('second.yaml')
        ? success({ name: request.path, text: ledger })
        : SHIPPED.read(request),
  });
  const answer = ask(scenario!);
  expect(conflictOn('servers-of-one-year', answer)!.map(({ claim }) => claim)).toEqual([
    'guojin-servers',
    'second-servers',
  ]);
  expect(conflictOn('capex-of-one-year', answer)).toBeUndefined();
});
