/** The command: reads files, runs studies, writes answers, and sets the exit code. */
import { basename, dirname, join } from 'node:path';
import { hasErrors, writeJson, type Diagnostic, type Study } from '../index.js';
import {
  SCHEMA_FILE,
  checkScenarios,
  effectiveFile,
  effectivePortfolio,
  scenarioSchema,
  newPortfolio,
  newScenario,
  writeRemarked,
} from '../shell.js';
import { commandLine, helpText } from './arguments.js';
import type { CliArguments } from './cliArguments.js';
import { lookAtOutputs, refuseEditedWorkbook, writeWithManifest } from './manifestFiles.js';
import { fileOptions } from './outputFormats.js';
import { note, printProblems, summaryOf, textFor, wordsFor } from './printing.js';
import { fileReader, readerFor } from './readFiles.js';
import { answerRequest, loadAll } from './request.js';
import { statePath } from './savedState.js';
import { EXIT, Stop } from './stop.js';
import { say, sayStop, styleFor, write, writeData } from './terminal.js';
import { remove } from './unfinishedWrite.js';
import { verifyManifest } from './verify.js';
import { writeNew, writeWhole } from './writing.js';

/** Files that the build makes and the command needs, beside its bundle. */
export interface BuiltFiles {
  /** Starts a thread of the command; without it, long work runs in this one. */
  readonly thread: string;
  /** The live page, without the endings of its script and its style. */
  readonly page: string;
}

/** Runs the command that the arguments name, and sets the exit code of the process. */
export async function main(
  args: readonly string[],
  { thread, page = '' }: Partial<BuiltFiles> = {},
): Promise<void> {
  const actions = {
    study: (study: Study, args: CliArguments) => runStudy(study, args, thread),
    report: (args: CliArguments) => report(args, page),
    watch: (args: CliArguments) => watch(args, page),
    ...{ check, importWorkbook, verify, inspect, createScenario, printSchema },
  };
  try {
    if (args.length === 0) {
      await write(process.stderr, [await helpText(actions), '\n']);
      throw new Stop(EXIT.usage, '');
    }
    await writeData([await commandLine(args, actions)]);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.exitCode = error.exitCode;
    if (error.message !== '') await sayStop(error.message).catch(() => undefined);
  }
}

async function runStudy(study: Study, args: CliArguments, thread?: string): Promise<void> {
  const reader = await readerFor(args.files, lookAtOutputs(study, args));
  if (args.output !== undefined && !args.force) refuseEditedWorkbook(args.output);
  const request = await answerRequest(study, args, reader, thread);
  const { format, answer, problems } = request;
  await printProblems(problems, args);
  if (!answer) throw new Stop(isWrongUsage(problems) ? EXIT.usage : EXIT.errors, '');

  const isSheets =
    args.output === undefined ? answer.sheets !== undefined : format.form === 'sheets';
  if (args.output !== undefined) {
    await writeWithManifest(args.output, study, args, { ...request, answer }, reader);
    if (study.job) remove(statePath(args.output));
    await note(wordsFor(args)('wrote {file}', { file: args.output }), args);
  } else {
    const { table } = answer;
    const shown = textFor(answer, args);
    if (shown) await write(process.stdout, shown);
    else
      await writeData(
        table ? await format.write(answer, fileOptions(args)) : [writeJson(answer.document!)],
      );
  }
  for (const text of [...answer.notes, ...(isSheets ? [] : (answer.table?.notes ?? []))]) {
    await note(text, args);
  }
  if (answer.hasNoSolution) throw new Stop(EXIT.errors, '');
}

/** Whether all errors are in the arguments of a study: their source is the name of an option. */
function isWrongUsage(problems: readonly Diagnostic[]): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.every(({ span }) => /^--(?!set$)/.test(span.source.name));
}

async function check(args: CliArguments): Promise<void> {
  if (args.options['resolved'] && args.files.length > 1) {
    throw new Stop(EXIT.usage, '--resolved prints one file: name one file only');
  }
  const loaded = await loadAll(args, await readerFor(args.files));
  const { scenarios = [], trees } = loaded;
  const problems = [...loaded.diagnostics, ...checkScenarios(scenarios)];
  const isStrict = args.options['strict'] === true;
  const diagnostics = problems.map((one): Diagnostic => ({
    ...one,
    severity: isStrict ? 'error' : one.severity,
  }));
  await printProblems(diagnostics, args);
  await note(summaryOf(args, args.files.length, diagnostics), args);
  if (hasErrors(diagnostics)) throw new Stop(EXIT.errors, '');
  if (!args.options['resolved']) return;
  const resolved =
    trees.length > 0 ? effectivePortfolio(trees[0]!, scenarios) : effectiveFile(scenarios[0]!);
  await write(process.stdout, [writeRemarked(resolved)]);
}

