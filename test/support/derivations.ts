/**
 * Computes a printed derivation again, from nothing but its text: every formula from the numbers
 * that the steps below it print, every allocation from the weights of its rows, in fractions of its
 * own. It shares no code with the engine.
 */

interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** An entry of the tree, as it is printed. */
interface Entry {
  readonly depth: number;
  readonly number: string | undefined;
  readonly value: string;
  readonly seen: boolean;
  formula: string;
  literal: string;
  readonly rows: Row[];
  readonly below: Entry[];
}

interface Row {
  readonly weight: string;
  readonly down: string;
  readonly more: string;
}

const fraction = (n: bigint, d = 1n): Fraction => (d < 0n ? { n: -n, d: -d } : { n, d });
const plus = (a: Fraction, b: Fraction) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const minus = (a: Fraction, b: Fraction) => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
const times = (a: Fraction, b: Fraction) => fraction(a.n * b.n, a.d * b.d);
const over = (a: Fraction, b: Fraction) => fraction(a.n * b.d, a.d * b.n);
const same = (a: Fraction, b: Fraction) => a.n * b.d === b.n * a.d;
const less = (a: Fraction, b: Fraction) => a.n * b.d < b.n * a.d;

/** `13,194,444.45`, `35%`, `(1/3)`, `50/120`. */
function numberOf(text: string): Fraction {
  const bare = text.replace(/[(),]/g, '');
  if (bare.includes('/')) {
    const [n, d] = bare.split('/');
    return over(numberOf(n!), numberOf(d!));
  }
  const match = /^(-?)(\d+)(?:\.(\d+))?(%?)$/.exec(bare);
  if (!match) throw new Error(`no number: ${text}`);
  const [, sign, whole, places = '', percent] = match;
  const value = fraction(BigInt(`${sign!}${whole!}${places}`), 10n ** BigInt(places.length));
  return percent === '%' ? over(value, fraction(100n)) : value;
}

const UNITS: Readonly<Record<string, bigint>> = {
  '': 1n,
  k: 10n ** 3n,
  m: 10n ** 6n,
  bn: 10n ** 9n,
  tn: 10n ** 12n,
  万: 10n ** 4n,
  亿: 10n ** 8n,
  万亿: 10n ** 12n,
};

/** What a file says: `380bn CNY`, `50/120`, `7.1717`. */
function literalOf(text: string): Fraction {
  const money = /^([\d.]+)(k|m|bn|tn|万亿|万|亿)? [A-Z]{3}$/.exec(text);
  if (!money) return numberOf(text);
  return times(numberOf(money[1]!), fraction(UNITS[money[2] ?? '']!));
}

const NUMBER = /\(-?[\d.]+\/[\d.]+\)|-?\d[\d,]*(?:\.\d+)?%?/;
const RULE = /^= (?:(round|down)\((.*) to ([\d.,]+%?)\)(?: \+ ([\d.,]+%?))?|(.*))$/;

/** What a formula comes to. */
function valueOf(formula: string): Fraction {
  const [, rule, inner, quantum, more, plain] = RULE.exec(formula)!;
  if (rule === undefined) return termsOf(plain!);
  const root = ROOT.exec(inner!);
  if (root) return rateOf(root, numberOf(quantum!));
  const exact = over(termsOf(inner!), numberOf(quantum!));
  const whole = rule === 'down' ? exact.n / exact.d : halfEven(exact);
  const rounded = times(fraction(whole), numberOf(quantum!));
  return more === undefined ? rounded : plus(rounded, numberOf(more));
}

const ROOT = /^\((\S+) ÷ (\S+)\) \^ \(1\/(\d+)\) − 1$/;

/** The yearly growth over some years to the nearest quantum, by bisection of its powers. */
function rateOf([, last, first, years]: RegExpExecArray, quantum: Fraction): Fraction {
  const whole = over(numberOf(last!), numberOf(first!));
  const isAbove = (halves: bigint) =>
    less(whole, powerOf(times(fraction(halves, 2n), quantum), Number(years)));
  let [low, high] = [0n, 2n];
  while (!isAbove(high)) high *= 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isAbove(middle)) high = middle;
    else low = middle;
  }
  return minus(times(fraction((low + 1n) / 2n), quantum), fraction(1n));
}

function halfEven({ n, d }: Fraction): bigint {
  if (n < 0n) return -halfEven({ n: -n, d });
  const floor = n / d;
  const twice = 2n * (n - floor * d);
  return twice > d || (twice === d && floor % 2n !== 0n) ? floor + 1n : floor;
}

/** Sums and differences of products, quotients and powers. */
function termsOf(text: string): Fraction {
  const [first, ...rest] = text.split(/ ([+−]) /);
  let value = factorsOf(first!);
  for (let i = 0; i < rest.length; i += 2) {
    const term = factorsOf(rest[i + 1]!);
    value = rest[i] === '+' ? plus(value, term) : minus(value, term);
  }
  return value;
}

function factorsOf(text: string): Fraction {
  const [first, ...rest] = text.split(/ ([×÷^]) /);
  let value = numberOf(first!);
  for (let i = 0; i < rest.length; i += 2) {
    const factor = numberOf(rest[i + 1]!);
    if (rest[i] === '^') value = powerOf(value, Number(factor.n));
    else value = rest[i] === '×' ? times(value, factor) : over(value, factor);
  }
  return value;
}

function powerOf(base: Fraction, exponent: number): Fraction {
  const positive = Array.from({ length: Math.abs(exponent) }, () => base);
  const value = positive.reduce(times, fraction(1n));
  return exponent < 0 ? over(fraction(1n), value) : value;
}

