/** Other numbers for inputs, written into the files of a scenario: each in the place where it stands. */
import { agrees, isEnd } from '../checks/claimChecks.js';
import {
  type InputPlace,
  type InputEdit,
  placeOf,
  rewriteLiteral,
  applySplices,
  stepsTo,
  withoutEntry,
  withValue,
  type Splice,
  rewriteCell,
} from './splice.js';
import type { Scenario } from '../scenario.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { printPlace, type ReadRecord, type SourceText } from '../../core/text/source.js';
import { SET_SOURCE } from '../layers/layers.js';
import { VALUE_KEYS } from '../layers/staleEvidence.js';
import { problemList } from '../reporter.js';
import { findNode, type MapNode, type TreeNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';

/**
 * The attributes that are wrong once numbers have changed: evidence whose claim says otherwise, and
 * with it the name and the day of a rate, which were that claim's. An assumption is the author's own
 * word, and stays; so does evidence whose claim says the new number, too.
 */
export function contradictedEvidence(
  { ledger }: Pick<Scenario, 'ledger'>,
  rewritings: readonly InputEdit[],
): readonly InputPlace[] {
  const found = rewritings.flatMap((one): readonly (InputPlace | undefined)[] => {
    const { input, of, literal } = one;
    const { evidence, range_evidence, name, date } = input.attributes;
    const pin = of === 'value' ? evidence : range_evidence;
    const claim = pin && ledger.claims.get(pin.value);
    const reading = input.kind.read(literal);
    if (!claim || !reading.ok) return [];
    const { value } = reading;
    if (of !== 'value') return isEnd(input.kind, value, of, claim) ? [] : [pin];
    return agrees({ ...input, ...value }, claim) ? [] : [pin, name, date];
  });
  return [...new Set(found.filter((one) => one !== undefined))];
}

export interface RewrittenFiles {
  /** Files with another text, by the source that they were read as. */
  readonly texts: ReadonlyMap<SourceText, string>;
  /** What was taken out beside the numbers, as it spoke of the old ones: `envelope.evidence`. */
  readonly withdrawn: readonly string[];
  /** Why a number cannot be written; nothing is written then. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The files of a scenario with other numbers in them, and every other byte as it was. A number of its
 * own file, or of one of its tables, is spelled anew where it stands; one of a parent stays there, as
 * others extend it too, and the scenario's own file says what it is instead. Evidence that says
 * otherwise is taken out: with it the file would be refused.
 */
export function rewriteInputs(
  scenario: Scenario,
  rewritings: readonly InputEdit[],
): RewrittenFiles {
  const files = filesOf(scenario);
  const diagnostics = rewritings.flatMap((one) => problemOf(one, files) ?? []);
  if (diagnostics.length > 0) return { texts: new Map(), withdrawn: [], diagnostics };
  const sources = [files.own, ...files.tables.map(({ source }) => source)];
  const isHere = ({ span }: InputPlace) => sources.includes(span.source);
  const withdrawn = contradictedEvidence(scenario, rewritings).filter(isHere);
  const texts = new Map<SourceText, string>();
  for (const source of sources) {
    const inIt = ({ span }: InputPlace) => span.source === source;
    const gone = withdrawn.filter(inIt);
    const text =
      source === files.own
        ? ownText(files, rewritings, gone)
        : tableText(
            source,
            rewritings.filter((one) => inIt(placeOf(one))),
            gone,
          );
    if (text !== source.text) texts.set(source, text);
  }
  return { texts, withdrawn: withdrawn.map(({ path }) => path), diagnostics };
}

/** The files that may be written: the scenario's own, and its tables. */
interface Files {
  readonly layered: MapNode;
  readonly own: SourceText;
  readonly tables: readonly ReadRecord[];
}

function filesOf({ tree, files }: Scenario): Files {
  const own = tree.span.source;
  const numbered = files.filter(({ request }) => request.confined && request.from === own.name);
  return { layered: tree, own, tables: numbered };
}

function problemOf(one: InputEdit, { layered, own, tables }: Files): Diagnostic | undefined {
  const { path, text, span } = placeOf(one);
  const fail = (message: string, hint: string): Diagnostic => {
    return { code: 'input-place', severity: 'error', span: one.asked, message, hint };
  };
  const there = `change it there, ${printPlace(span)}`;
  if (span.source === own) return undefined;
  if (span.source.name === SET_SOURCE)
    return fail(`\`${path}\` is from a \`--set\`, and stands in no file`, 'change the `--set`');
  const table = tables.find(({ source }) => source === span.source);
  if (table && table.request.encoding !== 'utf-8')
    return fail(`\`${path}\` stands in a table that is not UTF-8`, there);
  if (table && !rewriteCell({ text, span }, one.literal))
    return fail(`\`${path}\` is quoted in another way in its table`, there);
  if (table || !isInList(layered, path.split('.'))) return undefined;
  return fail(`\`${path}\` is one of a list of another file`, there);
}

function isInList(root: TreeNode, steps: readonly string[]): boolean {
  return steps.some((_, depth) => findNode(root, steps.slice(0, depth))?.kind === 'list');
}

function tableText(
  source: SourceText,
  rewritings: readonly InputEdit[],
  gone: readonly InputPlace[],
) {
  return applySplices(source.text, [
    ...rewritings.map((one) => rewriteCell(placeOf(one), one.literal)!),
    ...gone.map(({ span }): Splice => ({ span, text: '' })),
  ]);
}

/** Numbers where they stand first, as that moves no key; then keys that are new, then those that go. */
function ownText(
  { own, layered, tables }: Files,
  rewritings: readonly InputEdit[],
  gone: readonly InputPlace[],
): string {
  const isElsewhere = ({ span }: InputPlace) =>
    span.source !== own && !tables.some(({ source }) => source === span.source);
  const here = rewritings.filter((one) => placeOf(one).span.source === own);
  const tree = readTree(own, problemList())!;
  const paths = gone.flatMap(({ span }) => {
    const steps = stepsTo(tree, span.start);
    return steps ? [steps] : [];
  });
  const splices = here.map((one) => {
    const { span, text } = placeOf(one);
    return rewriteLiteral(span, text, one.literal);
  });
  const given = rewritings.reduce(
    (text, one) => {
      if (!isElsewhere(placeOf(one))) return text;
      const steps = placeOf(one).path.split('.');
      return withValue(text, steps, one.literal, valueKeyAt(layered, steps));
    },
    applySplices(own.text, splices),
  );
  return paths.reduce(withoutEntry, given);
}

/** The key of the number of a map, whether the path leads to it or to one beside it. */
function valueKeyAt(root: TreeNode, steps: readonly string[]): string {
  const maps = [steps, steps.slice(0, -1)].map((some) => findNode(root, some));
  const map = maps.find((node) => node?.kind === 'map');
  const has = (key: string) => map?.kind === 'map' && map.entries.has(key);
  return VALUE_KEYS.find(has) ?? VALUE_KEYS[0]!;
}
