/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The places of a page in the browser, how new HTML comes into one of them, and what else the page asks of the document. */
import { reachNumbers } from './derivationDialog.js';
import type { Html } from '../html.js';
import { sayOnPage } from '../phrases.js';

export function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** Whether the reader sees a part of a place now. */
export function isInView(id: string): boolean {
  const { top, bottom } = element(id).getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/**
 * Shows new HTML in a place. Where only texts differ, as numbers do while an input moves, these alone are written.
 *
 * @param isMoving whether an input moves: the new numbers are plain, those that are shown may be buttons
 */
export function put(id: string, content: Html, isMoving = false): void {
  const place = element(id);
  const made = document.createElement('template');
  made.innerHTML = content.html;
  reachNumbers(made.content);
  keepOpen(place, made.content);
  if (writeTexts(place, made.content, isMoving ? '*:not([data-cell])' : '*')) return;
  const focused = place.contains(document.activeElement) ? signOf(document.activeElement!) : '';
  place.replaceChildren(made.content);
  if (focused === '') return;
  const controls = place.querySelectorAll<HTMLElement>('button, select, input, summary');
  [...controls].find((one) => signOf(one) === focused)?.focus();
}

/** What tells one control from the others. */
function signOf(control: Element): string {
  const { id, dataset, localName } = control as HTMLElement;
  return JSON.stringify([localName, id, Object.entries(dataset)]);
}

/** What the reader has opened stays open. */
function keepOpen(shown: ParentNode, made: ParentNode): void {
  const [old, next] = [shown, made].map((one) => [...one.querySelectorAll('details')]);
  if (old!.length === next!.length) next!.forEach((one, i) => (one.open = old![i]!.open));
}

/** Whether both have the same elements in the same places; then the texts of one become those of the other. */
function writeTexts(shown: ParentNode & Node, made: ParentNode & Node, elements: string): boolean {
  const [old, next] = [shown, made].map((one) => [...one.querySelectorAll(elements)]);
  if (old!.length !== next!.length || old!.some((one, i) => !isAlike(one, next![i]!))) return false;
  const [texts, wanted] = [shown, made].map((one) => textsIn(one));
  if (texts!.length !== wanted!.length) return false;
  texts!.forEach((text, i) => {
    if (text.data !== wanted![i]!.data) text.data = wanted![i]!.data;
  });
  return true;
}

function isAlike(a: Element, b: Element): boolean {
  return a.cloneNode(false).isEqualNode(b.cloneNode(false));
}

function textsIn(root: Node): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

/** Changes from light to dark, or back. */
export function changeTheme(): void {
  const { dataset } = document.documentElement;
  const isDark = dataset['theme']
    ? dataset['theme'] === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  dataset['theme'] = isDark ? 'light' : 'dark';
}

/** Copies a text, and says beside the button whether it could. */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  const said = button.parentElement!.querySelector('.copied')!;
  const say = sayOnPage(document.documentElement.lang === 'zh' ? 'zh' : 'en');
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = say('copied');
  } catch {
    said.textContent = say('cannot copy: select the text and copy it');
  }
}
