/** The plans from which a workbook was made: its sheets name the version of each scenario. */
import { groupBy } from '../../core/group.js';
import { failure, success, type Result } from '../../core/result.js';
import { hasErrors, type Diagnostic } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import type { Language } from '../../core/text/language.js';
import type { SourceText } from '../../core/text/source.js';
import type { Plan } from '../../projection/plan.js';
import { loadScenarios } from '../../scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../scenario/scenario.js';
import { forecast } from '../../studies/forecast/forecast.js';
import type { DerivedOptions } from '../../studies/shared/derivedColumns.js';
import { plans } from '../../studies/shared/reports.js';
import { readOptions } from '../../studies/study.js';
import { BUYERS } from '../sheets/buyersSheet.js';
import { SHARED } from '../sheets/givenInputs.js';
import { ARGUMENTS, VERSION } from '../sheets/inputsSheet.js';
import type { CellPlace } from '../workbook.js';
import { contentText, keyOf, type EditedSheet, type EditedWorkbook } from './editedWorkbook.js';
import { readArguments, versionOf } from './workbookVersion.js';

export interface WorkbookOrigin {
  /** One for each scenario, in the order of the workbook. */
  readonly plans: readonly Plan[];
  readonly args: readonly string[];
  /** The language, and the derived columns among them. */
  readonly options: DerivedOptions & { readonly lang?: Language | undefined };
  /** The sheets of inputs, one for each plan. */
  readonly sheets: readonly EditedSheet[];
}

export function workbookOrigin(
  edited: EditedWorkbook,
  onto: readonly SourceText[],
  read: ReadFile,
): Result<WorkbookOrigin> {
  const found = sheetsOfInputs(edited);
  if (!found.ok) return found;
  const sheets = found.value;
  const args = argumentsIn(sheets[0]!);
  if (!args) return failure([noArguments(sheets[0]!)]);
  const loaded = onto.map(({ name, text }) => loadScenarios(text, { name, set: args.set, read }));
  const wrong = loaded.flatMap(({ diagnostics }) => diagnostics);
  if (hasErrors(wrong)) return failure(wrong);
  const scenarios = loaded.flatMap((one) => one.scenarios);
  if (isOfPortfolio(edited) && !scenarios.some(({ buyer }) => buyer)) {
    return failure([ofPortfolio(sheets[0]!)]);
  }
  const unmatched = mismatches(sheets, scenarios);
  if (unmatched.length > 0) return failure(unmatched);
  const ordered = sheets.map((sheet) => {
    return scenarios.find((one) => versionOf(one) === textAt(sheet, VERSION))!;
  });
  const compiled = plans(ordered, args.options);
  if (!compiled.ok) return compiled;
  return success({ plans: compiled.value, args: args.words, options: args.options, sheets });
}

/**
 * The sheets of inputs, one for each version, in the order in which they were made. A sheet that was renamed
 * is known by its version; beside one that has its name, it is a copy.
 */
function sheetsOfInputs(edited: EditedWorkbook): Result<readonly EditedSheet[]> {
  const isNamed = ({ name }: EditedSheet) => name === undefined || NAMED.test(name);
  const versions = groupBy(
    edited.sheets.filter((sheet) => (isNamed(sheet) ? /\S/ : MARK).test(textAt(sheet, VERSION))),
    (sheet) => textAt(sheet, VERSION),
  );
  const sheets = [...versions.values()].map((all) => {
    const named = all.filter(isNamed);
    return named.length > 0 ? named : all;
  });
  if (sheets.length === 0) return failure([noWorkbook(edited)]);
  const doubled = sheets.filter(({ length }) => length > 1);
  if (doubled.length > 0) return failure(doubled.map(twoSheets));
  return success(inOrder(sheets.flat()));
}

/** Sheets by the numbers in their names; those that were renamed take the free numbers in turn. */
function inOrder(sheets: readonly EditedSheet[]): readonly EditedSheet[] {
  const numberOf = ({ name = '' }: EditedSheet) => Number(NAMED.exec(name)?.[1] ?? 0);
  const placed = sheets.map((_, i) => sheets.find((sheet) => numberOf(sheet) === i + 1));
  const others = sheets.filter((sheet) => !placed.includes(sheet));
  return placed.map((sheet) => sheet ?? others.shift()!);
}

/** The name with which a sheet of inputs is made; among several scenarios it has a number. */
const NAMED = /^Inputs(?: (\d+)|$)/;
/** A version. */
const MARK = /^[0-9a-f]{16}$/;

