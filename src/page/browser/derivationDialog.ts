/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** Numbers that a reader opens: by a click, or by the keyboard, where one number of a table is reached by Tab and the others by arrows. */
import { derivationHtml, type OpenedCell } from '../explainedNumber.js';
import type { forecastsOf } from '../pageForecast.js';
import type { PageView } from '../pageView.js';

/** What the dialog explains: the view that is shown when a number is opened. */
interface Explained {
  readonly view: PageView;
  readonly forecastOf: ReturnType<typeof forecastsOf>;
}

/** Opens how a number is computed. */
export function openDerivation({ view, forecastOf }: Explained, button: HTMLElement): void {
  const { cell, shock, closure, effect } = button.dataset;
  const opened: OpenedCell = {
    cell: cell!,
    ...(shock !== undefined && { shock, closure: closure!, isEffect: effect !== undefined }),
  };
  const dialog = dialogElement();
  dialog.innerHTML = derivationHtml(view, opened, forecastOf).html;
  // A browser gives the focus back to what had it; a click does not give it to a button everywhere.
  button.focus();
  dialog.showModal();
}

function dialogElement(): HTMLDialogElement {
  return document.querySelector('dialog')!;
}

/** Listens to what the numbers and their dialog need of mouse and keyboard. */
export function listenToNumbers(): void {
  dialogElement().addEventListener('click', ({ target }) => {
    const isButton = target instanceof Element && target.closest('[data-close]');
    if (isButton || target === dialogElement()) dialogElement().close();
  });
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || target.dataset['cell'] === undefined) return;
    const next = neighbour(target, key);
    if (!next) return;
    event.preventDefault();
    target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/** Lets Tab reach the first number of each table. */
export function reachNumbers(within: ParentNode): void {
  for (const group of within.querySelectorAll('[data-numbers]')) {
    const first = group.querySelector<HTMLElement>('[data-cell]');
    if (first) first.tabIndex = 0;
  }
}

/** The number to which a key leads: beside it in its row, or at its place in the next row with numbers. */
function neighbour(from: HTMLElement, key: string): HTMLElement | undefined {
  const group = from.closest('[data-numbers]')!;
  const all = [...group.querySelectorAll<HTMLElement>('[data-cell]')];
  const rowOf = (one: HTMLElement) => one.closest('tr');
  const columnOf = (one: HTMLElement) => one.closest('td')?.cellIndex ?? 0;
  const at = all.indexOf(from);
  const row = rowOf(from);
  const inRow = all.filter((one) => rowOf(one) === row);
  const nearest = (others: readonly HTMLElement[]) => {
    const [first] = others;
    const next = others.filter((one) => first && rowOf(one) === rowOf(first));
    const gap = (one: HTMLElement) => Math.abs(columnOf(one) - columnOf(from));
    return next.sort((a, b) => gap(a) - gap(b))[0];
  };
  switch (key) {
    case 'ArrowRight':
      return inRow[inRow.indexOf(from) + 1];
    case 'ArrowLeft':
      return inRow[inRow.indexOf(from) - 1];
    case 'Home':
      return inRow[0];
    case 'End':
      return inRow.at(-1);
    case 'ArrowDown':
      return nearest(all.slice(at + 1).filter((one) => rowOf(one) !== row));
    case 'ArrowUp':
      return nearest(
        all
          .slice(0, at)
          .reverse()
          .filter((one) => rowOf(one) !== row),
      );
    default:
      return undefined;
  }
}
