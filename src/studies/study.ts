/** What a study is: a question asked of scenarios. Its command, help and completion follow from it. */
import type * as z from 'zod';
import { failure, success, type Result } from '../core/result.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Answer } from './answer.js';
import type { Job } from './job.js';
import { argumentError } from './shared/argumentError.js';
import { isInUnits } from '../model/estimate/unitEstimate.js';

/** A study: its command, its options, and how it answers. Use it by `ask`. */
export interface Study<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  /** Whether the command takes one file or several. */
  readonly files: 'one' | 'many';
  /** Whether two of the files may be states of one scenario; else each has an id of its own. */
  readonly takesVersions?: true;
  /** Its text for people is all that it has (`only`), or what it prints where no file is named (`default`). */
  readonly text?: 'only' | 'default';
  /** Whether its answer has plans. */
  readonly hasPlans?: true;
  /** The option that may be typed after the file without its name. */
  readonly optionAfterFile?: string;
  /** The options as they are typed; each has a description. */
  readonly options: Options;
  /** Arguments of a command line that runs as it stands. */
  readonly example: string;
  readonly run: (scenarios: readonly Scenario[], options: z.output<Options>) => Result<Answer>;
  /** The work as a job, if it takes long enough to be shared out over threads. */
  readonly job?: (scenarios: readonly Scenario[], options: z.output<Options>) => Result<Job>;
}

/**
 * Asks a study of scenarios that have been loaded.
 *
 * @param scenarios one or several, as `study.files` says, each with an id of its own
 * @param options texts as the command takes them, by their names without dashes:
 *   `{ of: 'h3c:revenue', in: 'bn' }`
 * @returns the answer, or why there is none: an option that cannot be read, a rate that is missing, …
 */
export function ask<Options extends z.ZodObject>(
  study: Study<Options>,
  scenarios: readonly Scenario[],
  options: z.input<Options>,
): Result<Answer> {
  const parsed = readOptions(study, options);
  if (parsed.success) {
    const closed = checkClosure(scenarios, parsed.data);
    return closed.ok ? study.run(scenarios, parsed.data) : closed;
  }
  const diagnostics = parsed.error.issues.flatMap(({ path, message }) => {
    const name = String(path[0]);
    const typed = String((options as Record<string, unknown>)[name]);
    return argumentError(`--${name}`, typed)({ message }).diagnostics;
  });
  return failure(diagnostics);
}

/** Units that are the plan stay as they are, so no other closure than `volume` can be asked for. */
export function checkClosure(
  scenarios: readonly Scenario[],
  { closure }: { readonly closure?: unknown },
): Result<undefined> {
  const isFree = scenarios.some(({ envelope }) => !isInUnits(envelope));
  if (typeof closure !== 'string' || closure === 'volume' || isFree) return success(undefined);
  const message = 'the plan follows from units, which stay as they are: its closure is `volume`';
  return argumentError('--closure', closure)({ message, hint: 'leave out --closure' });
}

/** Reads the options of a study from texts as they are typed. Names are compared in NFC, as those of files are. */
export function readOptions<Options extends z.ZodObject>(
  { options: fields }: Pick<Study<Options>, 'options'>,
  typed: object,
): z.ZodSafeParseResult<z.output<Options>> {
  const entries = Object.entries(typed).map(([name, value]) => [name, inNfc(value)] as const);
  return fields.safeParse(Object.fromEntries(entries));
}

function inNfc(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inNfc);
  return typeof value === 'string' ? value.normalize('NFC') : value;
}
