/** One digest of everything that many forecasts say. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { printDecimal } from '../../src/core/number/decimal.js';
import { writeText } from '../../src/formats/text.js';
import { project } from '../../src/projection/compile.js';
import type { Projection } from '../../src/projection/evaluate.js';
import { rollup } from '../../src/projection/rollup.js';
import { load } from '../../src/scenario/load.js';
import { showSheets } from '../../src/studies/forecast/show.js';

/** The text of a scenario, and the currencies of its forecast. */
export interface ForecastRequest {
  readonly text: string;
  readonly currencies: readonly string[];
}

/** Takes forecasts one by one: their rows, and what `show` prints of them in their own currency. */
export function createForecastDigest() {
  const hash = createHash('sha256');
  return {
    add(projection: Projection): void {
      const rows = rollup(projection, ['fiscal_year', 'period', 'component', 'supplier']);
      for (const { labels, measure, unit, count } of rows)
        hash.update(
          `${String(labels)} ${measure} ${unit.label} ${printDecimal(count, unit.places)}\n`,
        );
      const { code: own } = projection.scenario.currency;
      const foreign = projection.currencies.map(({ code }) => code).filter((code) => code !== own);
      const cells = projection.cells.filter(({ unit }) => !foreign.includes(unit.label));
      const by = ['fiscal_year', 'component'] as const;
      hash.update(writeText(showSheets([{ ...projection, cells }], { by }), { width: 100 }));
    },
    digest: () => hash.copy().digest('hex'),
  };
}

/** Prints the digest of the forecasts that a file asks for, and where they were made. */
export function printDigest(file: string): void {
  const requests = JSON.parse(readFileSync(file, 'utf8')) as readonly ForecastRequest[];
  const digest = createForecastDigest();
  for (const { text, currencies } of requests)
    digest.add(project(load(text).scenario!, { currencies }));
  const place = { minutes: minutesFromUtc(), locale: localeName() };
  console.log(JSON.stringify({ ...place, digest: digest.digest() }));
}

/** How far UTC was ahead of this time zone when 1970 began. */
export function minutesFromUtc(): number {
  return new Date(0).getTimezoneOffset();
}

export function localeName(): string {
  return Intl.NumberFormat().resolvedOptions().locale;
}
