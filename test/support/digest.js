/** Prints one digest of the forecasts of many scenarios: run under several time zones and locales. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { load, project, rollup, printDecimal, writeText } from '../../dist/index.js';
import { showSheets } from '../../dist/studies/forecast/show.js';

// A plain object, as in plainEnvironment.ts.
process.env = { ...process.env };
const hash = createHash('sha256');
for (const { text, currencies } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const { scenario } = load(text);
  const own = scenario.currency.code;
  const foreign = currencies.filter((code) => code !== own);
  const projection = project(scenario, { currencies: [own, ...foreign] });
  for (const row of rollup(projection, ['fiscal_year', 'period', 'component', 'supplier'])) {
    hash.update(
      `${row.labels} ${row.measure} ${row.unit.label} ${printDecimal(row.count, row.unit.places)}\n`,
    );
  }
  // What `show` prints of it in its own currency.
  const cells = projection.cells.filter(({ unit }) => !foreign.includes(unit.label));
  const by = ['fiscal_year', 'component'];
  hash.update(writeText(showSheets([{ ...projection, cells }], { by }), { width: 100 }));
}
console.log(
  new Date(0).getTimezoneOffset(),
  Intl.NumberFormat().resolvedOptions().locale,
  hash.digest('hex'),
);
