/** What an answer may be written as; a new format is a file in `write/` and a line here. */
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
  /** Of text; a file without it is bytes. */
  readonly encoding?: 'utf-8';
  /** The form of an answer that it writes. */
  readonly form: 'table' | 'document' | 'sheets' | 'plans';
  /** An answer that has this form, in pieces; a file that is no text is in bytes. */
  readonly write: (answer: Answer, given: CliArguments) => Pieces | Promise<Pieces>;
}

/** What was typed of options that a workbook has, as it would be typed again. */
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
    write: async ({ plans }, given) => [await writeXlsx(workbook(plans!, argumentsOf(given)))],
  },
];

/** Whether a study has sheets where it is asked for them. */
export function canShow({ options }: Study): boolean {
  return 'show' in options.shape;
}

/** The formats that a study has a form for: data, unless it is for eyes alone, pictures, workbooks. */
function formatsOf(study: Study): readonly Format[] {
  return FORMATS.filter(({ form }) => {
    if (form === 'sheets') return study.forEyes !== undefined || canShow(study);
    return form === 'plans' ? study.hasPlans === true : study.forEyes !== 'alone';
  });
}

/** `.csv, .json or .svg` */
export function endingsOf(study: Study): string {
  const endings = formatsOf(study).map(({ ending }) => ending);
  return endings.join(', ').replace(/, (?=[^,]*$)/, ' or ');
}

/**
 * The format that the name of a file asks for, and CSV where there is no file.
 *
 * @throws Stop where the study cannot be written so
 */
export function formatFor(study: Study, { output, bom, options }: CliArguments): Format {
  if (output === undefined) return FORMATS[0]!;
  const ending = extname(output).toLowerCase();
  const format = formatsOf(study).find((one) => one.ending === ending);
  if (!format) {
    const message = `cannot write \`${output}\`: let the name end in ${endingsOf(study)}`;
    throw new Stop(EXIT.usage, message);
  }
  if (bom && ending !== '.csv') throw new Stop(EXIT.usage, '--bom is for CSV: no other has one');
  const shaped = TABLE_OPTIONS.find((name) => options[name] !== undefined);
  if (format.form === 'plans' && shaped !== undefined) {
    const message = `--${shaped} shapes a table: a workbook has every cell, and tables over them`;
    throw new Stop(EXIT.usage, message);
  }
  return format;
}

/** Options that say how one table is laid out. */
const TABLE_OPTIONS = ['by', 'wide', 'in', 'decimals'];
