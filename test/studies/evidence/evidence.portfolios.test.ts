/** The evidence of a portfolio: one ladder over all buyers, one of each, and every input once. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { fraction, sum } from '../../../src/core/number/fraction.js';
import { success } from '../../../src/core/result.js';
import { textRecordsOf, type Sheet } from '../../../src/core/table.js';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { evidence } from '../../../src/studies/evidence/evidence.js';
import { ladderOf } from '../../../src/studies/evidence/ladder.js';
import { show } from '../../../src/studies/forecast/show.js';
import { ask } from '../../../src/studies/study.js';
import { readBeside } from '../../support/files.js';
import { loadedAll, membersOf, portfolioCases, rowsOf, sumsOf } from '../../support/portfolios.js';
import { valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const numRuns = Number(process.env['CAPEX_PORTFOLIOS'] ?? 5);

interface LadderDocument {
  readonly currency: string;
  readonly envelope: string;
  readonly whole: string;
  readonly rungs: readonly { readonly path: readonly string[]; readonly value: string }[];
}

interface PortfolioDocument {
  readonly ladder: LadderDocument;
  readonly buyers: readonly { readonly buyer: string; readonly ladder: LadderDocument }[];
  readonly conflicts: readonly {
    readonly about: string;
    readonly claims: readonly {
      readonly claim: string;
      readonly says: string;
      readonly whose: string;
      readonly used_by: readonly string[];
    }[];
  }[];
}

const answerTo = (scenarios: readonly Scenario[]) => valueOf(ask(evidence, scenarios, {}));
const documentOf = (scenarios: readonly Scenario[]) =>
  answerTo(scenarios).document as PortfolioDocument;

/** The sum of printed numbers. */
function total(values: readonly string[]): string {
  const rows = values.map((value) => ({ key: '', value }));
  return sumsOf(rows).get('') ?? '0/1';
}

const shipped = (name: string) =>
  loadScenarios(readFileSync(name, 'utf8'), { name, read: readBeside }).scenarios;

it('says how much of the spending of four buyers is guided, and how much is assumed', () => {
  const { ladder, buyers } = documentOf(shipped('scenarios/china-cloud.yaml'));
  expect(ladder).toMatchObject({ currency: 'CNY', envelope: '1065200000000.00', whole: 'total' });
  const of = (grade: string) => ladder.rungs.filter(({ path }) => path[0] === grade);
  const guided = of('guided by the company');
  expect(guided.map(({ path: [, ...own], value }) => ({ path: own, value }))).toEqual(
    buyers[0]!.ladder.rungs,
  );
  expect(total(of('assumed').map(({ value }) => value))).toBe('685200000000/1');
  expect(buyers.map(({ buyer }) => buyer)).toEqual(['alibaba', 'tencent', 'bytedance', 'baidu']);
});

it('lists what the portfolio gives once, and the inputs of each buyer by its key', () => {
  const buyers = shipped('scenarios/china-cloud.yaml');
  const inputs = textRecordsOf(answerTo(buyers).table!).map(({ input }) => input!);
  expect(inputs.filter((one) => one.includes('fx.base.USD'))).toEqual(['fx.base.USD']);
  expect(inputs.filter((one) => one.endsWith('.envelope'))).toEqual(
    ['alibaba', 'tencent', 'bytedance', 'baidu'].map((key) => `${key}.envelope`),
  );
  expect(new Set(inputs).size).toBe(inputs.length);
});

it('has a conflict of several buyers once', () => {
  const buyers = shipped('scenarios/china-cloud.yaml');
  const twice = [buyers[0]!, { ...buyers[0]!, buyer: { ...buyers[0]!.buyer!, key: 'other' } }];
  const { conflicts } = documentOf(twice);
  expect(conflicts.length).toBeGreaterThan(0);
  expect(conflicts.map(({ about }) => about)).toEqual(
    documentOf([buyers[0]!]).conflicts.map(({ about }) => about),
  );
});

/** A buyer with a ledger of two claims about its plan, the first of which its envelope names. */
interface LedgerCase {
  readonly publisher: string;
  readonly plan: number;
  readonly other: number;
}

/** Buyers `b0`, `b1`, … whose ledgers have the same ids. */
function withLedgers(ledgers: readonly LedgerCase[]): readonly Scenario[] {
  const textOf = ({ publisher, plan, other }: LedgerCase) =>
    scenarioText({
      evidence: JSON.stringify({
        sources: { s: { title: 'Report', publisher, date: '2025-02-10', kind: 'company' } },
        claims: {
          plan: { source: 's', about: 'plan', says: `${plan}m CNY`, basis: 'guided' },
          other: { source: 's', about: 'plan', says: `${other}m CNY`, basis: 'broker', note: 'n' },
        },
      }),
      envelope: `{ value: ${plan}m CNY, evidence: plan }`,
    });
  const buyers = Object.fromEntries(ledgers.map((_, i) => [`b${i}`, `b${i}.yaml`]));
  const text = JSON.stringify({ portfolio: 'p', currency: 'CNY', buyers });
  return loadedAll(text, ({ path }) => {
    return success({ name: path, text: textOf(ledgers[Number(path[1])]!) });
  });
}

