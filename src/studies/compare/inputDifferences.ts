/** Inputs in which scenarios differ, with what each says and where it says it. */
import { equal } from '../../core/number/fraction.js';
import { printPlace, type Span } from '../../core/text/source.js';
import type { Sheet, Table } from '../../core/table.js';
import type { Window } from '../../model/calendar.js';
import { isRest, type Share } from '../../model/input.js';
import { groupAt, GROUPS, type InputGroup } from './inputGroups.js';
import type { Scenario } from '../../scenario/scenario.js';
import { join, type TreeNode } from '../../scenario/tree.js';

/** One input that differs, or that only one of two scenarios has. */
export interface InputDifference {
  readonly path: string;
  /** None where no forecast of a common window rests on it. */
  readonly group: InputGroup | undefined;
  readonly base?: Said;
  readonly value?: Said;
}

/** What a file says at a path: a number, or a word that the forecast hangs on. */
interface Said {
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  readonly input?: Share;
}

/** Inputs that do not mean the same in both, in the order of the first file, then of the second. */
export function inputDifferences(a: Scenario, b: Scenario): readonly InputDifference[] {
  const [base, value] = [saidIn(a), saidIn(b)];
  const sameWindow = isSameWindow(a.window, b.window);
  return [...new Set([...base.keys(), ...value.keys()])].flatMap((key) => {
    const [left, right] = [base.get(key), value.get(key)];
    if (left && right && isSame(left, right)) return [];
    const { path } = (left ?? right)!;
    if (sameWindow && path.startsWith('calendar.')) return [];
    return [{ path, group: groupAt(path), base: left, value: right }];
  });
}

/** Words that are no numbers, and still move a forecast. */
const CHOICE =
  /^(currency|calendar\.\w+|phasing(\.per)?|mix(\.\w+)?|fx\.closure|actuals\.reforecast|suppliers\.[^.]+\.(currency|fiscal_year_ends)|components\..+\.price\.(unit|quantum|at))$/;

/** By path, however it is written: `share` and `part` may be left out where nothing stands beside. */
function saidIn({ tree, inputs }: Scenario): ReadonlyMap<string, Said> {
  const byPath = new Map(inputs.map((input) => [input.path, input]));
  const found = new Map<string, Said>();
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

/** A window may be written in several ways: `FY2026` begins where `FY2026Q1` does. */
function isSameWindow(a: Window, b: Window): boolean {
  const textOf = ({ start, end, calendar: { unit, endMonth } }: Window) =>
    [start, end, unit, endMonth].join();
  return textOf(a) === textOf(b);
}

/** `rest` is what the others leave, so it differs where they do, and they are told. */
function isSame(a: Said, b: Said): boolean {
  if (!a.input || !b.input || isRest(a.input) || isRest(b.input)) return a.text === b.text;
  const sameCurrency = a.input.currency?.code === b.input.currency?.code;
  return sameCurrency && equal(a.input.value, b.input.value);
}

/** The differences of one scenario from the base, with its id. */
export interface InputDifferences {
  readonly scenario: string;
  readonly differences: readonly InputDifference[];
}

export function inputsTable(all: readonly InputDifferences[]): Table {
  const names = ['path', 'group', 'scenario', 'base', 'base_place', 'value', 'value_place'];
  return {
    columns: names.map((name) => ({ name, kind: 'text' })),
    rows: all.flatMap(({ scenario, differences }) =>
      differences.map(({ path, group = '', base, value }) => [
        ...[path, group, scenario],
        ...cellsOf(base),
        ...cellsOf(value),
      ]),
    ),
  };
}

function cellsOf(said: Said | undefined): readonly [text: string, place: string] {
  return said ? [said.text, printPlace(said.span)] : ['', ''];
}

export function inputsDocument(all: readonly InputDifferences[]): readonly object[] {
  const side = (said: Said | undefined) =>
    said && { text: said.text, place: printPlace(said.span) };
  return all.flatMap(({ scenario, differences }) =>
    differences.map(({ path, group, base, value }) => {
      return { path, group, scenario, base: side(base), value: side(value) };
    }),
  );
}

/** For eyes: a sheet for each group, in it what both files say of every input. */
export function inputsSheets(base: string, all: readonly InputDifferences[]): readonly Sheet[] {
  return all.flatMap(({ scenario, differences }) =>
    [...GROUPS, undefined].flatMap((group): Sheet[] => {
      const own = differences.filter((difference) => difference.group === group);
      if (own.length === 0) return [];
      const row = (label: string, depth: number, said?: Said) => {
        return { label, depth, kind: 'part' as const, cells: cellsOf(said) };
      };
      const rows = own.flatMap(({ path, base: left, value }) => [
        row(path, 0),
        ...(left ? [row(base, 1, left)] : []),
        ...(value ? [row(scenario, 1, value)] : []),
      ]);
      const caption = group ?? 'no group';
      return [
        { title: `${base} → ${scenario}`, caption, headings: ['value', 'place'], rows, notes: [] },
      ];
    }),
  );
}
