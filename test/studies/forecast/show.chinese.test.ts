/** `show` and `evidence` in Chinese: a broker’s table, with the numbers of the English one. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Language } from '../../../src/core/text/language.js';
import { evidence } from '../../../src/studies/evidence/evidence.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { show } from '../../../src/studies/forecast/show.js';
import { ask } from '../../../src/studies/study.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const ROLLING = loaded(readFileSync('scenarios/alibaba-rolling.yaml', 'utf8'));
const OPTIONS = {
  ...{ by: 'fiscal_quarter,component', measure: 'demand', in: '亿', with: 'yoy,qoq,share' },
};

const sheetsOf = (lang: Language) => valueOf(ask(show, [ROLLING], { ...OPTIONS, lang })).sheets!;

it('heads a table with 亿元, 合计, 同比, 环比 and 占比, and names its sources', () => {
  const [{ caption, headings, rows, notes }] = sheetsOf('zh') as [ReturnType<typeof sheetsOf>[0]];
  expect(caption).toBe('采购额，亿元');
  expect(headings.at(-1)).toBe('合计');
  expect(rows.slice(1, 4).map(({ label }) => label)).toEqual(['同比', '环比', '占比']);
  expect(notes.at(-1)).toMatch(/^资料来源：.*、Guojin Securities、/);
  expect(notes).toContainEqual(
    expect.stringMatching(/^FY2026Q1.* 的同比为空：对比月份不在预测期内，也未披露$/),
  );
});

it('has the numbers of the English table', () => {
  const numbers = (lang: Language) =>
    sheetsOf(lang).flatMap(({ rows }) => rows.map(({ cells }) => cells));
  expect(numbers('zh')).toEqual(numbers('en'));
});

it('shows the evidence in Chinese', () => {
  const { sheets } = valueOf(ask(evidence, [ROLLING], { lang: 'zh' }));
  expect(sheets![0]).toMatchObject({ caption: '依据，亿元', headings: ['金额'] });
  expect(sheets![0]!.rows[0]!.label).toBe('公司指引');
});

it('leaves files for programs as they are', () => {
  const rows = (lang?: Language) => {
    const { table } = valueOf(ask(forecast, [ROLLING], { lang, with: 'yoy', in: 'bn' }));
    return [table!.columns, ...table!.rows];
  };
  expect(rows('zh')).toEqual(rows());
});
