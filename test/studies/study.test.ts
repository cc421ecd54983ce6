/** Studies run by a program take the options of the command, and return errors as diagnostics. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  STUDIES,
  ask,
  failedChecks,
  sensitivity,
  writeJson,
  writeOutline,
  type Answer,
  type Result,
} from '../../src/index.js';
import { cases } from '../support/cases.js';
import { loaded, unpinned } from '../support/cells.js';
import { diagnosticsOf, valueOf } from '../support/results.js';

const scenario = loaded(unpinned(readFileSync('scenarios/alibaba-380bn.yaml', 'utf8')));

it('answers with a table', () => {
  const answer = ask(sensitivity, [scenario], { of: 'h3c:revenue', in: 'bn', decimals: '1' });
  expect([...valueOf(answer).table!.rows].length).toBe(10);
});

it.each([
  [{ of: 'nobody' }, '--of', 'nobody', /there is no component or supplier `nobody`/],
  [{ by: 'year' }, '--by', 'year', /`year` is not a dimension/],
  [{ grid: ['a=1', 'b=1', 'c=1'] }, '--grid', 'a=1,b=1,c=1', /takes one input or two/],
  [{ grid: ['envelop=1'] }, '--grid', 'envelop=1', /`envelop`/],
])('reports the error of %o at its place', (options, name, text, message) => {
  const [problem, ...more] = diagnosticsOf(ask(sensitivity, [scenario], options));
  expect(problem).toMatchObject({ severity: 'error', span: { source: { name, text } } });
  expect(problem).toHaveProperty('message', expect.stringMatching(message));
  expect(more).toEqual([]);
});

describe('a name is one name, however its letters are composed', () => {
  /** What can be asked of `k` of component `c`, counted in `u`; reported on the basis `b`. */
  const questions = (c: string, k: string, u: string, b: string) => ({
    run: [{ where: [`component=${c}`, `supplier=${k}`] }],
    sensitivity: [
      { of: `${c}/${k}:revenue` },
      { of: `${c}:units.${u}`, grid: [`components.${c}.suppliers.${k}.share=10%,20%`] },
    ],
    explain: [{ cell: `${c}/${k}@FY2026` }, { uses: `components.${c}.suppliers.${k}.share` }],
    solve: [{ for: `components.${c}.suppliers.${k}.share`, target: `${c}/${k}=12bn CNY` }],
    triangulate: [{ against: c }],
    simulate: [{ of: [`${c}/${k}`], above: [`${c}/${k}=12bn CNY`], draws: '10' }],
    backtest: [
      {
        actuals: { name: 'a.csv', text: `period,capex (CNY bn),basis\nFY2026,90,${b}\n` },
        basis: b,
      },
    ],
  });

  /** Options of words and numbers of ours alone. */
  const WITHOUT_NAMES =
    'by measure currency closure in decimals show wide fx low high depth json draws seed ' +
    'quantiles only bridge inputs cumulative attributable actuals with lang encoding unit of-all';

  const text = (c: string, k: string, u: string) => `scenario: composed
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027, period: year }
envelope: 200bn CNY
phasing: even
estimates: { view: { split: { ${c}: 50%, others: rest } }, ${c}: { units: { ${c}: { count: 3 } } } }
mix: view
components:
  ${c}:
    price: { value: 1m CNY, unit: ${u} }
    suppliers: { ${k}: { share: 20%, low: 10%, high: 30% }, others: rest }
checks: { a: { output: '${c}/${k}@FY2026:units', between: [1 ${u}, 20000 ${u}] } }
`;

  const answerText = (result: Result<Answer>): string => {
    const { table, document = {}, outline, notes } = valueOf(result);
    return [
      ...(table ? [...table.rows].map(String) : []),
      ...(outline ? [writeOutline(outline, { width: 100 })] : []),
      ...notes,
      writeJson(document),
    ].join('\n');
  };

  const name = fc
    .array(fc.constantFrom('é', 'Å', 'ö', '각', '한', 'ñ', 'x'), { minLength: 1, maxLength: 4 })
    .map((letters) => `n${letters.join('')}`);

  it('in every option that takes one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 4, maxLength: 4 }), ([c, k, u, b]) => {
        const inForm = (form: 'NFC' | 'NFD') => {
          const of = (name: string) => name.normalize(form);
          return [of(c!), of(k!), of(u!), of(b!)] as const;
        };
        const forms = [inForm('NFC'), inForm('NFD')];
        const scenarios = forms.map(([c, k, u]) => loaded(text(c, k, u)));
        for (const scenario of scenarios) {
          const [composed, apart] = forms.map((words) =>
            Object.entries(questions(...words)).map(([name, asked]) => {
              const study = STUDIES.find((one) => one.name === name)!;
              return asked.map((options) => answerText(ask(study, [scenario], options)));
            }),
          );
          expect(apart).toEqual(composed);
        }
        expect(scenarios.flatMap(failedChecks)).toEqual([]);
      }),
      { numRuns: cases(10) },
    );
  });

  it('and every option is tried, or takes no name', () => {
    const tried = Object.values(questions('c', 'k', 'u', 'b'))
      .flat()
      .flatMap(Object.keys);
    const known = new Set([...tried, ...WITHOUT_NAMES.split(' ')]);
    const options = STUDIES.flatMap((study) => Object.keys(study.options.shape));
    expect(options.filter((one) => !known.has(one))).toEqual([]);
  });
});
