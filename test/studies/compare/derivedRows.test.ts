/** The lines below scenarios side by side are the derived columns of each scenario alone, at every depth. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textRecordsOf, type SheetRow } from '../../../src/core/table.js';
import { compare } from '../../../src/studies/compare/compare.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { ask } from '../../../src/studies/study.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const [LOW, ROLLING] = ['alibaba-low', 'alibaba-rolling'].map((name) =>
  loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8')),
);
const NAMES = ['yoy', 'ttm', 'ytd', 'cumulative', 'share', 'cagr', 'start', 'months'];
const RATIOS = ['yoy', 'share', 'cagr'];

/** `0.141172` → `14.1%`, half-even. */
function percentOf(ratio: string): string {
  if (ratio === '') return '';
  const millionths = BigInt(ratio.replace('.', ''));
  const size = millionths < 0n ? -millionths : millionths;
  const [tenths, left] = [size / 1000n, size % 1000n];
  const isUp = left > 500n || (left === 500n && tenths % 2n === 1n);
  const digits = String(isUp ? tenths + 1n : tenths).padStart(2, '0');
  return `${millionths < 0n ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}%`;
}

/** The lines below each row, by the labels that lead to it. */
function linesBelow(rows: readonly SheetRow[]): ReadonlyMap<string, readonly SheetRow[]> {
  const found = new Map<string, SheetRow[]>();
  let path: string[] = [];
  for (const row of rows) {
    if (NAMES.includes(row.label)) found.get(path.join(','))?.push(row);
    else {
      path = [...path.slice(0, row.depth), row.label];
      found.set(path.join(','), []);
    }
  }
  return found;
}

it.each([['fiscal_year', 'component', 'supplier'], ['fiscal_half'], ['component']])(
  'have the numbers of each scenario alone: %s',
  (...by) => {
    const options = { measure: 'demand', with: NAMES.join(',') };
    const { sheets } = valueOf(
      ask(compare, [LOW!, ROLLING!], { ...options, by: by.join(','), show: true }),
    );
    const below = linesBelow(sheets![0]!.rows);
    let compared = 0;
    by.forEach((_, depth) => {
      const kept = by.slice(0, depth + 1);
      const alone = [LOW!, ROLLING!].map((scenario) =>
        textRecordsOf(
          valueOf(ask(forecast, [scenario], { ...options, by: kept.join(',') })).table!,
        ),
      );
      for (const [path, lines] of below) {
        if (path.split(',').length !== kept.length || path === 'total') continue;
        const records = alone.map((rows) =>
          rows.find((row) => kept.map((name) => row[name]).join() === path),
        );
        for (const { label, cells } of lines) {
          const texts = records.map((record) => record?.[label] ?? '');
          const printed = RATIOS.includes(label) ? texts.map(percentOf) : texts;
          expect(cells.slice(0, 2).map((cell) => cell.replaceAll(',', ''))).toEqual(printed);
          compared++;
        }
      }
    });
    expect(compared).toBeGreaterThan(by[0] === 'component' ? 2 : 20);
  },
);

it('have the difference of the printed sums', () => {
  const options = { by: 'fiscal_year', measure: 'demand', with: 'cumulative', in: 'bn' };
  const { sheets } = valueOf(ask(compare, [LOW!, ROLLING!], { ...options, show: true }));
  const sums = sheets![0]!.rows.filter(({ label }) => label === 'cumulative');
  expect(sums.map(({ cells }) => cells)).toEqual([
    ['100.00', '119.87', '19.87', '19.87'],
    ['200.00', '239.77', '39.77', '19.89'],
    ['300.00', '377.66', '77.66', '25.89'],
  ]);
});

it('say why they are left out, once for each scenario', () => {
  const options = { by: 'fiscal_year,component', measure: 'demand', with: 'yoy', show: true };
  const { notes } = valueOf(ask(compare, [LOW!, ROLLING!], options));
  expect(notes.filter((note) => note.includes('yoy'))).toEqual([
    'alibaba-low: yoy is empty in FY2026: the months to compare with are neither in the window nor reported',
    'alibaba-rolling: yoy is empty in FY2026: the group to compare with does not have the same months',
    'alibaba-rolling: yoy is empty in FY2026: the months to compare with are neither in the window nor reported',
  ]);
});
