/** Benchmarks: what a run costs beside an empty Node process, in one interleaved run. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ROUNDS = 15;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const COMMANDS = {
  'node -e 0': ['-e', '0'],
  'npm start': scripts.start.split(' ').slice(1),
};

/** CPU (ms) and peak memory (MiB) as the system counts them, and wall time (ms), of one process. */
function measure(args) {
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(
    process.execPath,
    ['--import', './test/bench/usage.js', ...args],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}`);
  return { ...JSON.parse(output[3]), wall: Number(process.hrtime.bigint() - start) / 1e6 };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const runs = Object.keys(COMMANDS).map((name) => ({ name, measured: [] }));
for (let round = 0; round <= ROUNDS; round++) {
  for (const { name, measured } of runs) {
    const figures = measure(COMMANDS[name]);
    if (round > 0) measured.push(figures); // the first round warms the disk
  }
}

const [empty] = runs;
const columns = ['cpu', 'wall', 'memory'];
console.log(`medians of ${ROUNDS} interleaved runs on Node ${process.versions.node}`);
console.log(
  ['process'.padEnd(12), '   CPU ms', '  wall ms', '  peak MiB', '   CPU ratio'].join(''),
);
for (const { name, measured } of runs) {
  const [cpu, wall, memory] = columns.map((column) => median(measured.map((one) => one[column])));
  const ratio = median(measured.map((one, i) => one.cpu / empty.measured[i].cpu));
  const cells = [
    cpu.toFixed(0).padStart(9),
    wall.toFixed(0).padStart(9),
    memory.toFixed(1).padStart(10),
  ];
  console.log([name.padEnd(12), ...cells, `${ratio.toFixed(2)}×`.padStart(12)].join(''));
}