function twoSheets([one, other]: readonly EditedSheet[]): Diagnostic {
  return {
    ...{ code: 'workbook-version', severity: 'error', span: spanAt(other!, VERSION) },
    message: `\`${one!.name!}\` and \`${other!.name!}\` are sheets of the same inputs`,
    hint: 'delete the copy, or give the sheet with your changes its name `Inputs` again',
  };
}

function textAt({ cells }: EditedSheet, place: CellPlace): string {
  const cell = cells.get(keyOf(place));
  return cell ? contentText(cell.content) : '';
}

function spanAt(sheet: EditedSheet, place: CellPlace) {
  return sheet.cells.get(keyOf(place))?.span ?? sheet.spanAt(place);
}

function noWorkbook({ name, sheets }: EditedWorkbook): Diagnostic {
  const span = sheets[0]
    ? spanAt(sheets[0], VERSION)
    : { source: { name, text: '' }, start: 0, end: 1 };
  return {
    ...{ code: 'workbook-version', severity: 'error', span },
    message: 'no sheet names the version of its scenario',
    expected: 'a workbook that `capex run FILE -o NAME.xlsx` made, or its sheet Inputs as CSV',
    hint: 'make a new workbook and repeat the changes; do not edit the first rows of its sheet Inputs',
  };
}

/** The options of the command that made a workbook, as the study reads them; nothing if they cannot be read. */
function argumentsIn(sheet: EditedSheet) {
  const written = textAt(sheet, ARGUMENTS);
  const words = written === '' ? [] : readArguments(written);
  const typed: Record<string, string> = {};
  const [set, where]: [string[], string[]] = [[], []];
  for (let i = 0; i < (words?.length ?? 0); i += 2) {
    const [name = '', value = ''] = words!.slice(i, i + 2);
    if (name === '--set') set.push(value);
    else if (name === '--where') where.push(value);
    else typed[name.replace(/^--/, '')] = value;
  }
  const options = readOptions(forecast, { ...typed, where });
  return words && options.success ? { words, set, options: options.data } : undefined;
}

function noArguments(sheet: EditedSheet): Diagnostic {
  return {
    ...{ code: 'workbook-version', severity: 'error', span: spanAt(sheet, ARGUMENTS) },
    message: 'the options of the command that made the workbook cannot be read',
    expected: 'a text such as `made with --currency CNY,USD`, or an empty cell',
    hint: 'restore the text of this cell, or make a new workbook',
  };
}

/** Whether a workbook was made from a portfolio. */
function isOfPortfolio({ sheets }: EditedWorkbook): boolean {
  return sheets.some(({ name }) => name === SHARED || name === BUYERS);
}

function ofPortfolio(sheet: EditedSheet): Diagnostic {
  return {
    ...{ code: 'workbook-version', severity: 'error', span: spanAt(sheet, VERSION) },
    message: 'the workbook was made from a portfolio of several buyers',
    hint: 'name the file of the portfolio after --onto; it names those of its buyers',
  };
}

/** Errors for sheets whose scenario is not among the files, and for files without a sheet. */
function mismatches(
  sheets: readonly EditedSheet[],
  scenarios: readonly Scenario[],
): readonly Diagnostic[] {
  const versions = scenarios.map(versionOf);
  const marks = sheets.map((sheet) => textAt(sheet, VERSION));
  const unknown = sheets.filter((_, i) => !versions.includes(marks[i]!));
  const unused = scenarios.filter((_, i) => !marks.includes(versions[i]!));
  if (unknown.length > 0) return unknown.map((sheet) => unknownVersion(sheet, scenarios, unused));
  return unused.map(({ tree }) => ({
    ...{ code: 'workbook-version', severity: 'error', span: spanAt(sheets[0]!, VERSION) },
    message: `the workbook has no sheet of \`${tree.span.source.name}\``,
    hint: 'leave that file out',
  }));
}

function unknownVersion(
  sheet: EditedSheet,
  scenarios: readonly Scenario[],
  unused: readonly Scenario[],
): Diagnostic {
  const span = spanAt(sheet, VERSION);
  const names = (unused.length > 0 ? unused : scenarios).map(({ tree }) => tree.span.source.name);
  const isMissing = unused.length === 0;
  const file = `\`${names.join('`, `')}\``;
  return {
    ...{ code: 'workbook-version', severity: 'error', span },
    message: isMissing
      ? `the scenario of this sheet is not ${file}`
      : `the workbook was made from another version of ${file}, or from another file`,
    ...(unused[0] && { expected: `the version ${versionOf(unused[0])}` }),
    hint: isMissing
      ? 'name the file of each scenario of the workbook: --onto a.yaml --onto b.yaml'
      : 'make a new workbook with `capex run`, and repeat the changes in it',
  };
}
