/** The study `explain`: how a number is computed, down to the inputs; or which outputs an input changes. */
import * as z from 'zod';
import { success, type Result } from '../../core/result.js';
import { rowsOf, type Table } from '../../core/table.js';
import { sayIn, type Language, type Word } from '../../core/text/language.js';
import type { Closure } from '../../model/fx.js';
import { compile } from '../../projection/compile.js';
import { REASONS } from '../../projection/derivedNumbers.js';
import { deriveNumber, type Derivation } from '../../projection/explain/derivation.js';
import { deriveColumn } from '../../projection/explain/derivedDerivation.js';
import { splitColumn } from '../../projection/output.js';
import type { Scenario } from '../../scenario/scenario.js';
import { ENGINE } from '../../version.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import { argumentError } from '../shared/argumentError.js';
import { lang, reportOptions } from '../shared/options.js';
import { quotation } from '../shared/reports.js';
import { splitOutputNotes } from '../shared/timeNotes.js';
import type { Study } from '../study.js';
import { inputAt } from '../variation/inputValues.js';
import { currenciesOf } from '../variation/outputPlan.js';
import { readNamed } from '../variation/outputTarget.js';
import { outlineOf } from './derivationOutline.js';
import { usesAnswer, usesOf } from './uses.js';

const options = z.object({
  cell: z.string().optional().meta({
    description:
      'The output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT; parts left out are summed. A derived column may follow: servers@FY2027:demand.CNY.yoy',
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
  lang,
});

export const explain: Study<typeof options> = {
  name: 'explain',
  summary: 'How a number is computed, down to the inputs; or which outputs an input changes',
  files: 'one',
  optionAfterFile: 'cell',
  options,
  example: 'explain scenarios/alibaba-380bn.yaml servers/inspur@FY2026Q3:revenue.USD',
  run: ([scenario], { cell, uses, depth, json = false, closure, lang: language }) => {
    if (uses === undefined)
      return derivationAnswer(scenario!, cell ?? '', { depth, json, closure, language });
    if (cell === undefined) return usesOfInput(scenario!, uses, { json, closure, language });
    const refuse = argumentError('--uses', uses);
    return refuse({ message: 'give a cell or --uses, not both' });
  },
};

interface ExplainOptions {
  readonly depth?: number | undefined;
  readonly json: boolean;
  readonly closure: Closure | undefined;
  readonly language: Language | undefined;
}

/** How an output, or a number that is derived from outputs, is computed, from the number down. */
function derivationAnswer(
  scenario: Scenario,
  cell: string,
  { depth, json, closure, language }: ExplainOptions,
): Result<Answer> {
  const derived = splitColumn(cell.normalize('NFC'), scenario);
  const named = readNamed(scenario, derived?.output ?? cell, argumentError('--cell', cell));
  if (!named.ok) return named;
  const { output } = named.value;
  const currencies = [...new Set([scenario.currency.code, ...currenciesOf([output])])];
  const plan = compile(scenario, { currencies, closure });
  const notes = splitOutputNotes(scenario, [output], language);
  const head = {
    engine: ENGINE,
    scenario: scenario.id,
    closure: plan.closure,
    output: derived ? `${output.text}.${derived.column}` : output.text,
    rates: quotation(scenario),
  };
  const deriveIn = (spoken?: Language) =>
    derived
      ? deriveColumn(plan, output, derived.column, depth, spoken)
      : success(deriveNumber(plan, output, depth, spoken)!);
  const found = deriveIn();
  if (!found.ok)
    return success(undefinedAnswer(head, REASONS[found.diagnostics], { notes, json, language }));
  const root = found.value;
  const document = { ...head, derivation: root };
  if (json) return success({ document, notes });
  // Files are in English, and people read the other one.
  const shown = language === 'zh' ? deriveIn(language) : found;
  const table = derivationTable(scenario, root);
  return success({
    document,
    outline: outlineOf(shown.ok ? shown.value : root, language),
    table,
    notes,
  });
}

/** A derived number that is not defined, and why. */
function undefinedAnswer(
  head: { readonly output: string; readonly scenario: string },
  reason: Word,
  { notes, json, language }: Pick<ExplainOptions, 'json' | 'language'> & Pick<Answer, 'notes'>,
): Answer {
  const say = sayIn(language);
  const document = { ...head, derivation: null, reason };
  if (json) return { document, notes };
  const lines = [{ kind: 'reason', text: say(reason) } as const];
  const outline = {
    head: say('{output} has no value', { output: head.output }),
    lines,
    rows: [],
    branches: [],
  };
  const row = [head.scenario, head.output, reason, '', '', '1', ''];
  return { document, outline, table: { columns: STEP_COLUMNS, rows: [row] }, notes };
}

/** The outputs that an input changes. */
function usesOfInput(
  scenario: Scenario,
  path: string,
  { json, closure = scenario.fx.closure, language }: ExplainOptions,
): Result<Answer> {
  const input = inputAt(scenario, path);
  if (!input.ok) return argumentError('--uses', path)(input.diagnostics);
  return success(usesAnswer(scenario, usesOf(scenario, input.value, closure), json, language));
}

const STEP_COLUMNS = [
  ...namedColumns('text', ['scenario', 'name', 'formula', 'unit', 'source']),
  ...namedColumns('number', ['step', 'value']),
];

/** One row per step, for a spreadsheet. */
function derivationTable({ id }: Scenario, root: Derivation): Table {
  const rows = rowsOf(stepsOf(root), ({ number, name, formula, value, unit, origin }) => {
    const place = origin ? `${origin.source}:${origin.line}:${origin.column}` : '';
    return [id, name, formula, unit, place, String(number), value];
  });
  return { columns: STEP_COLUMNS, rows };
}

function stepsOf(step: Derivation): readonly Derivation[] {
  return step.cut === 'above' ? [] : [step, ...step.from.flatMap(stepsOf)];
}
