/** Sections → Scenario: names are resolved, periods laid out, sums checked, defaults filled. */
import type { Currency } from '../core/number/currency.js';
import { nearest, type Reporter } from '../core/text/diagnostic.js';
import { actualsOf, checkAgainstEnvelope, NO_ACTUALS, type ActualsText } from '../model/actuals.js';
import { windowOf, type Window } from '../model/calendar.js';
import { checkOf } from '../model/checks.js';
import { componentOf, leavesOf, type Component } from '../model/component.js';
import type { Leaf } from '../model/leaf.js';
import { estimateOf, type Estimate } from '../model/estimate.js';
import type { Ledger } from '../model/claims.js';
import { fxOf, NO_FX } from '../model/fx.js';
import type { Input, Share } from '../model/input.js';
import { understatedBy } from '../model/lag.js';
import { componentsOf, mixOf } from '../model/mix.js';
import { phasingOf } from '../model/phasing.js';
import { checkCorrelations, correlationsOf } from '../model/simulation.js';
import { supplierOf, type Supplier } from '../model/supplier.js';
import { withoutFollowOns } from './checks/followOnErrors.js';
import { checkClaims } from './checks/claimChecks.js';
import { checkRanges } from './checks/ranges.js';
import type { Sections } from './schema/readSections.js';
import type { Scenario } from './scenario.js';
import { scalarPaths, type MapNode } from './tree.js';

/**
 * The meaning of the sections that could be read. Every section is looked at, whatever is wrong with
 * the others, so that all problems are reported at once.
 *
 * @returns nothing where a section is missing or wrong; the report says why
 */
export function resolve(
  sections: Sections,
  tree: MapNode,
  ledger: Ledger,
  every: Reporter,
): Omit<Scenario, 'set' | 'files'> | undefined {
  const report = withoutFollowOns(sections, tree, every);
  const currency = sections.currency?.value;
  const window = sections.calendar && windowOf(sections.calendar, report);
  const inputs = collectInputs(sections, tree);
  checkRanges(inputs, report);
  checkClaims(inputs, ledger, sections.as_of?.value, report);
  checkCorrelations(sections.simulation ?? {}, new Set(inputs.map(({ path }) => path)), report);
  const estimates = new Map(
    [...(sections.estimates ?? [])].map(
      ([name, text]) => [name, text && estimateOf(name, text, report)] as const,
    ),
  );
  const checks = [...(sections.checks ?? [])].flatMap(
    ([name, text]) => (text && checkOf(name, text, report)) ?? [],
  );
  const envelope = sections.envelope && inCurrency(sections.envelope, currency, report);
  if (!window || !currency) return undefined;

  const phasing = sections.phasing && phasingOf(sections.phasing, window, report);
  const actuals = sections.actuals
    ? actualsOf(ownActuals(sections.actuals, currency, report), window, report)
    : NO_ACTUALS;
  if (envelope) checkAgainstEnvelope(actuals, envelope, report);
  const mixes =
    sections.mix && sections.estimates && mixOf(sections.mix, estimates, window, report);
  const fx = sections.fx ? fxOf(sections.fx, currency, window, report) : NO_FX;
  const around = { window, fx, envelope: currency, report };
  const described = sections.components ?? new Map<string, undefined>();
  const known = new Map(
    [...described].map(([key, text]) => [key, text && componentOf(key, text, around)] as const),
  );
  const used = mixes && componentsOf(mixes);
  if (used) reportUnusedComponents(known, used, estimates, report);
  const components = used?.map((key) =>
    known.has(key) ? known.get(key) : componentOf(key, undefined, around),
  );
  if (!components?.every((component) => component !== undefined)) return undefined;

  const leaves = components.flatMap(leavesOf);
  const suppliers = suppliersOf(sections, leaves, currency, report);
  const before = new Set(actuals.before.map(({ period }) => period));
  const understated = understatedPeriods(leaves, before, window, report);
  if (!sections.scenario || !envelope || !phasing || !mixes) return undefined;
  return {
    id: sections.scenario.value,
    title: sections.title?.value ?? sections.scenario.value,
    asOf: sections.as_of?.value,
    evidence: (sections.evidence ?? []).map(({ value }) => value),
    ...{ currency, window, envelope, phasing, actuals, mixes, components, leaves, fx, suppliers },
    checks,
    correlations: correlationsOf(sections.simulation ?? {}),
    ...{ inputs, ledger, tree, understated },
  };
}

