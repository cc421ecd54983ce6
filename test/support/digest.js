/** Prints one digest of the forecasts of many scenarios: run under several time zones and locales. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { load, project, rollup, printDecimal, writeText, STUDIES } from '../../dist/index.js';

// A plain object, as in plainEnvironment.ts.
process.env = { ...process.env };
const show = STUDIES.find(({ name }) => name === 'show');
const hash = createHash('sha256');
for (const { text, currencies } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const { scenario } = load(text);
  const projection = project(scenario, { currencies });
  for (const row of rollup(projection, ['fiscal_year', 'period', 'component', 'supplier'])) {
    hash.update(
      `${row.labels} ${row.measure} ${row.unit.label} ${printDecimal(row.count, row.unit.places)}\n`,
    );
  }
  hash.update(writeText(show.run([scenario], {}).value.sheets, { width: 100 }));
}
console.log(
  new Date(0).getTimezoneOffset(),
  Intl.NumberFormat().resolvedOptions().locale,
  hash.digest('hex'),
);
