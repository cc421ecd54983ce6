/** CPU time of things that take turns: medians of interleaved rounds, so that a busy machine slows all alike. */
import { spawnSync } from 'node:child_process';

/** CPU microseconds of one call, counted over as many calls as fill a sample. */
export function cpuOf(call, calls) {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) call(i);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** As many calls as take some 30 ms. */
export function callsFor(call) {
  let calls = 1;
  while (cpuOf(call, calls) * calls < 30_000 && calls < 100_000) calls *= 2;
  return calls;
}

/** CPU (ms) and peak memory (MiB) as the system counts them, and wall time (ms), of one Node process. */
export function processOf(args) {
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(
    process.execPath,
    ['--require', './test/bench/usage.cjs', ...args],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}`);
  return { ...JSON.parse(output[3]), wall: Number(process.hrtime.bigint() - start) / 1e6 };
}

/**
 * Takes the samples of all rows in turn, round by round.
 *
 * @param rows each with `sample()`, which returns a record of numbers
 * @returns of each row the samples of all rounds but the first, which warms up
 */
export function interleaved(rows, rounds) {
  const samples = rows.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    rows.forEach((row, i) => {
      const sample = row.sample();
      if (round > 0) samples[i].push(sample);
    });
  }
  return samples;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The median of what one row takes over what another takes in the same round. */
export function ratioOf(over, under, key) {
  return median(over.map((sample, round) => sample[key] / under[round][key]));
}
