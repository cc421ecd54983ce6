/** In Node: the revenue of one supplier by year, and its growth, computed on exact decimals. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decimalOf, load, project, rollup, writeDiagnostics } from 'capex-engine';

const [name = 'scenarios/alibaba-380bn.yaml', supplier = 'h3c'] = process.argv.slice(2);
const { scenario, diagnostics } = load(readFileSync(name, 'utf8'), { name, read });
if (!scenario) throw new Error(writeDiagnostics(diagnostics));

const rows = rollup(project(scenario), ['supplier', 'fiscal_year']);
const revenue = rows.filter(
  ({ labels, measure }) => measure === 'revenue' && labels[0] === supplier,
);
let before;
console.log('fiscal_year,revenue,growth');
for (const row of revenue) {
  const amount = decimalOf(row); // a Decimal of decimal.js, with every digit
  const growth = before?.isZero() === false ? amount.div(before).minus(1).toFixed(4) : '';
  console.log([row.labels[1], amount.toFixed(row.unit.places), growth].join());
  before = amount;
}

/** Reads a file that a scenario names (a parent, a ledger, a table), relative to the file that names it. */
function read({ path, from, encoding }) {
  const file = join(dirname(from), path);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(readFileSync(file));
    return { ok: true, value: { name: file, text } };
  } catch (error) {
    const message = `cannot read ${file}: ${error.message}`;
    return { ok: false, diagnostics: { message, hint: 'check the name of the file' } };
  }
}
