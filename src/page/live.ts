/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The page in a browser: what the reader moves changes the state, and the parts that depend on it are painted anew. */
import { writeCsv } from '../index.js';
import { changesOfInput, inputsOfPage, literalAt, stepOf, type PageInput } from './controls.js';
import { listenToNumbers, openDerivation } from './browser/derivationDialog.js';
import { NOTHING, html } from './html.js';
import { readContent, type PageContent } from './pageData.js';
import {
  forecastsOf,
  runTable,
  supplierOptions,
  titleOf,
  type PageForecast,
} from './pageForecast.js';
import { partsOf } from './pageParts.js';
import { headlineRows, supplierRows, type KnownRows, type PageView } from './pageView.js';
import { changeTheme, copyText, element, isInView, put } from './browser/places.js';
import { followSimulation, simulateShown, writtenFan } from './browser/shownSimulation.js';
import { firstState, fragmentOf, stateOf, type PageState } from './pageState.js';
import { sayOnPage } from './phrases.js';
import { bodyHtml, changesHtml, commandOf, groupsHtml, nextOf } from './renderPage.js';

/** How long an input rests before what is not quick is painted, in milliseconds. */
const REST = 120;

/** Screens on which charts are drawn narrow. */
const PHONE = '(max-width: 40rem)';

/** A page that a reader has open. */
interface Session {
  readonly content: PageContent;
  readonly forecastOf: ReturnType<typeof forecastsOf>;
  state: PageState;
  /** What is shown: of the last valid inputs. */
  view: PageView;
  /** The rows that were painted when the inputs rested. */
  before: KnownRows | undefined;
  resting?: ReturnType<typeof setTimeout>;
}

/** Begins to answer the reader. */
export function startPage(): void {
  const content = readContent(element('content').textContent);
  const forecastOf = forecastsOf(content.files);
  const state = stateOf(location.hash.slice(1), content.language, content.files.length);
  const session: Session = { content, forecastOf, state, ...shown(forecastOf, state, content) };
  // A page is written with the simulation of its first settings.
  const first = shown(forecastOf, firstState(content.language), content);
  session.view = { ...session.view, fan: writtenFan(first.view) };
  document.documentElement.classList.add('live');
  paintView(session);
  listen(session);
}

/** What a page shows first: the forecast under the changes, or without them if they are not valid. */
function shown(
  forecastOf: Session['forecastOf'],
  state: PageState,
  { files }: PageContent,
): Pick<Session, 'view' | 'before'> {
  const one = [state, { ...state, changes: new Map<string, string>() }].flatMap((each) => {
    const found = forecastOf(each);
    return found.ok ? [found.value] : [];
  })[0]!;
  const next = nextOf(forecastOf, state, files.length);
  const say = sayOnPage(state.language);
  return {
    view: { one, state, next, say, isLive: true, isNarrow: matchMedia(PHONE).matches },
    before: undefined,
  };
}

function paintAll(session: Session): void {
  const { state, forecastOf, content } = session;
  const { fan } = session.view;
  const { view, before } = shown(forecastOf, state, content);
  Object.assign(session, { view: { ...view, fan }, before });
  paintView(session);
}

function paintView(session: Session): void {
  const { view, state, forecastOf, content } = session;
  document.documentElement.lang = state.language;
  document.title = titleOf(view.one).title;
  put('page', bodyHtml(view, content));
  const isNarrow = matchMedia('(max-width: 60rem)').matches;
  element('inputs').toggleAttribute('open', !isNarrow);
  showProblem(session, forecastOf(state));
  remember(session);
  followSimulation(session);
}

function remember(session: Session): void {
  const { view } = session;
  const [headlines, suppliers] = [headlineRows(view), supplierRows(view)];
  const isKnown = headlines.ok && suppliers.ok;
  session.before = isKnown ? { headlines: headlines.value, suppliers: suppliers.value } : undefined;
}

/**
 * Paints the numbers at once, and the rest when the input rests.
 *
 * @param isWanted of which parts the numbers are painted at once, by the id of their place
 */
function paint(session: Session, isWanted: (id: string) => boolean = () => true): void {
  const { state, before } = session;
  const found = session.forecastOf(state);
  showProblem(session, found);
  if (!found.ok) return;
  session.view = { ...session.view, one: found.value, state };
  const quick = { ...session.view, before, isLive: false };
  const wanted = partsOf(quick).filter(({ id, isQuick }) => isQuick && isWanted(id));
  for (const part of wanted) put(part.id, part.body(quick), true);
  element('command').textContent = commandOf(session.view.one, state);
  element('page').classList.add('moving');
  clearTimeout(session.resting);
  session.resting = setTimeout(() => paintRest(session), REST);
}

function paintRest(session: Session): void {
  const { view } = session;
  for (const part of partsOf(view)) put(part.id, part.body(view));
  put('changes', changesHtml(view));
  put('groups', groupsHtml(view));
  element('page').classList.remove('moving');
  remember(session);
  keepInLink(session);
  followSimulation(session);
}

function keepInLink({ state }: Session): void {
  history.replaceState(null, '', `#${fragmentOf(state)}`);
}

function showProblem({ view: { say } }: Session, found: ReturnType<Session['forecastOf']>): void {
  if (found.ok) {
    put('problem', NOTHING);
    return;
  }
  const note = say('The numbers below are of the last valid inputs.');
  put(
    'problem',
    html`<pre class="problem">${found.diagnostics}</pre>
      <p>${note}</p>`,
  );
}

