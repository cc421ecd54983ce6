/** The sides of a comparison: scenarios, or portfolios of several buyers. */
import { groupBy } from '../../core/group.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { sayIn, type Language } from '../../core/text/language.js';
import type { Span } from '../../core/text/source.js';
import type { Projection } from '../../projection/evaluate.js';
import { buyerKey, reportingCurrency, type Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import type { ReportOptions } from '../shared/options.js';
import { byTable, tableId } from '../shared/portfolios.js';
import { notBridgeable } from './bridge.js';

/** A side of a comparison: the forecast of a scenario, or those of the buyers of a portfolio. */
export interface ComparedSide {
  readonly id: string;
  readonly members: readonly [Projection, ...Projection[]];
}

/** Forecasts by side, in the order of the files. */
export function sidesOf(all: readonly Projection[]): readonly ComparedSide[] {
  return byTable(all).map((members) => ({ id: tableId(members[0].scenario), members }));
}

/** The currency in which a side is reported, unless another one is asked for. */
export function currencyOf({ members: [{ scenario }] }: ComparedSide): string {
  return reportingCurrency(scenario).code;
}

/** Whether a side is one scenario, and no portfolio. */
function isScenario({ members: [{ scenario }] }: ComparedSide): boolean {
  return !scenario.buyer;
}

/** A file that is compared: a scenario, or the buyers of a portfolio. */
type ComparedFile = readonly [Scenario, ...Scenario[]];

function filesOf(scenarios: readonly Scenario[]): readonly ComparedFile[] {
  // A scenario that comes twice is two files.
  const fileOf = (one: Scenario): object => one.buyer?.portfolio ?? {};
  return [...groupBy(scenarios, fileOf).values()];
}

function placeOf([{ buyer, tree }]: ComparedFile): Span {
  return buyer?.portfolio.span ?? locate(tree, 'scenario');
}

/** A comparison takes at least two scenarios or portfolios, and a bridge has two ends. */
export function wrongNumber(
  scenarios: readonly Scenario[],
  isBridge: boolean,
): Diagnostic | undefined {
  const files = filesOf(scenarios);
  const refuse = (file: ComparedFile, message: string, hint: string): Diagnostic => {
    return { code: 'not-comparable', severity: 'error', span: placeOf(file), message, hint };
  };
  const [only, , third] = files;
  if (files.length < 2) {
    const noun = only![0].buyer ? 'portfolio' : 'scenario';
    const message = `one ${noun} alone cannot be compared`;
    return refuse(only!, message, `name a second ${noun} file`);
  }
  if (!isBridge || !third) return undefined;
  return refuse(third, 'a bridge takes exactly two scenarios', 'name two scenario files');
}

/**
 * The scenarios under names that tell the sides apart: ids or, where two are states of one scenario or portfolio,
 * the names of their files. A file that comes again is numbered.
 */
export function distinctlyNamed(scenarios: readonly Scenario[]): readonly Scenario[] {
  const files = filesOf(scenarios);
  const ids = new Set(files.map(([first]) => tableId(first)));
  if (ids.size === files.length) return scenarios;
  const names = files.map((file) => placeOf(file).source.name);
  return files.flatMap((file, i) => {
    const before = names.slice(0, i).filter((name) => name === names[i]).length;
    const id = before > 0 ? `${names[i]!} (${before + 1})` : names[i]!;
    const [{ buyer }] = file;
    if (!buyer) return file.map((scenario) => ({ ...scenario, id }));
    const portfolio = { ...buyer.portfolio, id };
    return file.map((one) => ({ ...one, buyer: { key: one.buyer!.key, portfolio } }));
  });
}

/** The forecasts of a buyer on two sides. */
interface BuyerPair {
  readonly a: Projection | undefined;
  readonly b: Projection | undefined;
}

/** Two scenarios; or by buyer, in the order of the first portfolio, then those that only the second one has. */
export function buyerPairs(a: ComparedSide, b: ComparedSide): readonly BuyerPair[] {
  if (isScenario(a) && isScenario(b)) return [{ a: a.members[0], b: b.members[0] }];
  const [left, right] = [a, b].map(({ members }) => {
    return new Map(members.map((one) => [buyerKey(one.scenario), one]));
  }) as [Map<string, Projection>, Map<string, Projection>];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].map((key) => ({ a: left.get(key), b: right.get(key) }));
}

/**
 * Refuses a bridge between portfolios of other buyers, or where a buyer has another currency, window or tree. Sides
 * that are reported in different currencies have no row in common.
 */
export function sidesNotBridgeable(
  a: ComparedSide,
  b: ComparedSide,
  { currency, lang }: Pick<ReportOptions, 'currency'> & { readonly lang?: Language | undefined },
): readonly Diagnostic[] {
  const isOneCurrency = currency !== undefined || currencyOf(a) === currencyOf(b);
  // The currency of a scenario is that of its envelope, which the bridge of a pair needs in common anyway.
  const ofTotals =
    isOneCurrency || (isScenario(a) && isScenario(b)) ? [] : [unlikeTotals(a, b, lang)];
  const ofBuyers = buyerPairs(a, b).flatMap((pair): readonly Diagnostic[] =>
    pair.a && pair.b
      ? notBridgeable(pair.a.scenario, pair.b.scenario, lang)
      : [missingBuyer(pair, a, b, lang)],
  );
  return [...ofTotals, ...ofBuyers];
}

/** The totals of two sides, at least one of them a portfolio, are in different currencies. */
function unlikeTotals(a: ComparedSide, b: ComparedSide, language?: Language): Diagnostic {
  return {
    code: 'not-comparable',
    severity: 'error',
    span: placeOf([b.members[0].scenario]),
    message: sayIn(language)('a bridge needs totals in one currency'),
    ...{ expected: `${a.id}: ${currencyOf(a)}`, found: `${b.id}: ${currencyOf(b)}` },
    hint: 'choose one with `--currency`, or compare them without `--bridge`',
  };
}

/** A buyer that only one of two portfolios has. */
function missingBuyer(
  pair: BuyerPair,
  a: ComparedSide,
  b: ComparedSide,
  language?: Language,
): Diagnostic {
  const { scenario } = (pair.a ?? pair.b)!;
  return {
    code: 'not-comparable',
    severity: 'error',
    span: placeOf([b.members[0].scenario]),
    message: sayIn(language)('a bridge needs two portfolios with the same buyers'),
    found: `only ${pair.a ? a.id : b.id} has ${buyerKey(scenario)}`,
    hint: 'name the same buyers in both, or compare them without `--bridge`',
  };
}
