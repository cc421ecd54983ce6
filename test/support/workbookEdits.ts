/** Helpers for tests of `import`: numbers changed in a workbook, and changed by hand in its file. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { printFraction } from '../../src/core/number/decimal.js';
import { fraction, multiply, nearestWhole, type Fraction } from '../../src/core/number/fraction.js';
import { success } from '../../src/core/result.js';
import type { Diagnostic } from '../../src/core/text/diagnostic.js';
import type { ReadFile } from '../../src/core/text/fileRequest.js';
import { positionOf, type Span } from '../../src/core/text/source.js';
import { writeDiff } from '../../src/formats/diff.js';
import { isRest } from '../../src/model/input.js';
import { PRICE } from '../../src/model/inputKind.js';
import type { Plan } from '../../src/projection/plan.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { workbook } from '../../src/workbook/book.js';
import { sheetOf } from '../../src/workbook/sheets/sheetLayout.js';
import {
  cellSpan,
  contentText,
  keyOf,
  type CellContent,
  type EditedCell,
  type EditedWorkbook,
} from '../../src/workbook/import/editedWorkbook.js';
import { importChanges, type ImportResult } from '../../src/workbook/import/importChanges.js';
import type { CellPlace, Workbook, WorkbookCell } from '../../src/workbook/workbook.js';
import { readBeside } from './files.js';
import type { CellEdit } from './office.js';
import type { ReturnCase } from './returnLaw.js';
import { withCells } from './workbooks.js';

/** A number of a scenario that a cell of *Inputs* holds. */
export interface Held {
  readonly path: string;
  readonly row: number;
  readonly column: number;
  readonly span: Span;
  /** As people count: yuan, and 0.35 for 35%. */
  readonly value: Fraction;
  /** ` CNY`, of an amount. */
  readonly unit: string;
}

/** Every number of *Inputs* that may be changed: values, lows and highs. */
export function heldBy({ inputs }: Pick<Scenario, 'inputs'>): readonly Held[] {
  return inputs.flatMap((input, i): readonly Held[] => {
    if (isRest(input)) return [];
    const { path, currency, kind, attributes } = input;
    const scale = currency && kind !== PRICE ? 10n ** BigInt(currency.places) : 1n;
    const unit = currency ? ` ${currency.code}` : '';
    const held = (column: number, path: string, span: Span, { n, d }: Fraction): Held => {
      return { ...{ path, row: 3 + i, column, span, unit }, value: { n, d: d * scale } };
    };
    const { low, high } = attributes;
    return [
      held(1, path, input.span, input.value),
      ...(low ? [held(3, low.path, low.span, low.value.value)] : []),
      ...(high ? [held(4, high.path, high.span, high.value.value)] : []),
    ];
  });
}

/** A number of 15 digits for one of these. */
export type NewNumber = (held: Held) => Fraction | undefined;

/** Nine tenths of everything, as that keeps sums below their whole and ranges in order. */
export const NINE_TENTHS: NewNumber = ({ path, value }) => {
  if (path.endsWith('blend.guojin')) return fraction(60n, 100n);
  if (path.endsWith('blend.cicc')) return fraction(40n, 100n);
  if (value.n === 0n) return fraction(1n, 100n);
  return typed(multiply(value, fraction(9n, 10n)));
};

/** A third has more digits than a cell; what is typed into one has few. */
export function typed({ n, d }: Fraction) {
  return 10n ** 12n % d === 0n ? { n, d } : fraction((n * 10_000n) / d, 10_000n);
}

export function withNumbers(plan: Plan, change: NewNumber, args: readonly string[] = []): Workbook {
  const held = heldBy(plan.scenario);
  return withCells(workbook([plan], args), (cell, at): WorkbookCell => {
    if (at.sheet !== 'Inputs') return cell;
    const here = held.find(({ row, column }) => row === at.row && column === at.column);
    const other = here && change(here);
    return other ? { ...cell, content: nearestWhole(other) } : cell;
  });
}

/** The numbers that change, and what is typed for each of them. */
export function changesOf(scenario: Pick<Scenario, 'inputs'>, change: NewNumber) {
  return heldBy(scenario).flatMap((held) => {
    const other = change(held);
    return other ? [{ ...held, said: `${printFraction(other)}${held.unit}` }] : [];
  });
}

/**
 * The scenario with the same changes by hand: plain numbers typed over those of its own file, and the
 * evidence taken out that `check` then refuses; a layer over it for numbers that stand in other files.
 */
export function byHand(scenario: Scenario, change: NewNumber): Scenario | undefined {
  const own = scenario.tree.span.source;
  const said = changesOf(scenario, change);
  const text = said
    .filter(({ span }) => span.source === own)
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (text, { span, said }) => text.slice(0, span.start) + said + text.slice(span.end),
      own.text,
    );
  const layer = layerOf(
    own.name,
    said.filter(({ span }) => span.source !== own),
  );
  const loaded = (text: string) => {
    const read: ReadFile = (request) => {
      const isOwn = request.path === basename(own.name);
      return isOwn ? success({ name: own.name, text }) : readBeside(request);
    };
    return load(layer, { name: 'scenarios/by-hand.yaml', read });
  };
  return loaded(withoutRefuted(text, loaded(text).diagnostics)).scenario;
}

