/** A value that has no effect is told: by moving the inputs of random scenarios, one at a time. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equal, fraction } from '../../../../src/core/number/fraction.js';
import { success } from '../../../../src/core/result.js';
import type { Diagnostic } from '../../../../src/core/text/diagnostic.js';
import type { ReadFile } from '../../../../src/core/text/fileRequest.js';
import {
  isBranch,
  leavesOf,
  type Branch,
  type Component,
} from '../../../../src/model/component.js';
import { CLOSURES, type Closure } from '../../../../src/model/fx.js';
import { isRest, type Input } from '../../../../src/model/input.js';
import {
  AMOUNT,
  EROSION,
  GROWTH,
  LIFE,
  PART,
  PRICE,
  RATE,
  SHARE,
  WEIGHT,
  type InputKind,
} from '../../../../src/model/inputKind.js';
import { compile, project } from '../../../../src/projection/compile.js';
import { run } from '../../../../src/projection/evaluate.js';
import { missingRates } from '../../../../src/projection/output.js';
import type { Loaded } from '../../../../src/scenario/load.js';
import { load } from '../../../../src/scenario/load.js';
import type { Scenario } from '../../../../src/scenario/scenario.js';
import { findNode, locate, locateKey } from '../../../../src/scenario/tree.js';
import { vary } from '../../../../src/scenario/vary.js';
import {
  changesWithoutEffect,
  withoutEffect,
} from '../../../../src/studies/check/withoutEffect/withoutEffect.js';
import { scenarios } from '../../../naive/generator.js';
import { toYaml, type Spec } from '../../../naive/spec.js';
import { cases, coverage } from '../../../support/cases.js';
import { loaded } from '../../../support/cells.js';
import { dice, type Dice } from '../../../support/dice.js';
import { runHere } from '../../../support/inProcess.js';
import { scenarioText } from '../../../support/scenarios.js';

/** `EFFECT_CASES=2000 npx vitest run test/studies/check/withoutEffect` tries more scenarios. */
const COUNT = Number(process.env['EFFECT_CASES'] ?? cases(40));
const SEED = Number(process.env['EFFECT_SEED'] ?? 7);

/** How many inputs of each are moved. */
const PER_SCENARIO = 2;

const RATIOS = ['0%', '100%', '37%', '1/3'];
const money = (numbers: readonly string[]) => (code: string) => numbers.map((n) => `${n} ${code}`);

/** Valid values of an input, far from each other. */
const VALUES = new Map<InputKind, (code: string) => readonly string[]>([
  [AMOUNT, money(['0', '1234567', '777tn'])],
  [PRICE, money(['7', '0.000003', '1tn'])],
  [SHARE, () => RATIOS],
  [PART, (code) => (code === '' ? RATIOS : money(['0', '1234567', '777tn'])(code))],
  [WEIGHT, () => ['3', '0.5', '40']],
  [GROWTH, () => ['0%', '50%', '-40%']],
  [EROSION, () => ['0%', '99.999999999999%', '-999999999999']],
  [RATE, () => ['3', '0.00000001', '100000000']],
  [LIFE, () => ['1 year', '7 years', '3 quarters', '40 months']],
]);

function otherValues({ kind, value, currency }: Input): readonly string[] {
  const texts = VALUES.get(kind)?.(currency?.code ?? '') ?? [];
  return texts.filter((text) => {
    const reading = kind.read(text);
    return reading.ok && !equal(reading.value.value, value);
  });
}

const numbers = new WeakMap<Scenario, Map<string, readonly bigint[]>>();

/** Every number of the forecast in all its currencies, at rates as they are or far from them. */
function numbersOf(scenario: Scenario, closure: Closure, isShocked: boolean): readonly bigint[] {
  const known = numbers.get(scenario) ?? new Map<string, readonly bigint[]>();
  numbers.set(scenario, known);
  const key = `${closure} ${isShocked}`;
  const own = known.get(key) ?? computeNumbers(scenario, closure, isShocked);
  known.set(key, own);
  return own;
}

function computeNumbers(
  scenario: Scenario,
  closure: Closure,
  isShocked: boolean,
): readonly bigint[] {
  const { fx, currency } = scenario;
  const codes = [...new Set([...fx.base.keys(), ...fx.path.keys()])];
  const reported = codes.filter((code) => missingRates(scenario, [code]).length === 0);
  const plan = compile(scenario, {
    ...{ closure, currencies: [currency.code, ...reported], shocked: isShocked ? reported : [] },
  });
  const steps = plan.steps.map((step) =>
    step.op === 'parameter' ? { ...step, value: fraction(3n, 2n) } : step,
  );
  const { cells, envelope, total } = run({ ...plan, steps });
  return [envelope, total, ...cells.map(({ count }) => count)];
}

/**
 * Whether two scenarios differ in a number, under some closure, at some rates.
 *
 * @param most how much a number may differ by rounding
 */
