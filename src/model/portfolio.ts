/** A portfolio: several buyers, each with a scenario of its own, and what they share. */
import * as z from 'zod';
import type { Currency } from '../core/number/currency.js';
import type { Span } from '../core/text/source.js';
import type { Check } from './checks.js';
import { keyField, listField, mapField, nameKey, recordField, textField } from './field.js';
import type { Fx } from './fx.js';
import type { Share } from './input.js';
import type { Correlation } from './simulation.js';

/** The path of an input: `fx.path.USD`. */
const pathKey = keyField('path', /^\p{L}[^.=\s]*(\.[^.=\s]+)*$/u);

const fileField = textField('The path of its scenario, relative to this file.');

/** One entry of `buyers`: the path of a scenario, alone or with changes to it. */
export const buyerField = z
  .union([
    fileField.transform((file) => ({ file })),
    recordField({
      file: fileField,
      set: mapField(
        pathKey,
        textField('The value.'),
        'Changes of its scenario, by path, such as fx.closure: volume.',
      ).optional(),
    }).meta({ description: 'The path of its scenario, and changes to it.' }),
  ])
  .meta({ description: 'The scenario of a buyer: its path, or a map with changes.' });

/** The section `buyers`. */
export const buyersField = mapField(nameKey, buyerField, 'The scenario of each buyer, by key.');

/** The section `evidence` of a portfolio. */
export const sharedEvidenceField = listField(
  textField('The path of an evidence ledger, relative to this file.'),
  'a list of paths',
  'Ledgers with the claims that its suppliers and rates name.',
);

/** What the members of a portfolio have in common. */
export interface Portfolio {
  readonly id: string;
  readonly title: string;
  /** In which totals are reported where no currency is asked for. */
  readonly currency: Currency;
  /** Its exchange rates, in its own currency, which replace those of its buyers; nothing if it gives none. */
  readonly rates: PortfolioRates | undefined;
  /** What it expects of sums over its buyers, or of one of them. */
  readonly checks: readonly Check[];
  /** Every number that it gives itself, in the order of the file. */
  readonly inputs: readonly Share[];
  /** The correlations that it gives; those of its buyers hold beside them. */
  readonly correlations: readonly Correlation[];
  /** The place of its id. */
  readonly span: Span;
  /** Changes of the command line that it and its buyers hold, as they were typed. */
  readonly set: readonly string[];
}

/** The rates of a portfolio by currency; its own has none. The periods of a path are those of the calendar. */
export type PortfolioRates = Pick<Fx, 'base' | 'path'>;

/** The place of a scenario in a portfolio. */
export interface Buyer {
  readonly key: string;
  readonly portfolio: Portfolio;
}
