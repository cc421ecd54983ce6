/** One scenario of 480 cells, each in CNY, USD and units: our kernel beside other ways to compute it. */
import { spawnSync } from 'node:child_process';
import { compile, fraction, load } from '../../dist/index.js';
import { fractionAt } from '../../dist/core/kernel/registers.js';
import { prepareEvaluation } from '../../dist/projection/prepareEvaluation.js';
import { callsFor, cpuOf, interleaved, median, ratioOf } from './measure.js';
import { digits, grouped, time } from './print.js';
import * as bigint from './rivals/bigint.js';
import * as decimal from './rivals/decimal.js';
import * as floats from './rivals/floats.js';
import { sized } from './sized.js';

const SIZE = { periods: 12, components: 8, suppliers: 5 };
const CELLS = SIZE.periods * SIZE.components * SIZE.suppliers;
const { text, numbers } = sized(SIZE);

/** Every evaluation has an envelope and a rate of its own, on which all cells hang. */
const draw = (i) => [
  numbers.envelope + BigInt((i % 997) * 1_234_567),
  [BigInt(71717 + (i % 89)), 10000n],
];
const CHECKED = [0, 1, 500, 996];

/** The plan, compiled once: an evaluation computes what hangs on the envelope and on the rate, which is all. */
export function kernelOf({ text }) {
  const plan = compile(load(text).scenario, { currencies: ['CNY', 'USD'] });
  const cells = plan.cells.filter(({ measure }) => measure !== 'revenue');
  const refOf = (path) =>
    plan.steps.find(({ op, input }) => op === 'input' && input.path === path).out;
  const inputs = [refOf('envelope'), refOf('fx.base.USD')];
  const { registers, evaluate } = prepareEvaluation(
    plan,
    inputs,
    cells.map(({ ref }) => ref),
  );
  return {
    evaluate: (envelope, [n, d]) =>
      evaluate(new Map([[inputs[0], fraction(envelope)]]).set(inputs[1], fraction(n, d))),
    counts: () => cells.map(({ ref, unit }) => fractionAt(registers, ref).n * unit.multiple),
  };
}

/** @param rounds of which the medians are taken */
export function kernelTable(rounds) {
  const ours = kernelOf({ text });
  const exact = CHECKED.map((i) => {
    ours.evaluate(...draw(i));
    return ours.counts();
  });
  const rows = [
    rowOf({
      name: 'capex-engine',
      evaluate: (_, ...drawn) => ours.evaluate(...drawn),
      counts: ours.counts,
    }),
    ...[bigint, decimal, floats].map(rowOf),
    ...pythonRow(),
  ];
  const wrong = rows.map(({ name, inexact, check }) => {
    const differing = check(exact);
    if (differing > 0 && !inexact) throw new Error(`${name}: ${differing} cells differ`);
    return differing;
  });
  const samples = interleaved(rows, rounds);
  return [
    ['', 'a scenario', 'a cell', 'scenarios/s', 'ours is', 'cells wrong'],
    ...rows.map(({ name }, i) => {
      const cpu = median(samples[i].map((sample) => sample.cpu));
      const times = i === 0 ? '' : `${digits(ratioOf(samples[i], samples[0], 'cpu'))}×`;
      const share = (100 * wrong[i]) / (exact[0].length * CHECKED.length);
      return [
        name,
        time(cpu),
        `${digits((cpu * 1000) / CELLS)} ns`,
        grouped(1e6 / cpu),
        times,
        `${digits(share)}%`,
      ];
    }),
  ];
}

function rowOf({ name, inexact, evaluate, counts }) {
  const call = (i) => evaluate(numbers, ...draw(i));
  const calls = callsFor(call);
  return {
    ...{ name, inexact },
    check: (exact) =>
      differing(
        exact,
        CHECKED.map((i) => counts(call(i))),
      ),
    sample: () => ({ cpu: cpuOf(call, calls) }),
  };
}

/** Python's own clock counts, so that its start is not in the figures; none where there is no Python. */
function pythonRow() {
  const ask = (draws) => {
    const spelled = draws.map((i) => [String(draw(i)[0]), draw(i)[1].map(String)]);
    const { years, parts, shares, prices } = numbers;
    const input = JSON.stringify({ numbers: { years, parts, shares, prices }, draws: spelled });
    const { status, stdout } = spawnSync('python3', ['test/bench/rivals/python_decimal.py'], {
      input,
      encoding: 'utf8',
    });
    return status === 0 ? JSON.parse(stdout) : undefined;
  };
  if (!ask([0])) return [];
  const check = (exact) =>
    differing(
      exact,
      CHECKED.map((i) => ask([i]).cells.map(BigInt)),
    );
  const sample = () => ({ cpu: ask(Array.from({ length: 20 }, (_, i) => i)).seconds * 1e6 });
  return [{ name: "Python's decimal", check, sample }];
}

/** How many cells of all draws are not those of the engine. */
function differing(exact, others) {
  return exact.reduce((sum, cells, d) => {
    if (cells.length !== others[d].length) throw new Error('other cells altogether');
    return sum + cells.filter((count, i) => count !== others[d][i]).length;
  }, 0);
}