/** Every input of the sections and every `rest`, in the order of the file. */
function collectInputs(sections: Sections, tree: MapNode): readonly Share[] {
  const found: Share[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('attributes' in value) found.push(value as Share);
    else if (value instanceof Map || Array.isArray(value)) [...value.values()].forEach(visit);
    else if (!('span' in value)) Object.values(value).forEach(visit);
  };
  visit(sections);
  const order = new Map(scalarPaths(tree).map((path, index) => [path, index]));
  const rank = ({ path }: Share) => order.get(path) ?? order.get(`${path}.value`) ?? order.size;
  return found.sort((a, b) => rank(a) - rank(b));
}

/** An amount that has to be in a currency; nothing where it is in another. */
function inCurrency(
  input: Input,
  currency: Currency | undefined,
  report: Reporter,
): Input | undefined {
  if (!currency || input.currency?.code === currency.code) return input;
  report.error('currency-mismatch', input.path, {
    message: `\`${input.text}\` is not in ${currency.code}`,
    expected: `an amount in ${currency.code}`,
    hint: `convert it at a rate that you can name, and write an amount in ${currency.code}`,
  });
  return undefined;
}

/** Only the amounts that are in the currency of the envelope; the others are told. */
export function ownActuals(text: ActualsText, currency: Currency, report: Reporter): ActualsText {
  const periods = [...text.periods].filter(([, input]) => inCurrency(input, currency, report));
  return { ...text, periods: new Map(periods) };
}

function reportUnusedComponents(
  described: ReadonlyMap<string, Component | undefined>,
  used: readonly string[],
  estimates: ReadonlyMap<string, Estimate | undefined>,
  report: Reporter,
): void {
  if ([...estimates.values()].includes(undefined)) return;
  const isUsed = new Set(used);
  for (const [key, component] of described) {
    if (!component || isUsed.has(key)) continue;
    const meant = nearest(key, used);
    report.warn('unused', `components.${key}`, {
      message: `no used estimate splits to \`${key}\``,
      hint:
        meant === undefined ? 'delete it, or add it to the split' : `did you mean \`${meant}\`?`,
    });
  }
}

/** Suppliers and makers in the order of the leaves that name them, then those that are only described. */
function suppliersOf(
  { suppliers: texts = new Map() }: Sections,
  leaves: readonly Leaf[],
  currency: Currency,
  report: Reporter,
): ReadonlyMap<string, Supplier> {
  const used = new Set(
    leaves.flatMap(({ suppliers, bill }) => [
      ...suppliers,
      ...(bill?.children ?? []).flatMap((part) => part.suppliers),
    ]),
  );
  for (const key of texts.keys()) {
    if (used.has(key)) continue;
    const meant = nearest(key, used);
    report.warn('unused', `suppliers.${key}`, {
      message: `no component, and no bill, names \`${key}\``,
      hint: meant === undefined ? 'delete it' : `did you mean \`${meant}\`?`,
    });
  }
  const suppliers = new Map<string, Supplier>();
  for (const key of new Set([...used, ...texts.keys()])) {
    const supplier = supplierOf(key, texts.get(key), currency);
    supplier.revenue.forEach((input) => inCurrency(input, supplier.currency, report));
    suppliers.set(key, supplier);
  }
  return suppliers;
}

/** Periods whose revenue misses what was spent before the window; each lag that does it is told. */
function understatedPeriods(
  leaves: readonly Leaf[],
  reportedBefore: ReadonlySet<number>,
  window: Window,
  report: Reporter,
): ReadonlySet<number> {
  const all = new Set<number>();
  for (const { lag, at, path } of leaves) {
    const periods = lag ? understatedBy(lag, reportedBefore, window.periods.length) : [];
    if (periods.length === 0) continue;
    periods.forEach((t) => all.add(t));
    const labels = periods.map((t) => window.periods[t]!.label);
    report.warn('lag-reaches-back', `${at}.lag`, {
      message: `revenue of ${path} is understated in ${labels.join(', ')}`,
      expected: 'demand before the window, which its lag brings in',
      hint: 'add the reported capex of the periods before the window to `actuals.periods`',
    });
  }
  return all;
}
