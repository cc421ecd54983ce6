/** What tests of the scenario file compare: everything that a forecast tells, places in the file apart. */
import type { ReadFile } from '../../src/core/source.js';
import { load } from '../../src/scenario/load.js';
import { forecast } from '../../src/studies/forecast.js';
import { isAnswer } from '../../src/studies/study.js';
import { SHIPPED } from '../cells.js';

/**
 * The document of the forecast and the diagnostics, without the places where inputs stand; the inputs
 * by path.
 */
export function toldOf(
  text: string,
  set: readonly string[] = [],
  read: ReadFile = SHIPPED.read,
): unknown {
  const { scenario, diagnostics } = load(text, { ...SHIPPED, set, read });
  const result = scenario && forecast.run([scenario], {});
  const document = result && isAnswer(result) ? result.document : { scenarios: [] };
  const { scenarios } = document as { readonly scenarios: readonly Described[] };
  return without({ ...document, scenarios: scenarios.map(byPath), diagnostics });
}

interface Described {
  readonly inputs: readonly { readonly path: string }[];
}

function byPath({ inputs, ...others }: Described): Described {
  return { ...others, inputs: [...inputs].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

const PLACES = ['source', 'line', 'column', 'span'];

function without(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    PLACES.includes(key) ? undefined : inner,
  );
  return JSON.parse(text);
}
