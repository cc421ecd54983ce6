/** Sections → Scenario: resolves names, fills in defaults, and checks what the parts say together. */
import type { Currency } from '../core/number/currency.js';
import type { DiagnosticCode, Reporter } from '../core/text/diagnostic.js';
import { NO_ACTUALS, actualsOf, type Actuals, type ActualsText } from '../model/actuals.js';
import { windowOf, type Window } from '../model/calendar.js';
import { checkOf, type Check } from '../model/checks.js';
import type { Ledger } from '../model/claims.js';
import { componentOf, leavesOf, type Component } from '../model/component.js';
import type { ModelContext } from '../model/context.js';
import { checkBesideUnits, envelopeOf, type Envelope } from '../model/estimate/envelope.js';
import { estimateOf, type Estimate, type EstimateText } from '../model/estimate/estimate.js';
import { NO_FX, fxOf, type Fx } from '../model/fx.js';
import { isInCurrency, withRemarks, type Share } from '../model/input.js';
import type { Leaf } from '../model/leaf.js';
import { componentsOf, estimatesOf, mixOf, type Mix } from '../model/estimate/mix.js';
import { phasingOf, type Phasing } from '../model/phasing.js';
import { correlationsOf } from '../model/simulation.js';
import { supplierOf, type Supplier } from '../model/supplier.js';
import { isInUnits } from '../model/estimate/unitEstimate.js';
import {
  SCENARIO_CHECKS,
  namedSuppliers,
  understatedPeriods,
  type ScenarioParts,
} from './checks/scenarioChecks.js';
import { ledgerPaths } from './checks/ledgers.js';
import type { Scenario } from './scenario.js';
import type { Sections } from './schema/readSections.js';
import { scalarPaths, type MapNode } from './tree.js';

/** A reporter that drops the errors and warnings that follow from sections that could not be read. */
export function withoutFollowOns(sections: Sections, tree: MapNode, report: Reporter): Reporter {
  const unread = [...tree.entries.keys()].filter((key) =>
    isUnread(sections[key as keyof Sections]),
  );
  const followOns = new Set<DiagnosticCode>();
  if (unread.includes('fx')) followOns.add('rate-missing');
  if (unread.includes('evidence')) followOns.add('evidence-unlisted');
  if (unread.includes('actuals')) followOns.add('lag-reaches-back');
  if (unread.length > 0) followOns.add('path-unknown');
  const unlessFollowOn =
    (reportProblem: Reporter['error']): Reporter['error'] =>
    (code, path, problem, part) => {
      if (!followOns.has(code)) reportProblem(code, path, problem, part);
    };
  return { error: unlessFollowOn(report.error), warn: unlessFollowOn(report.warn) };
}

/** Whether a section, or one of its entries, could not be read; the reason is already reported. */
function isUnread(section: unknown): boolean {
  return (
    section === undefined || (section instanceof Map && [...section.values()].includes(undefined))
  );
}

/**
 * Resolves the sections that could be read. Every section is resolved, whatever is wrong with the others,
 * so that all problems are reported at once.
 *
 * @returns nothing if a section is missing or wrong
 */
export function resolve(
  sections: Sections,
  tree: MapNode,
  ledger: Ledger,
  reporter: Reporter,
): Omit<Scenario, 'set' | 'files' | 'ledgerTree'> | undefined {
  const report = withoutFollowOns(sections, tree, reporter);
  const parts = resolveParts(sections, collectInputs(sections, tree), ledger, report);
  for (const check of SCENARIO_CHECKS) check(parts, report);
  return scenarioOf(parts, tree);
}

/** The parts of a scenario, each of them missing if it could not be resolved. */
interface ResolvedParts extends ScenarioParts {
  readonly checks: readonly Check[];
  readonly phasing?: Phasing | undefined;
  readonly fx?: Fx;
  readonly components?: readonly Component[] | undefined;
}

