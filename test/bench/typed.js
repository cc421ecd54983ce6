/** How cost grows with each thing that a user can type more of: at a size, twice and four times the size. */
import { ask, load, loadScenarios, STUDIES } from '../../dist/index.js';
import { compile } from '../../dist/projection/compile.js';
import { inspectTable } from '../../dist/shell.js';
import { failedChecks } from '../../dist/studies/check/failedChecks.js';
import { workbook } from '../../dist/workbook/book.js';
import { cpuOf, interleaved, median } from './measure.js';
import { grouped, time } from './print.js';
import { sized } from './sized.js';

const study = (name) => STUDIES.find((one) => one.name === name);
const times = (size, item) => Array.from({ length: size }, (_, i) => item(i));

/** What grows, its least size, and the work with so much of it. */
const GROWING = [
  [
    'cells',
    10_000,
    (size) => forecast(sized({ periods: size / 100, components: 10, suppliers: 10 }).text),
  ],
  [
    'suppliers',
    500,
    (size) => forecast(scenario(`s0: rest, ${times(size - 1, (i) => `s${i + 1}: 1/${size}`)}`)),
  ],
  [
    'suppliers without `rest`',
    500,
    (size) => forecast(scenario(times(size, (i) => `s${i}: 1/${size}`))),
  ],
  [
    'keys of one map',
    15_000,
    (size) => read(`${scenario('a: rest')}suppliers: { ${times(size, (i) => `s${i}: {}`)} }`),
  ],
  ['claims of a ledger', 2_500, claims],
  [
    'rows of a table',
    5_000,
    (size) =>
      forecast(scenario('file: t.csv'), {
        't.csv': ['supplier,share', ...times(size, (i) => `s${i},1/${size}`)].join('\n'),
      }),
  ],
  ['wrong names among as many right ones', 400, wrongNames],
  ['checks', 200, checks],
  ['shares with a range, without `rest`', 100, tornado],
  ['lines of derived columns in a workbook', 50, derived],
  [
    "rows of somebody's rates",
    5_000,
    (size) => read(`${monthly(scenario('a: rest'))}${RATES}`, { 'r.csv': rates(size) }),
  ],
  [
    'rows that are inspected',
    5_000,
    (size) => {
      const text = rates(size);
      return () => inspectTable({ name: 'r.csv', text });
    },
  ],
  ['buyers, each with 960 cells of demand', 25, buyers],
  ['layers', 50, layers],
  ['correlations', 105, correlations],
  ['draws', 5_000, draws],
];

/** @param rounds of which the medians are taken */
export function typedTable(rounds) {
  const rows = GROWING.map(([name, size, workOf]) => {
    const works = [1, 2, 4].map((many) => workOf(many * size));
    const samples = interleaved(
      works.map((work) => ({ sample: () => cpuOf(work, 1) })),
      rounds,
    );
    const cpu = samples.map(median);
    const growth = (cpu[2] / cpu[0]).toFixed(1);
    return [name, grouped(size), ...cpu.map(time), `${growth}×`];
  });
  return [['', 'n', 'at n', 'at 2n', 'at 4n', '4n over n'], ...rows];
}

const RATES =
  'fx: { path: { file: r.csv, columns: { period: Month, currency: Code, value: Mean }, labels: calendar, direction: CNY per foreign } }\n';

const monthly = (text) =>
  text.replace('FY2026Q1, to: FY2026Q4', 'FY2026M01, to: FY2026M12, period: month');

