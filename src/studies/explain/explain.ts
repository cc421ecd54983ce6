/** Explain: why a number is what it is, from the output down to the inputs; and what an input feeds. */
import * as z from 'zod';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { rowsOf, type Table } from '../../core/table.js';
import { deriveNumber as derive, type Derivation } from '../../projection/explain/derivation.js';
import { compile } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import { VERSION } from '../../version.js';
import { argumentError, readNamed } from '../shared/outputTarget.js';
import { currenciesOf } from '../shared/outputEvaluator.js';
import { outlineOf } from './derivationOutline.js';
import { reportOptions } from '../shared/options.js';
import { quotation } from '../shared/reports.js';
import type { Answer, Study } from '../study.js';
import { usesOf, usesAnswer } from './uses.js';
import { inputAt, isNoInput } from '../shared/variation.js';

const options = z.object({
  cell: z.string().optional().meta({
    description: 'The output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT; parts left out are summed',
  }),
  uses: z.string().optional().meta({
    description:
      'Instead of a cell: the path of an input, for the outputs that it changes and by how much',
  }),
  depth: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'write a whole number, such as 2' })
    .transform(Number)
    .optional()
    .meta({ description: 'How many levels to show; default: down to the inputs' }),
  json: z.boolean().optional().meta({ description: 'JSON instead of a tree' }),
  closure: reportOptions.closure,
});

export const explain: Study<typeof options> = {
  name: 'explain',
  summary: 'How a number is computed, down to the inputs; or which outputs an input changes',
  files: 'one',
  asks: 'cell',
  options,
  example: 'explain scenarios/alibaba-380bn.yaml servers/inspur@FY2026Q3:revenue.USD',
  run: ([given], { cell, uses, depth, json = false, closure }) => {
    const scenario = closure ? vary(given!, [`fx.closure=${closure}`]).scenario! : given!;
    if (uses === undefined) return derivationOf(scenario, cell ?? '', depth, json);
    if (cell === undefined) return feedingOf(scenario, uses, json);
    return argumentError('--uses', uses)({ message: 'give a cell or --uses, not both' });
  },
};

/** From an output down. */
function derivationOf(
  scenario: Scenario,
  cell: string,
  depth: number | undefined,
  json: boolean,
): Answer | readonly Diagnostic[] {
  const named = readNamed(scenario, cell, argumentError('--cell', cell));
  if (!('unit' in named)) return named;
  const { output } = named;
  const currencies = [...new Set([scenario.currency.code, ...currenciesOf(output)])];
  const root = derive(compile(scenario, { currencies }), output, depth)!;
  const document = {
    engine: `capex-engine ${VERSION}`,
    scenario: scenario.id,
    closure: scenario.fx.closure,
    output: output.text,
    rates: quotation(scenario),
    derivation: root,
  };
  if (json) return { document, notes: [] };
  return { document, outline: outlineOf(root), table: tableOf(scenario, root), notes: [] };
}

/** From an input up. */
function feedingOf(
  scenario: Scenario,
  path: string,
  json: boolean,
): Answer | readonly Diagnostic[] {
  const input = inputAt(scenario, path);
  if (isNoInput(input)) return argumentError('--uses', path)(input);
  return usesAnswer(scenario, usesOf(scenario, input), json);
}

const TEXT = ['scenario', 'name', 'formula', 'unit', 'source'];

/** The steps one below the other, for a spreadsheet. */
function tableOf({ id }: Scenario, root: Derivation): Table {
  const text = TEXT.map((name) => ({ name, kind: 'text' as const }));
  const numbers = ['step', 'value'].map((name) => ({ name, kind: 'number' as const }));
  const rows = rowsOf(stepsOf(root), ({ number, name, formula, value, unit, origin }) => {
    const place = origin ? `${origin.source}:${origin.line}:${origin.column}` : '';
    return [id, name, formula, unit, place, String(number), value];
  });
  return { columns: [...text, ...numbers], rows };
}

function stepsOf(step: Derivation): readonly Derivation[] {
  return step.cut === 'above' ? [] : [step, ...step.from.flatMap(stepsOf)];
}
