/** The output formats. A new format is a file in `formats/` and a line here. */
import { extname } from 'node:path';
import { workbook, writeJson, writeSvg, writeXlsx, type Answer, type Study } from '../index.js';
import { csvPieces } from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { EXIT, Stop } from './stop.js';
import type { Pieces } from './writing.js';

/** A format of files, by the ending of their name. */
export interface Format {
  readonly ending: string;
  readonly mediatype: string;
  /** The encoding of a text; without it, the file is bytes. */
  readonly encoding?: 'utf-8';
  /** The form of an answer that it writes. */
  readonly form: 'table' | 'document' | 'sheets' | 'plans';
  /** Writes an answer that has this form, in pieces of text or of bytes. */
  readonly write: (answer: Answer, args: CliArguments) => Pieces | Promise<Pieces>;
}

/** The options of a command as a person would type them again, for a workbook. */
function argumentsOf({ options, set }: CliArguments): readonly string[] {
  const typed = Object.entries(options).map(([name, value]) => [`--${name}`, String(value)]);
  return [...typed.flat(), ...set.flatMap((assignment) => ['--set', assignment])];
}

const FORMATS: readonly Format[] = [
  {
    ending: '.csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    form: 'table',
    write: ({ table }, { bom }) => csvPieces(table!, { bom }),
  },
  {
    ending: '.json',
    mediatype: 'application/json',
    encoding: 'utf-8',
    form: 'document',
    write: ({ document }) => [writeJson(document!)],
  },
  {
    ending: '.svg',
    mediatype: 'image/svg+xml',
    encoding: 'utf-8',
    form: 'sheets',
    write: ({ sheets }) => [writeSvg(sheets!)],
  },
  {
    ending: '.xlsx',
    mediatype: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    form: 'plans',
    write: async ({ plans }, args) => [await writeXlsx(workbook(plans!, argumentsOf(args)))],
  },
];

/** Whether a study has sheets if `--show` asks for them. */
export function canShow({ options }: Study): boolean {
  return 'show' in options.shape;
}

/** The formats in which a study can be written: data (unless it is text only), pictures, workbooks. */
function formatsOf(study: Study): readonly Format[] {
  return FORMATS.filter(({ form }) => {
    if (form === 'sheets') return study.humanReadable !== undefined || canShow(study);
    return form === 'plans' ? study.hasPlans === true : study.humanReadable !== 'alone';
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
export function formatFor(study: Study, { output, bom, options }: CliArguments): Format {
  if (output === undefined) return FORMATS[0]!;
  const ending = extname(output).toLowerCase();
  const format = formatsOf(study).find((one) => one.ending === ending);
  if (!format) {
    const message = `cannot write \`${output}\`: use a name that ends in ${endingsOf(study)}`;
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

/** Options of the layout of one table. */
const TABLE_OPTIONS = ['by', 'wide', 'in', 'decimals'];
