/** What tests of the scenario file compare: everything that a forecast tells, places in the file apart. */
import type { ReadFile } from '../../src/core/text/fileRequest.js';
import { load, type Loaded } from '../../src/scenario/load.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { SHIPPED } from './cells.js';

export function toldOf(
  text: string,
  set: readonly string[] = [],
  read: ReadFile = SHIPPED.read,
): unknown {
  return told(load(text, { ...SHIPPED, set, read }));
}

/**
 * The document of the forecast and the diagnostics, without the places where inputs stand; the inputs
 * by path.
 */
export function told({ scenario, diagnostics }: Loaded): unknown {
  const result = scenario && forecast.run([scenario], {});
  const document = result?.ok === true ? result.value.document : { scenarios: [] };
  const { scenarios } = document as { readonly scenarios: readonly Described[] };
  return without({ ...document, scenarios: scenarios.map(byPath), diagnostics });
}

interface Described {
  readonly inputs: readonly { readonly path: string }[];
}

function byPath({ inputs, ...others }: Described): Described {
  return { ...others, inputs: [...inputs].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The forecast without evidence, which a layer that changes a value does not take over. */
export function numbersOf(
  text: string,
  set: readonly string[] = [],
  read: ReadFile = SHIPPED.read,
): unknown {
  return numbers(load(text, { ...SHIPPED, set, read }));
}

export function numbers(loaded: Loaded): unknown {
  return without(told(unproved(loaded)), REASONS);
}

/** Without the warning that the claims stand in no ledger, whose place moves with them. */
export function unproved({ scenario, diagnostics }: Loaded): Loaded {
  const others = diagnostics.filter(({ code }) => code !== 'evidence-unlisted');
  return { scenario, diagnostics: others };
}

const REASONS = ['evidence', 'range_evidence', 'assumption', 'name', 'date', 'grade', 'grades'];
const PLACES = ['source', 'line', 'column', 'span'];

function without(value: unknown, keys: readonly string[] = PLACES): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    keys.includes(key) ? undefined : inner,
  );
  return JSON.parse(text);
}
