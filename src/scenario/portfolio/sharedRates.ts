/** The exchange rates of a portfolio, quoted in its own currency, as rates of a buyer with another one. */
import { groupBy } from '../../core/group.js';
import type { Currency } from '../../core/number/currency.js';
import { ONE, divide } from '../../core/number/fraction.js';
import { monthsOf, readPeriodKey } from '../../core/period.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import { windowOf, type Window } from '../../model/calendar.js';
import { fxOf, type FxText } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import type { Portfolio, PortfolioRates } from '../../model/portfolio.js';
import { problemList, reporterOf, type ProblemList } from '../reporter.js';
import type { Scenario } from '../scenario.js';
import type { Sections } from '../schema/readSections.js';
import {
  findNode,
  locateKey,
  rebase,
  type MapEntry,
  type MapNode,
  type TreeNode,
} from '../tree.js';

/** A portfolio has no fiscal year: the periods of its rates are those of the calendar. */
export const CALENDAR = {
  ...{ calendar: { endMonth: 12, unit: 'month' }, periods: [], years: [] },
  ...{ start: 0, end: Infinity },
} as const satisfies Window;

/** The first month of a key of a portfolio's rates, from the year 0. */
export function firstMonthOf(key: string): number {
  return monthsOf(readPeriodKey(key)!, CALENDAR.calendar).start;
}

/** The rates that a portfolio gives; none of its own currency. */
export function ratesOf(text: FxText, own: Currency, report: Reporter): PortfolioRates {
  const { base, path } = fxOf(text, own, CALENDAR, report, 'the portfolio');
  return { base, path };
}

/** A rate of a buyer: the quotient of two rates of its portfolio, of which one that is missing counts as 1. */
export interface SharedRate {
  /** Its path in the scenario of the buyer. */
  readonly path: string;
  readonly above: Input | undefined;
  /** The rate of the buyer's currency; nothing where that is the currency of the portfolio. */
  readonly below: Input | undefined;
}

/** The currencies and the calendar of a buyer, and the rates of its portfolio. */
type RateSources = Pick<Scenario, 'window' | 'currency'> & {
  readonly portfolio: Pick<Portfolio, 'currency'> & { readonly rates: PortfolioRates };
};

/** Every rate of a buyer: the rate of a currency in the portfolio ÷ that of the buyer's, base and path alike. */
export function sharedRatesOf(sources: RateSources): readonly SharedRate[] {
  const { currency: own, portfolio } = sources;
  const { base, path } = portfolio.rates;
  const codes = new Set([...base.keys(), ...path.keys(), portfolio.currency.code]);
  const foreign = [...codes].filter((code) => code !== own.code);
  return [
    ...foreign.flatMap((code) => rateIn(sources, code, undefined, `fx.base.${code}`) ?? []),
    ...foreign.flatMap((code) => pathOf(sources, code)),
  ];
}

/** The path of a rate by the periods of a buyer; nothing where neither currency has a path. */
function pathOf(sources: RateSources, code: string): readonly SharedRate[] {
  const { window, currency, portfolio } = sources;
  const { path } = portfolio.rates;
  if (!path.has(code) && !path.has(currency.code)) return [];
  const at = `fx.path.${code}`;
  const all = window.periods.map(({ start, label }) =>
    rateIn(sources, code, start, `${at}.${label}`),
  );
  const steps = all.filter(
    (one, t) => one?.above !== all[t - 1]?.above || one?.below !== all[t - 1]?.below,
  );
  const [first] = steps;
  if (steps.length === 1 && first === all[0] && first) return [{ ...first, path: at }];
  return steps.filter((one) => one !== undefined);
}

/** One rate of a buyer; nothing where the portfolio lacks a rate for it. */
function rateIn(
  { currency: own, portfolio }: RateSources,
  code: string,
  month: number | undefined,
  path: string,
): SharedRate | undefined {
  const { rates, currency } = portfolio;
  const above = inputAt(rates, code, month);
  if (own.code === currency.code) return above && { path, above, below: undefined };
  const below = inputAt(rates, own.code, month);
  return below && (above || code === currency.code) ? { path, above, below } : undefined;
}

