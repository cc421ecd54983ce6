/** Long work gives the same bytes with any number of threads, and can be stopped and resumed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { expect, it } from 'vitest';
import type { CliArguments } from '../../src/cli/cliArguments.js';
import { answerOf } from '../../src/cli/longWork.js';
import { jobOf, runInThreads, startOf, type State, type Task } from '../../src/cli/threads.js';
import type { Result } from '../../src/core/result.js';
import type { Answer } from '../../src/studies/answer.js';
import { runJob } from '../../src/studies/job.js';
import { ROOT, capex, folder, lines } from '../support/capex.js';
import { valueOf } from '../support/results.js';

const THREAD = join(ROOT, 'bin/worker.js');

const FILE = 'scenarios/alibaba-380bn.yaml';
const ARGUMENTS = ['simulate', FILE, '--of', 'servers/inspur', '--draws', '3000', '--quiet'];

/** A scenario that names no other files. */
const TEXT = `
scenario: small
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027 }
envelope: { value: 1000 CNY, low: 700 CNY, high: 1200 CNY }
phasing: even
estimates: { view: { split: { servers: 60%, optics: rest } } }
mix: view
`;

function taskOf(options: object = { draws: '3000' }): Task {
  return { study: 'simulate', text: TEXT, name: 'a.yaml', set: [], files: [], options };
}

function documentOf(result: unknown): object {
  return valueOf(result as Result<Answer>).document!;
}

it.concurrent(
  'gives the same bytes with one, two, five and the default number of threads',
  async () => {
    const runs = await Promise.all(
      ['1', '2', '5'].map((n) => capex([...ARGUMENTS, '--workers', n])),
    );
    const { out } = await capex(ARGUMENTS);
    expect(lines(out).length).toBeGreaterThan(10);
    for (const run of runs) expect(run).toEqual({ code: 0, out, err: '' });
  },
);

it('resumes stopped work where it was, with the same result', async () => {
  const task = taskOf();
  const work = jobOf(task);
  const whole = runJob(work);
  let told = 0;
  const progress = { report: () => (told += 1), end: () => undefined };
  const setup = { file: THREAD, threads: 2, progress };
  let state = startOf(work, work.first());
  for (let stops = 0; ; stops++) {
    told = 0;
    const result = await runInThreads(work, task, { ...setup, state, isStopped: () => told >= 2 });
    if (!('left' in result)) {
      expect(stops).toBeGreaterThan(0);
      expect(documentOf(result)).toEqual(documentOf(whole));
      return;
    }
    state = deserialize(serialize(result)) as State;
  }
});

const given = (output?: string): CliArguments => ({
  files: [],
  set: [],
  output,
  bom: false,
  force: false,
  quiet: true,
  noColor: true,
  workers: 2,
  options: {},
});

async function stopped(task: Task, output?: string): Promise<unknown> {
  const answer = answerOf(jobOf(task), task, given(output), THREAD);
  process.emit('SIGINT');
  return answer.catch((reason: unknown) => reason);
}

it('an interrupt with an output file exits with 75, and the work can be resumed', async () => {
  const output = join(folder(), 'a.csv');
  const task = taskOf();
  expect(await stopped(task, output)).toMatchObject({ exitCode: 75 });
  expect(existsSync(`${output}.partial`)).toBe(true);
  const result = await answerOf(jobOf(task), task, given(output), THREAD);
  expect(documentOf(result)).toEqual(documentOf(runJob(jobOf(task))));
});

it('removes the saved state when the output is written, and says that a damaged one is not used', async () => {
  const cwd = folder({ 'a.yaml': TEXT, 'a.csv.partial': 'nothing' });
  const args = ['simulate', 'a.yaml', '--draws', '200', '-o', 'a.csv'];
  const { code, err } = await capex(args, { cwd });
  expect(code).toBe(0);
  expect(lines(err)).toContain('`a.csv.partial` is damaged: the run begins anew');
  expect(existsSync(join(cwd, 'a.csv'))).toBe(true);
  expect(existsSync(join(cwd, 'a.csv.partial'))).toBe(false);
});

it('an interrupt without an output file exits with 130', async () => {
  expect(await stopped(taskOf())).toMatchObject({ exitCode: 130, message: 'stopped' });
});

it('starts anew for a different question, and for an unreadable state', async () => {
  const output = join(folder(), 'a.csv');
  await stopped(taskOf(), output);
  const other = taskOf({ draws: '3000', seed: '2' });
  const state = readFileSync(`${output}.partial`, 'utf8');
  for (const text of [state, state.slice(0, 100), 'nothing']) {
    writeFileSync(`${output}.partial`, text);
    const result = await answerOf(jobOf(other), other, given(output), THREAD);
    expect(documentOf(result)).toEqual(documentOf(runJob(jobOf(other))));
  }
});
