/** Import of an edited workbook, or of a CSV of its inputs: changed inputs become edits of the scenario files. */
import { hasErrors, type Diagnostic } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { listed } from '../../core/text/prose.js';
import type { SourceText } from '../../core/text/source.js';
import { rewriteInputs, type InputEdit, type RewrittenFiles } from '../../scenario/edit/rewrite.js';
import { load } from '../../scenario/load.js';
import type { Scenario } from '../../scenario/scenario.js';
import { fromRecords } from '../../scenario/scenarioFiles.js';
import { changesIn } from './changes.js';
import type { EditedWorkbook } from './editedWorkbook.js';
import { workbookOrigin } from './origin.js';

/** A scenario file with the changes of the workbook. */
export interface NewFile {
  readonly source: SourceText;
  readonly text: string;
}

/** The scenario files with the changes of a workbook. */
export interface ImportResult {
  /** None if there is an error, or if nothing has changed. */
  readonly files: readonly NewFile[];
  /** The number of changed inputs. */
  readonly changes: number;
  readonly notes: readonly string[];
  /** Problems of the workbook, or of the files with its changes. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Applies the changed inputs of a workbook to the scenario files from which it was made. The workbook is
 * made again from these files and compared cell by cell: only inputs may differ.
 *
 * @param onto the file of each scenario of the workbook, in any order
 * @param read reads the files that these files name
 */
export function importChanges(
  edited: EditedWorkbook,
  onto: readonly SourceText[],
  read: ReadFile,
): ImportResult {
  const origin = workbookOrigin(edited, onto, read);
  if (!origin.ok) return failed(origin.diagnostics);
  const { changes, diagnostics, notes } = changesIn(edited, origin.value);
  if (diagnostics.length > 0) return failed(diagnostics);
  const results = origin.value.plans.map(({ scenario }, i) => applied(scenario, changes[i]!, read));
  const problems = results.flatMap((one) => one.diagnostics);
  const isBroken = hasErrors(problems);
  return {
    files: isBroken ? [] : results.flatMap(({ files }) => files),
    changes: changes.flat().length,
    notes: [...notes, ...(isBroken ? [BROKEN] : results.flatMap((one) => one.notes))],
    diagnostics: problems,
  };
}

const BROKEN = 'nothing is written: the places above are those of the files with the changes';

function failed(diagnostics: readonly Diagnostic[]): ImportResult {
  return { files: [], changes: 0, notes: [], diagnostics };
}

/** The files of one scenario with the changes, and the problems that they would then have. */
function applied(
  scenario: Scenario,
  changes: readonly InputEdit[],
  read: ReadFile,
): Omit<ImportResult, 'changes'> {
  const result = rewriteInputs(scenario, changes);
  if (!result.ok) return { files: [], notes: [], diagnostics: result.diagnostics };
  const { texts, withdrawn } = result.value;
  if (texts.size === 0) return { files: [], notes: [], diagnostics: [] };
  const notes = withdrawn.length === 0 ? [] : [noteOnEvidence(scenario, withdrawn)];
  const files = [...texts].map(([source, text]) => ({ source, text }));
  return { files, notes, diagnostics: problemsOf(scenario, result.value, read) };
}

function problemsOf(
  { tree, files }: Scenario,
  { texts }: RewrittenFiles,
  read: ReadFile,
): readonly Diagnostic[] {
  const own = tree.span.source;
  const records = files.map((record) => {
    const text = texts.get(record.source);
    return text === undefined ? record : { ...record, source: { ...record.source, text } };
  });
  const text = texts.get(own) ?? own.text;
  return load(text, { name: own.name, read: fromRecords(records, read) }).diagnostics;
}

/** Names the first inputs whose evidence is removed, and counts the rest. */
function noteOnEvidence({ id }: Scenario, withdrawn: readonly string[]): string {
  const more = withdrawn.length - MOST_NAMED;
  const names = more > 0 ? [...withdrawn.slice(0, MOST_NAMED), `${more} more`] : withdrawn;
  const are =
    withdrawn.length === 1
      ? 'does not say the new number, and is'
      : 'do not say the new numbers, and are';
  return `${id}: ${listed(names, 'and')} ${are} taken out: say why they hold`;
}

const MOST_NAMED = 4;
