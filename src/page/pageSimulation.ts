/** The simulation of a page: an output by group of time, with the draws and the digits of `capex simulate`. */
import {
  shellWord,
  simulate,
  writeDiagnostics,
  type Answer,
  type Job,
  type Result,
} from '../index.js';
import { commandOptions } from './changedLayer.js';
import { outputOf } from './outputChoice.js';
import { moneyUnit, rowsByName, runTable, timeOf } from './pageForecast.js';
import { printed, type PageView } from './pageView.js';

/** Draws of a simulation, as those of the command. */
export const DRAWS = 10_000;

/** Whether an input has a range, so that there is something to draw. */
export function hasRanges({ one }: Pick<PageView, 'one'>): boolean {
  return one.base.some(({ inputs }) =>
    inputs.some((input) => 'attributes' in input && 'low' in input.attributes),
  );
}

/** The groups of time of a simulation, and its outputs: `inspur@FY2026:demand`. */
export function simulatedGroups(view: PageView): {
  readonly groups: readonly string[];
  readonly outputs: readonly string[];
} {
  const { one, state } = view;
  // Years that each supplier has for itself name no output.
  const time = timeOf(one, state.time === 'supplier_year' ? { time: '' } : state);
  const table = runTable(one.scenarios, { by: time, measure: 'demand' });
  const rows = table.ok ? rowsByName(table.value) : [];
  const groups = [...new Set(rows.map((row) => row[time]!))];
  return { groups, outputs: groups.map((group) => `${outputOf(view)}@${group}:demand`) };
}

/** All that a simulation depends on: another text is another simulation. */
export function settingsOf(view: PageView): string {
  const { file, changes, closure, time, language } = view.state;
  const { isNarrow = false } = view;
  return JSON.stringify([
    file,
    ...changes,
    closure,
    moneyUnit(view.one, view.state),
    time,
    language,
    outputOf(view),
    isNarrow,
  ]);
}

/** The file that settings are of, by its index. */
export function fileOf(settings: string): number {
  return (JSON.parse(settings) as readonly [number])[0];
}

/** The command that gives the numbers of a simulation. */
export function simulateCommand(view: PageView): string {
  const { one, state } = view;
  const { outputs } = simulatedGroups(view);
  const { in: unit, decimals } = printed(view);
  return [
    `capex simulate ${shellWord(one.file.name)}`,
    ...outputs.map((output) => `--of ${shellWord(output)}`),
    `--in ${unit!}`,
    ...(decimals === undefined ? [] : [`--decimals ${decimals}`]),
    ...commandOptions(state),
  ].join(' ');
}

/** Draws in blocks that a reader does not notice. */
const BLOCK = 250;

/**
 * Simulates the outputs of a view.
 *
 * @param pause called after every block with the draws that are done; `false` ends the simulation without an answer
 */
export async function simulated(
  view: PageView,
  pause: (done: number) => Promise<boolean>,
): Promise<Result<Answer, string> | undefined> {
  const steps = simulationOf(view);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (!(await pause(step.value))) return undefined;
  }
}

/** Simulates the outputs of a view at once. */
export function simulatedAtOnce(view: PageView): Result<Answer, string> {
  const steps = simulationOf(view);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Cells of a forecast that is simulated without being asked; that of a larger one is left to the reader. */
const MOST_CELLS = 3000;

/** Whether a page simulates by itself: a draw takes as long as its cells. */
export function startsByItself(view: PageView): boolean {
  const cells = view.one.base.reduce((sum, { leaves, window }) => {
    const sellers = leaves.reduce((all, leaf) => all + leaf.suppliers.length, 0);
    return sum + sellers * window.periods.length;
  }, 0);
  return hasRanges(view) && cells <= MOST_CELLS;
}

/** Simulates block by block; tells after each how many draws of a pass are done. */
function* simulationOf(view: PageView): Generator<number, Result<Answer, string>> {
  const { outputs } = simulatedGroups(view);
  const { one, state } = view;
  const options = { of: [...outputs], draws: String(DRAWS), lang: state.language };
  const job = simulate.job!(
    one.scenarios,
    simulate.options.parse({ ...options, ...printed(view) }),
  );
  const found = job.ok ? yield* blocksOf(job.value) : job;
  return found.ok ? found : { ok: false, diagnostics: writeDiagnostics(found.diagnostics) };
}

function* blocksOf({ size, first, begin, next }: Job): Generator<number, Result<Answer>> {
  let pass = first();
  for (;;) {
    const runner = begin(pass);
    for (let from = 0; from < size; from += BLOCK) {
      const block = { from, to: Math.min(from + BLOCK, size) };
      runner.add(block);
      yield block.to;
    }
    const step = next(pass, runner.part());
    if (step.done) return step.result;
    pass = step.pass;
  }
}
