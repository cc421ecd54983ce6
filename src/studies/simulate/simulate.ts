/** The study `simulate`: how likely what is, from draws of all inputs that have a range. */
import * as z from 'zod';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { fractionLiteral } from '../../core/number/literal.js';
import { compare, ONE, type Fraction } from '../../core/number/fraction.js';
import type { Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import {
  argumentError,
  readTarget,
  readNamed,
  type OutputTarget,
  type NamedOutput,
} from '../shared/outputTarget.js';
import { publishOptions, reportOptions } from '../shared/options.js';
import { readRange } from '../shared/valueLists.js';
import { simulateAnswer } from './simulateAnswer.js';
import { simulationJob, type SimulationOptions, type SimulationQuestion } from './simulationJob.js';
import type { Study } from '../study.js';
import { finishPass, type Job } from './job.js';

/** A whole number as it is typed, up to a limit. */
const whole = (least: bigint, most: bigint, noun: string) =>
  z
    .string()
    .regex(/^\d{1,20}$/, { error: `write ${noun}` })
    .transform(BigInt)
    .refine((value) => least <= value && value <= most, { error: `write ${noun}` });

const MOST_DRAWS = 10n ** 12n;

const options = z.object({
  draws: whole(1n, MOST_DRAWS, 'a whole number from 1 to 10^12')
    .transform(Number)
    .default(10_000)
    .meta({ description: 'Number of draws; default: 10000' }),
  seed: whole(0n, 2n ** 64n - 1n, 'a whole number from 0 to 2^64 - 1')
    .default(1n)
    .meta({
      description: 'Seed of the random numbers: the same seed gives the same draws; default: 1',
    }),
  of: z.array(z.string()).default([]).meta({
    description:
      'An output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT; default: the total and every component',
  }),
  above: z.array(z.string()).default([]).meta({
    description:
      'Probability that an output exceeds a value: CELL=VALUE, such as servers/inspur:revenue=60bn',
  }),
  quantiles: z
    .string()
    .default('5%,25%,50%,75%,95%')
    .transform((text, context): readonly Fraction[] => {
      const parts = readRange(text, fractionLiteral.read);
      const isPart = (part: Fraction) => part.n >= 0n && compare(part, ONE) <= 0;
      if (!('message' in parts) && parts.every(isPart)) return parts;
      const message = 'message' in parts ? parts.message : 'a quantile is from 0% to 100%';
      context.addIssue({ code: 'custom', message: `${message}; write 5%,50%,95%` });
      return z.NEVER;
    })
    .meta({ description: 'Quantiles to report: 50% is the median' }),
  show: z.boolean().optional().meta({ description: 'Print tables instead of CSV' }),
  closure: reportOptions.closure,
  ...publishOptions,
});

type Given = z.output<typeof options>;

export const simulate: Study<typeof options> = {
  name: 'simulate',
  summary:
    'Probability distribution of the outputs: quantiles, means and histograms from random draws',
  files: 'one',
  options,
  example: 'simulate scenarios/alibaba-380bn.yaml --of servers/inspur:revenue --show',
  job: ([scenario], given) => workFor(scenario!, given),
  run: ([scenario], given) => {
    const work = workFor(scenario!, given);
    return 'size' in work ? finishPass(work) : work;
  },
};

function workFor(scenario: Scenario, given: Given): Job | readonly Diagnostic[] {
  const { closure, draws, seed, quantiles } = given;
  const closed = closure ? vary(scenario, [`fx.closure=${closure}`]).scenario! : scenario;
  const outputs = readOutputs(closed, given);
  const problems = outputs.filter((one) => 'severity' in one);
  if (problems.length > 0) return problems;
  const question: SimulationQuestion = {
    ...{ scenario: closed, quantiles, draws, seed },
    outputs: outputs as readonly SimulationOptions[],
  };
  return simulationJob(question, (simulated) => simulateAnswer(question, simulated, given)) as
    Job | readonly Diagnostic[];
}

/** Every output that is asked for, once, with the thresholds that are asked of it. */
function readOutputs(
  scenario: Scenario,
  { of, above }: Given,
): readonly (SimulationOptions | Diagnostic)[] {
  const all = ['*', ...scenario.components.map(({ key }) => key)];
  const texts = of.length + above.length > 0 ? of : all;
  const named = texts.map((text) => readNamed(scenario, text, argumentError('--of', text)));
  const aims = above.map((text) => readTarget(scenario, text, argumentError('--above', text)));
  const found = [...named, ...aims];
  const problems = found.flatMap((one) => ('unit' in one ? [] : one));
  if (problems.length > 0) return problems;
  const byName = new Map<string, SimulationOptions>();
  for (const one of found as readonly (NamedOutput & Partial<OutputTarget>)[]) {
    const { text, measure } = one.output;
    const name = `${text.split(':')[0]!}:${measure}.${one.unit.label}`;
    const { output, unit, above: before } = byName.get(name) ?? { ...one, above: [] };
    byName.set(name, { output, unit, above: [...before, ...(one.target ? [one.target] : [])] });
  }
  return [...byName.values()];
}
