/** Changes inputs of a scenario that is already loaded. */
import { loadTree, type Loaded } from './load.js';
import type { Scenario } from './scenario.js';
import { fromRecords } from './scenarioFiles.js';

/**
 * Loads a scenario again with further changes; the scenario of a buyer stays that of the buyer.
 *
 * @param set assignments `PATH=VALUE`, as `--set` takes them, over those the scenario already has
 */
export function vary(
  { tree, set: before, files, buyer }: Scenario,
  set: readonly string[],
): Loaded {
  const varied = loadTree(tree, { before, set, read: fromRecords(files), files });
  return buyer && varied.scenario ? { ...varied, scenario: { ...varied.scenario, buyer } } : varied;
}