/** Shows the changed inputs of a workbook as a diff of the scenario files, and writes them with --write. */
async function importWorkbook(args: CliArguments): Promise<void> {
  const [edited = ''] = args.files;
  const { importFrom, diffOf, writeFiles } = await import('./importCommand.js');
  const reader = fileReader();
  const onto = (args.options['onto'] ?? []) as readonly string[];
  if (onto.length === 0) throw new Stop(EXIT.usage, 'name the file of the scenario: --onto FILE');
  const { files = [], changes, notes = [], diagnostics } = await importFrom(edited, onto, reader);
  await printProblems(diagnostics, args);
  for (const text of notes) await note(text, args);
  if (hasErrors(diagnostics)) throw new Stop(EXIT.errors, '');
  await write(process.stdout, [diffOf(files, styleFor(process.stdout, args.noColor))]);
  const words = wordsFor(args);
  if (changes === 0) return note(words('no input has changed'), args);
  if (!args.options['write']) {
    return note(words('no file is written yet: add --write to write'), args);
  }
  writeFiles(files, reader);
  for (const { source } of files) await note(words('wrote {file}', { file: source.name }), args);
}

/** Writes a page that carries the scenarios and the engine. */
async function report(args: CliArguments, page: string): Promise<void> {
  const { reportFrom } = await import('./reportCommand.js');
  const { output } = args;
  const { html, diagnostics } = await reportFrom(args, page);
  await printProblems(diagnostics, args);
  if (html === undefined) throw new Stop(EXIT.errors, '');
  if (output === undefined) return writeData([html]);
  writeWhole(output, [html]);
  await note(wordsFor(args)('wrote {file}', { file: output }), args);
}

/** Shows scenarios again and again, until it is stopped. */
async function watch(args: CliArguments, page: string): Promise<void> {
  const { watchFiles } = await import('./watch/watchCommand.js');
  await watchFiles(args, page);
}

/** Makes the files of a manifest again and compares them. */
async function verify(args: CliArguments): Promise<void> {
  const [name = ''] = args.files;
  const { root } = args.options as { readonly root?: string };
  const words = wordsFor(args);
  let count = 0;
  for (const { file, notes, problems, diagnostics } of await verifyManifest(name, root)) {
    for (const text of [...notes, ...problems]) await say(`${file}: ${text}`);
    await printProblems(diagnostics, args);
    if (problems.length === 0)
      await note(words('{file}: made again, byte for byte', { file }), args);
    count += problems.length;
  }
  if (count > 0) throw new Stop(EXIT.errors, '');
}

/** Prints what stands in somebody's table, and the lines of a scenario that read it. */
async function inspect(args: CliArguments): Promise<void> {
  const { inspected } = await import('./inspectCommand.js');
  await write(process.stdout, [await inspected(args)]);
}

/** Writes a new scenario, or a portfolio with its scenarios, named after its id, and the schema beside it. */
async function createScenario(args: CliArguments): Promise<void> {
  const [name = ''] = args.files;
  const id = basename(name, '.yaml');
  const isPortfolio = args.options['portfolio'] === true;
  const made = isPortfolio ? newPortfolio(id) : newScenario(id);
  if (made === undefined) {
    const hint = 'write small letters, digits and hyphens: my-view';
    const what = isPortfolio ? 'a portfolio' : 'a scenario';
    throw new Stop(EXIT.usage, `\`${id}\` is no id for ${what}: ${hint}`);
  }
  if (args.options['print']) return write(process.stdout, [made[0]!.text]);
  const pathOf = (file: string) => join(dirname(name), file);
  const schema = pathOf(SCHEMA_FILE);
  const files = made.map(({ name: file, text }) => ({ path: pathOf(file), text }));
  writeNew([...files, { path: schema, text: writeJson(scenarioSchema()) }], args.force);
  const words = wordsFor(args);
  const [first, ...buyers] = files.map(({ path }) => path);
  const command = `capex show ${first!}${isPortfolio ? ' --by calendar_year,supplier' : ''}`;
  await note(words('wrote {file}: `{command}`', { file: first!, command }), args);
  for (const file of buyers) await note(words('wrote {file}', { file }), args);
  await note(
    words('wrote {file}: editors complete and check the file by it', { file: schema }),
    args,
  );
}

async function printSchema(): Promise<void> {
  await write(process.stdout, [writeJson(scenarioSchema())]);
}

/** Runs in a thread: waits for blocks of a job. */
export async function serve(): Promise<void> {
  const threads = await import('./threads.js');
  threads.serve();
}
