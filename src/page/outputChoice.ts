/** The output of which the page shows what drives it, and how likely which numbers are. */
import { choiceHtml, type Choice } from './controls.js';
import { html, type Html } from './html.js';
import { isSupplierAlone } from './numberButton.js';
import { nameOfSupplier, type PageView } from './pageView.js';

/** Everything together. */
const ALL = '*';

/** The component or the supplier that the reader has chosen; else the supplier that the file names first. */
export function outputOf(view: Pick<PageView, 'one' | 'state'>): string {
  const { of } = view.state;
  return placesOf(view).find((place) => place === of) ?? suppliersOf(view)[0] ?? ALL;
}

/** The choice of an output. */
export function outputChoiceHtml(view: PageView): Html {
  const { one, say } = view;
  const nameOf = nameOfSupplier(view);
  const components = new Map(
    one.base.flatMap((scenario) =>
      scenario.components.map(({ key, name }) => [key, name] as const),
    ),
  );
  const options = placesOf(view).map((place): Choice => {
    const name = components.get(place) ?? nameOf(place);
    return { value: place, text: place === ALL ? say('total') : name };
  });
  return html`<div class="tools live-only">
    ${choiceHtml('of', say('output'), options, outputOf(view))}
  </div>`;
}

function placesOf(view: Pick<PageView, 'one'>): readonly string[] {
  const components = view.one.base.flatMap((scenario) => scenario.components.map(({ key }) => key));
  return [...new Set([ALL, ...components, ...suppliersOf(view)])];
}

function suppliersOf(view: Pick<PageView, 'one'>): readonly string[] {
  const all = view.one.base.flatMap(({ leaves }) => leaves.flatMap((leaf) => leaf.suppliers));
  return [...new Set(all)].filter((key) => isSupplierAlone(view, key));
}
