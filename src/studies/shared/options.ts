/** Options that several studies share. */
import * as z from 'zod';
import { currencyOf } from '../../core/number/currency.js';
import { meantCurrency } from '../../core/number/suggestions.js';
import { nearest } from '../../core/text/diagnostic.js';
import type { SourceText } from '../../core/text/source.js';
import { LANGUAGES } from '../../core/text/language.js';
import { oddCharacterIn, withoutOddCharacters } from '../../core/text/oddCharacters.js';
import { CLOSURES } from '../../model/fx.js';
import { MEASURES } from '../../projection/plan.js';
import { DIMENSIONS, SCENARIO_DIMENSIONS, type Dimension } from '../../projection/rollup.js';
import { POWERS, type NumberFormatOptions } from './numberFormat.js';
import { where, type RowOptions } from './where.js';

/**
 * The words of a list in one option. A list with a full-width comma, or another sign that only looks like the
 * right one, is refused.
 */
function wordsOf(text: string, context: z.RefinementCtx): readonly string[] {
  const odd = oddCharacterIn(text);
  if (odd) {
    const message = `\`${text}\` has ${odd.name}; write ${withoutOddCharacters(text)}`;
    context.addIssue({ code: 'custom', message });
    return [];
  }
  return text.split(',').map((word) => word.trim());
}

/** An option that is a list of known words, in the order typed. */
export function listOf<const W extends string>(words: readonly W[], noun: string) {
  return z.string().transform((text, context): readonly W[] => {
    const chosen = wordsOf(text, context);
    for (const word of chosen.filter((word) => !words.includes(word as W))) {
      const meant = nearest(word, words);
      const remedy = meant === undefined ? `one of ${words.join(', ')}` : `\`${meant}\``;
      context.addIssue({
        code: 'custom',
        message: `\`${word}\` is not a ${noun}; write ${remedy}`,
      });
    }
    return [...new Set(chosen)] as W[];
  });
}

function byOption(dimensions: readonly Dimension[]) {
  return listOf(dimensions, 'dimension')
    .transform((chosen): readonly Dimension[] => dimensions.filter((one) => chosen.includes(one)))
    .optional()
    .meta({ description: `Dimensions to keep; the others are summed: ${dimensions.join(',')}` });
}

const measure = listOf(MEASURES, 'measure')
  .optional()
  .meta({ description: `Measures to report: ${MEASURES.join(',')}; default: all that apply` });

/** The word for the own currency of every supplier. */
export const OWN_CURRENCY = 'supplier';

const currency = z
  .string()
  .transform((text, context): readonly string[] => {
    const codes = wordsOf(text, context);
    if (codes.length === 1 && codes[0] === OWN_CURRENCY) return codes;
    const known = codes.map((code) => {
      const found = currencyOf(code);
      if (!found) {
        const remedy = meantCurrency(code) ?? 'CNY, USD, … or `supplier` alone';
        const message = `\`${code}\` is not an ISO 4217 currency; write ${remedy}`;
        context.addIssue({ code: 'custom', message });
      }
      return found?.code ?? code;
    });
    return [...new Set(known)];
  })
  .optional()
  .meta({
    description:
      'Reporting currencies: ISO codes, or `supplier` for each supplier’s own; default: the envelope’s',
  });

const closure = z
  .enum(CLOSURES, { error: `write one of ${CLOSURES.join(', ')}` })
  .optional()
  .meta({
    description: `What absorbs a change of exchange rates: ${CLOSURES.join(', ')}; default: the scenario’s`,
  });

export const reportOptions = {
  ...{ by: byOption(SCENARIO_DIMENSIONS), measure, where, currency, closure },
};

/** The options of a report that takes a portfolio. */
export const portfolioOptions = { ...reportOptions, by: byOption(DIMENSIONS) };

export type ReportOptions = z.output<z.ZodObject<typeof reportOptions>> & RowOptions;

const inUnit = z
  .string()
  .refine((unit) => Object.hasOwn(POWERS, unit), {
    error: `write one of ${Object.keys(POWERS).join(', ')}`,
  })
  .optional()
  .meta({
    description: `Unit of money: ${Object.keys(POWERS).join(', ')}; rounded so that totals still add up`,
  });

const decimals = z
  .string()
  .regex(/^(0|[1-9]|1[0-2])$/, { error: 'write a whole number from 0 to 12' })
  .transform(Number)
  .optional()
  .meta({ description: 'Decimals to print in that unit' });

export const lang = z
  .enum(LANGUAGES, { error: `write one of ${LANGUAGES.join(', ')}` })
  .optional()
  .meta({
    description: `Language of what people read: ${LANGUAGES.join(', ')}; the default is in CAPEX_LANG`,
  });

/** Options for tables in a coarser unit. */
export const publishOptions = { in: inUnit, decimals };

/**
 * An option that names a file. The command reads the file, and the study gets its text; the command
 * recognises such an option by `file` in its metadata.
 */
export function fileOption(description: string) {
  const isSource = (value: unknown) =>
    typeof value === 'object' && value !== null && 'text' in value;
  return z.custom<SourceText>(isSource, 'name a file').meta({ description, file: true });
}

/** Whether a study prints tables for people instead of CSV. */
export const show = z.boolean().optional().meta({ description: 'Print tables instead of CSV' });

/** What is asked of numbers that are shown. */
export interface ShowOptions extends NumberFormatOptions {
  readonly show?: boolean | undefined;
}