/** A file over another that gives some numbers. */
function layerOf(name: string, said: readonly { readonly path: string; readonly said: string }[]) {
  const layer: Record<string, unknown> = { extends: basename(name) };
  for (const { path, said: text } of said) {
    const steps = path.split('.');
    let map = layer;
    for (const step of steps.slice(0, -1)) {
      const inner = map[step] ?? {};
      map[step] = typeof inner === 'string' ? { value: inner } : inner;
      map = map[step] as Record<string, unknown>;
    }
    const last = steps.at(-1)!;
    const inner = map[last];
    map[last] = typeof inner === 'object' ? { ...inner, value: text } : text;
  }
  return JSON.stringify(layer);
}

/** The claims that were named are taken out of the lines for which they were. */
function withoutRefuted(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = text.split('\n');
  for (const { code, message, span } of diagnostics) {
    if (code !== 'evidence-mismatch') continue;
    const claim = /what `(.*)` says/.exec(message)![1]!;
    const line = positionOf(span).line - 1;
    lines[line] = lines[line]!.replace(new RegExp(`, (range_)?evidence: ${claim}(?=[, ])`), '');
  }
  return lines.join('\n');
}

/**
 * A workbook as it comes back, with other contents in some cells: `=…` is a formula, `#…` an error,
 * `'…` a text, a plain decimal a number, anything else a text.
 */
export function asEdited(
  { sheets }: Workbook,
  edits: readonly (readonly string[])[],
  name = 'edited.xlsx',
): EditedWorkbook {
  const contentOf = (content: WorkbookCell['content']): CellContent => {
    if (typeof content === 'object') return { formula: content.formula };
    return typeof content === 'number' ? { number: content } : { text: content };
  };
  const typed = (text: string): CellContent => {
    if (text.startsWith('=')) return { formula: text.slice(1) };
    if (text.startsWith("'")) return { text: text.slice(1) };
    if (text.startsWith('#')) return { other: text };
    return /^-?\d+(\.\d+)?$/.test(text) ? { number: Number(text) } : { text };
  };
  return {
    name,
    isShown: false,
    sheets: sheets.map((sheet) => {
      const cells = new Map<string, EditedCell>();
      const put = (place: CellPlace, content: CellContent) => {
        const text = contentText(content);
        if (text === '') cells.delete(keyOf(place));
        else cells.set(keyOf(place), { content, span: cellSpan(name, sheet.name, place, text) });
      };
      sheet.rows.forEach((cells, row) =>
        cells.forEach((cell, column) => cell && put({ row, column }, contentOf(cell.content))),
      );
      for (const [on, letter, number, text] of edits) {
        const place = { row: Number(number) - 1, column: letter!.charCodeAt(0) - 65 };
        if (on === sheet.name) put(place, typed(text!));
      }
      return { name: sheet.name, cells, spanAt: (place) => cellSpan(name, sheet.name, place, '') };
    }),
  };
}

export const nameOf = (id: string) => `scenarios/${id}.yaml`;
export const textOf = (id: string) => readFileSync(nameOf(id), 'utf8');

export function importedOnto(book: EditedWorkbook, ...ids: readonly string[]): ImportResult {
  return importChanges(
    book,
    ids.map((id) => ({ name: nameOf(id), text: textOf(id) })),
    readBeside,
  );
}

/** The scenario of files as they would be written. */
export function loadedFrom(id: string, { files }: ImportResult) {
  const changed = new Map(files.map(({ source, text }) => [source.name, text]));
  const read: ReadFile = (request) => {
    const found = readBeside(request);
    if (!found.ok) return found;
    const { name, text } = found.value;
    return success({ name, text: changed.get(name) ?? text });
  };
  return load(changed.get(nameOf(id)) ?? textOf(id), { name: nameOf(id), read });
}

/** What would be written, as a diff. */
export function diffOf({ files }: ImportResult): string {
  return files.map(({ source, text }) => writeDiff(source.name, source.text, text)).join('');
}

/** The numbers that were typed in a random case, by sheet and cell. */
export function cellsTyped({ scenarios, typed }: ReturnCase): readonly CellEdit[] {
  const isOne = scenarios.length === 1;
  return typed.map(({ scenario, path, of, number }) => {
    const { inputs, id } = scenarios[scenario]!;
    const row = inputs.findIndex((input) => input.path === path) + 4;
    const sheet = sheetOf('Inputs', isOne ? undefined : scenario + 1, id);
    return [sheet, `${{ value: 'B', low: 'D', high: 'E' }[of]}${row}`, printFraction(number)];
  });
}

/** The workbook of a random case as it comes back, with the numbers that were typed. */
export function editsOf(one: ReturnCase): EditedWorkbook {
  const edits = cellsTyped(one).map(([sheet, place, number]) => {
    return [sheet, place.slice(0, 1), place.slice(1), number];
  });
  return asEdited(one.book, edits);
}

/** The workbook of a random case with the numbers that were typed. */
export function withTyped(one: ReturnCase): Workbook {
  const numbers = new Map(
    cellsTyped(one).map(([sheet, place, number]) => [`${sheet}!${place}`, Number(number)]),
  );
  return withCells(one.book, (cell, { sheet, row, column }) => {
    const number = numbers.get(`${sheet}!${'ABCDEFGHIJ'[column] ?? ''}${row + 1}`);
    return number === undefined ? cell : { ...cell, content: number };
  });
}
