/**
 * Plans of scenarios that differ in numbers alone. A plan follows from what a scenario says; of a number it needs only
 * the unit, and whether it is 0. One of these scenarios is compiled, and the others have its steps with their numbers.
 */
import { recent } from '../core/recent.js';
import { isRest, type Input } from '../model/input.js';
import { restIn } from '../plan/builder.js';
import type { Scenario } from '../scenario/scenario.js';
import type { TreeNode } from '../scenario/tree.js';
import { compile } from './compile.js';
import type { Plan } from './plan.js';

/** The most plans that are kept at a time, and the most cells of one of them: more would fill the memory. */
const MOST = { plans: 16, cells: 20_000 };

/** What compiles some scenarios, of which many may be alike. */
export function compilerFor(scenarios: readonly Scenario[]): typeof compile {
  if (scenarios.length === 1) return compile;
  const plans = recent<Plan>(MOST.plans);
  return (scenario, options) => {
    const numbers = numbersOf(scenario);
    let own: Plan | undefined;
    const known = plans(JSON.stringify([options, wordsOf(scenario, numbers)]), () => {
      own = compile(scenario, options);
      return own.cells.length > MOST.cells ? undefined : own;
    });
    return own ?? withNumbers(known!, scenario, numbers) ?? compile(scenario, options);
  };
}

/** The numbers of a scenario by their path. */
type Numbers = ReadonlyMap<string, Input>;

function numbersOf({ inputs }: Scenario): Numbers {
  return new Map(inputs.flatMap((input) => (isRest(input) ? [] : [[input.path, input]])));
}

/** What no plan depends on. */
const NAMES = new Set(['scenario', 'title']);

/**
 * What a scenario says, with the unit of each number in place of the number. A number that is 0 is told apart: whether
 * something is bought decides a condition of the plan.
 */
function wordsOf({ tree }: Scenario, numbers: Numbers): readonly string[] {
  const words: string[] = [];
  const addNode = (node: TreeNode): void => {
    if (node.kind === 'scalar') {
      const number = numbers.get(node.path) ?? numbers.get(node.path.replace(/\.value$/, ''));
      words.push(number?.text === node.text ? wordFor(number) : `=${node.text}`);
      return;
    }
    words.push(node.kind);
    if (node.kind === 'list') node.items.forEach(addNode);
    else for (const [key, entry] of node.entries) addEntry(key, entry.node);
    words.push('end');
  };
  const addEntry = (key: string, node: TreeNode): void => {
    words.push(`${key}:`);
    addNode(node);
  };
  for (const [key, { node }] of tree.entries) if (!NAMES.has(key)) addEntry(key, node);
  return words;
}

function wordFor({ value, currency, unit }: Input): string {
  return `#${value.n === 0n ? '0' : ''} ${currency?.code ?? unit ?? ''}`;
}

/** A plan with what a scenario alike has in its file; nothing where these differ in a number that no step reads. */
function withNumbers(plan: Plan, scenario: Scenario, numbers: Numbers): Plan | undefined {
  const read = new Set<string>();
  const steps = plan.steps.map((step) => {
    if (step.op !== 'input') return step;
    const { path } = step.input;
    read.add(path);
    return { ...step, input: numbers.get(path)! };
  });
  const isRead = ({ path, text }: Input) => read.has(path) || numbers.get(path)!.text === text;
  if (![...numbersOf(plan.scenario).values()].every(isRead)) return undefined;
  const rests = new Map(scenario.inputs.flatMap((one) => (isRest(one) ? [[one.path, one]] : [])));
  const names = plan.names.map((name) => {
    const rest = restIn(name);
    return rest ? rests.get(rest.path)! : name;
  });
  return { ...plan, scenario, steps, names };
}