function differ(one: Scenario, other: Scenario, most = 0n): boolean {
  return [one.fx.closure, 'volume' as const, ...CLOSURES].some((closure) =>
    [false, true].some((isShocked) => {
      const after = numbersOf(other, closure, isShocked);
      return numbersOf(one, closure, isShocked).some((count, i) => {
        const change = after[i]! - count;
        return change > most || -change > most;
      });
    }),
  );
}

/** The paths of inputs of which `check` tells that they have no effect. */
function toldOf({ scenario, diagnostics }: Loaded): ReadonlySet<string> {
  const { tree, inputs } = scenario!;
  const spans = new Set(
    diagnostics.flatMap(({ code, span }) =>
      code === 'unused' ? [`${span.source.name} ${span.start}`] : [],
    ),
  );
  const isTold = ({ path }: { readonly path: string }) =>
    path.split('.').some((_, i, steps) => {
      const at = steps.slice(0, i + 1).join('.');
      return [locate(tree, at), locateKey(tree, at)].some(({ source, start }) =>
        spans.has(`${source.name} ${start}`),
      );
    });
  return new Set([
    ...inputs.filter(isTold).map(({ path }) => path),
    ...withoutEffect(scenario!).flatMap((one) => one.inputs.map(({ path }) => path)),
  ]);
}

function movable({ inputs }: Scenario): readonly Input[] {
  return inputs.flatMap((input) => (isRest(input) ? [] : [input]));
}

/** A scenario with prices so low that no number of units is rounded away. */
function withLowPrices(spec: Spec): Spec {
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'value' ? `0.07 ${value.slice(-3)}` : value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, inner]) => [name, visit(inner, key === 'value' ? key : name)]),
    );
  };
  const { components } = spec;
  return components ? { ...spec, components: visit(components, '') as typeof components } : spec;
}

describe('of random scenarios', () => {
  it('an input that can be moved changes a number, or is told to have no effect', () => {
    let changed = 0;
    const law = fc.property(scenarios({ size: 'round' }), fc.nat(), (spec, seed) => {
      const text = toYaml(withLowPrices(spec));
      const before = load(text);
      const told = toldOf(before);
      const d: Dice = dice(seed);
      const inputs = movable(before.scenario!).filter(({ path }) => !told.has(path));
      for (const input of d.shuffle(inputs).slice(0, PER_SCENARIO)) {
        const moved = d
          .shuffle(otherValues(input))
          .map((value) => vary(before.scenario!, [`${input.path}=${value}`]))
          .filter(({ scenario }) => scenario !== undefined);
        const isSeen =
          moved.length === 0 ||
          moved.some(
            (after) => differ(before.scenario!, after.scenario!) || toldOf(after).has(input.path),
          );
        if (!isSeen) expect.fail(`${input.path} = ${input.text} changes nothing\n${text}`);
        if (moved.length > 0) changed++;
      }
    });
    fc.assert(law, { numRuns: COUNT, seed: SEED });
    expect(changed).toBeGreaterThan(coverage(COUNT / 2));
  });

  it('an input that is told to have no effect changes no number, and its change is told', () => {
    let kept = 0;
    const law = fc.property(scenarios(), fc.nat(), (spec, seed) => {
      const text = toYaml(spec);
      const before = loaded(text);
      const d: Dice = dice(seed);
      const told = withoutEffect(before).flatMap(({ inputs }) => inputs);
      for (const input of d.shuffle(told).slice(0, PER_SCENARIO)) {
        const { path } = input;
        for (const value of d.shuffle(otherValues(input)).slice(0, 1)) {
          const { scenario: after } = vary(before, [`${path}=${value}`]);
          if (!after) continue;
          // Parts that are summed in one cell share the units that rounding leaves over; one of them
          // may be millions of a currency with a low rate.
          const most = path.includes('.lag.') ? 10_000_000n : 0n;
          if (differ(before, after, most))
            expect.fail(`${path} changes a number at ${value}\n${text}`);
          const [warning] = changesWithoutEffect([after]);
          const isNeutral = /^phasing\.weights|^actuals/u.test(path) && /^(?:0|100%)/u.test(value);
          if (!isNeutral) expect(warning?.message).toMatch(`\`${path}\` changes no number`);
          kept++;
        }
      }
    });
    fc.assert(law, { numRuns: COUNT, seed: SEED });
    expect(kept).toBeGreaterThan(coverage(COUNT / 2));
  });

  it('an `in_service` of a branch changes a number if and only if it is not told', () => {
    const seen = { told: 0, used: 0 };
    const law = fc.property(scenarios(), (spec) => {
      const text = toYaml(spec);
      const before = loaded(text);
      const said = withoutEffect(before).map(({ diagnostic }) => diagnostic.message);
      for (const branch of before.components.flatMap(branchesIn)) {
        const path = `${branch.yamlPath}.in_service`;
        const node = findNode(before.tree, path.split('.'));
        if (node?.kind !== 'scalar' || !isDepreciated(before, branch)) continue;
        const other = node.text === 'same' ? 'next' : 'same';
        const { scenario: after } = vary(before, [`${path}=${other}`]);
        const isTold = said.some((message) => message.startsWith(`\`${path}\` changes no number`));
        const [one, moved] = [before, after!].map((each) => [...amountsOf(each)].sort().join());
        expect(one === moved, `${path}\n${text}`).toBe(isTold);
        seen[isTold ? 'told' : 'used']++;
      }
    });
    fc.assert(law, { numRuns: 4 * COUNT, seed: SEED });
    expect(seen.told).toBeGreaterThan(coverage(1));
    expect(seen.used).toBeGreaterThan(coverage(5));
  });

  it('a remedy of one change keeps every number, and ends the warning', () => {
    let followed = 0;
    const law = fc.property(scenarios(), (spec) => {
      const text = toYaml(spec);
      const before = loaded(text);
      for (const { inputs, diagnostic } of withoutEffect(before).slice(0, PER_SCENARIO)) {
        const change = remedyOf(diagnostic);
        if (change === undefined) continue;
        followed++;
        const { scenario: after } = vary(before, [change]);
        if (!after) expect.fail(`${change} is refused\n${text}`);
        expect(amountsOf(after), `${change}\n${text}`).toEqual(amountsOf(before));
        const told = withoutEffect(after).flatMap((one) => one.inputs.map(({ path }) => path));
        expect(told).not.toContain(inputs[0]!.path);
      }
    });
    fc.assert(law, { numRuns: COUNT, seed: SEED });
    expect(followed).toBeGreaterThan(coverage(20));
  });
});

