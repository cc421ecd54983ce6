/**
 * Benchmarks, in one interleaved run: `npm run bench -- [--markdown] [--rounds N] [SECTION…]`.
 * Every section first checks that the digits agree.
 */
import { parseArgs } from 'node:util';
import { cellsTable } from './cells.js';
import { commandTable } from './command.js';
import { growthTable } from './growth.js';
import { kernelTable } from './kernel.js';
import { pageTable } from './page.js';
import { print } from './print.js';
import { simulateTable, workersTable } from './simulate.js';
import { typedTable } from './typed.js';

/** A section is a file beside this one and a line here: its title, its table, and its share of the rounds. */
const SECTIONS = {
  kernel: ['480 cells, each in CNY, USD and units: CPU of one evaluation', kernelTable, 1],
  growth: ['From a hundred cells to a million: CPU', growthTable, 1 / 5],
  typed: ['What a user can type more of, at n, 2n and 4n: CPU', typedTable, 1 / 5],
  command: ['The command, from the text of a scenario to CSV', commandTable, 1],
  cells: ['Functions in a cell: 41 moves of the dollar under three closures: CPU', cellsTable, 1],
  simulate: ['Simulation: CPU of one draw', simulateTable, 1 / 2],
  page: ['The live page in Chromium: CPU of one step of a slider, painted', pageTable, 1],
  workers: ['Simulation as a command', workersTable, 1 / 15],
};

const { values, positionals } = parseArgs({
  options: { markdown: { type: 'boolean' }, rounds: { type: 'string', default: '15' } },
  allowPositionals: true,
});
console.log(`Medians of interleaved rounds on Node ${process.versions.node}, ${process.arch}.\n`);
for (const name of positionals.length > 0 ? positionals : Object.keys(SECTIONS)) {
  const [title, table, share] = SECTIONS[name];
  print(title, await table(Math.ceil(Number(values.rounds) * share)), values.markdown);
}
