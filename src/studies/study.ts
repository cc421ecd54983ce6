/** What a study is: a question asked of scenarios. Its command, help and completion follow from it. */
import type { Outline } from '../core/outline.js';
import type { Sheet, Table } from '../core/table.js';
import type { Plan } from '../projection/plan.js';
import type * as z from 'zod';
import type { Diagnostic } from '../core/text/diagnostic.js';
import type { Scenario } from '../scenario/scenario.js';
import { argumentError } from './shared/outputTarget.js';
import type { Job } from './simulate/job.js';

/** Each form goes to the writer that knows it. */
export interface Answer {
  /** Tidy data, for CSV. */
  readonly table?: Table | undefined;
  /** The same with everything around it, for JSON. */
  readonly document?: object;
  /** For eyes. */
  readonly sheets?: readonly Sheet[];
  readonly outline?: Outline | undefined;
  /** What it was computed by, of which a workbook is made. */
  readonly plans?: readonly Plan[];
  /** What a person should know of the answer: under- and over-runs, understated periods. */
  readonly notes: readonly string[];
}

/** A study: what it is called, what it can be asked, and how it answers. `ask` is the way to use it. */
export interface Study<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  /** Whether the command takes one file or several. */
  readonly files: 'one' | 'many';
  /** Whether it answers for eyes alone, or first, with data for whoever writes a file. */
  readonly forEyes?: 'alone' | 'first';
  /** Whether it answers with plans, too. */
  readonly hasPlans?: true;
  /** The name of the option that may be typed behind the file, without its dashes. */
  readonly asks?: string;
  /** Fields are texts as they are typed; each has a description. */
  readonly options: Options;
  /** Arguments of a command line that runs as it stands. */
  readonly example: string;
  /** The answer, or why there is none for these scenarios. */
  readonly run: (
    scenarios: readonly Scenario[],
    options: z.output<Options>,
  ) => Answer | readonly Diagnostic[];
  /** The same as work that may be shared out, where it takes long enough to be worth it. */
  readonly job?: (
    scenarios: readonly Scenario[],
    options: z.output<Options>,
  ) => Job | readonly Diagnostic[];
}

/**
 * Asks a study of scenarios that have been loaded.
 *
 * @param scenarios one or several, as `study.files` says, each with an id of its own
 * @param options texts as the command takes them, by their names without dashes:
 *   `{ of: 'h3c:revenue', in: 'bn' }`
 * @returns the answer, or why there is none: options that cannot be read, rates that are missing, …
 */
export function ask<Options extends z.ZodObject>(
  study: Study<Options>,
  scenarios: readonly Scenario[],
  options: z.input<Options>,
): Answer | readonly Diagnostic[] {
  const read = study.options.safeParse(options);
  if (read.success) return study.run(scenarios, read.data);
  return read.error.issues.flatMap(({ path, message }) => {
    const name = String(path[0]);
    return argumentError(
      `--${name}`,
      String((options as Record<string, unknown>)[name]),
    )({ message });
  });
}

/** Whether a study has answered; else it has told what is wrong. */
export function isAnswer(result: Answer | readonly Diagnostic[]): result is Answer {
  return 'notes' in result;
}
