/**
 * The whole gate: `npm test`. The compiler is first, as tests use what it writes. The other checks run one by
 * one beside the tests, which leave a core idle now and then; the output of each comes when it ends.
 */
import { spawn } from 'node:child_process';

const CHECKS = ['tsc -p test', 'npm run format', 'npm run lint'];

/** Runs a command to its end. If it fails, the gate fails. */
function run(command, stdio) {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio });
    const printed = [];
    child.stdout?.on('data', (text) => printed.push(text));
    child.stderr?.on('data', (text) => printed.push(text));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(printed));
      process.exitCode ||= code ?? 1;
      resolve(code === 0);
    });
  });
}

async function runChecks() {
  const failed = [];
  for (const check of CHECKS) if (!(await run(check, 'pipe'))) failed.push(check);
  return failed;
}

if (await run('tsc', 'inherit')) {
  const tests = ['vitest', 'run', ...process.argv.slice(2)].join(' ');
  const [failed] = await Promise.all([runChecks(), run(tests, 'inherit')]);
  for (const check of failed) console.error(`failed beside the tests: ${check}`);
}
