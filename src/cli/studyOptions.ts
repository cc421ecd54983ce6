/** The options of a study's command, from what the study declares. */
import type { Options } from 'yargs';
import type * as z from 'zod';
import type { Study } from '../index.js';
import { endingsOf } from './outputFormats.js';

/** Options as yargs reads them, by name without dashes. */
export type OptionsByName = Readonly<Record<string, Options>>;

/** The options of a study's output. */
export function outputOptions(study: Study): OptionsByName {
  const output: Options = {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    description: `Write a ${endingsOf(study)} file instead of standard output`,
  };
  if (study.text === 'only') return { output };
  return {
    output,
    bom: { type: 'boolean', description: 'Begin the CSV with a byte order mark, for Excel' },
    ...(study.hasPlans && {
      force: { type: 'boolean', description: 'Write over a workbook that was edited' },
    }),
  };
}

/** The options that may be given several times: their field takes a list. */
export function listsOf({ options }: Study): string[] {
  const fields = Object.entries<z.ZodType>(options.shape);
  return fields.flatMap(([name, field]) => (field.safeParse([]).success ? [name] : []));
}

/** The options that a study declares, as yargs reads them. */
export function optionsOf({ options }: Study): OptionsByName {
  const fields = Object.entries<z.ZodType>(options.shape);
  const entries = fields.map(([name, field]) => {
    // A space after each comma lets a list of words break between them.
    const description = (field.meta()?.description ?? '').replace(/,(?=\S)/g, ', ');
    const isFlag = field.safeParse(true).success;
    const option: Options = isFlag
      ? { type: 'boolean', description }
      : { type: 'string', requiresArg: true, description };
    return [name, option] as const;
  });
  return Object.fromEntries(entries);
}
