/** `show` names each exchange rate that a forecast used. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rateAt } from '../../../src/model/fx.js';
import { project } from '../../../src/projection/compile.js';
import { show } from '../../../src/studies/forecast/show.js';
import { rateNotes } from '../../../src/studies/shared/rateNotes.js';
import { ask } from '../../../src/studies/study.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const notesOf = (name: string, options: object = {}) =>
  valueOf(ask(show, [loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'))], options)).notes;

it('names the base rate where no path is given', () => {
  expect(notesOf('alibaba-380bn')).toContain('USD: 7.1717 (PBOC fixing, 2025-02-24)');
});

it('names each step of a path with the period from which it holds', () => {
  expect(notesOf('alibaba-weak-yuan')).toContain(
    'USD: base 7.1717 (PBOC fixing, 2025-02-24); 7.30 (assumption) from FY2026Q1, ' +
      '7.50 (assumption) from FY2027Q1, 7.80 (assumption) from FY2028Q3',
  );
});

it('names every rate of every reporting currency in random scenarios', () => {
  const law = fc.property(scenarios(), (spec) => {
    const scenario = loaded(toYaml(spec));
    const { currencies } = project(scenario, { currencies: spec.currencies });
    const notes = rateNotes({ scenario, currencies });
    for (const { code } of currencies) {
      if (code === scenario.currency.code) continue;
      const note = notes.find((text) => text.startsWith(`${code}: `))!;
      const steps = scenario.window.periods.flatMap(({ label }, t) => {
        const rate = rateAt(scenario, code, t)!;
        return t > 0 && rate === rateAt(scenario, code, t - 1) ? [] : [{ rate, label }];
      });
      for (const { rate, label } of steps) {
        const isBase = steps.length === 1 && rate === scenario.fx.base.get(code);
        const { text } = rate;
        expect(note).toMatch(
          isBase ? `${code}: ${text}` : new RegExp(`${text}[^;]* from ${label}`),
        );
      }
    }
  });
  fc.assert(law, { numRuns: cases(100) });
});
