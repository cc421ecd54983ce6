/** The option `--fx`: currencies, and the changes of their rates, one currency after the other and together. */
import * as z from 'zod';
import { append } from '../../core/lists.js';
import { currencyOf } from '../../core/number/currency.js';
import { percent } from '../../core/number/decimal.js';
import { compare, equal, fraction, type Fraction } from '../../core/number/fraction.js';
import { fractionLiteral } from '../../core/number/literal.js';
import { meantCurrency } from '../../core/number/suggestions.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Problem } from '../../core/text/diagnostic.js';
import { readRange } from '../variation/valueLists.js';

/** A relative change of the rate of a currency: at 0.05 the currency costs 5% more. */
export interface CurrencyShock {
  readonly code: string;
  readonly value: Fraction;
}

/** Changes that happen at once: of one rate, or of several. */
export type Shocks = readonly CurrencyShock[];

/** `USD +10%, EUR -5%` */
export function shocksLabel(shocks: Shocks): string {
  const signed = (value: Fraction) => `${value.n > 0n ? '+' : ''}${percent(value)}`;
  return shocks.map(({ code, value }) => `${code} ${signed(value)}`).join(', ');
}

/** The change that all of the rates have in common, if there is one. */
export function commonShock(shocks: Shocks): Fraction | undefined {
  const [{ value }] = shocks as [CurrencyShock];
  return shocks.every((one) => equal(one.value, value)) ? value : undefined;
}

const EXAMPLE = 'USD=-10%..+10%/5%';

/** The values of one currency. */
interface CurrencyValues {
  readonly code: string;
  readonly values: readonly Fraction[];
}

export const fxOption = z
  .union([z.string().transform((text) => [text]), z.array(z.string())])
  .transform((texts, context): readonly Shocks[] => {
    const read = readAll(texts);
    if (read.ok) return read.value;
    context.addIssue({ code: 'custom', message: read.diagnostics.message });
    return z.NEVER;
  })
  .optional()
  .meta({
    description:
      'FX table: the rates of currencies move by these percentages, one after the other and together, ' +
      `under each closure: ${EXAMPLE}; repeatable`,
  });

/** Each currency alone; then, if there are several, all of them together, value by value. */
function readAll(texts: readonly string[]): Result<readonly Shocks[], Problem> {
  const all: CurrencyValues[] = [];
  for (const text of texts) {
    const read = readCurrencies(text);
    if (!read.ok) return read;
    append(all, read.value);
  }
  const codes = all.map(({ code }) => code);
  const twice = codes.find((code, i) => codes.indexOf(code) < i);
  if (twice !== undefined) return failure({ message: `${twice} is given twice` });
  const alone = all.flatMap(({ code, values }) => values.map((value) => [{ code, value }]));
  if (all.length < 2) return success(alone);
  const counts = all.map(({ values }) => values.length);
  if (new Set(counts).size > 1) {
    const listed = all.map(({ code, values }) => `${code} has ${values.length}`).join(', ');
    const message = `currencies that move together need as many values each: ${listed}`;
    return failure({ message });
  }
  const together = all[0]!.values.map((_, i) =>
    all.map(({ code, values }) => ({ code, value: values[i]! })),
  );
  return success([...alone, ...together]);
}

/** `USD=±10%`, `USD,EUR=5%,10%`, or `USD=5%,EUR=10%`. */
function readCurrencies(text: string): Result<readonly CurrencyValues[], Problem> {
  const [first = '', ...others] = text.split('=');
  if (others.length === 0) return failure({ message: `write ${EXAMPLE}` });
  let codes = first;
  const found: CurrencyValues[] = [];
  for (const part of others) {
    // What stands before the next `=`: values, then the currencies to which that belongs.
    const [, range = '', next = ''] = /^(.*?)((?:,\s*[A-Za-z]{2,}\s*)*)$/s.exec(part)!;
    const values = readChanges(range);
    if (!values.ok) return values;
    for (const code of codes.split(',')) {
      const currency = currencyOf(code.trim());
      if (!currency) {
        const remedy = meantCurrency(code) ?? EXAMPLE;
        const message = `\`${code.trim()}\` is not an ISO 4217 currency; write ${remedy}`;
        return failure({ message });
      }
      found.push({ code: currency.code, values: values.value });
    }
    codes = next.slice(1);
  }
  if (codes === '') return success(found);
  return failure({ message: `\`${codes}\` has no values; write ${EXAMPLE}` });
}

function readChanges(range: string): Result<readonly Fraction[], Problem> {
  const values = readRange(range, fractionLiteral.read);
  if (!values.ok) {
    return failure({ message: `${values.diagnostics.message}, as in ${EXAMPLE}` });
  }
  const least = fraction(-1n);
  const tooLow = values.value.some((value) => compare(value, least) <= 0);
  return tooLow ? failure({ message: 'a rate cannot fall by 100% or more' }) : values;
}
