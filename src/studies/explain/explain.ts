/** The study `explain`: how a number is computed, down to the inputs; or which outputs an input changes. */
import * as z from 'zod';
import { grouped, printDecimal } from '../../core/number/decimal.js';
import { failure, success, type Result } from '../../core/result.js';
import { rowsOf, type Table } from '../../core/table.js';
import type { Problem } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import { sayIn, type Language, type Word } from '../../core/text/language.js';
import type { Closure } from '../../model/fx.js';
import { compile } from '../../projection/compile.js';
import {
  deriveNumber,
  deriveTotal,
  type Derivation,
  type PlannedOutput,
} from '../../projection/explain/derivation.js';
import { deriveColumn } from '../../projection/explain/derivedDerivation.js';
import { missingRates, splitColumn, type Output } from '../../projection/output.js';
import { outputLabel } from '../../projection/outputLabel.js';
import type { Plan } from '../../projection/plan.js';
import { REASONS, type Reason } from '../../projection/seriesLine.js';
import { buyerKey } from '../../scenario/scenario.js';
import { ENGINE } from '../../version.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import { argumentError } from '../shared/argumentError.js';
import { lang, reportOptions } from '../shared/options.js';
import type { Study } from '../study.js';
import { currenciesOf } from '../variation/outputPlan.js';
import { readNamed } from '../subject/outputTarget.js';
import {
  closureOf,
  subjectInputAt,
  subjectOf,
  subjectQuotation,
  type Subject,
} from '../subject/subject.js';
import {
  outputNotes,
  subjectAmounts,
  type SubjectAmount,
  type SubjectOutput,
} from '../subject/subjectOutput.js';
import { outlineOf } from './derivationOutline.js';
import { usesAnswer, usesOf } from './uses.js';

const options = z.object({
  cell: z.string().optional().meta({
    description:
      'The output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT; parts left out are summed, and BUYER! may stand before it. A derived column may follow: servers@FY2027:demand.CNY.yoy',
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
  run: (scenarios, { cell, uses, depth, json = false, closure, lang: language }) => {
    const subject = subjectOf(scenarios);
    if (uses === undefined)
      return derivationAnswer(subject, cell ?? '', { depth, json, closure, language });
    if (cell === undefined) return usesOfInput(subject, uses, { json, closure, language });
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
  subject: Subject,
  cell: string,
  { depth, json, closure, language }: ExplainOptions,
): Result<Answer> {
  const derived = splitColumn(cell.normalize('NFC'), subject.members);
  const fail = argumentError('--cell', cell);
  const named = readNamed(subject, derived?.output ?? cell, fail);
  if (!named.ok) return named;
  const { output } = named.value;
  const plans = plansOf(subject, output, closure);
  const notes = outputNotes(subject, [output], language);
  const head = {
    engine: ENGINE,
    scenario: subject.id,
    closure: closureOf(subject, closure),
    output: derived ? `${output.text}.${derived.column}` : output.text,
    rates: subjectQuotation(subject),
  };
  if (derived && plans.length > 1) return fail(derivedOfSum(head.output, plans));
  const deriveIn = (spoken?: Language): Result<Derivation, Reason> => {
    const [{ plan, part }] = plans as readonly [PlannedPart];
    const own = { ...part, text: output.text };
    if (derived) return deriveColumn(plan, part, derived.column, depth, spoken);
    if (plans.length === 1) return success(deriveNumber(plan, own, depth, spoken)!);
    return success(derivationOfSum(subject, output, plans, { depth, closure, language: spoken }));
  };
  const found = deriveIn();
  if (!found.ok)
    return success(undefinedAnswer(head, REASONS[found.diagnostics], { notes, json, language }));
  const root = found.value;
  const document = { ...head, derivation: root };
  if (json) return success({ document, notes });
  // Files are in English, and people read the other one.
  const shown = language === 'zh' ? deriveIn(language) : found;
  const table = derivationTable(subject, root);
  return success({
    document,
    outline: outlineOf(shown.ok ? shown.value : root, language),
    table,
    notes,
  });
}

/** A part of an output, and the plan of its member. */
interface PlannedPart {
  readonly plan: Plan;
  readonly part: Output;
}

function plansOf(
  { members }: Subject,
  { parts }: SubjectOutput,
  closure: Closure | undefined,
): readonly PlannedPart[] {
  return members.flatMap((member, m): PlannedPart[] => {
    const part = parts[m];
    if (!part) return [];
    const currencies = [...new Set([member.currency.code, ...currenciesOf([part])])];
    return [{ plan: compile(member, { currencies, closure }), part }];
  });
}

/** The derivation of a sum over buyers: what each of them adds. */
function derivationOfSum(
  subject: Subject,
  output: SubjectOutput,
  plans: readonly PlannedPart[],
  { depth, closure, language }: Omit<ExplainOptions, 'json'>,
): Derivation {
  const [{ count, unit, byMember }] = subjectAmounts(subject, [output], closure) as [SubjectAmount];
  const print = (number: bigint) => printDecimal(number, unit.places);
  const added = byMember.filter((_, m) => output.parts[m]);
  const parts = plans.map(({ plan, part }, i): PlannedOutput => {
    const text = `${buyerKey(plan.scenario)}!${output.text}`;
    const name = outputLabel({ ...part, text }, language);
    return { plan, output: part, name, said: grouped(print(added[i]!)) };
  });
  const value = print(count);
  const total = { value, said: grouped(value), about: undefined, unit: unit.label };
  return deriveTotal(output, total, parts, depth, language);
}

/** A growth or a share of a sum over buyers is computed from rows of a table, which no plan has. */
function derivedOfSum(text: string, plans: readonly PlannedPart[]): Problem {
  const keys = plans.map(({ plan }) => buyerKey(plan.scenario));
  const message = 'derived columns are explained for one buyer';
  return { message, hint: `write ${firstOf(keys.map((key) => `\`${key}!${text}\``))}` };
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
  subject: Subject,
  path: string,
  { json, closure, language }: ExplainOptions,
): Result<Answer> {
  const input = subjectInputAt(subject, path);
  if (!input.ok) return argumentError('--uses', path)(input.diagnostics);
  const missing = subject.members.flatMap((one) => missingRates(one, [subject.currency.code]));
  if (missing.length > 0) return failure(missing);
  return success(usesAnswer(subject, usesOf(subject, input.value, closure), json, language));
}

const STEP_COLUMNS = [
  ...namedColumns('text', ['scenario', 'name', 'formula', 'unit', 'source']),
  ...namedColumns('number', ['step', 'value']),
];

/** One row per step, for a spreadsheet. */
function derivationTable({ id }: Subject, root: Derivation): Table {
  const rows = rowsOf(stepsOf(root), ({ number, name, formula, value, unit, origin }) => {
    const place = origin ? `${origin.source}:${origin.line}:${origin.column}` : '';
    return [id, name, formula, unit, place, String(number), value];
  });
  return { columns: STEP_COLUMNS, rows };
}

function stepsOf(step: Derivation): readonly Derivation[] {
  return step.cut === 'above' ? [] : [step, ...step.from.flatMap(stepsOf)];
}
