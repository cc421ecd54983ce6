/**
 * In a browser: the forecast of the scenario in the text field, anew whenever it changes. Bundled, and then served
 * with `index.html` from one folder:
 *
 *     npx esbuild examples/browser/page.js --bundle --minify --format=esm --outfile=examples/browser/bundle.js
 */
import { load, printDecimal, project, rollup, writeDiagnostics } from 'capex-engine';

const EXAMPLE = `scenario: page
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2027 }
envelope: 250bn CNY
phasing: { growth: 12%, per: year }
estimates: { mine: { split: { servers: 60%, switches: rest } } }
mix: mine
components: { servers: { suppliers: { 浪潮: 35%, others: rest } } }
`;

/** A line for each year, component and supplier, or what is wrong with the text. */
function forecastOf(text) {
  const { scenario, diagnostics } = load(text);
  if (!scenario) return writeDiagnostics(diagnostics);
  return rollup(project(scenario), ['fiscal_year', 'component', 'supplier'])
    .filter(({ measure }) => measure === 'demand')
    .map(({ labels, unit, count }) => [...labels, printDecimal(count, unit.places), unit.label])
    .map((cells) => `${cells.join(' ')}\n`)
    .join('');
}

const field = document.querySelector('textarea');
const show = () => (document.querySelector('pre').textContent = forecastOf(field.value));
field.value = EXAMPLE;
field.addEventListener('input', show);
show();