/** Gives an input a value, or takes the reader's value back. */
function change(session: Session, control: HTMLElement, literal: string | undefined): void {
  const { one } = session.view;
  const input = inputNamed(one, control.dataset['path']!);
  const changes = new Map(session.state.changes);
  const isReset = literal === undefined;
  const around = isReset ? { scenarios: one.base } : one;
  const found = changesOfInput(input, literal ?? input.input.text, around);
  control.querySelector('.problem')!.textContent = found.ok ? '' : found.diagnostics;
  if (!found.ok) return;
  for (const [path, value] of found.value) {
    if (isReset) changes.delete(path);
    else changes.set(path, value);
  }
  session.state = { ...session.state, changes };
  showValues(session.state, one, control);
  paint(session, isInView);
}

/** Takes the value of a choice over. */
function choose(session: Session, name: string, value: string): void {
  const { state } = session;
  session.before = undefined;
  if (name === 'file') {
    const file = { file: Number(value), changes: new Map(), closure: '', group: '' };
    session.state = { ...state, ...file };
    paintAll(session);
    keepInLink(session);
    return;
  }
  for (const one of document.querySelectorAll<HTMLSelectElement>(`[data-choice="${name}"]`)) {
    one.value = value;
  }
  const group = name === 'time' ? { group: '' } : {};
  session.state = { ...state, ...group, [name]: value };
  paint(session);
}

function click(session: Session, button: HTMLElement): void {
  const { sort, copy, cell } = button.dataset;
  const { state } = session;
  const control = button.closest<HTMLElement>('.control');
  if ('reset' in button.dataset && control) change(session, control, undefined);
  if ('resetAll' in button.dataset) {
    resetAll(session);
  }
  if ('language' in button.dataset) {
    renew(session, { ...state, language: state.language === 'en' ? 'zh' : 'en' });
  }
  if ('simulate' in button.dataset) void simulateShown(session);
  if ('themeButton' in button.dataset) changeTheme();
  if (sort !== undefined) sortBy(session, Number(sort));
  if (cell !== undefined) openDerivation(session, button);
  if (copy !== undefined) void copyText(textToCopy(session, copy), button);
}

function resetAll(session: Session): void {
  session.state = { ...session.state, changes: new Map(), closure: '' };
  document.querySelector<HTMLSelectElement>('[data-choice=closure]')!.value = '';
  for (const problem of document.querySelectorAll('.control .problem')) problem.textContent = '';
  showValues(session.state, session.view.one);
  paint(session);
}

function renew(session: Session, state: PageState): void {
  session.state = state;
  paintAll(session);
  keepInLink(session);
}

function sortBy(session: Session, column: number): void {
  const { sort } = session.state;
  const isDown = sort?.column === column ? !sort.isDown : true;
  session.state = { ...session.state, sort: { column, isDown } };
  paint(session);
  document.querySelector<HTMLElement>(`[data-sort="${column}"]`)?.focus();
}

function textToCopy({ view, state }: Session, what: string): string {
  if (what === 'layer') return element('layer').textContent;
  if (what === 'link') return `${location.href.split('#')[0]!}#${fragmentOf(state)}`;
  return suppliersCsv(view.one, state);
}

function listen(session: Session): void {
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const control = target.closest<HTMLElement>('.control');
    if (target.id === 'search') {
      session.state = { ...session.state, search: target.value };
      paint(session);
    } else if (control && target.type === 'range') {
      const { input } = inputNamed(session.view.one, control.dataset['path']!);
      change(session, control, literalAt(input, Number(target.value)));
    }
  });
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement)
      choose(session, target.dataset['choice']!, target.value);
    if (!(target instanceof HTMLInputElement) || target.type !== 'text') return;
    const control = target.closest<HTMLElement>('.control');
    if (control) change(session, control, target.value.trim());
  });
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null;
    if (button) click(session, button);
  });
  listenToNumbers();
  matchMedia(PHONE).addEventListener('change', () => paintAll(session));
  addEventListener('hashchange', () => {
    const fragment = location.hash.slice(1);
    if (fragment === fragmentOf(session.state)) return;
    const { language, files } = session.content;
    session.state = stateOf(fragment, language, files.length);
    paintAll(session);
  });
}

/** The CSV of the command that the page names, byte for byte. */
export function suppliersCsv(one: PageForecast, state: PageState): string {
  const options = { ...supplierOptions(one, state), with: 'yoy,share,name' };
  const table = runTable(one.scenarios, options);
  return table.ok ? writeCsv(table.value) : table.diagnostics;
}

function inputNamed(one: PageForecast, path: string): PageInput {
  return inputsOfPage(one).find((input) => input.path === path)!;
}

/** Shows the values of all inputs in their controls. */
function showValues({ changes }: PageState, one: PageForecast, moved?: HTMLElement): void {
  const inputs = new Map(inputsOfPage(one).map((input) => [input.path, input.input]));
  for (const control of document.querySelectorAll<HTMLElement>('.control')) {
    const path = control.dataset['path']!;
    const input = inputs.get(path)!;
    const literal = changes.get(path) ?? input.text;
    const field = control.querySelector<HTMLInputElement>('input[type=text]')!;
    const slider = control.querySelector<HTMLInputElement>('input[type=range]');
    field.value = literal;
    control.classList.toggle('changed', changes.has(path));
    if (!slider) continue;
    slider.setAttribute('aria-valuetext', literal);
    if (control !== moved || document.activeElement !== slider) {
      slider.value = String(stepOf(input, literal));
    }
  }
}
