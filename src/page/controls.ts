/** The controls of a page: choices from a list, and of inputs a slider from low to high where one has a range, and its value as text. */
import { changesFor, literalBetween, type Input, type Result, type Share } from '../index.js';
import { NOTHING, html, trusted, type Html } from './html.js';
import type { PageForecast } from './pageForecast.js';
import type { SayOnPage } from './phrases.js';

/** Steps of a slider between the low and the high of its input. */
export const STEPS = 100;

/** An input that the page offers, under the path that `--set` takes in the file. */
export interface PageInput {
  readonly path: string;
  readonly input: Input;
  /** The index of its scenario; nothing where a portfolio gives it to all. */
  readonly member?: number;
}

/** The numbers of a file, in its order; of a portfolio first those that it gives itself. */
export function inputsOfPage({ base }: Pick<PageForecast, 'base'>): readonly PageInput[] {
  const portfolio = base[0]!.buyer?.portfolio;
  const shared = numbersOf(portfolio?.inputs ?? []).map((input) => ({ path: input.path, input }));
  const isShared = new Set(shared.map(({ path }) => path));
  const own = base.flatMap(({ inputs, buyer }, member) =>
    numbersOf(inputs)
      .filter(({ path }) => !isShared.has(path))
      .map((input) => ({ path: buyer ? `${buyer.key}.${input.path}` : input.path, input, member })),
  );
  return [...shared, ...own];
}

function numbersOf(shares: readonly Share[]): readonly Input[] {
  return shares.flatMap((share) => ('rest' in share ? [] : [share]));
}

/**
 * The changes when an input gets a value: its own, and those of the shares that absorb it.
 *
 * @param scenarios those under the changes so far
 */
export function changesOfInput(
  { path, input, member }: PageInput,
  literal: string,
  { scenarios }: Pick<PageForecast, 'scenarios'>,
): Result<readonly (readonly [string, string])[], string> {
  if (member === undefined) {
    const reading = input.kind.read(literal);
    if (!reading.ok) return { ok: false, diagnostics: reading.diagnostics.message };
    return { ok: true, value: [[path, literal]] };
  }
  const changes = changesFor(scenarios[member]!, input.path, literal);
  if (!changes.ok) return { ok: false, diagnostics: changes.diagnostics[0]!.message };
  const prefix = path.slice(0, path.length - input.path.length);
  return {
    ok: true,
    value: changes.value.map((change) => {
      const at = change.indexOf('=');
      return [prefix + change.slice(0, at), change.slice(at + 1)] as const;
    }),
  };
}

export function controlsHtml(
  inputs: readonly PageInput[],
  changes: ReadonlyMap<string, string>,
  say: SayOnPage,
): Html {
  const [ranged, others] = [true, false].map((has) =>
    inputs.filter(({ input }) => hasRange(input) === has),
  );
  return html`<fieldset>
      <legend>${say('inputs with a range')}</legend>
      ${ranged!.map((one) => controlHtml(one, changes, say))}
    </fieldset>
    ${
      others!.length > 0 &&
      html`<details>
        <summary>${say('other inputs')} (${others!.length})</summary>
        ${others!.map((one) => controlHtml(one, changes, say))}
      </details>`
    }`;
}

function controlHtml(
  { path, input }: PageInput,
  changes: ReadonlyMap<string, string>,
  say: SayOnPage,
): Html {
  const text = changes.get(path) ?? input.text;
  const { low, high } = input.attributes;
  const range = { low: low?.text ?? input.text, high: high?.text ?? input.text };
  return html`<div class="control" data-path="${path}">
    <span class="path">${path}</span>
    <span class="fields">
      <input
        type="text"
        value="${text}"
        aria-label="${say('value of {path}', { path })}"
        autocomplete="off"
        spellcheck="false"
      />
      <button type="button" data-reset title="${say('reset')}" aria-label="${say('reset')} ${path}">
        ↺
      </button>
    </span>
    ${
      hasRange(input)
        ? html`<input
              type="range"
              min="0"
              max="${STEPS}"
              value="${stepOf(input, text)}"
              aria-label="${say('slider of {path}', { path })}"
              aria-valuetext="${text}"
            />
            <small>${say('from {low} to {high}', range)}</small>`
        : NOTHING
    }
    <p class="problem" role="alert"></p>
  </div>`;
}

function hasRange({ attributes: { low, high } }: Input): boolean {
  return low !== undefined || high !== undefined;
}

/** The step of a slider that is nearest below a value; a value outside the range is at its end. */
export function stepOf(input: Input, text: string): number {
  const { low, high } = input.attributes;
  const [from, to] = [(low?.value ?? input).value, (high?.value ?? input).value];
  const reading = input.kind.read(text);
  const value = reading.ok ? reading.value.value : input.value;
  const span = to.n * from.d - from.n * to.d;
  if (span <= 0n) return 0;
  const above = (value.n * from.d - from.n * value.d) * to.d;
  const step = Number((above * BigInt(STEPS) * 2n + span * value.d) / (span * value.d * 2n));
  return Math.max(0, Math.min(STEPS, step));
}

/** The literal at a step of the slider; both ends are as the file has them. */
export function literalAt(input: Input, step: number): string {
  const { low, high } = input.attributes;
  if (step <= 0 && low) return low.text;
  if (step >= STEPS && high) return high.text;
  return literalBetween(input, step, STEPS) ?? input.text;
}

/** One of the values that a choice has. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

/**
 * A choice from a list.
 *
 * @param now the value that is chosen
 */
export function choiceHtml(
  name: string,
  label: string,
  options: readonly Choice[],
  now: string,
): Html {
  return html`<label
    >${label}
    <select data-choice="${name}">
      ${options.map(
        ({ value, text }) =>
          html`<option value="${value}" ${trusted(value === now ? 'selected' : '')}>
            ${text}
          </option>`,
      )}
    </select>
  </label>`;
}
