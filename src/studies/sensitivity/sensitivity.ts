/** The study `sensitivity`: what drives the forecast, as a tornado, an FX table, or a grid of inputs. */
import * as z from 'zod';
import { allOf, failure, success, type Result } from '../../core/result.js';
import { argumentError } from '../shared/argumentError.js';
import { lang, portfolioOptions, publishOptions, show } from '../shared/options.js';
import {
  conditionsText,
  outputWhere,
  textWhere,
  unmetConditions,
  type Condition,
} from '../shared/where.js';
import { readNamed } from '../subject/outputTarget.js';
import { subjectOf, type Subject } from '../subject/subject.js';
import type { SubjectOutput } from '../subject/subjectOutput.js';
import type { Study } from '../study.js';
import { fxOption } from './fxShocks.js';
import { fxAnswer } from './fxAnswer.js';
import { gridAnswer } from './grid.js';
import { readAxis } from './gridAxis.js';
import { tornadoAnswer } from './tornado.js';

const grid = z.array(z.string()).max(2, 'takes one input or two').optional().meta({
  description:
    'Grid: the output at values of an input: PATH=A..B/STEP, PATH=A,B,C or PATH=-10%..+10%/5%; give it twice for two inputs',
});

const of = z.string().default('').meta({
  description:
    'The output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT; parts left out are summed, and BUYER! may stand before it',
});

/** Options of the FX table alone; another study names them in its output. */
const OF_FX = ['by', 'measure', 'currency'] as const;

const options = z
  .object({ of, grid, fx: fxOption, show, ...portfolioOptions, ...publishOptions, lang })
  .superRefine((typed, context) => {
    const refuse = (option: string, message: string) =>
      context.addIssue({ code: 'custom', path: [option], message });
    if (!typed.fx?.length) {
      const useless = OF_FX.find((option) => typed[option] !== undefined);
      if (useless) {
        refuse(useless, 'is for --fx: name measure and unit in the output, such as --of :units');
      }
    } else if (typed.grid?.length) refuse('grid', 'cannot be combined with --fx');
    else if (typed.of !== '') refuse('of', 'cannot be combined with --fx: choose rows by --by');
  });

export const sensitivity: Study<typeof options> = {
  name: 'sensitivity',
  summary: 'What drives the forecast: a tornado, an FX table, or a grid of inputs',
  files: 'one',
  options,
  example: 'sensitivity scenarios/alibaba-380bn.yaml --of servers --show',
  run: (scenarios, args) => {
    const subject = subjectOf(scenarios);
    if (args.fx?.length) return fxAnswer(subject, args.fx, args);
    const output = outputOf(subject, args.of, args.where);
    if (!output.ok) return output;
    if (!args.grid?.length) return success(tornadoAnswer(subject, output.value, args));
    const axes = allOf(args.grid.map((text) => readAxis(subject, text)));
    return axes.ok ? gridAnswer(subject, output.value, axes.value, args) : axes;
  },
};

/** An output that the forecast has, under the name that was typed, without the cells that do not meet the conditions. */
function outputOf(
  subject: Subject,
  text: string,
  conditions: readonly Condition[] = [],
): Result<SubjectOutput> {
  const unmet = unmetConditions(subject.members, conditions);
  if (unmet.length > 0) return failure(unmet);
  const fail = argumentError('--of', text);
  const named = readNamed(subject, text, fail, conditions);
  if (!named.ok) {
    const isOfForecast = readNamed(subject, text, fail).ok;
    return isOfForecast && conditions.length > 0 ? noneKept(text, conditions) : named;
  }
  const { output } = named.value;
  const parts = output.parts.map(
    (part, m) => part && outputWhere(subject.members[m]!, part, conditions),
  );
  const isAll = conditions.length === 0;
  return success({
    ...output,
    parts,
    text: isAll ? text : textWhere({ ...output, text }, conditions),
  });
}

/** Refuses conditions that no cell of the output meets. */
function noneKept(text: string, conditions: readonly Condition[]): Result<never> {
  return argumentError(
    '--where',
    conditionsText(conditions),
  )({
    message: `no cell of \`${text || 'demand'}\` meets these conditions`,
    hint: 'leave out --where, or name another output by --of',
  });
}
