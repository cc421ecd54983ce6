/** The one way to vary an input: one more layer over the scenario's own text. */
import { loadTree, type Loaded } from './load.js';
import { fromRecords } from './scenarioFiles.js';
import type { Scenario } from './scenario.js';

/**
 * The scenario with further layers, or everything that is then wrong with it.
 *
 * @param set assignments `PATH=VALUE`, as `--set` takes them, over those the scenario already has
 */
export function vary({ tree, set: before, files }: Scenario, set: readonly string[]): Loaded {
  return loadTree(tree, { before, set, read: fromRecords(files), files }, []);
}