function branchesIn(component: Component): readonly Branch[] {
  return isBranch(component) ? [component, ...component.children.flatMap(branchesIn)] : [];
}

/** Whether money reaches something below a branch that has a life. */
function isDepreciated(scenario: Scenario, branch: Branch): boolean {
  const living = new Set(leavesOf(branch).flatMap(({ life, path }) => (life ? [path] : [])));
  return project(scenario).cells.some(
    ({ measure, path, count }) => measure === 'demand' && living.has(path) && count !== 0n,
  );
}

/** The remedy of a warning as an assignment, where it is one change and no other file or key follows. */
function remedyOf({ message, hint }: Diagnostic): string | undefined {
  const path = /`([^`]+)`/u.exec(message)?.[1];
  if (hint === 'write `phasing: even`: the forecast is the same') return 'phasing=even';
  if (hint!.startsWith('write 1,')) return `${path}=1`;
  if (hint === 'write 100%') return `${path}=100%`;
  const isRow = /\.lag\.|nothing depends on it/u.test(message);
  return /^delete (?:it|FY\w+)(?:$|, or)/u.test(hint!) && !isRow ? `${path}=remove` : undefined;
}

/** Every cell that is not zero, by its place. */
function amountsOf(scenario: Scenario): ReadonlyMap<string, bigint> {
  const { cells } = project(scenario);
  return new Map(
    cells.flatMap(({ period, path, supplier, measure, unit, count }) => {
      const place = [period, path, supplier, measure, unit.label].join(' ');
      return count === 0n ? [] : [[place, count] as const];
    }),
  );
}

describe('of one scenario', () => {
  const isSaid = (set: string) =>
    changesWithoutEffect([
      loaded(readFileSync('scenarios/alibaba-rolling.yaml', 'utf8'), [set]),
    ]).map(({ message }) => message);

  it('tells a change of the command line', () => {
    expect(isSaid('phasing.weights.1=5')).toEqual([
      '`phasing.weights.1` changes no number of the forecast: the amount of FY2026Q2 is reported',
    ]);
    expect(isSaid('phasing.weights.11=5')).toEqual([]);
  });

  it.each(['run', 'show', 'explain', 'check'])('capex %s prints it', async (command) => {
    const args = [command, 'scenarios/alibaba-rolling.yaml', '--set', 'phasing.weights.1=5'];
    const cell = command === 'explain' ? ['--cell', 'servers'] : [];
    const { err } = await runHere([...args, ...cell], { cwd: '.' });
    expect(err.match(/warning\[unused\] `phasing\.weights\.1`/gu)).toHaveLength(1);
  });

  it('tells a choice of the command line', () => {
    const own = '{ part: 50%, in_service: next }';
    const servers = `{ life: 3 years, components: { cpu: ${own}, gpu: ${own} } }`;
    const text = scenarioText({ components: `{ servers: ${servers} }` });
    const [warning, ...others] = changesWithoutEffect([
      loaded(text, ['components.servers.in_service=same']),
    ]);
    expect(others).toEqual([]);
    expect(warning!.message).toMatch('`components.servers.in_service` changes no number');
    expect(warning!.related?.message).toBe('this one holds in its place');
  });

  it('tells nothing of what a table or a parent has beside', () => {
    const parent = `${TEXT}fx: { path: { USD: { FY2025: 7.3, FY2026: 7.1 } } }\n`;
    expect(withoutEffect(loaded(parent))).toHaveLength(1);
    const read: ReadFile = () => success({ name: 'parent.yaml', text: parent });
    const { scenario } = load('scenario: child\nextends: parent.yaml\n', { read });
    expect(withoutEffect(scenario!)).toEqual([]);
  });
});

const TEXT = scenarioText({});
