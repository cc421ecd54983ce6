/** Registers hold exact fractions: sums, products and quotients near 2^53 are those of BigInt. */
import { describe, expect, it } from 'vitest';
import {
  LARGEST,
  createRegisters,
  fractionAt,
  put,
  putProduct,
  putQuotient,
  putTotal,
  wholeSum,
  type Registers,
} from '../../../src/core/kernel/registers.js';
import {
  add,
  divide,
  fraction,
  multiply,
  subtract,
  type Fraction,
} from '../../../src/core/number/fraction.js';

const MAX = BigInt(LARGEST);
const OUT = 9;

/** Fractions around every bound: of 2^26, where they are reduced, and of 2^53. */
const NEAR: readonly Fraction[] = [
  ...[0n, 1n, 7n, 2n ** 26n, 2n ** 26n + 1n, 2n ** 27n - 1n, MAX - 1n, MAX, MAX + 1n, 2n ** 60n],
].flatMap((n) =>
  [1n, 3n, 2n ** 26n, 2n ** 26n + 1n, 94_906_267n, 2n ** 27n - 1n, MAX, MAX + 2n].map((d) =>
    fraction(n, d),
  ),
);
const SIGNED = NEAR.flatMap(({ n, d }) => [fraction(n, d), fraction(-n, d)]);

/** Whether a register has the number, in doubles only where both of its parts fit. */
function holds(registers: Registers, ref: number, exact: Fraction): boolean {
  const over = registers.numerators[ref]!;
  const fits = Math.abs(over) <= LARGEST && registers.denominators[ref]! <= LARGEST;
  const found = fractionAt(registers, ref);
  return (Number.isNaN(over) || fits) && found.n === exact.n && found.d === exact.d;
}

function registersOf(values: readonly Fraction[]): Registers {
  const registers = createRegisters(10);
  values.forEach((value, ref) => put(registers, ref, value));
  return registers;
}

/** Pairs for which an operation on registers and the exact one differ. */
function differences(
  operate: (registers: Registers) => void,
  exactly: (a: Fraction, b: Fraction) => Fraction | undefined,
): readonly string[] {
  return SIGNED.flatMap((a) =>
    SIGNED.flatMap((b) => {
      const exact = exactly(a, b);
      if (!exact) return [];
      const registers = registersOf([a, b]);
      operate(registers);
      return holds(registers, OUT, exact) ? [] : [`${a.n}/${a.d} and ${b.n}/${b.d}`];
    }),
  );
}

it('a number that is put is the number that is held', () => {
  for (const value of SIGNED) expect(holds(registersOf([value]), 0, value)).toBe(true);
});

it('put tells whether the register held another number', () => {
  const registers = registersOf([fraction(1n, 3n)]);
  expect(put(registers, 0, fraction(1n, 3n))).toBe(false);
  expect(put(registers, 0, fraction(1n, 2n))).toBe(true);
});

describe.each([
  ['sum', 1, add],
  ['difference', -1, subtract],
] as const)('the %s of two registers', (_, sign, exactly) => {
  it('is that of BigInt around every bound', () => {
    const operate = (registers: Registers) => putTotal(registers, OUT, 0, [1], sign);
    expect(differences(operate, exactly)).toEqual([]);
  });
});

it('a total of three terms is exact where an intermediate result does not fit', () => {
  const terms = [fraction(MAX, 1n), fraction(MAX, 1n), fraction(-MAX, 1n)];
  const registers = registersOf([fraction(1n, 3n), ...terms]);
  putTotal(registers, OUT, 0, [1, 2, 3], 1);
  expect(holds(registers, OUT, fraction(3n * MAX + 1n, 3n))).toBe(true);
  putTotal(registers, OUT, undefined, [1, 2, 3], -1);
  expect(holds(registers, OUT, fraction(-MAX, 1n))).toBe(true);
});

it('a product is that of BigInt around every bound', () => {
  expect(differences((registers) => putProduct(registers, OUT, [0, 1]), multiply)).toEqual([]);
});

it('a quotient is that of BigInt around every bound, by a negative number too', () => {
  const exactly = (a: Fraction, b: Fraction) => (b.n === 0n ? undefined : divide(a, b));
  expect(differences((registers) => putQuotient(registers, OUT, 0, 1), exactly)).toEqual([]);
});

it('a product whose parts are long is in lowest terms, so that a next product still fits', () => {
  const registers = registersOf([fraction(2n ** 27n, 3n), fraction(3n, 2n ** 27n)]);
  putProduct(registers, OUT, [0, 1]);
  expect([registers.numerators[OUT], registers.denominators[OUT]]).toEqual([1, 1]);
});

it('the sum of whole numbers is exact where it does not fit into a double', () => {
  const registers = registersOf([fraction(MAX, 1n), fraction(MAX, 1n), fraction(1n, 1n)]);
  expect(wholeSum(registers, [0, 1, 2])).toBe(2n * MAX + 1n);
  expect(wholeSum(registers, [0, 2])).toBe(MAX + 1n);
  expect(wholeSum(registers, [2])).toBe(1n);
});
