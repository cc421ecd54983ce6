/** Inputs in which scenarios differ, with what each says and where it says it. */
import type { Sheet, Table } from '../../core/table.js';
import type { Say } from '../../core/text/language.js';
import { printPlace, type Span } from '../../core/text/source.js';
import type { Window } from '../../model/calendar.js';
import type { Closure } from '../../model/fx.js';
import { isRest, type Share } from '../../model/input.js';
import { areSame } from '../../model/inputKind.js';
import { pathInPortfolio } from '../../scenario/portfolio/portfolioPaths.js';
import type { Scenario } from '../../scenario/scenario.js';
import { join, type TreeNode } from '../../scenario/tree.js';
import { namedColumns } from '../shared/columns.js';
import { buyerPairs, type ComparedSide } from './comparedSides.js';
import { GROUPS, groupAt, type InputGroup } from './inputGroups.js';

/** An input that differs between two scenarios, or that only one of them has. */
export interface InputDifference {
  readonly path: string;
  /** None if no forecast of a common window depends on it. */
  readonly group: InputGroup | undefined;
  readonly base?: FileValue;
  readonly value?: FileValue;
}

/** The value at a path of a file: a number, or a choice that affects the forecast. */
interface FileValue {
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  readonly input?: Share;
}

/**
 * The inputs that differ between two sides, buyer by buyer; one that a portfolio gives to all is listed once.
 *
 * @param closure the closure asked for, which takes the place of all scenarios' own
 */
export function inputDifferences(
  a: ComparedSide,
  b: ComparedSide,
  closure?: Closure,
): readonly InputDifference[] {
  const all = buyerPairs(a, b).flatMap((pair) =>
    scenarioDifferences(pair.a?.scenario, pair.b?.scenario, closure),
  );
  const keyOf = ({ path, base, value }: InputDifference) =>
    JSON.stringify([path, base?.text, value?.text]);
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

/** The inputs that differ by value, in the order of the first file, then of the second; all if there is one only. */
function scenarioDifferences(
  a: Scenario | undefined,
  b: Scenario | undefined,
  closure: Closure | undefined,
): readonly InputDifference[] {
  const [base, value] = [a, b].map((one) =>
    one ? fileValues(one) : new Map<string, FileValue>(),
  ) as [ReadonlyMap<string, FileValue>, ReadonlyMap<string, FileValue>];
  const sameWindow = a && b && isSameWindow(a.window, b.window);
  return [...new Set([...base.keys(), ...value.keys()])].flatMap((key) => {
    const [left, right] = [base.get(key), value.get(key)];
    if (left && right && hasSameValue(left, right)) return [];
    const { path } = (left ?? right)!;
    if (sameWindow && path.startsWith('calendar.')) return [];
    if (closure && path === 'fx.closure') return [];
    const side = (left ? a : b)!;
    const name = pathInPortfolio(side, path);
    return [{ path: name, group: groupAt(path, side), base: left, value: right }];
  });
}

/** Paths whose value is a choice, not a number, and affects the forecast. */
const CHOICE =
  /^(currency|calendar\.\w+|phasing(\.per)?|mix(\.\w+)?|envelope\.from|estimates\.[^.]+\.units\.[^.]+\.per|fx\.closure|actuals\.reforecast|suppliers\.[^.]+\.(currency|fiscal_year_ends)|components\..+\.price\.(unit|quantum|at))$/;

/** The values of a file by path, without the `share` or `part` that a file may leave out. */
function fileValues({ tree, inputs }: Scenario): ReadonlyMap<string, FileValue> {
  const byPath = new Map(inputs.map((input) => [input.path, input]));
  const found = new Map<string, FileValue>();
  const visit = (node: TreeNode, at: string): void => {
    if (node.kind === 'map') node.entries.forEach((entry, key) => visit(entry.node, join(at, key)));
    else if (node.kind === 'list')
      node.items.forEach((item, i) => visit(item, join(at, String(i))));
    else {
      const path = at.replace(/\.value$/, '');
      const input = byPath.get(path);
      if (!input && !CHOICE.test(path)) return;
      found.set(path.replace(/\.(share|part)$/, ''), {
        path,
        text: node.text,
        span: node.span,
        input,
      });
    }
  };
  visit(tree, '');
  return found;
}

/** Compares the months, as a window may be written in several ways: `FY2026` begins where `FY2026Q1` does. */
function isSameWindow(a: Window, b: Window): boolean {
  const textOf = ({ start, end, calendar: { unit, endMonth } }: Window) =>
    [start, end, unit, endMonth].join();
  return textOf(a) === textOf(b);
}

/** `rest` follows from the others, which are listed themselves if they differ. */
function hasSameValue(a: FileValue, b: FileValue): boolean {
  if (!a.input || !b.input || isRest(a.input) || isRest(b.input)) return a.text === b.text;
  return areSame(a.input, b.input);
}

/** The differences of one scenario from the base, with its id. */
export interface InputDifferences {
  readonly scenario: string;
  readonly differences: readonly InputDifference[];
}

export function inputsTable(all: readonly InputDifferences[]): Table {
  const names = ['path', 'group', 'scenario', 'base', 'base_place', 'value', 'value_place'];
  return {
    columns: namedColumns('text', names),
    rows: all.flatMap(({ scenario, differences }) =>
      differences.map(({ path, group = '', base, value }) => [
        ...[path, group, scenario],
        ...valueCells(base),
        ...valueCells(value),
      ]),
    ),
  };
}

function valueCells(value: FileValue | undefined): readonly [text: string, place: string] {
  return value ? [value.text, printPlace(value.span)] : ['', ''];
}

export function inputsDocument(all: readonly InputDifferences[]): readonly object[] {
  const side = (value: FileValue | undefined) =>
    value && { text: value.text, place: printPlace(value.span) };
  return all.flatMap(({ scenario, differences }) =>
    differences.map(({ path, group, base, value }) => {
      return { path, group, scenario, base: side(base), value: side(value) };
    }),
  );
}

/** A sheet for each group, with the value of every input in both files. */
export function inputsSheets(
  base: string,
  all: readonly InputDifferences[],
  say: Say,
): readonly Sheet[] {
  return all.flatMap(({ scenario, differences }) =>
    [...GROUPS, undefined].flatMap((group): Sheet[] => {
      const own = differences.filter((difference) => difference.group === group);
      if (own.length === 0) return [];
      const row = (label: string, depth: number, value?: FileValue) => {
        return { label, depth, kind: 'part' as const, cells: valueCells(value) };
      };
      const rows = own.flatMap(({ path, base: left, value }) => [
        row(path, 0),
        ...(left ? [row(base, 1, left)] : []),
        ...(value ? [row(scenario, 1, value)] : []),
      ]);
      const caption = say(group ?? 'no group');
      const headings = [say('value'), say('place')];
      return [{ title: `${base} → ${scenario}`, caption, headings, rows, notes: [] }];
    }),
  );
}
