/** A sheet of a study as a table with small bars. */
import type { Sheet } from '../index.js';
import { NOTHING, html, type Html } from './html.js';

type Row = Sheet['rows'][number];

/** A number of a sheet as HTML, by the index of its row and of its column. */
export type NumberOfSheet = (text: string, row: number, column: number) => Html;

/**
 * @param isTitled whether its title is shown; it names the table for those who do not see it in any case
 * @param numberOf its numbers, where these are more than text
 */
export function sheetHtml(
  sheet: Sheet,
  isTitled: boolean,
  numberOf: NumberOfSheet = (text) => html`${text}`,
): Html {
  const { title, caption, headings, rows, notes } = sheet;
  const hasBars = rows.some(({ bar, sides }) => bar ?? sides);
  return html`<div class="sheet">
    ${isTitled && html`<h3>${title}</h3>`}
    <div class="scroll" tabindex="0" role="group" aria-label="${title}, ${caption}">
      <table data-numbers>
        <thead>
          <tr>
            <th scope="col">${caption}</th>
            ${headings.map((one) => html`<th scope="col" class="number">${one}</th>`)}
            ${hasBars && html`<td class="bar"></td>`}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row, i) =>
            rowHtml(row, sheet, hasBars, (text, column) => numberOf(text, i, column)),
          )}
        </tbody>
      </table>
    </div>
    ${notesHtml(notes)}
  </div>`;
}

/** A sheet that a reader opens. */
export function closedSheetHtml(sheet: Sheet, summary = sheet.title): Html {
  return html`<details class="more">
    <summary>${summary}</summary>
    ${sheetHtml(sheet, false)}
  </details>`;
}

export function notesHtml(notes: readonly string[]): Html {
  if (notes.length === 0) return NOTHING;
  return html`<ul class="notes">
    ${notes.map((note) => html`<li>${note}</li>`)}
  </ul>`;
}

function rowHtml(
  row: Row,
  { axis }: Sheet,
  hasBars: boolean,
  numberOf: (text: string, column: number) => Html,
): Html {
  const kind = row.kind === 'total' ? 'total' : 'part';
  return html`<tr class="${kind} depth-${Math.min(row.depth, 6)}">
    <th scope="row">${row.label}</th>
    ${row.cells.map((cell, i) => html`<td class="number">${numberOf(cell, i)}</td>`)}
    ${hasBars && html`<td class="bar">${barHtml(row, axis?.at)}</td>`}
  </tr>`;
}

function barHtml({ bar, sides }: Row, axis: number | undefined): Html {
  if (!bar && !sides) return NOTHING;
  const rect = ([from, to]: readonly [number, number], tone: string) =>
    html`<rect class="${tone}" x="${from}" y="2" width="${Math.max(to - from, 2)}" height="12" />`;
  const line =
    axis === undefined
      ? NOTHING
      : html`<rect class="axis" x="${axis}" y="0" width="2" height="16" />`;
  return html`<svg viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">
    ${bar ? rect(bar, 'plain') : NOTHING}
    ${sides ? [rect(sides.low.bar, 'low'), rect(sides.high.bar, 'high')] : []}${line}
  </svg>`;
}
