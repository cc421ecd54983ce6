/** The document around a page that is watched: it holds the page, and the problems of the last save above it. */
import { createHash } from 'node:crypto';
import type { Say } from '../../shell.js';

/** What a browser is told after every save. */
export interface FrameState {
  /** The number of the page: another number is another page. No page is number 0. */
  readonly page: number;
  /** Whether the last save has errors: the page is then of a save before it. */
  readonly isBroken: boolean;
  /** `2 files: 1 error, 0 warnings` */
  readonly summary: string;
  /** Diagnostics as text; empty if there are none. */
  readonly problems: string;
}

/** A document, and the policy under which a browser may run it. */
export interface ServedDocument {
  readonly html: string;
  readonly policy: string;
}

/** The document, in the language of `words`. What a state says is put into it as text. */
export function frameOf(words: Say): ServedDocument {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(SCRIPT)}`,
    `style-src ${hashOf(STYLE)}`,
    ...["connect-src 'self'", "frame-src 'self'", 'img-src data:'],
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; ');
  const html = `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>capex watch</title>
<style>${STYLE}</style>
</head>
<body>
<section aria-labelledby="summary">
<p id="ended" role="alert" hidden>${words('`capex watch` has ended: this page does not change any more.')}</p>
<details id="told" hidden>
<summary><span id="summary" role="status"></span></summary>
<pre id="problems" tabindex="0"></pre>
<p id="old" hidden>${words('The numbers below are of the last save without errors.')}</p>
<p id="none" hidden>${words('There are no numbers yet: the files have errors.')}</p>
</details>
</section>
<div id="pages"></div>
<script>${SCRIPT}</script>
</body>
</html>
`;
  return { html, policy };
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const STYLE = `
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font: 0.9rem/1.5 system-ui, sans-serif; }
#ended, #told { margin: 0; padding: 0.5rem 1rem; border-bottom: 2px solid; }
#told { max-height: 40vh; overflow: auto; border-color: #b7791f; }
#told.broken { border-color: #c53030; }
#problems { margin: 0.5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
#told p { margin: 0; }
#pages { position: relative; flex: 1; }
iframe { position: absolute; width: 100%; height: 100%; border: 0; }
iframe.coming { visibility: hidden; }
`;

/**
 * A new page is loaded behind the one that is shown, and then takes its place, where the reader was: with the
 * fragment of the address, which has the choices, the place on the page, and the colours.
 */
const SCRIPT = `
const [ended, told, summary, problems, old, none, pages] =
  ['ended', 'told', 'summary', 'problems', 'old', 'none', 'pages'].map((id) => document.getElementById(id));
let [number, isBroken, shown, coming] = [0, false, undefined, undefined];

const fragment = () => (shown ? shown.contentWindow : window).location.hash;

const events = new EventSource('events');
events.onopen = () => { ended.hidden = true; };
events.onerror = () => { ended.hidden = false; };
events.onmessage = ({ data }) => {
  const state = JSON.parse(data);
  tell(state);
  if (state.page !== number) load(state.page);
};

function tell(state) {
  told.hidden = state.problems === '';
  told.classList.toggle('broken', state.isBroken);
  if (state.isBroken !== isBroken) told.open = state.isBroken;
  isBroken = state.isBroken;
  summary.textContent = state.summary;
  problems.textContent = state.problems;
  old.hidden = !isBroken || state.page === 0;
  none.hidden = !isBroken || state.page > 0;
}

function load(page) {
  number = page;
  if (coming) coming.remove();
  const next = document.createElement('iframe');
  coming = next;
  next.className = 'coming';
  next.title = 'capex report';
  next.src = 'page' + fragment();
  next.onload = () => {
    if (coming !== next) return;
    coming = undefined;
    if (shown) takePlace(shown, next);
    next.className = '';
    shown = next;
    document.title = next.contentDocument.title;
    document.documentElement.lang = next.contentDocument.documentElement.lang;
  };
  pages.append(next);
}

function takePlace(before, next) {
  const { scrollX, scrollY, document: page } = before.contentWindow;
  const { theme } = page.documentElement.dataset;
  if (theme) next.contentDocument.documentElement.dataset.theme = theme;
  next.contentWindow.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  if (document.activeElement === before) next.contentWindow.focus();
  before.remove();
}

addEventListener('hashchange', () => {
  if (shown && location.hash !== fragment()) shown.contentWindow.location.hash = location.hash;
});
setInterval(() => {
  if (!shown) return;
  if (location.hash !== fragment()) history.replaceState(null, '', fragment() || '.');
  document.documentElement.style.colorScheme = shown.contentDocument.documentElement.dataset.theme || '';
}, 500);
`;
