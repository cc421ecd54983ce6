/** The shell around the library: files in, studies run, answers to streams, exit codes out. */
import { basename } from 'node:path';
import {
  plausibilityWarnings,
  failedChecks,
  hasErrors,
  writeDiagnostics,
  writeJson,
  writeOutline,
  writeText,
  type Answer,
  type Diagnostic,
  type Study,
} from '../index.js';
import { effectiveFile, scenarioSchema, starter, writeRemarked } from '../shell.js';
import { commandLine, helpText } from './arguments.js';
import { ask, loadAll } from './request.js';
import { fileReader } from './readFiles.js';
import type { CliArguments } from './cliArguments.js';
import { writeDescribed } from './manifestFiles.js';
import { EXIT, Stop } from './stop.js';
import { say, styleFor, widthOf, write } from './terminal.js';
import { verified } from './verify.js';
import { writeNew } from './writing.js';

/**
 * Runs the command that the arguments name, and sets the exit code of the process.
 *
 * @param thread the file that starts a thread of the command
 */
export async function main(args: readonly string[], thread = ''): Promise<void> {
  const actions = {
    study: (question: Study, given: CliArguments) => study(question, given, thread),
    ...{ check, importWorkbook, verify, createScenario, printSchema },
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

async function study(question: Study, given: CliArguments, thread: string): Promise<void> {
  const reader = fileReader();
  const asked = await ask(question, given, reader, thread);
  const { format, answer, problems } = asked;
  await tell(problems, given);
  if (!answer) throw new Stop(isWrongUsage(problems) ? EXIT.usage : EXIT.errors, '');

  const seen = given.output === undefined ? answer.sheets !== undefined : format.form === 'sheets';
  if (given.output !== undefined) {
    await writeDescribed(given.output, question, given, { ...asked, answer }, reader);
    await note(`wrote ${given.output}`, given);
  } else {
    const { table, document } = answer;
    const data = () => (table ? format.write(answer, given) : [writeJson(document!)]);
    await write(process.stdout, forEyes(answer, given) ?? (await data()));
  }
  for (const text of [...answer.notes, ...(seen ? [] : (answer.table?.notes ?? []))]) {
    await note(text, given);
  }
}

/** What a person looks at, where the answer has it. */
function forEyes({ sheets, outline }: Answer, { noColor }: CliArguments): string[] | undefined {
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

async function check(given: CliArguments): Promise<void> {
  if (given.options['resolved'] && given.files.length > 1) {
    throw new Stop(EXIT.usage, '--resolved prints one file: give one');
  }
  const { scenarios = [], diagnostics: found } = loadAll(given, fileReader());
  const told = [
    ...found,
    ...scenarios.flatMap(failedChecks),
    ...scenarios.flatMap(plausibilityWarnings),
  ];
  const isStrict = given.options['strict'] === true;
  const diagnostics = told.map((one): Diagnostic => ({
    ...one,
    severity: isStrict ? 'error' : one.severity,
  }));
  await tell(diagnostics, given);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const summary = `${count(errors, 'error')}, ${count(diagnostics.length - errors, 'warning')}`;
  await note(`${count(given.files.length, 'file')}: ${summary}`, given);
  if (errors > 0) throw new Stop(EXIT.errors, '');
  if (!given.options['resolved']) return;
  await write(process.stdout, scenarios.map(effectiveFile).map(writeRemarked));
}

/** The numbers that were changed in a workbook, as changes of the files that it was made of. */
async function importWorkbook(given: CliArguments): Promise<void> {
  const [edited = ''] = given.files;
  const { importFrom, diffOf, writeFiles } = await import('./importCommand.js');
  const reader = fileReader();
  const onto = (given.options['onto'] ?? []) as readonly string[];
  if (onto.length === 0) throw new Stop(EXIT.usage, 'name the file of the scenario: --onto FILE');
  const { files = [], changes, notes = [], diagnostics } = await importFrom(edited, onto, reader);
  await tell(diagnostics, given);
  for (const text of notes) await note(text, given);
  if (hasErrors(diagnostics)) throw new Stop(EXIT.errors, '');
  await write(process.stdout, [diffOf(files, styleFor(process.stdout, given.noColor))]);
  if (changes === 0) return note('no input has changed', given);
  if (!given.options['write']) return note('nothing is written yet: --write does it', given);
  writeFiles(files, reader);
  for (const { source } of files) await note(`wrote ${source.name}`, given);
}

/** Whether files are what their manifest says, and can be made again. */
async function verify(given: CliArguments): Promise<void> {
  const [name = ''] = given.files;
  let count = 0;
  for (const { file, notes, problems } of await verified(name)) {
    for (const text of [...notes, ...problems]) await say(`${file}: ${text}`);
    if (problems.length === 0) await note(`${file}: made again, byte for byte`, given);
    count += problems.length;
  }
  if (count > 0) throw new Stop(EXIT.errors, '');
}

/** A new scenario file, named after its id. */
async function createScenario(given: CliArguments): Promise<void> {
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

async function printSchema(): Promise<void> {
  await write(process.stdout, [writeJson(scenarioSchema())]);
}

async function tell(
  diagnostics: readonly Diagnostic[],
  { quiet, noColor }: CliArguments,
): Promise<void> {
  const shown = quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  if (shown.length === 0) return;
  await write(process.stderr, [writeDiagnostics(shown, styleFor(process.stderr, noColor))]);
}

async function note(text: string, { quiet }: CliArguments): Promise<void> {
  if (!quiet) await say(text);
}

/** What a thread of the command does. */
export async function serve(): Promise<void> {
  const threads = await import('./threads.js');
  threads.serve();
}
