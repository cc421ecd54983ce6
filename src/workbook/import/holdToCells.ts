/**
 * The law of the way back: the files, as they would be written, say the numbers that the cells show, in
 * every scenario of the workbook, or nothing is written.
 */
import { areSame } from '../../model/inputKind.js';
import { success } from '../../core/result.js';
import {
  distinctProblems,
  hasErrors,
  type Diagnostic,
  type Problem,
  type Related,
} from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { printPlace, type Span } from '../../core/text/source.js';
import { isRest, type Attributes, type Share } from '../../model/input.js';
import type { Quantity } from '../../model/inputKind.js';
import {
  placeOf,
  type EditedInputs,
  type FileOf,
  type InputEdit,
  type InputPlace,
  type NewFile,
  type ScenarioEdits,
} from '../../scenario/edit/inputEdit.js';
import { isGiven } from '../../scenario/portfolio/portfolioPaths.js';
import { loadScenarios, type LoadedScenarios } from '../../scenario/portfolio/loadScenarios.js';
import { fromRecords } from '../../scenario/scenarioFiles.js';

/** A scenario of the workbook, its edits, and the cells that show its numbers. */
export interface HeldScenario extends ScenarioEdits {
  /** The place of the cell of an input, by its index among the inputs. */
  readonly cellOf: (index: number, of: InputEdit['of']) => Span;
}

/** How files are read: those with changes in their new text, the others as they were read before. */
export interface FileAccess {
  readonly read: ReadFile;
  readonly fileOf: FileOf;
}

/**
 * Loads all scenarios from the files as they would be written, together, and compares every number with
 * its cell.
 *
 * @param files the files that change
 * @returns the problems of the files, or the numbers that would not be those of their cells
 */
export function holdToCells(
  held: readonly HeldScenario[],
  files: readonly NewFile[],
  access: FileAccess,
): readonly Diagnostic[] {
  const edits = held.flatMap((one) => one.edits);
  const [changed, unchanged] = [reloader(files, access), reloader([], access)];
  const loaded = held.map(({ scenario }) => changed(scenario, []));
  const problems = distinctProblems(loaded.flatMap(({ diagnostics }) => diagnostics));
  if (hasErrors(problems)) return problems;
  const differences = held.flatMap((one, i) => {
    const { scenario } = one;
    const after = loaded[i]!.inputs!;
    const set = scenario.buyer?.portfolio.set ?? scenario.set;
    if (set.length === 0) return differencesOf(one, scenario.inputs, after, edits);
    const varied = changed(scenario, set);
    if (!varied.inputs) return varied.diagnostics;
    // What `--set` hides has no cell: it is held to what the files say without it.
    const plain = unchanged(scenario, []).inputs;
    return [
      ...differencesOf(one, scenario.inputs, varied.inputs, edits),
      ...(plain ? differencesOf(one, plain, after, edits) : []),
    ];
  });
  return differences.length > 0 ? differences : problems;
}

