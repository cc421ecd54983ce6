/** Sensitivity: what the forecast hangs on. The tornado, FX tables, and grids of inputs. */
import { success } from '../../core/result.js';
import * as z from 'zod';
import { currencyOf } from '../../core/number/currency.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { fractionLiteral } from '../../core/number/literal.js';
import { compare, fraction } from '../../core/number/fraction.js';
import { readOutput, missingRates } from '../../projection/output.js';
import type { Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import { argumentError } from '../shared/outputTarget.js';
import { fxAnswer, type Shocks } from './fxTable.js';
import { gridAnswer, type GridAxis } from './grid.js';
import { publishOptions, reportOptions } from '../shared/options.js';
import { readRange } from '../shared/valueLists.js';
import type { Answer, Study } from '../study.js';
import { tornadoAnswer } from './tornado.js';
import { inputAt, isNoInput } from '../shared/variation.js';

const fx = z
  .string()
  .transform((text, context): Shocks => {
    const [code = '', range = ''] = text.split('=');
    const reject = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const currency = currencyOf(code);
    if (!currency)
      return reject(`\`${code}\` is not an ISO 4217 currency; write USD=-10%..+10%/5%`);
    const values = readRange(range, fractionLiteral.read);
    if ('message' in values) return reject(`${values.message}, as in USD=-10%..+10%/5%`);
    const least = fraction(-1n);
    if (values.some((value) => compare(value, least) <= 0)) {
      return reject('a rate cannot fall by 100% or more');
    }
    return { code: currency.code, values };
  })
  .optional()
  .meta({
    description:
      'FX table: a currency moves by these percentages, under each closure: USD=-10%..+10%/1%',
  });

const grid = z.array(z.string()).max(2, 'takes one input or two').optional().meta({
  description:
    'Grid: the output at values of an input: PATH=A..B/STEP or PATH=A,B,C; give it twice for two inputs',
});

const of = z.string().default('').meta({
  description: 'The output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT; parts left out are summed',
});

const show = z.boolean().optional().meta({ description: 'Print tables instead of CSV' });

const options = z.object({ of, grid, fx, show, ...reportOptions, ...publishOptions });

export const sensitivity: Study<typeof options> = {
  name: 'sensitivity',
  summary: 'What drives the forecast: a tornado, an FX table, or a grid of inputs',
  files: 'one',
  options,
  example: 'sensitivity scenarios/alibaba-380bn.yaml --of servers --show',
  run: ([scenario], given) => {
    if (given.fx) return fxAnswer(scenario!, given.fx, given);
    const { closure } = given;
    const closed = closure ? vary(scenario!, [`fx.closure=${closure}`]).scenario! : scenario!;
    return answerOf(closed, given);
  },
};

type Given = z.output<typeof options>;

function answerOf(scenario: Scenario, given: Given): Answer | readonly Diagnostic[] {
  const fail = argumentError('--of', given.of);
  const read = readOutput(given.of, scenario);
  if (!read.ok) return fail(read.diagnostics);
  const output = read.value;
  const isMoney = output.measure !== 'units' && output.unit !== undefined;
  if (isMoney && !currencyOf(output.unit)) {
    return fail({ message: `\`${output.unit}\` is not an ISO 4217 currency` });
  }
  const problems = isMoney ? missingRates(scenario, [output.unit]) : [];
  if (problems.length > 0) return problems;
  if (!given.grid) return tornadoAnswer(scenario, output, given);
  const axes = given.grid.map((text) => axisOf(scenario, text));
  const faults = axes.flatMap((axis) => ('input' in axis ? [] : axis));
  return faults.length > 0 ? faults : gridAnswer(scenario, output, axes as GridAxis[], given);
}

/** `PATH=A..B/STEP`: an input, and its values in its own units. */
function axisOf(scenario: Scenario, text: string): GridAxis | readonly Diagnostic[] {
  const fail = argumentError('--grid', text);
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(equals, 0));
  const input = inputAt(scenario, path);
  if (isNoInput(input)) return fail(input);
  const values = readRange(text.slice(equals + 1), (literal) => {
    const reading = input.kind.read(literal);
    return reading.ok ? success(reading.value.value) : reading;
  });
  return 'message' in values ? fail(values) : { input, values };
}