function resolveParts(
  sections: Sections,
  inputs: readonly Share[],
  ledger: Ledger,
  report: Reporter,
): ResolvedParts {
  const currency = sections.currency?.value;
  const window = sections.calendar && windowOf(sections.calendar, report);
  const components = sections.components ?? new Map<string, undefined>();
  const split = new Set([...(sections.estimates?.values() ?? [])].flatMap(splitKeys));
  const around = { window, components, split, report };
  const estimates = mapEntries(sections.estimates, (name, text) => estimateOf(name, text, around));
  const checks = mapEntries(sections.checks, (name, text) => checkOf(name, text, report));
  const envelope = sections.envelope && envelopeOf(sections.envelope, currency, estimates, report);
  const parts = {
    ...{ sections, inputs, remarked: withRemarks(inputs), ledger, window, estimates, envelope },
    checks: [...checks.values()].filter((check) => check !== undefined),
  };
  if (!window || !currency) return parts;
  const context = { window, envelope: currency, report };
  return { ...parts, ...resolvePlan(sections, estimates, envelope, context) };
}

/** The components to which an estimate splits money. */
function splitKeys(text: EstimateText | undefined): readonly string[] {
  return [...(text?.split?.keys() ?? [])];
}

/** The parts that need the window and the currency of the envelope. */
function resolvePlan(
  sections: Sections,
  estimates: ReadonlyMap<string, Estimate | undefined>,
  envelope: Envelope | undefined,
  { window, envelope: currency, report }: Omit<ModelContext, 'fx'>,
): Partial<ResolvedParts> {
  const followsUnits = sections.envelope?.kind === 'units';
  const written = sections.actuals
    ? actualsOf(ownActuals(sections.actuals, currency, report), window, report)
    : NO_ACTUALS;
  const rates = sections.fx ? fxOf(sections.fx, currency, window, report) : NO_FX;
  const fx: Fx = followsUnits ? { ...rates, closure: 'volume' } : rates;
  const actuals: Actuals = followsUnits ? { ...written, reforecast: 'keep-phasing' } : written;
  const { phasing, mixes } = followsUnits
    ? splitByUnits(sections, envelope, window, report)
    : plannedSplit(sections, estimates, window, report);
  const around: ModelContext = { window, fx, envelope: currency, report };
  const described = mapEntries(sections.components, (key, text) => componentOf(key, text, around));
  const used = mixes && componentsOf(mixes);
  const all = used?.map((key) =>
    described.has(key) ? described.get(key) : componentOf(key, undefined, around),
  );
  const components = all?.every((component) => component !== undefined) ? all : undefined;
  const leaves = components?.flatMap(leavesOf);
  const suppliers = leaves && suppliersOf(sections, leaves, currency);
  return { phasing, actuals, mixes, fx, described, used, components, leaves, suppliers };
}

/** How the envelope is spread over periods and components. */
type PlannedSplit = Pick<ResolvedParts, 'phasing' | 'mixes'>;

function plannedSplit(
  sections: Sections,
  estimates: ReadonlyMap<string, Estimate | undefined>,
  window: Window,
  report: Reporter,
): PlannedSplit {
  const phasing = sections.phasing && phasingOf(sections.phasing, window, report);
  const mixes =
    sections.mix && sections.estimates && mixOf(sections.mix, estimates, window, report);
  return { phasing, mixes };
}

/** Where the envelope follows from units, its estimate is the mix of every period. */
function splitByUnits(
  { phasing, mix, fx, actuals }: Sections,
  envelope: Envelope | undefined,
  window: Window,
  report: Reporter,
): PlannedSplit {
  const closure = fx?.closure?.value;
  const reforecast = actuals?.reforecast?.value;
  const beside = { phasing: phasing !== undefined, mix: mix !== undefined, closure, reforecast };
  checkBesideUnits(beside, report);
  if (!envelope || !isInUnits(envelope)) return {};
  const choice: Mix = { kind: 'estimate', estimate: envelope };
  return { phasing: { kind: 'units' }, mixes: window.periods.map(() => choice) };
}

