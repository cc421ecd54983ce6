/** The option `--where`: conditions on buyer, component and supplier that rows of a forecast meet, such as `supplier=innolight`. */
import * as z from 'zod';
import { nearestKey, type Diagnostic } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import { measuredLeaves } from '../../projection/measureTree.js';
import type { Output } from '../../projection/output.js';
import { MEASURES, type Cell, type Measure } from '../../projection/plan.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { argumentError, type ArgumentError } from './argumentError.js';

const FILTERED = { buyer: 'KEY', component: 'PATH', supplier: 'KEY' } as const;
const DIMENSIONS = Object.keys(FILTERED) as (keyof typeof FILTERED)[];

/** What one `--where` says: rows with this value are kept. */
export interface Condition {
  readonly dimension: keyof typeof FILTERED;
  /** A `*` at the end stands for any further text. */
  readonly value: string;
}

/** Conditions on one dimension are alternatives; a row meets one of each dimension that has any. */
export const where = z
  .array(
    z.string().transform((text, context): Condition => {
      const [name = '', ...rest] = text.split('=');
      const dimension = DIMENSIONS.find((one) => one === name.trim());
      const value = rest.join('=').trim();
      const isOne = !COMMA.test(value);
      if (dimension !== undefined && value !== '' && isOne) return { dimension, value };
      const message =
        dimension === undefined
          ? `\`${text}\` names no dimension to filter by; write supplier=KEY, component=PATH or buyer=KEY`
          : value === ''
            ? `\`${text}\` has no value; write ${wordsFor(dimension)}`
            : `\`${text}\` has a comma; write ${eachAlone(text)}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  )
  .optional()
  .meta({
    description:
      'Keep rows: supplier=KEY, component=PATH or buyer=KEY, with * at the end for more; repeatable; totals are of the rows kept',
  });

const COMMA = /[,，、]/u;

/** `supplier=KEY` */
function wordsFor(dimension: Condition['dimension']): string {
  return `${dimension}=${FILTERED[dimension]}`;
}

/** Several conditions of one option, each with an option of its own: `--where supplier=h3c --where supplier=ruijie`. */
function eachAlone(text: string): string {
  let dimension = '';
  const conditions = text.split(COMMA).map((part) => {
    const [value = '', name = dimension] = part.split('=').reverse();
    dimension = name.trim();
    return `--where ${dimension}=${value.trim()}`;
  });
  return conditions.join(' ');
}

/** Whether totals and shares are of all rows, and `where` only chooses those that are shown. */
export const ofAll = z.boolean().optional().meta({
  description: 'With --where: totals and shares are of all rows, also of those not shown',
});

/** Which rows are computed, and which of them are shown. */
export interface RowOptions {
  readonly where?: readonly Condition[] | undefined;
  readonly 'of-all'?: boolean | undefined;
}

/** `--of-all` says something only of rows that are not shown. */
export function needsWhere({ where, 'of-all': isAll }: RowOptions): boolean {
  return !isAll || (where ?? []).length > 0;
}
export const NEEDS_WHERE = { path: ['of-all'], message: 'goes with --where' };

/** The conditions of the rows that are computed. */
export function computedWhere({ where, 'of-all': isAll }: RowOptions): readonly Condition[] {
  return isAll ? [] : (where ?? []);
}

/** A row is shown if all its cells meet the conditions. */
export function isRowShown(
  scenario: Scenario,
  { where = [], 'of-all': isAll }: RowOptions,
): (places: readonly Place[]) => boolean {
  if (!isAll) return () => true;
  const isKept = conditionsTest(scenario, where);
  return (places) => places.every(isKept);
}

/** Refuses a condition on rows that sum over its dimension: every one would hold cells that do not meet it. */
export function refuseSummed(
  { where = [], 'of-all': isAll }: RowOptions,
  by: readonly string[],
): ReturnType<ArgumentError> | undefined {
  const summed = isAll ? where.find(({ dimension }) => !by.includes(dimension)) : undefined;
  if (!summed) return undefined;
  const { dimension } = summed;
  return argumentError(
    '--where',
    conditionsText([summed]),
  )({
    message: `with --of-all, rows have to keep the ${dimension}`,
    hint: `add ${dimension} to --by`,
  });
}

/** Where a cell is, apart from time. */
type Place = Pick<Cell, 'path' | 'supplier'>;

function labellerOf(
  scenario: Scenario,
  dimension: Condition['dimension'],
): (place: Place) => string {
  if (dimension === 'buyer') return () => buyerKey(scenario);
  return ({ path, supplier }) => (dimension === 'component' ? path : supplier);
}

/** Whether a cell of a scenario meets the conditions. */
export function conditionsTest(
  scenario: Scenario,
  conditions: readonly Condition[] = [],
): (place: Place) => boolean {
  const { leaves } = scenario;
  // A component with sub-components has no rows of its own: its name stands for those below it.
  const isBranch = ({ dimension, value }: Condition) =>
    dimension === 'component' && leaves.some(({ path }) => path.startsWith(`${value}/`));
  const alternatives = DIMENSIONS.map((dimension) => {
    const labelOf = labellerOf(scenario, dimension);
    return conditions
      .filter((one) => one.dimension === dimension)
      .map((one) => {
        const { value } = one;
        const start = isBranch(one) ? `${value}/` : value.replace(/\*$/, '');
        return start === value
          ? (place: Place) => labelOf(place) === value
          : (place: Place) => labelOf(place).startsWith(start);
      });
  }).filter((tests) => tests.length > 0);
  return (place) => alternatives.every((tests) => tests.some((test) => test(place)));
}

/**
 * An error for each condition that no row of any scenario meets, or one if no row meets all of them together, or for
 * each measure asked for of which no row does.
 */
export function unmetConditions(
  scenarios: readonly Scenario[],
  conditions: readonly Condition[] = [],
  measures: readonly Measure[] = [],
): readonly Diagnostic[] {
  if (conditions.length === 0) return [];
  const places = scenarios.map((scenario) => placesOf(scenario, MEASURES));
  const isMet = (some: readonly Condition[], all = places) =>
    scenarios.some((scenario, i) => all[i]!.some(conditionsTest(scenario, some)));
  const refuse = (some: readonly Condition[], message: string, hint: string) =>
    argumentError('--where', conditionsText(some))({ message, hint }).diagnostics;
  const unmet = conditions.filter((one) => !isMet([one]));
  if (unmet.length === 0 && isMet(conditions)) {
    return measures.flatMap((measure) => {
      const own = scenarios.map((scenario) => placesOf(scenario, [measure]));
      if (own.flat().length === 0 || isMet(conditions, own)) return [];
      const hint = `leave out --where, or ${measure} from --measure`;
      return refuse(conditions, `no row of ${measure} meets these conditions`, hint);
    });
  }
  if (unmet.length === 0) {
    return refuse(conditions, 'no row meets all of these conditions', 'leave one of them out');
  }
  return unmet.flatMap((one) => {
    const { dimension, value } = one;
    const names = new Map(scenarios.flatMap((scenario) => namesOf(scenario, dimension)));
    const meant = nearestKey(value, names);
    const message = `no row has the ${dimension} \`${value}\``;
    const hint =
      meant === undefined
        ? `write ${wordsFor(dimension)} with one of ${firstOf(names.keys())}`
        : `write ${dimension}=${meant}`;
    return refuse([one], message, hint);
  });
}