/** Rates of forty currencies by month, a row for each. */
function rates(size) {
  const codes =
    'AED AUD BRL CAD CHF CLP COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KRW KZT MOP MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RUB SAR SEK SGD THB TRY TWD USD ZAR';
  const rows = times(Math.ceil(size / 40), (month) => {
    const label = `${1900 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    return codes.split(' ').map((code, i) => `${label},${code},${i + 1}.${1000 + month}`);
  });
  return ['Month,Code,Mean', ...rows.flat().slice(0, size)].join('\n');
}

function scenario(suppliers, envelope = '380bn CNY') {
  return `scenario: typed
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: FY2026Q4 }
envelope: ${envelope}
phasing: even
estimates: { e: { split: { s: 100% } } }
mix: e
components: { s: { suppliers: { ${suppliers} } } }
`;
}

/** Loads a text, with other files by their names; a scenario with errors is no measure. */
function loaded(text, files = {}) {
  const { scenario, diagnostics } = load(text, {
    name: 'm.yaml',
    read: ({ path }) => ({ ok: true, value: { name: path, text: files[path] } }),
  });
  if (!scenario) throw new Error(diagnostics[0].message);
  return scenario;
}

function read(text, files) {
  return () => loaded(text, files);
}

function forecast(text, files) {
  return () => study('run').run([loaded(text, files)], {});
}

function claims(size) {
  const claim = (i) => `  c${i}: { source: s, about: a${i}, words: some, basis: reported }`;
  const sources = 'sources: { s: { title: T, publisher: P, date: 2025-01-01, kind: news } }';
  const ledger = [sources, 'claims:', ...times(size, claim)].join('\n');
  const text = `${scenario('a: rest')}evidence: [l.yaml]\n`;
  // A ledger is read once for a text: each time another one.
  let turn = 0;
  return () => loaded(text, { 'l.yaml': `${ledger}\n# ${turn++}` });
}

function wrongNames(size) {
  const suppliers = times(size, (i) => `supplier${i}: 1/10000`);
  const names = times(size, (i) => `suplier${i}: {}`);
  return read(`${scenario(`${suppliers}, others: rest`)}suppliers: { ${names} }\n`);
}

function checks(size) {
  const suppliers = times(50, (i) => `s${i}: 1/100`);
  const check = (i) => `k${i}: { output: s${i % 50}:revenue, between: [0 CNY, 1tn CNY], note: n }`;
  const text = `${scenario(`${suppliers}, others: rest`)}checks: { ${times(size, check)} }\n`;
  const one = loaded(text);
  return () => failedChecks(one);
}

/** Each of the shares is changed twice, and all the others with it: four times as many take sixteen times as long. */
function tornado(size) {
  const share = (i) => `s${i}: { share: 1/${size}, low: 0%, high: 1%, assumption: a }`;
  const one = loaded(scenario(times(size, share)));
  return () => asked('sensitivity', one, { of: 's0:revenue' });
}

function derived(size) {
  const one = loaded(scenario(times(size, (i) => `s${i}: 1/${size}`)));
  const plan = compile(one, { currencies: ['CNY'] });
  return () => workbook([plan], [], 'en', { with: ['yoy', 'cumulative', 'share'] });
}

/** The answer of a study; an error is no measure. */
function asked(name, one, options) {
  const answer = ask(study(name), [one], options);
  if (!answer.ok) throw new Error(answer.diagnostics[0].message);
  return answer.value;
}

/** A portfolio by year and supplier, from its texts on: 24 quarters × 4 components × 10 suppliers a buyer. */
function buyers(size) {
  const suppliers = (c, b) => {
    const own = times(9, (s) => `s${c}${s}: ${5 + ((s + b) % 9)}%`);
    return `{ suppliers: { ${own}, s${c}9: rest } }`;
  };
  const buyer = (b) => `scenario: b${b}
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2031Q4 }
envelope: ${100 + b}bn CNY
phasing: { growth: 10%, per: year }
estimates: { e: { split: { c0: 40%, c1: 20%, c2: 20%, c3: rest } } }
mix: e
components: { ${times(4, (c) => `c${c}: ${suppliers(c, b)}`)} }
`;
  const files = Object.fromEntries(times(size, (b) => [`b${b}.yaml`, buyer(b)]));
  const text = `portfolio: p\ncurrency: CNY\nbuyers: { ${times(size, (b) => `b${b}: b${b}.yaml`)} }\n`;
  const reader = { read: ({ path }) => ({ ok: true, value: { name: path, text: files[path] } }) };
  return () => {
    const { scenarios, diagnostics } = loadScenarios(text, { name: 'p.yaml', ...reader });
    if (scenarios.length !== size) throw new Error(diagnostics[0].message);
    const answer = ask(study('run'), scenarios, { by: 'calendar_year,supplier' });
    if (!answer.ok) throw new Error(answer.diagnostics[0].message);
  };
}

function layers(size) {
  const files = Object.fromEntries(
    times(size, (i) => [
      `${i}.yaml`,
      i === 0 ? scenario('a: rest') : `extends: ${i - 1}.yaml\nenvelope: ${i}bn CNY\n`,
    ]),
  );
  return read(`extends: ${size - 1}.yaml\ntitle: the last\n`, files);
}

/** So many pairs of as many inputs as have them. */
function correlations(size) {
  const count = Math.ceil((1 + Math.sqrt(1 + 8 * size)) / 2);
  const pairs = times(count, (a) => times(a, (b) => `[${share(a)}, ${share(b)}, 0.1]`)).flat();
  const shares = times(
    count,
    (i) => `s${i}: { share: 1/100, low: 1/200, high: 1/80, assumption: a }`,
  );
  const text = scenario(`${shares}, others: rest`);
  return read(`${text}simulation: { correlations: [${pairs.slice(0, size)}] }\n`);
}

const share = (i) => `components.s.suppliers.s${i}.share`;

function draws(size) {
  const envelope = '{ value: 380bn CNY, low: 300bn CNY, high: 450bn CNY, assumption: a }';
  const one = loaded(scenario('a: rest', envelope));
  const options = { of: [':demand'], draws: String(size), seed: '1' };
  return () => asked('simulate', one, options);
}
