/** The shell around the library: files in, studies run, answers to streams, exit codes out. */
import { basename } from 'node:path';
import type * as z from 'zod';
import {
  failedChecks,
  effectiveFile,
  hasErrors,
  isAnswer,
  load,
  scenarioSchema,
  starter,
  writeDiagnostics,
  writeJson,
  writeRemarked,
  writeOutline,
  writeText,
  type Answer,
  type Diagnostic,
  type Scenario,
  type Source,
  type Study,
} from '../index.js';
import { commandLine, helpText } from './arguments.js';
import { readBeside, readText, writeNew, writeWhole } from './files.js';
import { canShow, formatFor, type Format } from './formats.js';
import type { Given } from './given.js';
import { EXIT, Stop } from './stop.js';
import { say, styleFor, widthOf, write } from './terminal.js';

/**
 * Runs the command that the arguments name, and sets the exit code of the process.
 *
 * @param thread the file that starts a thread of the command
 */
export async function main(args: readonly string[], thread = ''): Promise<void> {
  const actions = {
    study: (question: Study, given: Given) => study(question, given, thread),
    ...{ check, start, schema },
  };
  try {
    if (args.length === 0) {
      await say(await helpText(actions));
      throw new Stop(EXIT.usage, '');
    }
    await write(process.stdout, [await commandLine(args, actions)]);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.exitCode = error.exitCode;
    if (error.message !== '') await say(`capex: ${error.message}`).catch(() => undefined);
  }
}

async function study(question: Study, given: Given, thread: string): Promise<void> {
  const format = formatFor(question, given);
  const typed = typedOptions(question, given, format);
  const options = parseOptions(question, typed);
  const { scenarios, texts, diagnostics } = loadAll(given);
  refuseOneIdTwice(scenarios ?? []);
  const answer = async (all: readonly Scenario[]) => {
    const work = question.work?.(all, options);
    if (!work || !('size' in work)) return work ?? question.run(all, options);
    const [[scenario], [text], [name]] = [all, texts, given.files];
    const { set, files } = scenario!;
    const task = { study: question.name, text: text!, name: name!, set, files, options: typed };
    const { answerOf } = await import('./longWork.js');
    return answerOf(work, task, given, thread);
  };
  const result = scenarios ? await answer(scenarios) : [];
  const problems = [...diagnostics, ...(isAnswer(result) ? [] : result)];
  await tell(problems, given);
  if (!isAnswer(result)) throw new Stop(isWrongUsage(problems) ? EXIT.usage : EXIT.errors, '');

  const seen = given.output === undefined ? result.sheets !== undefined : format.form === 'sheets';
  if (given.output !== undefined) {
    writeWhole(given.output, format.write(result, given));
    await note(`wrote ${given.output}`, given);
  } else {
    const { table, document } = result;
    const data = () => (table ? format.write(result, given) : [writeJson(document!)]);
    await write(process.stdout, forEyes(result, given) ?? data());
  }
  for (const text of [...result.notes, ...(seen ? [] : (result.table?.notes ?? []))]) {
    await note(text, given);
  }
}

/** What a person looks at, where the answer has it. */
function forEyes({ sheets, outline }: Answer, { noColor }: Given): string[] | undefined {
  const { stdout } = process;
  const look = { width: widthOf(stdout), style: styleFor(stdout, noColor) };
  if (outline) return [writeOutline(outline, look)];
  return sheets && [writeText(sheets, look)];
}

/** Whether nothing is wrong but the arguments of a study, which stand as the place of the problem. */
function isWrongUsage(problems: readonly Diagnostic[]): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.every(({ span }) => /^--(?!set$)/.test(span.source.name));
}

/** The options of a study as typed, files read; whoever asks for a picture of its sheets asks for them. */
function typedOptions(question: Study, { options }: Given, { form }: Format): object {
  const shown = form === 'sheets' && canShow(question) && { show: true };
  return { ...options, ...sourcesOf(question, options), ...shown };
}

