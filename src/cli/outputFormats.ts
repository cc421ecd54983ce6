/** Which format an answer is written in, by the study and the name of the output file. */
import { extname } from 'node:path';
import { shellWord, type Study } from '../index.js';
import { FILE_FORMATS, type FileFormat, type FileOptions } from '../shell.js';
import { languageOf, type CliArguments } from './cliArguments.js';
import { EXIT, Stop } from './stop.js';

/** The options of a command for the writer of a file. */
export function fileOptions({ options, set, bom }: CliArguments): FileOptions {
  const typed = Object.entries(options).map(([name, value]) => [`--${name}`, String(value)]);
  const language = languageOf({ options });
  const sets = set.flatMap((assignment) => ['--set', assignment]);
  return { bom, typed: [...typed.flat(), ...sets], language };
}

/** Whether a study has sheets if `--show` asks for them. */
export function canShow({ options }: Study): boolean {
  return Object.hasOwn(options.shape, 'show');
}

/** The formats in which a study can be written: data (unless it is text only), pictures, workbooks. */
function formatsOf(study: Study): readonly FileFormat[] {
  return FILE_FORMATS.filter(({ form }) => {
    if (form === 'sheets') return study.text !== undefined || canShow(study);
    return form === 'plans' ? study.hasPlans === true : study.text !== 'only';
  });
}

/** `.csv, .json or .svg` */
export function endingsOf(study: Study): string {
  const endings = formatsOf(study).map(({ ending }) => ending);
  return endings.join(', ').replace(/, (?=[^,]*$)/, ' or ');
}

/**
 * The format by the ending of the output file; CSV without an output file.
 *
 * @throws Stop if the study has no such format
 */
export function formatFor(study: Study, args: CliArguments): FileFormat {
  const { output, bom, options } = args;
  if (output === undefined) return FILE_FORMATS[0];
  const ending = extname(output).toLowerCase();
  const format = formatsOf(study).find((one) => one.ending === ending);
  if (!format) {
    const isBook = FILE_FORMATS.some((one) => one.form === 'plans' && one.ending === ending);
    const other = isBook ? `, or write the workbook: ${runOf(args)}` : '';
    const message = `cannot write \`${output}\`: use a name that ends in ${endingsOf(study)}${other}`;
    throw new Stop(EXIT.usage, message);
  }
  if (bom && ending !== '.csv') throw new Stop(EXIT.usage, '--bom is for CSV only');
  const shaped = TABLE_OPTIONS.find((name) => options[name] !== undefined);
  if (format.form === 'plans' && shaped !== undefined) {
    const message = `--${shaped} is for tables: a workbook has all cells and its own tables`;
    throw new Stop(EXIT.usage, message);
  }
  return format;
}

/** The command that writes the workbook of the files, as it is typed. */
function runOf({ files, set, output }: CliArguments): string {
  const sets = set.flatMap((assignment) => ['--set', assignment]);
  const words = ['capex', 'run', ...files, ...sets, '-o', output!];
  return `\`${words.map(shellWord).join(' ')}\``;
}

/** Options of the layout of one table. */
const TABLE_OPTIONS = ['by', 'wide', 'in', 'decimals'];
