/** Plausibility checks of exchange rates: no two rates of one currency are far apart. */
import { printFraction, printShort, readDecimal } from '../../core/number/decimal.js';
import {
  compare,
  divide,
  fraction,
  multiply,
  roundHalfEven,
  type Fraction,
} from '../../core/number/fraction.js';
import { SET_SOURCE, type Span } from '../../core/text/source.js';
import { rateAt } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import { FOREIGN } from '../../model/tableReference.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PlausibilityWarning } from './demandTotals.js';

/** No yearly average of a major currency has doubled or halved over the window of a plan. */
const FARTHEST = fraction(2n);
/** How near a rate has to be, read in another quote: in a common one, and in one that is rare. */
const NEAR = fraction(3n, 2n);
const NEARER = fraction(5n, 4n);

/** A rate, or an end of its range, with its place. */
interface PlacedRate {
  readonly path: string;
  readonly text: string;
  readonly value: Fraction;
  readonly span: Span;
}

/**
 * Compares the rates of each currency with its base rate, or with the first of its path, and the ends
 * of each range with their rate. One warning for a currency: a table that is quoted otherwise has one
 * cause, however many rows it has.
 */
export function ratesApart(scenario: Scenario): readonly PlausibilityWarning[] {
  const { fx } = scenario;
  const codes = [...new Set([...fx.base.keys(), ...fx.path.keys()])];
  return codes.flatMap((code): PlausibilityWarning[] => {
    const rates = ratesOf(scenario, code);
    const pairs = rates.flatMap((rate): (readonly [PlacedRate, PlacedRate])[] => [
      [placed(rate), placed(rates[0]!)],
      ...endsOf(rate).map((end) => [end, placed(rate)] as const),
    ]);
    const apart = pairs.filter(
      ([one, other]) => compare(ratio(one.value, other.value), FARTHEST) > 0,
    );
    const [first] = apart;
    return first ? [warningOf(first, apart.length - 1, code, scenario)] : [];
  });
}

/** The rates of a currency: its base rate, then those of the periods, each once. */
function ratesOf(scenario: Scenario, code: string): readonly Input[] {
  const base = scenario.fx.base.get(code);
  const path = scenario.window.periods.flatMap((_, t) => rateAt(scenario, code, t) ?? []);
  return [...new Set([...(base ? [base] : []), ...path])];
}

function placed({ path, text, value, span }: Input): PlacedRate {
  return { path, text, value, span };
}

function endsOf({ path, attributes }: Input): readonly PlacedRate[] {
  return (['low', 'high'] as const).flatMap((key) => {
    const end = attributes[key];
    return end ? [{ ...end, path: `${path}.${key}`, value: end.value.value }] : [];
  });
}

/** How many times the greater of two rates is the less. */
function ratio(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) > 0 ? divide(a, b) : divide(b, a);
}

/** `51`, or `2.4` where the whole number says too little. */
function timesText(times: Fraction): string {
  const places = compare(times, fraction(10n)) < 0 ? 1 : 0;
  return printShort(roundHalfEven(multiply(times, fraction(10n ** BigInt(places)))), places);
}

function warningOf(
  [rate, other]: readonly [PlacedRate, PlacedRate],
  more: number,
  code: string,
  { currency: { code: home }, tree }: Scenario,
): PlausibilityWarning {
  const times = timesText(ratio(rate.value, other.value));
  const quotes = likelyQuotes(rate, other, code, home);
  const looks = quotes.map(quoteText).join(', or like ');
  const others = more > 0 ? `, and ${more} more of ${code}` : '';
  return {
    code: 'rates-apart',
    span: rate.span,
    problem: {
      message: `\`${rate.path}\` and \`${other.path}\` are ${times} times apart${others}`,
      expected: `${home} for one ${code} in the whole file`,
      found: `\`${rate.text}\` and \`${other.text}\`${looks && `: it looks like ${looks}`}`,
      hint: `${remedyOf(quotes[0], rate, tree) ?? `correct \`${rate.path}\``}, or correct \`${other.path}\``,
    },
  };
}

/** A literal such as `4.9/100` can stand in a scenario; in a table the direction says it for all rates. */
function remedyOf(
  quote: Quote | undefined,
  { span: { source } }: PlacedRate,
  { span: own }: Scenario['tree'],
): string | undefined {
  if (!quote) return undefined;
  const { literal, direction } = quote;
  const { name } = source;
  if (source === own.source || name === SET_SOURCE || /\.ya?ml$/i.test(name))
    return `write \`${literal}\``;
  return direction && `write \`direction: ${direction}\` beside \`file\` if all its rates are so`;
}

/** A way to quote a rate, other than in units of the envelope's currency for one foreign unit. */
interface Quote {
  /** `×1000`, `the inverse` */
  readonly name: string;
  /** The rate that it means, as it is to be written: `1/0.1394`. */
  readonly literal: string;
  readonly value: Fraction;
  /** How a table says it; nothing if it cannot. */
  readonly direction?: string | undefined;
  readonly isRare?: true;
}

const COUNTS = [1n, 10n, 100n, 1000n, 10_000n];

/** The quotes under which a rate is near another one: the nearest, and a second one if it is as likely. */
function likelyQuotes(
  { text }: PlacedRate,
  { value: other }: PlacedRate,
  code: string,
  home: string,
): readonly Quote[] {
  const [digits = '', under = '1'] = text.split('/');
  const [a, b] = [readDecimal(digits), readDecimal(under)];
  const times = (side: Fraction, count: bigint) => multiply(side, fraction(count));
  const isPlain = !text.includes('/');
  const all = COUNTS.flatMap((count): readonly Quote[] => {
    const per = (unit: string) => (count === 100n ? `a rate per 100 ${unit}, ×100` : `×${count}`);
    if (count === 1n) {
      const direction = isPlain ? `${FOREIGN} per ${home}` : `${home} per ${FOREIGN}`;
      return [{ ...quoteOf('the inverse', b, a), direction }];
    }
    const direction = isPlain && count <= 1000n ? `${home} per ${count} ${FOREIGN}` : undefined;
    return [
      { ...quoteOf(per(code), a, times(b, count)), direction },
      quoteOf(`÷${count}`, times(a, count), b),
      { ...quoteOf(`the inverse of ${per(home)}`, times(b, count), a), isRare: true },
      { ...quoteOf(`the inverse of ÷${count}`, b, times(a, count)), isRare: true },
    ];
  });
  const near = (one: Quote, limit: Fraction) => compare(ratio(one.value, other), limit) <= 0;
  return all
    .filter((one) => near(one, one.isRare ? NEARER : NEAR))
    .sort((one, two) => compare(ratio(one.value, other), ratio(two.value, other)))
    .filter((one, rank) => rank === 0 || (rank === 1 && near(one, NEARER)));
}

function quoteOf(name: string, over: Fraction, under: Fraction): Quote {
  const literal = [over, under].map(printFraction).join('/').replace(/\/1$/, '');
  return { name, literal, value: divide(over, under) };
}

/** `the inverse: 1/0.1394 is 7.1736` */
function quoteText({ name, literal, value }: Quote): string {
  return `${name}: ${literal}${literal.includes('/') ? ` is ${nearly(value)}` : ''}`;
}

/** To five significant digits. */
function nearly(value: Fraction): string {
  let places = 0;
  while (places < 18 && compare(value, fraction(10_000n, 10n ** BigInt(places))) < 0) places++;
  return printShort(roundHalfEven(multiply(value, fraction(10n ** BigInt(places)))), places);
}