/** The rate of the portfolio in a month; its base rate where there is no month, or no path. */
function inputAt(
  { base, path }: PortfolioRates,
  code: string,
  month: number | undefined,
): Input | undefined {
  const onPath = month === undefined ? undefined : path.get(code)?.(month);
  return onPath ?? base.get(code);
}

/** A scenario before it is resolved: its tree, and what that says by itself. */
export interface OwnScenario {
  /** Of the buyer. */
  readonly key: string;
  readonly tree: MapNode;
  readonly sections: Sections;
}

/**
 * The section `fx` of a portfolio for one of its scenarios.
 *
 * @param buyer its key
 * @returns nothing where the portfolio gives no rates, or the scenario no currency or calendar; nothing, and an
 *   error, if the portfolio has no rate of the scenario's currency
 */
export function sharedRates(
  { key: buyer, tree: scenario, sections }: OwnScenario,
  { tree, portfolio }: { readonly tree: MapNode; readonly portfolio: Portfolio },
  problems: ProblemList,
): TreeNode | undefined {
  const own = sections.currency?.value;
  // What is wrong with a calendar is reported where the scenario is resolved.
  const window =
    sections.calendar && windowOf(sections.calendar, reporterOf(scenario, problemList()));
  const { rates, currency } = portfolio;
  if (!own || !window || !rates) return undefined;
  if (own.code !== currency.code && !rates.base.has(own.code) && !rates.path.has(own.code)) {
    problems.error(
      'rate-missing',
      locateKey(tree, 'fx'),
      {
        message: `no rate of ${currency.code} per ${own.code}, the currency of the buyer \`${buyer}\``,
        hint: `add fx: { base: { ${own.code}: … } }`,
      },
      { span: locateKey(scenario, 'currency'), message: `the envelope is in ${own.code}` },
    );
    return undefined;
  }
  const all = sharedRatesOf({ window, currency: own, portfolio: { rates, currency } });
  const closure = findNode(tree, ['fx', 'closure']);
  const { entries, ...map } = treeOf(tree, all, ['fx']);
  const key = locateKey(tree, 'fx');
  return {
    ...map,
    entries: closure ? new Map([['closure', { key, node: closure }], ...entries]) : entries,
  };
}

/** Rates below a key of the section as a tree. */
function treeOf(tree: MapNode, rates: readonly SharedRate[], above: readonly string[]): MapNode {
  const keysOf = ({ path }: SharedRate) => path.split('.');
  const depth = above.length;
  const entries = [...groupBy(rates, (rate) => keysOf(rate)[depth]!)].map(
    ([key, own]): [string, MapEntry] => {
      const isRate = keysOf(own[0]).length === depth + 1;
      const node = isRate ? rateNode(tree, own[0]) : treeOf(tree, own, [...above, key]);
      return [key, { key: node.span, node }];
    },
  );
  return { kind: 'map', entries: new Map(entries), span: locateKey(tree, above.join('.')) };
}

/** One rate for a scenario: as the portfolio writes it, or the quotient of two, which is exact. */
function rateNode(tree: MapNode, { path, above, below }: SharedRate): TreeNode {
  if (!below) return rebase(findNode(tree, above!.path.split('.'))!, path);
  const { span } = above ?? below;
  const codeOf = (input: Input) => input.path.split('.')[2]!;
  const words = above
    ? `${codeOf(above)} ${above.text} ÷ ${codeOf(below)} ${below.text}`
    : `1 ÷ ${codeOf(below)} ${below.text}`;
  const entries = {
    value: quotientText(above, below),
    assumption: `${words}, rates of the portfolio`,
  };
  return {
    kind: 'map',
    span,
    entries: new Map(
      Object.entries(entries).map(([key, text]): [string, MapEntry] => [
        key,
        { key: span, node: { kind: 'scalar', text, span, path: `${path}.${key}` } },
      ]),
    ),
  };
}

/** `7.1717/7.85` */
function quotientText(above: Input | undefined, below: Input): string {
  const texts = [above?.text ?? '1', below.text];
  if (!texts.some((text) => text.includes('/'))) return texts.join('/');
  const { n, d } = divide(above?.value ?? ONE, below.value);
  return `${n}/${d}`;
}
