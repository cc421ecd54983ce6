/** Laws that every forecast keeps, over 10,000 random scenarios that use all features together. */
import fc from 'fast-check';
import { beforeAll, it } from 'vitest';
import { project } from '../../src/projection/compile.js';
import { DIMENSIONS } from '../../src/projection/rollup.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases } from '../support/cases.js';
import { loaded } from '../support/cells.js';
import { LAWS } from '../support/laws.js';

class BrokenLaw extends Error {
  constructor(
    readonly law: string,
    cause: unknown,
  ) {
    super(String(cause), { cause });
  }
}

/** The broken laws, each with the smallest scenario that breaks it, and how. */
const reports = new Map<string, Error>();

/** Every scenario is forecast once for all laws. After a failure the other laws are tried on. */
beforeAll(() => {
  let laws = Object.keys(LAWS);
  for (;;) {
    const details = fc.check(propertyOf(laws), { numRuns: cases(10_000) });
    if (!details.failed) return;
    const { errorInstance } = details;
    const isLaw = errorInstance instanceof BrokenLaw;
    const cause = isLaw ? errorInstance.cause : errorInstance;
    const report = new Error(fc.defaultReportMessage(details), { cause });
    if (!isLaw) throw report;
    reports.set(errorInstance.law, report);
    laws = laws.filter((law) => law !== errorInstance.law);
  }
}, 600_000);

function propertyOf(laws: readonly string[]) {
  return fc.property(
    scenarios(),
    fc.subarray([...DIMENSIONS]),
    fc.nat(),
    (spec, dimensions, order) => {
      const scenario = loaded(toYaml(spec));
      const own = scenario.currency.code;
      const others = spec.currencies.filter((code) => code !== own);
      const projection = project(scenario, { currencies: [...others, own] });
      for (const law of laws) {
        try {
          LAWS[law]!({ spec, projection, dimensions, order });
        } catch (error) {
          throw new BrokenLaw(law, error);
        }
      }
    },
  );
}

it.each(Object.keys(LAWS))('%s', (law) => {
  const report = reports.get(law);
  if (report) throw report;
});
