/** A whole page as one file: its policy, its style, its content, what is read without a script, and the script. */
import { VERSION, shellWord, wordIn } from '../index.js';
import { choiceHtml, controlsHtml, inputsOfPage } from './controls.js';
import { commandOptions, layerOf } from './changedLayer.js';
import { NOTHING, html, trusted, type Html } from './html.js';
import { writeContent, type PageContent } from './pageData.js';
import {
  closuresOf,
  currenciesOf,
  forecastsOf,
  isPortfolio,
  moneyUnit,
  rowsByName,
  runTable,
  supplierOptions,
  timeOf,
  timesOf,
  titleOf,
  type PageForecast,
} from './pageForecast.js';
import { fanOf } from './charts/fanChart.js';
import { simulatedAtOnce, startsByItself } from './pageSimulation.js';
import { partsOf } from './pageParts.js';
import type { PageView } from './pageView.js';
import { MONEY_UNITS, firstState, type PageState } from './pageState.js';
import { sayOnPage, wordOnPage, type SayOnPage } from './phrases.js';

/** The script or the style of a page, with its digest as a policy names it: `sha256-…`. */
export interface InlineFile {
  readonly text: string;
  readonly hash: string;
}

/** The page of valid scenarios. */
export function renderPage(
  given: Omit<PageContent, 'titles'>,
  script: InlineFile,
  style: InlineFile,
): string {
  const state = firstState(given.language);
  const forecastOf = forecastsOf(given.files);
  const content = { ...given, titles: titlesOf(given.files, forecastOf) };
  const found = forecastOf(state);
  if (!found.ok) throw new Error(found.diagnostics);
  const next = nextOf(forecastOf, state, content.files.length);
  const say = sayOnPage(content.language);
  const first: PageView = { one: found.value, state, next, say };
  const fan = startsByItself(first) ? fanOf(first, simulatedAtOnce(first)) : undefined;
  const view = { ...first, fan };
  const policy = [
    "default-src 'none'",
    `script-src '${script.hash}'`,
    `style-src '${style.hash}'`,
    ...['img-src data:', "base-uri 'none'", "form-action 'none'"],
  ].join('; ');
  // A policy names the digest of a text between its tags: no space may stand beside it.
  const page = html`<!doctype html>
    <html lang="${state.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="capex-engine ${VERSION}" />
        <title>${titleOf(view.one).title}</title>
        ${trusted(`<style>${style.text}</style>`)}
      </head>
      <body>
        <div id="page">${bodyHtml(view, content)}</div>
        <dialog aria-labelledby="derivation-title"></dialog>
        ${trusted(`<script type="application/json" id="content">${writeContent(content)}</script>`)}
        ${trusted(`<script>${script.text}</script>`)}
      </body>
    </html>`;
  return `${page.html.trim()}\n`;
}

/** The title of each file; where two have one title, with the id that tells them apart. */
function titlesOf(
  files: PageContent['files'],
  forecastOf: ReturnType<typeof forecastsOf>,
): readonly string[] {
  const found = files.map(({ name }, file) => {
    const one = forecastOf({ ...firstState('en'), file });
    return one.ok ? titleOf(one.value) : { title: name, id: name };
  });
  return found.map(({ title, id }, i) => {
    const isAlone = found.every((other, o) => o === i || other.title !== title);
    return isAlone ? title : `${title} (${id})`;
  });
}

/** The scenarios of the file after the one that is shown, without changes. */
export function nextOf(
  forecastOf: ReturnType<typeof forecastsOf>,
  state: PageState,
  files: number,
): PageView['next'] {
  if (files < 2) return undefined;
  return () => {
    const other = forecastOf({ ...state, file: (state.file + 1) % files, changes: new Map() });
    return other.ok ? other.value.base : [];
  };
}

