/** Explain: why a number is what it is, from the output down to the inputs; and what an input feeds. */
import * as z from 'zod';
import { currencyOf } from '../core/currency.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Table } from '../core/table.js';
import { explain as derive, type Explained } from '../projection/derivation.js';
import { readOutput } from '../projection/output.js';
import { compile } from '../projection/project.js';
import { missingRates } from '../projection/rates.js';
import type { Scenario } from '../scenario/scenario.js';
import { vary } from '../scenario/vary.js';
import { VERSION } from '../version.js';
import { outlineOf } from './derivationOutline.js';
import { reportOptions } from './options.js';
import { quotation } from './report.js';
import type { Answer, Study } from './study.js';

const options = z.object({
  cell: z.string().optional().meta({
    description: 'The output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT, parts left out are summed',
  }),
  depth: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'write a whole number, such as 2' })
    .transform(Number)
    .optional()
    .meta({ description: 'How many steps to go down; to the inputs unless given' }),
  json: z.boolean().optional().meta({ description: 'JSON instead of a tree' }),
  closure: reportOptions.closure,
});

export const explain: Study<typeof options> = {
  name: 'explain',
  summary: 'Why a number is what it is, down to the inputs',
  files: 'one',
  asks: 'cell',
  options,
  example: 'explain scenarios/alibaba-380bn.yaml servers/inspur@FY2026Q3:revenue.USD',
  run: ([given], { cell = '', depth, json, closure }) => {
    const scenario = closure ? vary(given!, [`fx.closure=${closure}`]).scenario! : given!;
    return derivationOf(scenario, cell, depth, json === true);
  },
};

function derivationOf(
  scenario: Scenario,
  cell: string,
  depth: number | undefined,
  json: boolean,
): Answer | readonly Diagnostic[] {
  const output = readOutput(cell, scenario);
  if ('message' in output) return [typed(cell, output.message)];
  const { unit, measure } = output;
  const money = measure === 'units' ? undefined : currencyOf(unit ?? '');
  if (measure !== 'units' && !money) {
    return [typed(cell, `\`${unit ?? ''}\` is no ISO 4217 currency`)];
  }
  const asked = money ? [money.code] : [];
  const problems = missingRates(scenario, asked);
  if (problems.length > 0) return problems;
  const own = scenario.currency.code;
  const plan = compile(scenario, { currencies: [...new Set([own, ...asked])] });
  const root = derive(plan, output, depth);
  if (!root) return [typed(cell, `no cell of the forecast is \`${cell}\``)];
  return answerOf(scenario, output.text, root, json);
}

function answerOf(scenario: Scenario, text: string, root: Explained, json: boolean): Answer {
  const document = {
    engine: `capex-engine ${VERSION}`,
    scenario: scenario.id,
    closure: scenario.fx.closure,
    output: text,
    rates: quotation(scenario),
    derivation: root,
  };
  const outline = json ? undefined : outlineOf(root);
  return { document, outline, table: json ? undefined : tableOf(scenario, root), notes: [] };
}

/** The steps one below the other, for a spreadsheet. */
function tableOf(scenario: Scenario, root: Explained): Table {
  const text = ['scenario', 'step', 'name', 'formula'].map((name) => {
    return { name, kind: 'text' as const };
  });
  const rest = ['unit', 'source'].map((name) => ({ name, kind: 'text' as const }));
  const columns = [...text, { name: 'value', kind: 'number' as const }, ...rest];
  return { columns, rows: rowsOf(scenario.id, root) };
}

function rowsOf(id: string, step: Explained): readonly (readonly string[])[] {
  const { number, name, formula, value, unit, origin, from, cut } = step;
  if (cut === 'above') return [];
  const place = origin ? `${origin.source}:${origin.line}:${origin.column}` : '';
  const row = [id, String(number), name, formula, value, unit, place];
  return [row, ...from.flatMap((one) => rowsOf(id, one))];
}

/** What is wrong with the output that was asked for. */
function typed(text: string, message: string): Diagnostic {
  const span = { source: { name: '--cell', text }, start: 0, end: Math.max(text.length, 1) };
  return { code: 'path-unknown', severity: 'error', span, message };
}