const HEAD =
  /^(?:\[(\d+)\] )?(?:.* = )?(-?[\d,.]+%?|\(-?[\d.]+\/[\d.]+\))(?: \S+)?(?:, about [-\d.,]+)?(, see \[\d+\])?$/;

/** Reads the tree back from its lines, which must not be wrapped. */
export function readTree(text: string): Entry {
  const path: Entry[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const [, stem, words] = /^((?:[│├└ ] )*)(.*)$/.exec(line)!;
    const isHead = path.length === 0 || /[├└] $/.test(stem!);
    if (isHead) addEntry(path, stem!.length / 2, words!);
    else addLine(path.at(-1)!, words!);
  }
  return path[0]!;
}

function addEntry(path: Entry[], depth: number, words: string): void {
  const head = HEAD.exec(words);
  if (!head) throw new Error(`no head: ${words}`);
  const [, number, value, see] = head;
  const entry: Entry = {
    ...{ depth, number, value: value!, seen: see !== undefined },
    ...{ formula: '', literal: '', rows: [], below: [] },
  };
  path.length = depth;
  path.at(-1)?.below.push(entry);
  path.push(entry);
}

function addLine(entry: Entry, words: string): void {
  const row = new RegExp(
    `  +(${NUMBER.source})  +([\\d,.]+%?)  +[\\d.…]+(?:  \\+ ([\\d.,]+%?))?$`,
  ).exec(words);
  const place = /^(.+) at \S+:\d+:\d+/.exec(words);
  if (words.startsWith('= ')) entry.formula = words;
  else if (row) entry.rows.push({ weight: row[1]!, down: row[2]!, more: row[3] ?? '0' });
  else if (place) entry.literal = place[1]!;
}

/** What is wrong with a derivation, nothing where all of it computes again; and how much was looked at. */
export function recomputed(root: Entry): { readonly faults: string[]; readonly formulas: number } {
  const faults: string[] = [];
  let formulas = 0;
  const values = new Map<string, string>();
  const visit = (entry: Entry): void => {
    const { number, value, formula, literal, rows, below } = entry;
    if (number !== undefined) values.set(number, value);
    if (entry.seen) return;
    if (formula !== '') {
      formulas += 1;
      if (!same(valueOf(formula), numberOf(value))) faults.push(`${value} ${formula}`);
      const printed = below.map((one) => numberOf(one.value));
      for (const operand of operandsOf(formula)) {
        const known = printed.some((one) => same(one, operand));
        if (!known && !isConstant(operand)) faults.push(`${operand.n}/${operand.d} in ${formula}`);
      }
    } else if (literal !== '' && literal !== 'rest') {
      formulas += 1;
      if (!same(literalOf(literal), numberOf(value))) faults.push(`${value} from ${literal}`);
    } else if (below.length > 0 && !isItsOperand(entry)) faults.push(`${value} has no formula`);
    if (rows.length > 0) faults.push(...faultsOfSplit(entry));
    below.forEach(visit);
  };
  visit(root);
  return { faults, formulas };
}

/** A sum of one number is that number, without a formula. */
function isItsOperand({ value, below }: Entry): boolean {
  return below.length === 1 && same(numberOf(below[0]!.value), numberOf(value));
}

/** Small whole numbers are the model's own: a weight of 1, the periods of a year, an exponent. */
function isConstant({ n, d }: Fraction): boolean {
  return n % d === 0n && n / d >= -20n && n / d <= 20n;
}

/** The numbers that a formula takes; of an allocation the sum of the weights is told by its rows. */
function operandsOf(formula: string): Fraction[] {
  const [, rule, inner, , , plain] = RULE.exec(formula)!;
  const root = ROOT.exec(inner ?? '');
  if (root) return [numberOf(root[1]!), numberOf(root[2]!)];
  const text = rule === 'down' ? inner!.replace(/ ÷ [^÷]+$/, '') : (inner ?? plain!);
  return text.split(/ [+−×÷^] /).map(numberOf);
}

/** The rule of allocation from the weights alone: rows stand in the order that decides ties. */
function faultsOfSplit({ formula, rows, value }: Entry): string[] {
  const [, , inner, quantum] = RULE.exec(formula)!;
  const amount = over(numberOf(inner!.split(' × ')[0]!), numberOf(quantum!));
  const weights = rows.map(({ weight }) => numberOf(weight));
  const whole = weights.reduce(plus, fraction(0n));
  if (!same(whole, numberOf(/ ÷ ([^÷]+)$/.exec(inner!)![1]!))) return [`weights of ${formula}`];
  const exact = weights.map((weight) => over(times(amount, weight), whole));
  const floors = exact.map(({ n, d }) => n / d);
  const remainders = exact.map((one, i) => minus(one, fraction(floors[i]!)));
  const left = amount.n / amount.d - floors.reduce((a, b) => a + b, 0n);
  const ranked = remainders.map((_, i) => i);
  ranked.sort((a, b) => {
    if (less(remainders[b]!, remainders[a]!)) return -1;
    return less(remainders[a]!, remainders[b]!) ? 1 : a - b;
  });
  const lucky = new Set(ranked.slice(0, Number(left)));
  const inMoney = (count: bigint) => times(fraction(count), numberOf(quantum!));
  const wrong = rows.filter(({ down, more }, i) => {
    const extra = inMoney(lucky.has(i) ? 1n : 0n);
    return !same(numberOf(down), inMoney(floors[i]!)) || !same(numberOf(more), extra);
  });
  const isThere = rows.some(({ down, more }) =>
    same(plus(numberOf(down), numberOf(more)), numberOf(value)),
  );
  return [...wrong.map(({ down }) => `row ${down} of ${formula}`), ...(isThere ? [] : [formula])];
}