/** All that a reader sees. */
export function bodyHtml(view: PageView, { titles }: Pick<PageContent, 'titles'>): Html {
  const { one, state, say } = view;
  const { title, id } = titleOf(one);
  return html`<a class="skip" href="#main">${say('Suppliers')}</a>
    <header>
      <div>
        <h1>${title}</h1>
        <p class="id">${id}${asOf(one)}</p>
      </div>
      <div class="tools live-only">
        ${titles.length > 1 && scenarioSwitch(titles, state, say)}
        <button type="button" data-language>
          ${say(state.language === 'en' ? 'to Chinese' : 'to English')}
        </button>
        <button type="button" data-theme-button>${say('dark or light')}</button>
      </div>
    </header>
    <div class="columns">
      <aside class="live-only" aria-label="${say('Inputs')}">
        <details id="inputs" open>
          <summary><h2>${say('Inputs')}</h2></summary>
          ${settingsHtml(view)}
          <div id="controls">${controlsHtml(inputsOfPage(one), state.changes, say)}</div>
        </details>
        <section aria-labelledby="changes-title">
          <h2 id="changes-title">${say('Changed inputs')}</h2>
          <div id="changes">${changesHtml(view)}</div>
        </section>
      </aside>
      <main id="main" tabindex="-1">
        <div id="problem" role="status"></div>
        <p class="hint live-only">
          ${say('Choose a number to see how it is computed; arrow keys lead from number to number.')}
        </p>
        ${partsOf(view).map(
          (part) =>
            html`<section id="${part.id}-section" aria-labelledby="${part.id}-title">
              <h2 id="${part.id}-title">${say(part.title)}</h2>
              ${part.id === 'suppliers' ? supplierTools(view) : (part.tools?.(view) ?? NOTHING)}
              <div id="${part.id}" class="${part.id === 'suppliers' ? 'scroll' : ''}">
                ${part.body(view)}
              </div>
            </section>`,
        )}
      </main>
    </div>
    <footer>
      <p>${quotation(one, say)}</p>
      <p>
        ${say(
          'made by {engine}; the page holds the scenarios, the engine and nothing else, and asks no network',
          { engine: `capex-engine ${VERSION}` },
        )}
      </p>
    </footer>`;
}

function asOf({ base }: PageForecast): string {
  const day = base[0]!.asOf;
  if (!day) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  return `, ${day.year}-${two(day.month)}-${two(day.day)}`;
}

function quotation(one: PageForecast, say: SayOnPage): string {
  const [home, ...others] = currenciesOf(one);
  if (others.length === 0) return '';
  return say('rates are {home} per unit of foreign currency; a higher rate is a weaker {home}', {
    home: home!,
  });
}

function scenarioSwitch(titles: readonly string[], state: PageState, say: SayOnPage): Html {
  const options = titles.map((text, i) => ({ value: String(i), text }));
  return choiceHtml('file', say('scenario'), options, String(state.file));
}

function settingsHtml({ one, state, say }: PageView): Html {
  const closures = closuresOf(one).map((value) => ({
    ...{ value, text: wordIn(state.language, value) },
  }));
  const times = timesOf(one).map((value) => ({ value, text: wordOnPage(value, state.language) }));
  const units = MONEY_UNITS.map((value) => ({ value, text: value }));
  return html`<div class="settings">
    ${choiceHtml(
      'closure',
      say('FX closure'),
      [{ value: '', text: say('as the scenario says') }, ...closures],
      state.closure,
    )}
    ${choiceHtml('time', say('group of time'), times, timeOf(one, state))}
    ${choiceHtml('unit', say('unit of money'), units, moneyUnit(one, state))}
    <button type="button" data-reset-all>${say('reset all')}</button>
  </div>`;
}

function supplierTools(view: PageView): Html {
  const { state, say, one } = view;
  return html`<div class="tools live-only">
      <label
        >${say('search suppliers')} <input type="search" id="search" value="${state.search}"
      /></label>
      <span id="groups">${groupsHtml(view)}</span>
      <button type="button" data-copy="csv">${say('copy as CSV')}</button>
      <output class="copied" aria-live="polite"></output>
    </div>
    <p class="command">
      ${say('The numbers of this command:')} <code id="command">${commandOf(one, state)}</code>
    </p>`;
}

/** The choice of one group of time. */
export function groupsHtml(view: PageView): Html {
  const { one, state, say } = view;
  const table = runTable(one.scenarios, supplierOptions(one, state));
  const rows = table.ok ? rowsByName(table.value) : [];
  const labels = [...new Set(rows.map((row) => row[timeOf(one, state)]!))];
  const options = labels.map((label) => ({ value: label, text: wordIn(state.language, label) }));
  const all = { value: '', text: say('all groups of time') };
  return choiceHtml('group', say('group of time'), [all, ...options], state.group);
}

/** The command whose CSV is the table of suppliers. */
export function commandOf(one: PageForecast, state: PageState): string {
  const { by, currency } = supplierOptions(one, state);
  return [
    `capex run ${shellWord(one.file.name)} --by ${by!} --currency ${currency!} --with yoy,share,name`,
    ...commandOptions(state),
  ].join(' ');
}

/** The changed inputs as a layer to copy. */
export function changesHtml({ one, state, say }: PageView): Html {
  if (state.changes.size === 0 && state.closure === '') {
    return html`<p>${say('No input has changed.')}</p>`;
  }
  const file = { name: one.file.name, id: titleOf(one).id, isPortfolio: isPortfolio(one) };
  return html`<p>${say('as a layer over the scenario')}</p>
    <pre id="layer" tabindex="0">${layerOf(state, file)}</pre>
    <div class="tools">
      <button type="button" data-copy="layer">${say('copy YAML')}</button>
      <button type="button" data-copy="link">${say('copy link')}</button>
      <output class="copied" aria-live="polite"></output>
    </div>`;
}
