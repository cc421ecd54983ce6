/** Runs a study for the command: loads scenarios, reads options, and returns the answer or all problems. */
import type * as z from 'zod';
import {
  hasErrors,
  loadScenarios,
  type Answer,
  type Diagnostic,
  type LoadedScenarios,
  type ReadRecord,
  type Result,
  type Scenario,
  type SourceText,
  type Study,
} from '../index.js';
import {
  changesWithoutEffect,
  checkClosure,
  readOptions,
  type Encoding,
  type FileFormat,
} from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { canShow, formatFor } from './outputFormats.js';
import { withWorkbooks, type FileReader } from './readFiles.js';
import { EXIT, Stop } from './stop.js';

export interface Request {
  readonly format: FileFormat;
  readonly scenarios: readonly Scenario[];
  /** Nothing if one of the problems is an error. */
  readonly answer: Answer | undefined;
  readonly problems: readonly Diagnostic[];
}

/**
 * @param thread the file that starts a thread, for a long job; without it, one thread does all
 * @throws Stop if the arguments are wrong, or a file cannot be read
 */
export async function answerRequest(
  study: Study,
  args: CliArguments,
  reader: FileReader,
  thread?: string,
): Promise<Request> {
  const format = formatFor(study, args);
  const typed = typedOptions(study, args, format, reader);
  const options = parseOptions(study, typed);
  const { scenarios, texts, files, diagnostics } = await loadAll(args, reader);
  if (!study.takesVersions) refuseOneIdTwice(scenarios ?? []);
  const answered = async (all: readonly Scenario[]): Promise<Result<Answer>> => {
    const closed = checkClosure(all, options);
    if (!closed.ok) return closed;
    const work = thread === undefined ? undefined : study.job?.(all, options);
    if (!work) return study.run(all, options);
    if (!work.ok) return work;
    const [[text], [name]] = [texts, args.files];
    const { set } = args;
    const task = { study: study.name, text: text!, name: name!, set, files, options: typed };
    const { answerOf } = await import('./longWork.js');
    return answerOf(work.value, task, args, thread!);
  };
  if (!scenarios) return { format, scenarios: [], answer: undefined, problems: diagnostics };
  const warnings = [...diagnostics, ...changesWithoutEffect(scenarios)];
  const result = await answered(scenarios);
  if (result.ok) return { format, scenarios, answer: result.value, problems: warnings };
  return { format, scenarios, answer: undefined, problems: [...warnings, ...result.diagnostics] };
}

/** The options of a study as typed, with the texts of their files; `-o x.svg` needs the sheets, so it sets `show`. */
function typedOptions(
  study: Study,
  { options }: CliArguments,
  { form }: FileFormat,
  reader: FileReader,
): object {
  const shown = form === 'sheets' && canShow(study) && { show: true };
  return { ...options, ...sourcesOf(study, options, reader), ...shown };
}

function parseOptions(study: Study, typed: object) {
  const parsed = readOptions(study, typed);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Stop(EXIT.usage, `--${String(issue!.path[0])}: ${issue!.message}`);
}

/** The texts of the files that options of a study name. */
function sourcesOf(
  { options }: Study,
  args: CliArguments['options'],
  { text: readText }: FileReader,
): Record<string, SourceText> {
  const fields = Object.entries<z.ZodType>(options.shape);
  const sources = fields.flatMap(([name, field]) => {
    const path = args[name];
    if (field.meta()?.['file'] !== true || typeof path !== 'string') return [];
    const text = readText(path, encodingOf(args));
    if (typeof text === 'string') return [[name, { name: path, text }] as const];
    throw new Stop(EXIT.io, `cannot read \`${path}\`: ${text.message}`);
  });
  return Object.fromEntries(sources);
}

/** The encoding of the files that options name; UTF-8 unless given. */
function encodingOf({ encoding }: CliArguments['options']): Encoding | undefined {
  if (encoding === undefined || encoding === 'utf-8' || encoding === 'gb18030') return encoding;
  throw new Stop(EXIT.usage, '--encoding: write gb18030, or leave it out');
}

/** All scenarios, or none if one of them has errors: no partial output is written. */
export async function loadAll(
  { files, set }: CliArguments,
  reader: FileReader,
): Promise<{
  readonly scenarios: readonly Scenario[] | undefined;
  readonly texts: readonly string[];
  /** The files of portfolios. */
  readonly trees: readonly NonNullable<LoadedScenarios['tree']>[];
  /** Every other file that was read. */
  readonly files: readonly ReadRecord[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  refuseSets(set);
  const read = files.map((name) => reader.text(name));
  const loaded = await withWorkbooks(reader, () =>
    read.map((text, i) => {
      if (typeof text !== 'string')
        return { scenarios: [], tree: undefined, files: [], diagnostics: [text] };
      return loadScenarios(text, { name: files[i]!, set, read: reader.beside });
    }),
  );
  const texts = read.filter((text) => typeof text === 'string');
  const diagnostics = loaded.flatMap((one) => one.diagnostics);
  const scenarios = loaded.flatMap((one) => one.scenarios);
  const others = loaded.flatMap((one) => one.files);
  return {
    scenarios: hasErrors(diagnostics) ? undefined : scenarios,
    ...{ texts, trees: loaded.flatMap((one) => one.tree ?? []), files: others, diagnostics },
  };
}

/** @throws Stop if a change of an input has no value */
export function refuseSets(set: readonly string[]): void {
  const wrong = set.find((assignment) => !assignment.includes('='));
  if (wrong !== undefined) throw new Stop(EXIT.usage, `--set ${wrong}: write PATH=VALUE`);
}

function refuseOneIdTwice(scenarios: readonly Scenario[]): void {
  const whole = scenarios.map(({ buyer, ...scenario }) => buyer?.portfolio ?? scenario);
  const ids = [...new Set(whole)].map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new Stop(
    EXIT.usage,
    `two files have the scenario id \`${twice}\`: their rows could not be told apart; ` +
      '`capex compare` takes two states of one scenario',
  );
}
