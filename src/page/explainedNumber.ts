/** How a number of the page is computed: the answer of `capex explain` under the reader's inputs, as a tree. */
import { ask, explanation, shellWord, wordIn, writeDiagnostics, type Outline } from '../index.js';
import { commandOptions } from './changedLayer.js';
import { html, type Html } from './html.js';
import type { ShockedCell } from './numberButton.js';
import { isPortfolio, type PageForecast, type forecastsOf } from './pageForecast.js';
import { closureOf, problemHtml, type PageView } from './pageView.js';
import type { PageState } from './pageState.js';
import type { PagePhrase } from './phrases.js';
import { shockedRates } from './shockedRates.js';

/** The number that a reader has opened; under changed rates if it is one of the FX table. */
export type OpenedCell = Pick<ShockedCell, 'cell'> & Partial<ShockedCell>;

/** Levels of a tree whose first branch is open at first. */
const OPEN_LEVELS = 3;

/** What stands in the dialog of a number. */
export function derivationHtml(
  view: PageView,
  opened: OpenedCell,
  forecastOf: ReturnType<typeof forecastsOf>,
): Html {
  const { say } = view;
  const ratio = isPortfolio(view.one) ? ratioOf(opened.cell) : undefined;
  const states = ratio
    ? ratio.cells.map((cell): ExplainedState => ({ state: view.state, cell }))
    : statesOf(view, opened);
  const trees = states.map(({ state, title, cell = opened.cell }) => {
    const found = forecastOf(state);
    const tree = found.ok
      ? explainedHtml(found.value, state, cell)
      : problemHtml(found.diagnostics);
    return html`${title !== undefined && html`<h3>${title}</h3>`} ${tree}`;
  });
  return html`<div class="tools">
      <h2 id="derivation-title">${say('How this number is computed')}</h2>
      <button type="button" data-close>${say('close')}</button>
    </div>
    ${opened.isEffect && html`<p>${say('This number is a part of the difference of these two.')}</p>`}
    ${ratio && html`<p>${say(ratio.phrase)}</p>`} ${trees}`;
}

/** A share or a growth of several buyers, which no single plan has, by its two numbers. */
interface Ratio {
  readonly cells: readonly [string, string];
  readonly phrase: PagePhrase;
}

function ratioOf(cell: string): Ratio | undefined {
  const [, place, time = '', measure, column] =
    /^([^@:]+)(@[^:]+)?(:.*)\.(share|yoy)$/u.exec(cell) ?? [];
  if (column === undefined) return undefined;
  const own = `${place!}${time}${measure!}`;
  if (column === 'share') {
    const phrase = 'This share is the first of these two, divided by the second.';
    return { cells: [own, `*${time}${measure!}`], phrase };
  }
  const before = time.replace(/\d{4}/, (year) => String(Number(year) - 1));
  const phrase = 'This growth is the first of these two, divided by the second, less 1.';
  return { cells: [own, `${place!}${before}${measure!}`], phrase };
}

interface ExplainedState {
  readonly state: PageState;
  /** The number that is opened, unless given. */
  readonly cell?: string;
  readonly title?: string;
}

/** The settings under which a number is explained: the reader's, and those with changed rates. */
function statesOf(
  { one, state, say }: PageView,
  { shock, closure, isEffect }: OpenedCell,
): readonly ExplainedState[] {
  if (shock === undefined) return [{ state }];
  const own = { ...state, closure: closure! };
  const changes = new Map([...state.changes, ...shockedRates(one, shock)]);
  const words = {
    change: shock.replace('=', ' '),
    closure: wordIn(state.language, closure!),
  };
  const shocked = {
    state: { ...own, changes },
    title: say('with {change}, closure {closure}', words),
  };
  if (!isEffect) return [shocked];
  return [shocked, { state: own, title: say('at the rates of the scenario') }];
}

function explainedHtml(one: PageForecast, state: PageState, cell: string): Html {
  const options = { cell, ...closureOf(state), lang: state.language };
  const answer = ask(explanation, one.scenarios, options);
  if (!answer.ok) return problemHtml(writeDiagnostics(answer.diagnostics));
  const command = ['capex explain', shellWord(one.file.name), shellWord(cell)];
  return html`<div class="tree">${outlineHtml(answer.value.outline!, 0, true)}</div>
    <p class="command"><code>${[...command, ...commandOptions(state)].join(' ')}</code></p>`;
}

function outlineHtml(
  { head, lines, rows, branches }: Outline,
  level: number,
  isFirst: boolean,
): Html {
  const more = html`${lines.map(({ kind, text }) => html`<p class="${kind}">${text}</p>`)}
  ${rows.length > 0 && splitHtml(rows)}
  ${branches.map((branch, i) => outlineHtml(branch, level + 1, isFirst && i === 0))}`;
  if (lines.length + branches.length === 0) return html`<p class="head">${head}</p>`;
  if (branches.length === 0)
    return html`<div class="leaf">
      <p class="head">${head}</p>
      ${more}
    </div>`;
  const summary = html`<summary class="head">${head}</summary>`;
  return isFirst && level < OPEN_LEVELS
    ? html`<details open>${summary}${more}</details>`
    : html`<details>${summary}${more}</details>`;
}

/** The parts of an allocation. */
function splitHtml([headings = [], ...rows]: readonly (readonly string[])[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${headings[0]}">
    <table>
      <thead>
        <tr>
          ${headings.map((one, i) => {
            const align = i > 0 && 'number';
            return one === ''
              ? html`<td></td>`
              : html`<th scope="col" class="${align}">${one}</th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([key = '', ...cells]) =>
            html`<tr>
              <th scope="row">${key}</th>
              ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
