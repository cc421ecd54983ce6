/** What every command prints for people: problems, notes, counts of both, and an answer as tables. */
import {
  writeDiagnostics,
  writeOutline,
  writeText,
  type Answer,
  type Diagnostic,
} from '../index.js';
import { sayIn, type Say } from '../shell.js';
import { languageOf, type CliArguments } from './cliArguments.js';
import { say, styleFor, widthOf, write } from './terminal.js';

/** The answer for a person, as a tree or as sheets, if it has one of them. */
export function textFor(
  { sheets, outline }: Answer,
  { noColor }: CliArguments,
): string[] | undefined {
  const { stdout } = process;
  const look = { width: widthOf(stdout), style: styleFor(stdout, noColor) };
  if (outline) return [writeOutline(outline, look)];
  return sheets && [writeText(sheets, look)];
}

/** Prints problems to standard error; with `--quiet`, errors only. */
export async function printProblems(
  diagnostics: readonly Diagnostic[],
  { quiet, noColor }: CliArguments,
): Promise<void> {
  const shown = quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  if (shown.length === 0) return;
  await write(process.stderr, [writeDiagnostics(shown, styleFor(process.stderr, noColor))]);
}

/** `1 file: 0 errors, 2 warnings` */
export function summaryOf(
  args: CliArguments,
  files: number,
  diagnostics: readonly Diagnostic[],
): string {
  const words = wordsFor(args);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return words('{files}: {errors}, {warnings}', {
    files: filesCounted(words, files),
    errors: errors === 1 ? words('1 error') : words('{count} errors', { count: errors }),
    warnings: warnings === 1 ? words('1 warning') : words('{count} warnings', { count: warnings }),
  });
}

/** `2 files` */
export function filesCounted(words: Say, count: number): string {
  return count === 1 ? words('1 file') : words('{count} files', { count });
}

/** Says phrases in the language that a person reads. */
export function wordsFor(args: CliArguments): Say {
  return sayIn(languageOf(args));
}

/** Prints a note on one line to standard error, unless with `--quiet`. */
export async function note(text: string, { quiet }: CliArguments): Promise<void> {
  if (!quiet) await say(text);
}
