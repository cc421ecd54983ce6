/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The simulation in the browser: it shows how far it is, and leaves the page to the reader after every block of draws. */
import { fanHtml, fanOf, progressHtml } from '../charts/fanChart.js';
import { trusted } from '../html.js';
import { settingsOf, simulated, startsByItself } from '../pageSimulation.js';
import type { Fan, PageView } from '../pageView.js';
import { put } from './places.js';

/**
 * The simulation with which a page was written; nothing if it has none.
 *
 * @param first the view of its first settings
 */
export function writtenFan(first: PageView): Fan | undefined {
  const place = document.getElementById('fan');
  if (!place?.querySelector('svg')) return undefined;
  return { settings: settingsOf({ ...first, isNarrow: false }), shown: trusted(place.innerHTML) };
}

/** Simulates the outputs shown, if that is quick and not done. */
export function followSimulation(session: { view: PageView }): void {
  const { view } = session;
  const isDone = view.fan?.settings === settingsOf(view);
  if (!isDone && startsByItself(view)) void simulateShown(session);
}

/** Simulates the outputs shown. Other settings, which another simulation follows, end it. */
export async function simulateShown(session: { view: PageView }): Promise<void> {
  const { view } = session;
  const settings = settingsOf(view);
  if (!startsByItself(view)) put('fan', progressHtml(view));
  const found = await simulated(view, async (done) => {
    const progress = document.querySelector<HTMLProgressElement>('#fan progress');
    if (progress) progress.value = done;
    await new Promise((resolve) => setTimeout(resolve));
    return settingsOf(session.view) === settings;
  });
  if (!found) return;
  session.view = { ...session.view, fan: fanOf(view, found) };
  put('fan', fanHtml(session.view));
}