const PUBA = { publisher: 'Puba', plan: 1000, other: 10000 };
const PUBB = { publisher: 'Pubb', plan: 700, other: 7000 };

it('names the buyer of claims that share an id and differ', () => {
  const { conflicts } = documentOf(withLedgers([PUBA, PUBB]));
  const said = conflicts.map(({ claims }) =>
    claims.map(({ claim, says, whose, used_by: used }) => [claim, says, whose, ...used]),
  );
  expect(said).toEqual([
    [
      ['b0.plan', '1000m CNY', 'Puba', 'b0.envelope'],
      ['b0.other', '10000m CNY', 'Puba'],
    ],
    [
      ['b1.plan', '700m CNY', 'Pubb', 'b1.envelope'],
      ['b1.other', '7000m CNY', 'Pubb'],
    ],
  ]);
  const sheets = answerTo(withLedgers([PUBA, PUBB])).sheets!.slice(-2);
  expect(sheets.map(({ rows, notes }) => [rows[0]!.label, ...notes])).toEqual([
    ['b0.plan', 'b0.other: n'],
    ['b1.plan', 'b1.other: n'],
  ]);
});

it('keeps claims with one content as one, under their id', () => {
  const { conflicts } = documentOf(withLedgers([PUBA, PUBA]));
  expect(
    conflicts.map(({ claims }) => claims.map(({ claim, used_by: used }) => [claim, ...used])),
  ).toEqual([[['plan', 'b0.envelope', 'b1.envelope'], ['other']]]);
});

it('shows every claim of every buyer that disagrees, and one claim for each name', () => {
  const amount = fc.constantFrom(100, 200, 300);
  const publisher = fc.constantFrom('Puba', 'Pubb');
  const ledgers = fc.array(fc.record({ publisher, plan: amount, other: amount }), {
    ...{ minLength: 1, maxLength: 4 },
  });
  const law = fc.property(ledgers, (all) => {
    const { conflicts } = documentOf(withLedgers(all));
    const shown = conflicts.flatMap(({ claims }) => claims);
    const said = shown.map(({ claim, says, whose }) => ({ claim, says, whose }));
    const byName = new Map(said.map((one) => [one.claim, one]));
    expect(said).toEqual(said.map(({ claim }) => byName.get(claim)));
    all.forEach(({ publisher: whose, plan, other }, i) => {
      const own = shown.filter(({ used_by: used }) => used.includes(`b${i}.envelope`));
      const claims = own.map((claim) => [claim.says, claim.whose]);
      expect(claims).toEqual(plan === other ? [] : [[`${plan}m CNY`, whose]]);
    });
  });
  fc.assert(law);
});

it('adds up to what all buyers spend, in the currency of the portfolio', () => {
  let foreign = 0;
  const law = fc.property(portfolioCases({ min: 2, max: 4 }), (one) => {
    const code = one.shared.currency;
    const result = ask(evidence, membersOf(one), {});
    if (!result.ok) return; // A buyer has no rate of the currency.
    const members = membersOf(one);
    const { ladder, buyers } = result.value.document as PortfolioDocument;
    expect(ladder.currency).toBe(code);
    expect(total(ladder.rungs.map(({ value }) => value))).toBe(total([ladder.envelope]));
    const spent = members.map((member) => {
      if (member.currency.code === code) return ladderOf(member).envelope;
      foreign++;
      const options = {
        by: 'buyer',
        currency: code,
        measure: 'demand',
        closure: 'budget',
      } as const;
      const rows = rowsOf([member], options);
      return BigInt(rows[0]!.value.replace('.', ''));
    });
    const { places } = members[0]!.buyer!.portfolio.currency;
    const all = sum(spent.map((count) => fraction(count, 10n ** BigInt(places))));
    expect(total([ladder.envelope])).toBe(`${all.n}/${all.d}`);
    // The ladder of a buyer is that of its scenario.
    members.forEach((member, i) => {
      const own = documentOf([{ ...member, buyer: undefined }]);
      expect(buyers[i]!.ladder).toEqual(own.ladder);
    });
  });
  fc.assert(law, { numRuns });
  if (numRuns > 20) expect(foreign).toBeGreaterThan(numRuns / 4);
}, 3_600_000);

it('`show` of a portfolio ends with the ladder over all buyers, where their rates are known', () => {
  const scenarios = shipped('scenarios/china-cloud.yaml');
  const bodyOf = ({ caption, rows }: Sheet) => ({ caption, rows });
  const [ladder] = answerTo(scenarios).sheets!;
  const shown = valueOf(ask(show, scenarios, {})).sheets!;
  expect(bodyOf(shown.at(-1)!)).toEqual(bodyOf(ladder!));
});
