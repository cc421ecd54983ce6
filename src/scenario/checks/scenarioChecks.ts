/** The checks of a scenario that compare several of its parts, in the order in which they run. */
import { nearest, type Reporter } from '../../core/text/diagnostic.js';
import { checkAgainstEnvelope, type Actuals } from '../../model/actuals.js';
import type { Window } from '../../model/calendar.js';
import type { Ledger } from '../../model/claims.js';
import type { Component } from '../../model/component.js';
import type { Estimate } from '../../model/estimate/estimate.js';
import { amountOf, checkPurchases, type Envelope } from '../../model/estimate/envelope.js';
import { isInCurrency, type Share } from '../../model/input.js';
import { understatedBy } from '../../model/lag.js';
import type { Leaf } from '../../model/leaf.js';
import { estimatesOf, type Mix } from '../../model/estimate/mix.js';
import { checkCorrelations } from '../../model/simulation.js';
import type { Supplier } from '../../model/supplier.js';
import type { Sections } from '../schema/readSections.js';
import { checkClaims } from './claimChecks.js';
import { checkLookAhead } from './lookAhead.js';
import { checkRanges } from './ranges.js';

/** The parts of a scenario that could be resolved; for a part that is missing, the reason is reported. */
export interface ScenarioParts {
  readonly sections: Sections;
  readonly inputs: readonly Share[];
  /** The inputs with something beside their number. */
  readonly remarked: readonly Share[];
  readonly ledger: Ledger;
  readonly estimates: ReadonlyMap<string, Estimate | undefined>;
  readonly window?: Window | undefined;
  readonly envelope?: Envelope | undefined;
  readonly mixes?: readonly Mix[] | undefined;
  readonly actuals?: Actuals;
  /** The section `components`, by key. */
  readonly described?: ReadonlyMap<string, Component | undefined>;
  /** The keys of the components that the mix splits to. */
  readonly used?: readonly string[] | undefined;
  readonly leaves?: readonly Leaf[] | undefined;
  readonly suppliers?: ReadonlyMap<string, Supplier> | undefined;
}

type ScenarioCheck = (parts: ScenarioParts, report: Reporter) => void;

/**
 * What one section says by itself is checked where it is resolved, in `model/`: its shares sum to the
 * whole, its names exist, its periods are covered.
 */
export const SCENARIO_CHECKS: readonly ScenarioCheck[] = [
  checkRanges, // low ≤ value ≤ high, in one currency; a shape has a range; `was` has a parent
  checkEvidence, // a value is what its claim says, and the claim was known on the day
  checkDays, // rates and reported amounts were known on the day
  checkSimulation, // correlations are between inputs that are drawn, and possible together
  checkActuals, // reported amounts do not exceed an envelope that is kept
  checkUnits, // an estimate in units buys something wherever it splits money
  checkUnusedComponents, // every described component is in the mix
  checkUnusedSuppliers, // every described supplier is named by a component or a bill
  checkSupplierRevenue, // reported revenue is in the currency of its supplier
  checkLags, // demand before the window is known where a lag needs it
];

function checkEvidence({ remarked, ledger, sections }: ScenarioParts, report: Reporter): void {
  checkClaims(remarked, ledger, sections.as_of?.value, report);
}

function checkDays(parts: ScenarioParts, report: Reporter): void {
  checkLookAhead(parts, parts.sections.as_of?.value, report);
}

function checkSimulation({ sections, inputs }: ScenarioParts, report: Reporter): void {
  checkCorrelations(sections.simulation ?? {}, inputs, report);
}

function checkActuals({ actuals, envelope }: ScenarioParts, report: Reporter): void {
  const amount = envelope && amountOf(envelope);
  if (actuals && amount) checkAgainstEnvelope(actuals, amount, report);
}

function checkUnits(parts: ScenarioParts, report: Reporter): void {
  const { mixes, envelope, actuals, window } = parts;
  if (!mixes || !envelope || !actuals || !window) return;
  checkPurchases(mixes.map(estimatesOf), envelope, actuals, window, report);
}

function checkUnusedComponents(
  { described, used, estimates }: ScenarioParts,
  report: Reporter,
): void {
  // An estimate that could not be read may be the one that splits to the component.
  if (!described || !used || [...estimates.values()].includes(undefined)) return;
  for (const [key, component] of described) {
    if (!component || used.includes(key)) continue;
    const meant = nearest(key, used);
    const hint =
      meant === undefined ? 'delete it, or add it to the split' : `did you mean \`${meant}\`?`;
    const message = `no estimate in the mix splits to \`${key}\``;
    report.warn('unused', `components.${key}`, { message, hint });
  }
}

/** Suppliers and makers that a leaf or its bill names. */
export function namedSuppliers(leaves: readonly Leaf[]): ReadonlySet<string> {
  return new Set(
    leaves.flatMap(({ suppliers, bill }) => [
      ...suppliers,
      ...(bill?.children ?? []).flatMap((part) => part.suppliers),
    ]),
  );
}

function checkUnusedSuppliers({ sections, leaves }: ScenarioParts, report: Reporter): void {
  if (!leaves) return;
  const named = namedSuppliers(leaves);
  for (const key of sections.suppliers?.keys() ?? []) {
    if (named.has(key)) continue;
    const meant = nearest(key, named);
    report.warn('unused', `suppliers.${key}`, {
      message: `no component and no bill names \`${key}\``,
      hint: meant === undefined ? 'delete it' : `did you mean \`${meant}\`?`,
    });
  }
}

function checkSupplierRevenue({ suppliers }: ScenarioParts, report: Reporter): void {
  for (const { revenue, currency } of suppliers?.values() ?? []) {
    for (const input of revenue.values()) isInCurrency(input, currency, report);
  }
}

function checkLags({ leaves, actuals, window }: ScenarioParts, report: Reporter): void {
  if (!leaves || !actuals || !window) return;
  for (const leaf of leaves) {
    const labels = understatedPeriods(leaf, actuals, window).map((t) => window.periods[t]!.label);
    if (labels.length === 0) continue;
    report.warn('lag-reaches-back', `${leaf.yamlPath}.lag`, {
      message: `revenue of ${leaf.path} is understated in ${labels.join(', ')}`,
      expected: 'demand before the window, part of which becomes revenue in it',
      hint: 'add the reported capex of the periods before the window to `actuals.periods`',
    });
  }
}

/** The periods in which revenue of a leaf is too low: its demand before the window is not known. */
export function understatedPeriods(
  { lag }: Leaf,
  actuals: Actuals,
  { periods }: Window,
): readonly number[] {
  const reported = new Set(actuals.before.map(({ period }) => period));
  return lag ? understatedBy(lag, reported, periods.length) : [];
}
