/** One exact number is printed one way on a page of `show` or `evidence`, or every cell that was moved is named. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fraction, roundHalfEven } from '../../../src/core/number/fraction.js';
import type { Sheet } from '../../../src/core/table.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { evidence } from '../../../src/studies/evidence/evidence.js';
import { show } from '../../../src/studies/forecast/show.js';
import { ask, type Study } from '../../../src/studies/study.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { caseText } from '../../support/caseFiles.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

/** The tables of amounts on a page. */
function pageOf(study: Study, scenario: Scenario, typed: object): readonly Sheet[] {
  const result = ask(study, [scenario], typed as never);
  return valueOf(result).sheets!.filter(({ caption }) => /^[a-z]+, /.test(caption));
}

/** A number of a page, with its exact value and its rounding by itself, in quanta and in printed steps. */
interface Printed {
  readonly place: string;
  readonly exact: string;
  readonly steps: bigint;
  readonly nearest: bigint;
  readonly notes: string;
}

const plain = (text: string) => text.replaceAll(',', '');

/** The decimals of a printed number, and the number without its point. */
function digitsOf(text: string): { readonly count: bigint; readonly decimals: number } {
  const [whole, decimals = ''] = plain(text).split('.');
  return { count: BigInt(whole! + decimals), decimals: decimals.length };
}

/** The same page twice: with every digit, and rounded to a power of ten of the currency. */
function numbersOf(
  exact: readonly Sheet[],
  rounded: readonly Sheet[],
  power: number,
): readonly Printed[] {
  return rounded.flatMap((sheet, s) =>
    sheet.rows.flatMap((row, r) =>
      row.cells.map((cell, c): Printed => {
        const whole = digitsOf(exact[s]!.rows[r]!.cells[c]!);
        const printed = digitsOf(cell);
        const exponent = whole.decimals + power - printed.decimals;
        const [step, finer] = [
          10n ** BigInt(Math.max(exponent, 0)),
          10n ** BigInt(Math.max(-exponent, 0)),
        ];
        const heading = sheet.headings[c]!.replace(/[,*].*$/, '');
        return {
          place: [
            row.kind === 'total' ? '' : row.label,
            /total|amount/.test(heading) ? '' : heading,
          ]
            .join(' ')
            .trim(),
          exact: `${sheet.caption.replace(/^\w+, /, '')} ${whole.count}`,
          steps: printed.count,
          nearest: roundHalfEven(fraction(whole.count * finer, step)),
          notes: sheet.notes.join('\n'),
        };
      }),
    ),
  );
}

/** The numbers that look unlike an equal one, and are not rounded to the nearest. */
function movedIn(numbers: readonly Printed[]): readonly Printed[] {
  const looks = new Map<string, Set<bigint>>();
  for (const { exact, steps } of numbers)
    looks.set(exact, (looks.get(exact) ?? new Set()).add(steps));
  return numbers.filter(
    ({ exact, steps, nearest }) => steps !== nearest && looks.get(exact)!.size > 1,
  );
}

const POWER = { '1': 0, k: 3, m: 6, bn: 9 } as const;

const PAGES = [
  [show, { by: 'fiscal_year,component,supplier' }],
  [show, { by: 'component' }],
  [evidence, { only: 'ladder' }],
] as const;

it('names every cell that looks unlike an equal one', () => {
  let moved = 0;
  const units = fc.constantFrom('1', 'k', 'm', 'bn');
  const pages = fc.constantFrom(...PAGES);
  const law = fc.property(scenarios(), pages, units, fc.nat(2), (spec, page, unit, decimals) => {
    const [study, typed] = page;
    const scenario = loaded(toYaml(spec));
    const exact = pageOf(study, scenario, { ...typed, in: '1' });
    const rounded = { ...typed, in: unit, decimals: String(decimals) };
    const numbers = numbersOf(exact, pageOf(study, scenario, rounded), POWER[unit as 'k']);
    for (const { place, steps, nearest, notes } of movedIn(numbers)) {
      moved++;
      expect(notes).toMatch(/adjusted so that the totals add up/);
      expect(notes).toContain(`${place} ${steps > nearest ? '+' : '-'}`);
    }
  });
  fc.assert(law, { numRuns: cases(60), seed: 7 });
  expect(moved).toBeGreaterThan(coverage(25));
});

it('rounding-two-ways: 592,364,303.24 is 0.60 and 0.59, and the cell that was moved is named', () => {
  const [demand, revenue] = pageOf(show, loaded(caseText('rounding-two-ways/s.yaml')), {});
  const cellIn = ({ headings, rows }: Sheet) =>
    rows.find(({ label }) => label === 'optics')!.cells[headings.indexOf('FY2028')];
  expect([demand!, revenue!].map(cellIn)).toEqual(['0.60', '0.59']);
  expect(demand!.notes).toEqual([expect.stringContaining('optics FY2028 +0.01')]);
});
