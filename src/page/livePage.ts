/** The one bundle of a page: the command takes `renderPage` of it, and a browser runs what a reader sees. */
import { startPage } from './live.js';

export { renderPage } from './renderPage.js';

if (typeof document !== 'undefined') startPage();
