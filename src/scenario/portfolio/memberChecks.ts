/** What the buyers of a portfolio have to agree on: who a supplier is, and the rates of one month. */
import { printAmount } from '../../core/number/literal.js';
import { ONE, compare, divide } from '../../core/number/fraction.js';
import { monthLabel, monthsIn } from '../../core/period.js';
import { printPlace } from '../../core/text/source.js';
import { rateAt } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import type { Supplier } from '../../model/supplier.js';
import type { ProblemList } from '../reporter.js';
import { buyerKey, type Scenario } from '../scenario.js';
import { findNode, locate } from '../tree.js';

/** An error for each supplier that two buyers describe differently. */
export function checkSuppliers(members: readonly Scenario[], problems: ProblemList): void {
  const described = new Map<string, Scenario>();
  for (const member of members) {
    for (const key of member.suppliers.keys()) {
      if (isDescribed(member, key) && !described.has(key)) described.set(key, member);
    }
  }
  for (const [key, first] of described) {
    const other = members.find((one) => differenceOf(key, first, one) !== undefined);
    if (!other) continue;
    const { path, attribute, values } = differenceOf(key, first, other)!;
    const [one, two] = [buyerKey(first), buyerKey(other)];
    problems.error(
      'supplier-differs',
      placeOf(first, path),
      {
        message: `the supplier \`${key}\` has the ${attribute} ${values[0]} for ${one}, and ${values[1]} for ${two}`,
        hint: `describe it once in the portfolio: suppliers: { ${key}: … }`,
      },
      { span: placeOf(other, path), message: `for ${two}` },
    );
  }
}

function isDescribed({ tree }: Scenario, key: string): boolean {
  return findNode(tree, ['suppliers', key]) !== undefined;
}

/** The place of what is said of a supplier, or of the components, one of which names it. */
function placeOf({ tree }: Scenario, path: string) {
  const [section, key] = path.split('.');
  return locate(tree, findNode(tree, [section!, key!]) ? path : 'components');
}

/** What two descriptions of a supplier say differently. */
interface Difference {
  readonly path: string;
  readonly attribute: string;
  readonly values: readonly [string, string];
}

/** Where a scenario says nothing of a supplier, the currency and the year that it then has count. */
function differenceOf(key: string, a: Scenario, b: Scenario): Difference | undefined {
  const [one, other] = [a.suppliers.get(key), b.suppliers.get(key)];
  if (!one || !other) return undefined;
  const all = isDescribed(b, key) ? [...ATTRIBUTES, ...revenueOf(one, other)] : DEFAULTED;
  return all
    .map(({ path, attribute, of }): Difference => {
      return { path: `suppliers.${key}.${path}`, attribute, values: [of(one), of(other)] };
    })
    .find(({ values: [x, y] }) => x !== y);
}

interface Attribute {
  readonly path: string;
  readonly attribute: string;
  readonly of: (supplier: Supplier) => string;
}

/** What a supplier has also where nothing is said of it. */
const DEFAULTED: readonly Attribute[] = [
  { path: 'currency', attribute: 'currency', of: ({ currency }) => currency.code },
  {
    path: 'fiscal_year_ends',
    attribute: 'last month of the year',
    of: ({ yearEndMonth }) => String(yearEndMonth),
  },
];

const ATTRIBUTES: readonly Attribute[] = [
  { path: 'name', attribute: 'name', of: ({ name }) => name },
  ...DEFAULTED,
];

/** The revenue of the years that both report. */
function revenueOf(a: Supplier, b: Supplier): readonly Attribute[] {
  return [...a.revenue.keys()]
    .filter((year) => b.revenue.has(year))
    .map((year) => ({
      path: `revenue.${year}`,
      attribute: `revenue of ${year}`,
      of: ({ revenue }) => printAmountOf(revenue.get(year)!),
    }));
}

/** An amount of money in one spelling. */
function printAmountOf({ value, currency }: Input): string {
  return printAmount(value.n, currency!);
}

/** A rate in a month, in the direction in which its pair is written. */
interface MonthRate {
  readonly member: Scenario;
  readonly input: Input;
}

/** A warning for each pair of currencies that two buyers count at different rates in one month. */
export function checkRates(members: readonly Scenario[], problems: ProblemList): void {
  const known = new Map<string, MonthRate>();
  const warned = new Set<string>();
  for (const member of members) {
    for (const { pair, month, input } of ratesOf(member)) {
      const key = `${pair} ${month}`;
      const first = known.get(key);
      if (!first) known.set(key, { member, input });
      else if (!warned.has(pair) && !isSameRate(first, { member, input })) {
        warned.add(pair);
        const said = (one: MonthRate) =>
          `${buyerKey(one.member)} ${one.input.text} (${one.member.currency.code}), ${printPlace(one.input.span)}`;
        problems.warn('rates-differ', input.span, {
          message: `buyers use different rates of ${pair} in ${monthLabel(month)}`,
          found: `${said(first)}; ${said({ member, input })}`,
          hint: 'give the rates once, as `fx` of the portfolio',
        });
      }
    }
  }
}

function* ratesOf(member: Scenario) {
  const { fx, window, currency } = member;
  for (const code of new Set([...fx.base.keys(), ...fx.path.keys()])) {
    const pair = [code, currency.code].sort().join('/');
    for (const [t, period] of window.periods.entries()) {
      const input = rateAt(member, code, t);
      if (input) for (const month of monthsIn(period)) yield { pair, month, input };
    }
  }
}

function isSameRate(a: MonthRate, b: MonthRate): boolean {
  if (a.input === b.input) return true;
  const isInverse = a.member.currency.code !== b.member.currency.code;
  const other = isInverse ? divide(ONE, b.input.value) : b.input.value;
  return compare(a.input.value, other) === 0;
}
