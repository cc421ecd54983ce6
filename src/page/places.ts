/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The places of a page in the browser, and how new HTML comes into one of them. */
import type { Html } from './html.js';

export function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** Whether the reader sees a part of a place now. */
export function isInView(id: string): boolean {
  const { top, bottom } = element(id).getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Shows new HTML in a place. Where only texts differ, as numbers do while an input moves, these alone are written. */
export function put(id: string, content: Html): void {
  const place = element(id);
  const made = document.createElement('template');
  made.innerHTML = content.html;
  if (!writeTexts(place, made.content)) place.replaceChildren(made.content);
}

/** Whether both have the same elements in the same places; then the texts of one become those of the other. */
function writeTexts(shown: ParentNode & Node, made: ParentNode & Node): boolean {
  const [old, next] = [shown, made].map((one) => [...one.querySelectorAll('*')]);
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
