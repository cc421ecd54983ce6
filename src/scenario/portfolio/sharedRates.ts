/** The exchange rates of a portfolio, quoted in its own currency, as rates of a buyer with another one. */
import type { Currency } from '../../core/number/currency.js';
import { ONE, divide } from '../../core/number/fraction.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import { stepsOf, type PeriodSteps, type Window } from '../../model/calendar.js';
import type { FxText } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import { reporterOf, type ProblemList } from '../reporter.js';
import type { Scenario } from '../scenario.js';
import {
  findNode,
  locateKey,
  rebase,
  type MapEntry,
  type MapNode,
  type TreeNode,
} from '../tree.js';
import type { ReadPortfolio } from './readPortfolio.js';

/** The rates of a portfolio by currency; its own has none. */
interface Rates {
  readonly base: ReadonlyMap<string, Input>;
  readonly path: ReadonlyMap<string, PeriodSteps<Input>>;
}

/** A portfolio has no fiscal year: the periods of its rates are those of the calendar. */
const CALENDAR = {
  ...{ calendar: { endMonth: 12, unit: 'month' }, periods: [], years: [] },
  ...{ start: 0, end: Infinity },
} as const satisfies Window;

function ratesOf({ base, path }: FxText, report: Reporter): Rates {
  const steps = [...(path ?? [])].map(
    ([code, values]) => [code, stepsOf(values, `fx.path.${code}`, CALENDAR, report)] as const,
  );
  return { base: base ?? new Map(), path: new Map(steps) };
}

/**
 * The section `fx` of a portfolio for one of its scenarios: the rate of a currency is its rate in the portfolio ÷
 * that of the scenario's currency, base and path alike.
 *
 * @param buyer its key
 * @returns nothing, and an error, if the portfolio has no rate of the scenario's currency
 */
export function sharedRates(
  { window, currency: own, tree: scenarioTree }: Scenario,
  buyer: string,
  { tree, fx, currency }: ReadPortfolio,
  problems: ProblemList,
): TreeNode | undefined {
  const rates = ratesOf(fx!, reporterOf(tree, problems));
  const whole: Quotation = { rates, tree, currency };
  const codes = new Set([...rates.base.keys(), ...rates.path.keys()]);
  if (own.code !== currency.code && !codes.has(own.code)) {
    problems.error(
      'rate-missing',
      locateKey(tree, 'fx'),
      {
        message: `no rate of ${currency.code} per ${own.code}, the currency of the buyer \`${buyer}\``,
        hint: `add fx: { base: { ${own.code}: … } }`,
      },
      { span: locateKey(scenarioTree, 'currency'), message: `the envelope is in ${own.code}` },
    );
    return undefined;
  }
  const foreign = [...codes, currency.code].filter((code) => code !== own.code);
  const sections = {
    closure: findNode(tree, ['fx', 'closure']),
    base: mapOf(whole, foreign, (code) => rateNode(whole, code, own, undefined, `fx.base.${code}`)),
    path: mapOf(whole, foreign, (code) => pathNode(whole, code, own, window)),
  };
  const key = locateKey(tree, 'fx');
  const entries = Object.entries(sections).flatMap(([name, node]): [string, MapEntry][] =>
    node ? [[name, { key, node }]] : [],
  );
  return { kind: 'map', entries: new Map(entries), span: key };
}

/** The rates of a portfolio, and in what they are quoted. */
interface Quotation {
  readonly rates: Rates;
  readonly tree: MapNode;
  readonly currency: Currency;
}

function mapOf(
  { tree }: Quotation,
  codes: readonly string[],
  nodeOf: (code: string) => TreeNode | undefined,
): MapNode | undefined {
  const key = locateKey(tree, 'fx');
  const entries = codes.flatMap((code): [string, MapEntry][] => {
    const node = nodeOf(code);
    return node ? [[code, { key: node.span, node }]] : [];
  });
  return entries.length > 0 ? { kind: 'map', entries: new Map(entries), span: key } : undefined;
}

/** The path of a rate by the periods of a scenario; nothing where neither currency has a path. */
function pathNode(
  whole: Quotation,
  code: string,
  own: Currency,
  { periods }: Window,
): TreeNode | undefined {
  const { path } = whole.rates;
  if (!path.has(code) && !path.has(own.code)) return undefined;
  const at = `fx.path.${code}`;
  const inputs = periods.map(({ start }) =>
    [code, own.code].map((one) => inputAt(whole, one, start)),
  );
  const entries = periods.flatMap(({ start, label }, t): [string, MapEntry][] => {
    const isSame = t > 0 && inputs[t]!.every((input, i) => input === inputs[t - 1]![i]);
    const node = isSame ? undefined : rateNode(whole, code, own, start, `${at}.${label}`);
    return node ? [[label, { key: node.span, node }]] : [];
  });
  const [first] = entries;
  if (entries.length === 1 && first![0] === periods[0]!.label) return rebase(first![1].node, at);
  return { kind: 'map', entries: new Map(entries), span: locateKey(whole.tree, at) };
}

/** The rate of the portfolio in a month; its base rate where there is no month, or no path. */
function inputAt({ rates }: Quotation, code: string, month: number | undefined): Input | undefined {
  const onPath = month === undefined ? undefined : rates.path.get(code)?.(month);
  return onPath ?? rates.base.get(code);
}

/** One rate for a scenario: as the portfolio writes it, or the quotient of two, which is exact. */
function rateNode(
  whole: Quotation,
  code: string,
  own: Currency,
  month: number | undefined,
  path: string,
): TreeNode | undefined {
  const { tree, currency } = whole;
  const above = inputAt(whole, code, month);
  if (own.code === currency.code)
    return above && rebase(findNode(tree, above.path.split('.'))!, path);
  const below = inputAt(whole, own.code, month);
  if (!below || (!above && code !== currency.code)) return undefined;
  const { span } = above ?? below;
  const words = above
    ? `${code} ${above.text} ÷ ${own.code} ${below.text}`
    : `1 ÷ ${own.code} ${below.text}`;
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
