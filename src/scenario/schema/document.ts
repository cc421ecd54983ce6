/** The scenario file: every top-level key and its field. */
import type * as z from 'zod';
import { date, type LiteralReading } from '../../core/number/literal.js';
import { failure, success } from '../../core/result.js';
import { actualsField } from '../../model/actuals.js';
import { calendarField } from '../../model/calendar.js';
import { checkField, checksField } from '../../model/checks.js';
import { evidenceField } from '../../model/claims.js';
import { componentField } from '../../model/component.js';
import { envelopeField } from '../../model/estimate/envelope.js';
import { estimateField } from '../../model/estimate/estimate.js';
import {
  listField,
  literalField,
  mapField,
  nameKey,
  recordField,
  scalarField,
  textField,
} from '../../model/field.js';
import { fxField } from '../../model/fx.js';
import { mixField } from '../../model/estimate/mix.js';
import { phasingField } from '../../model/phasing.js';
import { buyerField, buyersField, sharedEvidenceField } from '../../model/portfolio.js';
import { simulationField } from '../../model/simulation.js';
import { currencyField, supplierField } from '../../model/supplier.js';

const ID = /^[a-z0-9-]+$/;

export function isScenarioId(text: string): boolean {
  return ID.test(text);
}

function idField(whole: string, example: string) {
  const read = (text: string): LiteralReading<string> => {
    if (isScenarioId(text)) return success(text);
    const message = `\`${text}\` is not an id of a ${whole}`;
    const hint = `write small letters, digits and hyphens: ${example}`;
    return failure({ code: 'literal', message, hint });
  };
  const description = `The id of the ${whole}: the first column of every table.`;
  const meta = { type: 'string', pattern: ID.source, description };
  return scalarField(`the id of the ${whole}`, read, meta, example);
}

/** The keys of a file as a layer; they are not part of the scenario that the layers make. */
export const headFields = {
  extends: textField(
    'The path of the parent, relative to this file, which then gives only what differs.',
  ).optional(),
  adds: listField(
    textField('The path of a name, such as estimates.cicc.'),
    'a list of paths',
    'Paths of the names that this file adds to its parent.',
  ).optional(),
};

/** The fields of a scenario. */
export const documentFields = {
  scenario: idField('scenario', 'alibaba-380bn'),
  title: textField('The title that people read; the id if it is not given.').optional(),
  as_of: literalField(date, 'The day of the forecast: evidence dated later is refused.').optional(),
  evidence: evidenceField.optional(),
  currency: currencyField('The currency of the envelope, an ISO 4217 code.'),
  calendar: calendarField,
  envelope: envelopeField,
  phasing: phasingField.optional(),
  estimates: mapField(nameKey, estimateField, 'Splits of the money over components, by name.'),
  mix: mixField.optional(),
  components: mapField(nameKey, componentField, 'What is known of each component.').optional(),
  suppliers: mapField(nameKey, supplierField, 'The suppliers, each described once.').optional(),
  fx: fxField.optional(),
  actuals: actualsField.optional(),
  checks: checksField.optional(),
  simulation: simulationField.optional(),
};

/** What an envelope needs that is an amount; one that follows from units has neither. */
export const plannedFields = { phasing: phasingField, mix: mixField };

export const documentField = recordField(documentFields).meta({
  title: 'capex-engine scenario',
  description: 'A capital-spending plan and its suppliers.',
});

/** The fields of a portfolio. What it shares with its buyers is written as in a scenario. */
export const portfolioFields = {
  portfolio: idField('portfolio', 'china-cloud'),
  title: textField('The title that people read; the id if it is not given.').optional(),
  as_of: literalField(date, 'The day of the forecast, of every buyer.').optional(),
  evidence: sharedEvidenceField.optional(),
  currency: currencyField('The currency in which totals are reported, and rates are quoted.'),
  buyers: buyersField,
  suppliers: mapField(
    nameKey,
    supplierField,
    'Suppliers, described once for all buyers; what stands here wins.',
  ).optional(),
  fx: fxField.optional(),
  simulation: simulationField.optional(),
  checks: checksField.optional(),
};

export const portfolioField = recordField(portfolioFields).meta({
  title: 'capex-engine portfolio',
  description: 'Several buyers, and what they buy from each supplier.',
});

/** Maps of a portfolio whose entries are read one by one. */
export const portfolioEntryFields = {
  buyers: buyerField,
  suppliers: supplierField,
  checks: checkField,
} as const;

export type PortfolioText = z.output<typeof portfolioField>;

/** Maps whose entries are read one by one, so that a problem in one does not hide those of others. */
export const entryFields = {
  estimates: estimateField,
  components: componentField,
  suppliers: supplierField,
  checks: checkField,
} as const;

export type DocumentText = z.output<typeof documentField>;
