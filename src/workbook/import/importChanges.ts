/** Import of an edited workbook, or of a CSV of its inputs: changed inputs become edits of the scenario files. */
import { hasErrors, type Diagnostic } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { listed } from '../../core/text/prose.js';
import type { SourceText } from '../../core/text/source.js';
import {
  placeOf,
  type FileOf,
  type InputEdit,
  type NewFile,
  type ScenarioEdits,
} from '../../scenario/edit/inputEdit.js';
import { rewriteInputs } from '../../scenario/edit/rewrite.js';
import { changesIn, sharedInputs } from './changes.js';
import { buyerKey } from '../../scenario/scenario.js';
import type { EditedWorkbook } from './editedWorkbook.js';
import { holdToCells } from './holdToCells.js';
import { workbookOrigin } from './origin.js';

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
 * made again from these files and compared cell by cell: only inputs may differ. The files, as they would be
 * written, are then held to the cells.
 *
 * @param onto the file of each scenario of the workbook, in any order
 * @param read reads the files that these files name
 * @param fileOf the file of a name, where one file may have several names
 */
export function importChanges(
  edited: EditedWorkbook,
  onto: readonly SourceText[],
  read: ReadFile,
  fileOf: FileOf = (name) => name,
): ImportResult {
  const origin = workbookOrigin(edited, onto, read);
  if (!origin.ok) return failed(origin.diagnostics);
  const { scenarios, diagnostics, notes } = changesIn(edited, origin.value);
  if (diagnostics.length > 0) return failed(diagnostics, notes);
  const changes = scenarios.flatMap(({ edits }) => edits).length;
  if (changes === 0) return { files: [], changes, notes, diagnostics };
  const inFiles = editsByFile(scenarios);
  const rewritten = rewriteInputs(inFiles, fileOf);
  if (!rewritten.ok) return failed(rewritten.diagnostics, notes);
  const { files, withdrawn } = rewritten.value;
  const problems = holdToCells(scenarios, files, { read, fileOf });
  if (hasErrors(problems)) return failed(problems, [...notes, NOT_WRITTEN]);
  const onEvidence = inFiles.flatMap(({ scenario }, i) =>
    noteOnEvidence(scenario.isShared ? scenario.id : buyerKey(scenario), withdrawn[i]!),
  );
  return { files, changes, notes: [...notes, ...onEvidence], diagnostics: problems };
}

/** A change of a buyer that stands in the file of its portfolio is one of that file. */
function editsByFile(scenarios: readonly ScenarioEdits[]): readonly ScenarioEdits[] {
  const buyer = scenarios.find(({ scenario }) => scenario.buyer)?.scenario;
  if (!buyer) return scenarios;
  const [[shared], buyers] = [
    scenarios.filter(({ scenario }) => scenario.isShared),
    scenarios.filter(({ scenario }) => !scenario.isShared),
  ];
  const { source } = buyer.buyer!.portfolio.span;
  const isThere = (one: InputEdit) => placeOf(one).span.source === source;
  const there = buyers.flatMap(({ edits }) => edits.filter(isThere));
  return [
    {
      scenario: shared?.scenario ?? sharedInputs(buyer),
      edits: [...(shared?.edits ?? []), ...there],
    },
    ...buyers.map(({ scenario, edits }) => {
      return { scenario, edits: edits.filter((one) => !isThere(one)) };
    }),
  ];
}

const NOT_WRITTEN = 'nothing is written: with the changes, the files would have these problems';

function failed(diagnostics: readonly Diagnostic[], notes: readonly string[] = []): ImportResult {
  return { files: [], changes: 0, notes, diagnostics };
}

/** Names the first inputs whose evidence is removed, and counts the rest. */
function noteOnEvidence(id: string, withdrawn: readonly string[]): readonly string[] {
  if (withdrawn.length === 0) return [];
  const more = withdrawn.length - MOST_NAMED;
  const names = more > 0 ? [...withdrawn.slice(0, MOST_NAMED), `${more} more`] : withdrawn;
  const are =
    withdrawn.length === 1
      ? 'does not say the new number, and is'
      : 'do not say the new numbers, and are';
  return [`${id}: ${listed(names, 'and')} ${are} taken out: say why they hold`];
}

const MOST_NAMED = 4;
