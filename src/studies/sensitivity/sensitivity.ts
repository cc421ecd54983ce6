/** The study `sensitivity`: what drives the forecast, as a tornado, an FX table, or a grid of inputs. */
import * as z from 'zod';
import { currencyOf } from '../../core/number/currency.js';
import { compare, fraction } from '../../core/number/fraction.js';
import { fractionLiteral } from '../../core/number/literal.js';
import { allOf, failure, success, type Result } from '../../core/result.js';
import { missingRates, readOutput, type Output } from '../../projection/output.js';
import type { Scenario } from '../../scenario/scenario.js';
import { argumentError, publishOptions, reportOptions, show } from '../shared/options.js';
import type { Study } from '../study.js';
import { inputAt } from '../variation/inputValues.js';
import { readRange } from '../variation/valueLists.js';
import { fxAnswer, type Shocks } from './fxTable.js';
import { gridAnswer, type GridAxis } from './grid.js';
import { tornadoAnswer } from './tornado.js';

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
    if (!values.ok) {
      return reject(`${values.diagnostics.message}, as in USD=-10%..+10%/5%`);
    }
    const least = fraction(-1n);
    if (values.value.some((value) => compare(value, least) <= 0)) {
      return reject('a rate cannot fall by 100% or more');
    }
    return { code: currency.code, values: values.value };
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

const options = z.object({ of, grid, fx, show, ...reportOptions, ...publishOptions });

export const sensitivity: Study<typeof options> = {
  name: 'sensitivity',
  summary: 'What drives the forecast: a tornado, an FX table, or a grid of inputs',
  files: 'one',
  options,
  example: 'sensitivity scenarios/alibaba-380bn.yaml --of servers --show',
  run: ([scenario], args) => {
    if (args.fx) return fxAnswer(scenario!, args.fx, args);
    const output = outputOf(scenario!, args.of);
    if (!output.ok) return output;
    if (!args.grid) return success(tornadoAnswer(scenario!, output.value, args));
    const axes = allOf(args.grid.map((text) => axisOf(scenario!, text)));
    return axes.ok ? gridAnswer(scenario!, output.value, axes.value, args) : axes;
  },
};

/** An output that has a rate, if it is in a foreign currency. */
function outputOf(scenario: Scenario, text: string): Result<Output> {
  const fail = argumentError('--of', text);
  const read = readOutput(text, scenario);
  if (!read.ok) return fail(read.diagnostics);
  const { measure, unit } = read.value;
  if (measure === 'units' || unit === undefined) return success(read.value);
  if (!currencyOf(unit)) return fail({ message: `\`${unit}\` is not an ISO 4217 currency` });
  const missing = missingRates(scenario, [unit]);
  return missing.length > 0 ? failure(missing) : success(read.value);
}

/** `PATH=A..B/STEP`: an input, and its values in its own units. */
function axisOf(scenario: Scenario, text: string): Result<GridAxis> {
  const fail = argumentError('--grid', text);
  const equals = text.indexOf('=');
  const found = inputAt(scenario, text.slice(0, Math.max(equals, 0)));
  if (!found.ok) return fail(found.diagnostics);
  const input = found.value;
  const values = readRange(text.slice(equals + 1), (literal) => {
    const reading = input.kind.read(literal);
    return reading.ok ? success(reading.value.value) : reading;
  });
  return values.ok ? success({ input, values: values.value }) : fail(values.diagnostics);
}