/** The keys of the rows by a dimension, each with its name for people. */
function namesOf(scenario: Scenario, dimension: Condition['dimension']): [string, string][] {
  const { leaves, suppliers, title } = scenario;
  const components = new Map(leaves.map(({ path, name }) => [path, name]));
  const nameOf: Record<typeof dimension, (key: string) => string | undefined> = {
    buyer: () => title,
    component: (key) => components.get(key),
    supplier: (key) => suppliers.get(key)?.name,
  };
  const labelOf = labellerOf(scenario, dimension);
  return placesOf(scenario, MEASURES).map((place) => {
    const key = labelOf(place);
    return [key, nameOf[dimension](key) ?? key];
  });
}

/** Every component with each of its suppliers that has cells of some measures. */
export function placesOf({ components }: Scenario, measures: readonly Measure[]): readonly Place[] {
  const onlyUnits = measures.every((measure) => measure === 'units');
  const leaves = new Set(measures.flatMap((measure) => measuredLeaves(measure, components)));
  return [...leaves].flatMap(({ path, suppliers, prices }) =>
    suppliers
      .filter((_, s) => !onlyUnits || prices[s] !== undefined)
      .map((supplier) => ({ path, supplier })),
  );
}

/** An output without the cells that do not meet the conditions. */
export function outputWhere(
  scenario: Scenario,
  output: Output,
  conditions: readonly Condition[] = [],
): Output {
  if (conditions.length === 0) return output;
  const isKept = conditionsTest(scenario, conditions);
  return {
    ...output,
    text: textWhere(output, conditions),
    holds: (cell) => output.holds(cell) && isKept(cell),
  };
}

/** `servers where supplier=innolight` */
export function textWhere(
  { text, measure }: Pick<Output, 'text' | 'measure'>,
  conditions: readonly Condition[],
): string {
  return `${text || measure} where ${conditionsText(conditions)}`;
}

/** `supplier=innolight, component=servers` */
export function conditionsText(conditions: readonly Condition[]): string {
  return conditions.map(({ dimension, value }) => `${dimension}=${value}`).join(', ');
}
