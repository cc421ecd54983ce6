/** What the tests of the way back share: numbers changed in a workbook, and the same ones by hand. */
import { readFileSync } from 'node:fs';
import { readBeside } from '../../src/cli/files.js';
import { workbook } from '../../src/book/book.js';
import { imported, type Imported } from '../../src/book/import.js';
import type { EditedBook } from '../../src/book/edited.js';
import type { BookCell, Workbook } from '../../src/book/workbook.js';
import { printRatio } from '../../src/core/decimal.js';
import { nearest, type Ratio } from '../../src/core/ratio.js';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { positionOf, type ReadFile, type Span } from '../../src/core/source.js';
import { isRest } from '../../src/model/input.js';
import { PRICE } from '../../src/model/kind.js';
import type { Plan } from '../../src/projection/plan.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { withCells } from './books.js';

/** A number of a scenario that a cell of *Inputs* holds. */
export interface Held {
  readonly path: string;
  readonly row: number;
  readonly column: number;
  readonly span: Span;
  /** As people count: yuan, and 0.35 for 35%. */
  readonly value: Ratio;
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
    const held = (column: number, path: string, span: Span, { n, d }: Ratio): Held => {
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
export type NewNumber = (held: Held) => Ratio | undefined;

export function withNumbers(plan: Plan, change: NewNumber, args: readonly string[] = []): Workbook {
  const held = heldBy(plan.scenario);
  return withCells(workbook([plan], args), (cell, at): BookCell => {
    if (at.sheet !== 'Inputs') return cell;
    const here = held.find(({ row, column }) => row === at.row && column === at.column);
    const other = here && change(here);
    return other ? { ...cell, content: nearest(other) } : cell;
  });
}

/** The numbers that change, and what is typed for each of them. */
export function changesOf(scenario: Pick<Scenario, 'inputs'>, change: NewNumber) {
  return heldBy(scenario).flatMap((held) => {
    const other = change(held);
    return other ? [{ ...held, said: `${printRatio(other)}${held.unit}` }] : [];
  });
}

/**
 * The scenario with the same changes by hand: plain numbers typed over those of its own file, and the
 * evidence taken out that `check` then refuses; `--set` for numbers that stand in other files.
 */
export function byHand(id: string, scenario: Scenario, change: NewNumber): Scenario | undefined {
  const own = scenario.tree.span.source;
  const said = changesOf(scenario, change);
  const here = said.filter(({ span }) => span.source === own);
  const elsewhere = said.filter(({ span }) => span.source !== own);
  const text = here
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (text, { span, said }) => text.slice(0, span.start) + said + text.slice(span.end),
      own.text,
    );
  const set = elsewhere.map(({ path, said }) => `${path}=${said}`);
  const loaded = (text: string) => load(text, { name: nameOf(id), read: readBeside, set });
  return loaded(withoutRefuted(text, loaded(text).diagnostics)).scenario;
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

export const nameOf = (id: string) => `scenarios/${id}.yaml`;
export const textOf = (id: string) => readFileSync(nameOf(id), 'utf8');

export function importedOnto(book: EditedBook, ...ids: readonly string[]): Imported {
  return imported(
    book,
    ids.map((id) => ({ name: nameOf(id), text: textOf(id) })),
    readBeside,
  );
}

/** The scenario of files as they would be written. */
export function loadedFrom(id: string, { files }: Imported) {
  const changed = new Map(files.map(({ source, text }) => [source.name, text]));
  const read: ReadFile = (request) => {
    const found = readBeside(request);
    return 'text' in found ? { ...found, text: changed.get(found.name) ?? found.text } : found;
  };
  return load(changed.get(nameOf(id)) ?? textOf(id), { name: nameOf(id), read });
}