/** Inputs as they were read again; nothing if a file has errors. */
interface Reloaded {
  readonly inputs: readonly Share[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads scenarios again, from files of which some have a new text; a portfolio is loaded once for all its buyers. */
function reloader(
  files: readonly NewFile[],
  { read, fileOf }: FileAccess,
): (scenario: EditedInputs, set: readonly string[]) => Reloaded {
  const texts = new Map(files.map(({ source, text }) => [fileOf(source.name), text]));
  const known = new Map<string, LoadedScenarios>();
  return ({ tree, files: records, buyer, isShared }, set) => {
    const own = buyer?.portfolio.span.source ?? tree.span.source;
    const key = [own.name, ...set].join('\n');
    const others = fromRecords(records, read);
    const loaded =
      known.get(key) ??
      loadScenarios(texts.get(fileOf(own.name)) ?? own.text, {
        name: own.name,
        set,
        read: (request) => {
          const found = others(request);
          const text = found.ok ? texts.get(fileOf(found.value.name)) : undefined;
          return found.ok && text !== undefined ? success({ ...found.value, text }) : found;
        },
      });
    known.set(key, loaded);
    const { scenarios, diagnostics } = loaded;
    const scenario = scenarios.find((one) => one.buyer?.key === buyer?.key);
    return { inputs: (isShared ? scenario?.buyer?.portfolio : scenario)?.inputs, diagnostics };
  };
}

/** A number as it should be, and its cell. */
interface Expected {
  readonly path: string;
  readonly of: InputEdit['of'];
  readonly share: Share;
  readonly quantity: Quantity | 'rest';
  readonly edit: InputEdit | undefined;
}

/** What a scenario would say that its cells do not show. */
function differencesOf(
  { edits, cellOf, scenario }: HeldScenario,
  before: readonly Share[],
  after: readonly Share[],
  allEdits: readonly InputEdit[],
): readonly Diagnostic[] {
  const indices = new Map(scenario.inputs.map(({ path }, i) => [path, i]));
  const found = new Map(after.map((share) => [share.path, share]));
  const spanOf = ({ path, of }: Pick<Expected, 'path' | 'of'>) => {
    const index = indices.get(path);
    return index === undefined ? allEdits[0]!.origin : cellOf(index, of);
  };
  const report = (span: Span, share: Share, problem: Problem): Diagnostic => ({
    ...{ code: 'input-place', severity: 'error', span, ...problem },
    ...causeOf(share, allEdits, span),
  });
  const edited = edits.flatMap(({ input }) => Object.values(input.attributes) as InputPlace[]);
  // What a portfolio gives to a buyer is held to the sheet of the portfolio.
  const { buyer, isShared } = scenario;
  const own = before.filter(({ path }) => !buyer || isShared || !isGiven(buyer.portfolio, path));
  const changed = own.flatMap((share) => {
    const is = found.get(share.path);
    return expectedOf(share, edits).flatMap((one): readonly Diagnostic[] => {
      const problem = problemOf(one, is, edited);
      return problem ? [report(spanOf(one), share, problem)] : [];
    });
  });
  const known = new Set(before.map(({ path }) => path));
  const added = after.filter(({ path }) => !known.has(path));
  return [
    ...changed,
    ...added.map((share) => {
      const message = `the file would have one more input, \`${share.path}\``;
      return report(allEdits[0]!.origin, share, { message });
    }),
  ];
}

/** The numbers of an input: as they were, or as they were typed. */
function expectedOf(share: Share, edits: readonly InputEdit[]): readonly Expected[] {
  const { path } = share;
  if (isRest(share)) {
    return [{ path, of: 'value', share, quantity: 'rest', edit: undefined }];
  }
  const own = edits.filter(({ input }) => input.path === path);
  return ENDS.flatMap((of): readonly Expected[] => {
    const was = quantityOf(share, of);
    if (!was || was === 'rest') return [];
    const edit = own.find((one) => one.of === of);
    const reading = edit && share.kind.read(edit.literal);
    const quantity = reading?.ok ? reading.value : was;
    return [{ path, of, share, quantity, edit }];
  });
}

const ENDS = ['value', 'low', 'high'] as const;

function quantityOf(share: Share, of: InputEdit['of']): Quantity | 'rest' | undefined {
  if (isRest(share)) return of === 'value' ? 'rest' : undefined;
  return of === 'value' ? share : share.attributes[of]?.value;
}

/** @param edited the reasons of numbers that were changed, which may go, also for numbers beside these */
function problemOf(
  expected: Expected,
  is: Share | undefined,
  edited: readonly InputPlace[],
): Problem | undefined {
  const { path, of, share, quantity } = expected;
  const label = of === 'value' ? path : `${path}.${of}`;
  const found = is && quantityOf(is, of);
  if (!is || !found) return { message: `\`${label}\` would be gone from the file` };
  if (!isSame(quantity, found)) {
    const shown = expected.edit?.literal ?? textOf(share, of);
    return {
      message: `\`${label}\` would be ${textOf(is, of)}, and this cell shows ${shown}`,
    };
  }
  const lost = lostReason(expected, is, edited);
  if (lost === undefined) return undefined;
  return { message: `\`${label}\` would lose its ${lost}, and its number has not changed` };
}

function textOf(share: Share, of: InputEdit['of']): string {
  return of === 'value' || isRest(share) ? share.text : share.attributes[of]!.text;
}

function isSame(a: Quantity | 'rest', b: Quantity | 'rest'): boolean {
  if (a === 'rest' || b === 'rest') return a === b;
  return areSame(a, b);
}

/** The first reason that a number which was not changed would lose, or that would be another. */
function lostReason(
  { of, share }: Expected,
  is: Share,
  edited: readonly InputPlace[],
): string | undefined {
  const reasons: readonly (keyof Attributes)[] = of === 'value' ? OF_VALUE : ['range_evidence'];
  const [before, after] = [share.attributes, is.attributes];
  const lost = reasons.find((name) => {
    const was = before[name];
    const isShared = edited.some(({ span }) => isOnePlace(span, was?.span));
    return was?.text !== after[name]?.text && !isShared;
  });
  return lost?.replace('_', ' ');
}

function isOnePlace(a: Span, b: Span | undefined): boolean {
  return a.source.name === b?.source.name && a.start === b.start;
}

const OF_VALUE = ['evidence', 'assumption', 'name', 'date', 'note', 'shape', 'step'] as const;

/** The edit that most likely changes another number, and what helps. */
function causeOf(
  share: Share,
  edits: readonly InputEdit[],
  span: Span,
): { readonly related?: Related; readonly hint: string } {
  const { source, start } = share.span;
  const inFile = edits.filter((one) => placeOf(one).span.source.name === source.name);
  const samePlace = inFile.find((one) => placeOf(one).span.start === start);
  const cause = samePlace ?? inFile[0] ?? edits[0]!;
  const hint =
    samePlace && samePlace.origin !== span
      ? `one number of the file gives both, ${printPlace(share.span)}: type it in both cells`
      : `change it in the file, ${printPlace(share.span)}`;
  return {
    ...(cause.origin !== span && {
      related: { span: cause.origin, message: `\`${placeOf(cause).path}\` was changed here` },
    }),
    hint,
  };
}