function parseOptions(question: Study, typed: object) {
  const parsed = question.options.safeParse(typed);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Stop(EXIT.usage, `--${String(issue!.path[0])}: ${issue!.message}`);
}

/** The files that options of a study name, read. */
function sourcesOf({ options }: Study, given: Given['options']): Record<string, Source> {
  const fields = Object.entries<z.ZodType>(options.shape);
  const sources = fields.flatMap(([name, field]) => {
    const path = given[name];
    if (field.meta()?.['file'] !== true || typeof path !== 'string') return [];
    const text = readText(path);
    if (typeof text === 'string') return [[name, { name: path, text }] as const];
    throw new Stop(EXIT.io, `cannot read \`${path}\`: ${text.message}`);
  });
  return Object.fromEntries(sources);
}

/** All scenarios, or none where one of them has errors: nothing is written by halves. */
function loadAll({ files, set }: Given): {
  readonly scenarios: readonly Scenario[] | undefined;
  readonly texts: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const wrong = set.find((assignment) => !assignment.includes('='));
  if (wrong !== undefined) throw new Stop(EXIT.usage, `--set ${wrong}: write PATH=VALUE`);
  const read = files.map(readText);
  const loaded = read.map((text, i) => {
    if (typeof text !== 'string') return { scenario: undefined, diagnostics: [text] };
    return load(text, { name: files[i]!, set, read: readBeside });
  });
  const texts = read.filter((text) => typeof text === 'string');
  const diagnostics = loaded.flatMap((one) => one.diagnostics);
  const scenarios = loaded.flatMap(({ scenario }) => (scenario ? [scenario] : []));
  return { scenarios: hasErrors(diagnostics) ? undefined : scenarios, texts, diagnostics };
}

function refuseOneIdTwice(scenarios: readonly Scenario[]): void {
  const ids = scenarios.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new Stop(EXIT.usage, `two files have the scenario id \`${twice}\`: their rows would mix`);
}

async function check(given: Given): Promise<void> {
  if (given.options['resolved'] && given.files.length > 1) {
    throw new Stop(EXIT.usage, '--resolved prints one file: give one');
  }
  const { scenarios = [], diagnostics: found } = loadAll(given);
  const diagnostics = [...found, ...scenarios.flatMap(failedChecks)];
  await tell(diagnostics, given);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const summary = `${count(errors, 'error')}, ${count(diagnostics.length - errors, 'warning')}`;
  await note(`${count(given.files.length, 'file')}: ${summary}`, given);
  if (errors > 0) throw new Stop(EXIT.errors, '');
  if (!given.options['resolved']) return;
  await write(process.stdout, scenarios.map(effectiveFile).map(writeRemarked));
}

/** A new scenario file, named after its id. */
async function start(given: Given): Promise<void> {
  const [name = ''] = given.files;
  const path = name.endsWith('.yaml') ? name : `${name}.yaml`;
  const id = basename(path, '.yaml');
  const text = starter(id);
  if (text === undefined) {
    const hint = 'write small letters, digits and hyphens: my-view';
    throw new Stop(EXIT.usage, `\`${id}\` is no id for a scenario: ${hint}`);
  }
  if (given.options['print']) return write(process.stdout, [text]);
  writeNew(path, [text]);
  await note(`wrote ${path}: \`capex show ${path}\``, given);
}

async function schema(): Promise<void> {
  await write(process.stdout, [writeJson(scenarioSchema())]);
}

async function tell(diagnostics: readonly Diagnostic[], { quiet, noColor }: Given): Promise<void> {
  const shown = quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  if (shown.length === 0) return;
  await say(writeDiagnostics(shown, styleFor(process.stderr, noColor)));
}

async function note(text: string, { quiet }: Given): Promise<void> {
  if (!quiet) await say(text);
}

/** What a thread of the command does. */
export async function serve(): Promise<void> {
  const threads = await import('./threads.js');
  threads.serve();
}
