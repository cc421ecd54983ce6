/** The command as a process: CPU, time and memory beside an empty Node. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { interleaved, median, processOf, ratioOf } from './measure.js';

const FILE = 'scenarios/alibaba-380bn.yaml';

/** @param rounds of which the medians are taken */
export function commandTable(rounds) {
  const plain = withoutCode();
  const run = ['bin/capex.js', 'run', FILE];
  const rows = [
    ['node -e 0', ['-e', '0']],
    ['capex run', run],
    ['the same, compiled anew', [join(plain, 'bin/capex.js'), 'run', FILE]],
    ['capex check', ['bin/capex.js', 'check', FILE]],
    ['FX table of 41 steps', ['bin/capex.js', 'sensitivity', FILE, '--fx', 'USD=-20%..+20%/1%']],
  ].map(([name, args]) => ({ name, sample: () => processOf(args) }));
  const { stdout } = spawnSync(process.execPath, run, { encoding: 'utf8' });
  if (stdout !== readFileSync('test/golden/alibaba-380bn.csv', 'utf8'))
    throw new Error('another forecast');
  const samples = interleaved(rows, rounds);
  rmSync(plain, { recursive: true });
  const ratio = (i, j) => `${ratioOf(samples[i], samples[j], 'cpu').toFixed(2)}×`;
  return [
    ['', 'CPU', 'time', 'peak', 'of node -e 0', 'of capex run'],
    ...rows.map(({ name }, i) => {
      const of = (key, unit) => `${median(samples[i].map((one) => one[key])).toFixed(0)} ${unit}`;
      const beside = i === 0 ? '' : ratio(i, 1);
      return [name, of('cpu', 'ms'), of('wall', 'ms'), of('memory', 'MiB'), ratio(i, 0), beside];
    }),
  ];
}

/** The command without the code that V8 compiled of it at build time. */
function withoutCode() {
  const folder = mkdtempSync(join(tmpdir(), 'capex-bench-'));
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  cpSync('dist/capex.cjs', join(folder, 'dist/capex.cjs'));
  return folder;
}