/** Maps the entries that could be read; the others stay without a value. */
function mapEntries<T, U>(
  entries: ReadonlyMap<string, T | undefined> | undefined,
  map: (key: string, text: T) => U | undefined,
): ReadonlyMap<string, U | undefined> {
  return new Map([...(entries ?? [])].map(([key, text]) => [key, text && map(key, text)]));
}

/** The scenario, if no part is missing. */
function scenarioOf(
  parts: ResolvedParts,
  tree: MapNode,
): Omit<Scenario, 'set' | 'files' | 'ledgerTree'> | undefined {
  const { sections, inputs, ledger, checks } = parts;
  const { window, envelope, actuals, fx, phasing, mixes, components, leaves, suppliers } = parts;
  const { scenario, currency } = sections;
  const used = new Set(mixes?.flatMap(estimatesOf));
  const split = new Set(components);
  const unused = [...parts.estimates.values()].filter((one) => one !== undefined && !used.has(one));
  if (!scenario || !currency || !window || !envelope || !actuals || !fx) return undefined;
  if (!phasing || !mixes || !components || !leaves || !suppliers) return undefined;
  return {
    id: scenario.value,
    title: sections.title?.value ?? scenario.value,
    asOf: sections.as_of?.value,
    evidence: ledgerPaths(sections.evidence).map(({ value }) => value),
    currency: currency.value,
    ...{ window, envelope, phasing, actuals, mixes, components, leaves, fx, suppliers, checks },
    unusedEstimates: unused as readonly Estimate[],
    unusedComponents: [...(parts.described?.values() ?? [])].filter(
      (one) => one !== undefined && !split.has(one),
    ) as readonly Component[],
    correlations: correlationsOf(sections.simulation ?? {}),
    ...{ inputs, ledger, tree },
    understated: new Set(leaves.flatMap((leaf) => understatedPeriods(leaf, actuals, window))),
  };
}

/** Every input of the sections and every `rest`, in the order of the file. */
export function collectInputs(sections: object, tree: MapNode): readonly Share[] {
  const found: Share[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('attributes' in value) found.push(value as Share);
    else if (value instanceof Map || Array.isArray(value)) value.forEach(visit);
    else if (!('span' in value)) Object.values(value).forEach(visit);
  };
  visit(sections);
  const paths = scalarPaths(tree);
  if (areInOrder(found, paths)) return found;
  const order = new Map(paths.map((path, i) => [path, i]));
  const rankOf = ({ path }: Share) => order.get(path) ?? order.get(`${path}.value`) ?? order.size;
  const ranked = found.map((share) => ({ share, rank: rankOf(share) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ share }) => share);
}

/** Whether inputs stand in the order of the paths, among which is that of each. */
function areInOrder(inputs: readonly Share[], paths: readonly string[]): boolean {
  let next = 0;
  for (const path of paths) {
    const share = inputs[next];
    if (share && (share.path === path || `${share.path}.value` === path)) next++;
  }
  return next === inputs.length;
}

/** Actuals with only the amounts that are in the currency of the envelope; others are reported. */
export function ownActuals(text: ActualsText, currency: Currency, report: Reporter): ActualsText {
  const periods = [...text.periods].filter(([, input]) => isInCurrency(input, currency, report));
  return { ...text, periods: new Map(periods) };
}

/** Suppliers and makers in the order of the leaves that name them, then those that only the file describes. */
function suppliersOf(
  { suppliers: texts = new Map() }: Sections,
  leaves: readonly Leaf[],
  currency: Currency,
): ReadonlyMap<string, Supplier> {
  const keys = new Set([...namedSuppliers(leaves), ...texts.keys()]);
  return new Map([...keys].map((key) => [key, supplierOf(key, texts.get(key), currency)]));
}
