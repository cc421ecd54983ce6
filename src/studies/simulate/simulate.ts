/** The study `simulate`: the probability distribution of outputs, from draws of all inputs that have a range. */
import * as z from 'zod';
import { ONE, compare, type Fraction } from '../../core/number/fraction.js';
import { fractionLiteral } from '../../core/number/literal.js';
import { allOf, success, type Result } from '../../core/result.js';
import { runJob, type Job } from '../job.js';
import { argumentError } from '../shared/argumentError.js';
import { lang, publishOptions, reportOptions, show } from '../shared/options.js';
import type { Study } from '../study.js';
import {
  readNamed,
  readTarget,
  type NamedOutput,
  type OutputTarget,
} from '../subject/outputTarget.js';
import { subjectOf, type Subject } from '../subject/subject.js';
import { readRange } from '../variation/valueLists.js';
import { simulateAnswer } from './simulateAnswer.js';
import { simulationJob, type SimulatedOutput, type SimulationQuestion } from './simulationJob.js';

/** A whole number between limits, as it is typed. */
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
      'An output: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT, and BUYER! may stand before it; default: the total and every component',
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
      if (parts.ok && parts.value.every(isPart)) return parts.value;
      const message = parts.ok ? 'a quantile is from 0% to 100%' : parts.diagnostics.message;
      context.addIssue({ code: 'custom', message: `${message}; write 5%,50%,95%` });
      return z.NEVER;
    })
    .meta({ description: 'Quantiles to report: 50% is the median' }),
  show,
  lang,
  closure: reportOptions.closure,
  ...publishOptions,
});

type SimulateArguments = z.output<typeof options>;

export const simulate: Study<typeof options> = {
  name: 'simulate',
  summary:
    'Probability distribution of the outputs: quantiles, means and histograms from random draws',
  files: 'one',
  options,
  example: 'simulate scenarios/alibaba-380bn.yaml --of servers/inspur:revenue --show',
  job: (scenarios, args) => jobFor(subjectOf(scenarios), args),
  run: (scenarios, args) => {
    const job = jobFor(subjectOf(scenarios), args);
    return job.ok ? runJob(job.value) : job;
  },
};

function jobFor(subject: Subject, args: SimulateArguments): Result<Job> {
  const { closure, draws, seed, quantiles } = args;
  const outputs = readOutputs(subject, args);
  if (!outputs.ok) return outputs;
  const question: SimulationQuestion = {
    ...{ subject, closure, quantiles, draws, seed },
    outputs: outputs.value,
  };
  return simulationJob(question, (simulated) =>
    simulateAnswer(question, simulated, args),
  ) as Result<Job>;
}

/** Every output asked for, once, with its thresholds. */
function readOutputs(
  subject: Subject,
  { of, above }: SimulateArguments,
): Result<readonly SimulatedOutput[]> {
  const components = subject.members.flatMap((member) => member.components);
  const all = ['*', ...new Set(components.map(({ key }) => key))];
  const texts = of.length + above.length > 0 ? of : all;
  const found = allOf<NamedOutput & Partial<OutputTarget>>([
    ...texts.map((text) => readNamed(subject, text, argumentError('--of', text))),
    ...above.map((text) => readTarget(subject, text, argumentError('--above', text))),
  ]);
  if (!found.ok) return found;
  const byName = new Map<string, SimulatedOutput>();
  for (const one of found.value) {
    const { text, measure } = one.output;
    const name = `${text.split(':')[0]!}:${measure}.${one.unit.label}`;
    const { output, unit, above: before } = byName.get(name) ?? { ...one, above: [] };
    byName.set(name, { output, unit, above: [...before, ...(one.target ? [one.target] : [])] });
  }
  return success([...byName.values()]);
}
