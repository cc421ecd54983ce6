/** Simulation: a draw beside one evaluation of the same outputs; and the command by draws and workers. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile, load } from '../../dist/index.js';
import { groupEvaluator, registersByPath } from '../../dist/projection/prepareEvaluation.js';
import { readNamed } from '../../dist/studies/subject/outputTarget.js';
import { soleSubject } from '../../dist/studies/subject/subject.js';
import { groupsOf } from '../../dist/studies/variation/outputPlan.js';
import { drawnValue } from '../../dist/studies/simulate/sampler.js';
import { samplerFor, simulationJob } from '../../dist/studies/simulate/simulationJob.js';
import { partOf } from '../../dist/studies/job.js';
import { cpuOf, interleaved, median, processOf, ratioOf } from './measure.js';
import { time } from './print.js';
import { sized } from './sized.js';

const FILE = 'scenarios/alibaba-380bn.yaml';
const DRAWS = 20_000;

/** @param rounds of which the medians are taken */
export function simulateTable(rounds) {
  const { scenario } = load(readFileSync(FILE, 'utf8'), { name: FILE, read: readBeside });
  const parts = ['*', ...scenario.components.map(({ key }) => key)];
  const large = ranged();
  const rows = [
    ['the total and its components', scenario, parts],
    ['one supplier', scenario, ['servers/inspur:revenue']],
    ['every supplier', scenario, ofEach(scenario, 'revenue')],
    ['every supplier of 480 cells, in USD', large, ofEach(large, 'demand.USD')],
  ].map(rowOf);
  const samples = rows.map((row) => interleaved([row.draw, row.evaluation], rounds));
  const of = (some) => time(median(some.map(({ cpu }) => cpu)));
  return [
    [`${DRAWS} draws, each in all passes`, 'outputs', 'inputs', 'a draw', 'an evaluation', 'ratio'],
    ...rows.map(({ name, outputs, inputs }, i) => {
      const [draw, evaluation] = samples[i];
      const ratio = `${ratioOf(draw, evaluation, 'cpu').toFixed(2)}×`;
      return [name, String(outputs), String(inputs), of(draw), of(evaluation), ratio];
    }),
  ];
}

function ofEach({ leaves }, measure) {
  return leaves.flatMap(({ path, suppliers }) =>
    suppliers.map((supplier) => `${path}/${supplier}:${measure}`),
  );
}

/** The scenario of the kernel, whose envelope and rate have ranges. */
function ranged() {
  const { text } = sized({ periods: 12, components: 8, suppliers: 5 });
  const set = ['envelope.low=300bn CNY', 'envelope.high=450bn CNY', 'fx.base.USD.low=6.9'];
  return load(text, { set }).scenario;
}

function readBeside({ path, from }) {
  const name = join(dirname(from), path);
  return { ok: true, value: { name, text: readFileSync(name, 'utf8') } };
}

function rowOf([name, scenario, texts]) {
  const outputs = texts.map((text) => ({
    ...readNamed(soleSubject(scenario), text).value,
    above: [],
  }));
  const quantiles = [5n, 25n, 50n, 75n, 95n].map((n) => ({ n, d: 100n }));
  const question = { subject: soleSubject(scenario), outputs, quantiles, draws: DRAWS, seed: 1n };
  const { drawn, numbersOf } = samplerFor(question).value;
  const values = evaluations(question, drawn, numbersOf);
  const work = simulationJob(question, () => ({ notes: [] })).value;
  return {
    ...{ name, outputs: outputs.length, inputs: drawn.length },
    draw: { sample: () => ({ cpu: cpuOf(() => all(work), 1) / DRAWS }) },
    evaluation: { sample: () => ({ cpu: cpuOf(values, DRAWS) }) },
  };
}

function all(work) {
  let step = { done: false, pass: work.first() };
  while (!step.done) {
    step = work.next(step.pass, partOf(work, step.pass, { from: 0, to: DRAWS }));
  }
}

/** The same outputs from the same plan, for values of some draws that are ready to be put into it. */
function evaluations({ subject, outputs }, drawn, numbersOf) {
  const plan = compile(subject.members[0], { currencies: ['CNY', 'USD'] });
  const refs = registersByPath(plan);
  const evaluate = groupEvaluator(
    plan,
    drawn.flatMap(({ input }) => refs.get(input.path)),
    groupsOf(
      plan,
      outputs.map(({ output }) => output.parts[0]),
    ),
  );
  const values = Array.from({ length: 64 }, (_, draw) => {
    const numbers = numbersOf(draw);
    const pairs = drawn.flatMap((one, d) =>
      refs.get(one.input.path).map((ref) => [ref, drawnValue(one, numbers[d])]),
    );
    return new Map(pairs);
  });
  return (i) => evaluate(values[i % values.length]);
}

/** @param rounds of which the medians are taken */
export function workersTable(rounds) {
  const rows = [
    [1e5, 1],
    [4e6, 1],
    [4e6, 2],
  ].map(([draws, workers]) => {
    const args = ['simulate', FILE, '--of', 'servers/inspur:revenue'];
    const command = ['bin/capex.js', ...args, '--draws', `${draws}`, '--workers', `${workers}`];
    return { draws, workers, command, sample: () => processOf(command) };
  });
  const [, one, two] = rows.map(
    ({ command }) => spawnSync(process.execPath, command, { encoding: 'utf8' }).stdout,
  );
  if (one === '' || one !== two) throw new Error('workers differ');
  const samples = interleaved(rows, rounds);
  return [
    ['', 'CPU', 'time', 'peak', 'draws/s', 'of one worker'],
    ...rows.map(({ draws, workers }, i) => {
      const [cpu, wall, memory] = ['cpu', 'wall', 'memory'].map((key) =>
        median(samples[i].map((sample) => sample[key])),
      );
      const name = `${draws} draws, ${workers === 1 ? 'one worker' : `${workers} workers`}`;
      const rate = ((1000 * draws) / wall).toFixed(0);
      const times = workers === 1 ? '' : `${ratioOf(samples[1], samples[i], 'wall').toFixed(2)}×`;
      return [name, time(cpu * 1000), time(wall * 1000), `${memory.toFixed(0)} MiB`, rate, times];
    }),
  ];
}
