/** Functions in a cell: a sensitivity table of 41 moves of a rate under three closures, a call for each cell. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { cpuOf, interleaved, median } from './measure.js';
import { time } from './print.js';

const FILE = 'scenarios/alibaba-380bn.yaml';
/** A line in every cell, of what needs no other files: a cell has no folder. */
const resolved = ['bin/capex.js', 'check', '--resolved', FILE];
const scenario = spawnSync(process.execPath, resolved, { encoding: 'utf8' })
  .stdout.split('\n')
  .map((line) => [line]);

const RATES = Array.from({ length: 41 }, (_, i) => ((71717 * (80 + i)) / 1e6).toFixed(6));
const CELLS = RATES.flatMap((rate) =>
  ['budget', 'volume', 'scale'].map((closure) => [
    ['fx.path.USD', rate],
    ['fx.closure', closure],
  ]),
);
/** Those that are held to the command: the ends and the middle, under each closure. */
const CHECKED = CELLS.filter((_, i) => [0, 20, 40].includes(Math.floor(i / 3)));

/** @param rounds of which the medians are taken */
export function cellsTable(rounds) {
  const hosts = [
    ['Excel', 'excel/functions.js', excel],
    ['Google Sheets', 'sheets/Code.js', sheets],
  ].map(([host, file, load]) => {
    const code = readFileSync(`dist/cell/${file}`, 'utf8');
    const fill = (cells) => cells.map((pairs) => demand(scenario, 'servers', 'CNY', pairs));
    // A host that has just been opened: nothing is known yet.
    const sample = () => {
      demand = load(code);
      const first = cpuOf(() => fill(CELLS.slice(0, 1)), 1);
      return { first, others: cpuOf(() => fill(CELLS.slice(1)), 1) };
    };
    let demand = load(code);
    checkDigits(demand);
    return { host, size: gzipSync(code, { level: 9 }).length, sample };
  });
  const samples = interleaved(hosts, rounds);
  return [
    ['', 'bundle, gzipped', 'first call', `${CELLS.length - 1} others`, 'each of them'],
    ...hosts.map(({ host, size }, i) => {
      const [first, others] = ['first', 'others'].map((key) =>
        median(samples[i].map((one) => one[key])),
      );
      const each = time(others / (CELLS.length - 1));
      return [host, `${(size / 1000).toFixed(1)} kB`, time(first), time(others), each];
    }),
  ];
}

const bare = (globals) =>
  createContext(globals, { codeGeneration: { strings: false, wasm: false } });

function excel(code) {
  const functions = new Map();
  const associate = (id, run) => functions.set(id, run);
  const CustomFunctions = { associate, Error, ErrorCode: {} };
  new Script(code).runInContext(bare({ CustomFunctions }));
  return functions.get('DEMAND');
}

function sheets(code) {
  return new Script(`${code}; CAPEX_DEMAND`).runInContext(bare({}));
}

function checkDigits(demand) {
  for (const pairs of CHECKED) {
    const set = pairs.flatMap(([path, value]) => ['--set', `${path}=${value}`]);
    const run = ['run', FILE, '--quiet', '--by', 'component', '--measure', 'demand', ...set];
    const { stdout } = spawnSync(process.execPath, ['bin/capex.js', ...run], { encoding: 'utf8' });
    const [, printed] = /,servers,demand,CNY,([\d.]+),/.exec(stdout);
    const found = demand(scenario, 'servers', 'CNY', pairs);
    if (found.toFixed(2) !== printed) throw new Error(`${found} in a cell, not ${printed}`);
  }
}
