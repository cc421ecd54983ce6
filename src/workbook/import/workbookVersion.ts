/** How a workbook was made, as its sheets of inputs record it: version of the scenario and options. */
import { fingerprintOf } from '../../core/random/philox.js';
import { LANGUAGES, sayIn, type Language } from '../../core/text/language.js';
import { printDate } from '../../core/period.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { TreeNode } from '../../scenario/tree.js';

/**
 * A fingerprint of what a scenario says: its values with their keys, in order, those of its parents and of its
 * tables, and the claims that it cites. Comments, blanks and quotes in the files do not count.
 */
export function versionOf({ tree, inputs, ledger, buyer }: Scenario): string {
  const cited = inputs.flatMap(({ attributes: { evidence, range_evidence } }) =>
    [evidence, range_evidence].flatMap((one) => (one && ledger.claims.get(one.value)) ?? []),
  );
  const claims = [...new Set(cited)].map(({ source, says, places, ...claim }) => [
    ...[claim.id, claim.about, claim.basis, claim.whose, claim.words, claim.note],
    ...[says?.low.text, says?.high.text, source.title, printDate(source.date), places[0]?.where],
  ]);
  const parts = [valuesOf(tree), claims, ...(buyer ? [buyer.portfolio.id, buyer.key] : [])];
  return fingerprintOf(JSON.stringify(parts));
}

/** A tree as arrays: keys with what is below them. */
function valuesOf(node: TreeNode): unknown {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'list') return node.items.map(valuesOf);
  return [...node.entries].map(([key, entry]) => [key, valuesOf(entry.node)]);
}

/** `made with --currency CNY,USD --set "mix={ FY2026: guojin }"` */
export function writeArguments(args: readonly string[], language?: Language): string {
  const words = args.map((word) => (/^[\w./=,%-]+$/.test(word) ? word : JSON.stringify(word)));
  return sayIn(language)('made with {options}', { options: words.join(' ') });
}

/** The words before the options, in any language. */
const MADE_WITH = LANGUAGES.map((one) => sayIn(one)('made with {options}', { options: '' }));

/** Reads the text of `writeArguments`, in any language; nothing if the text is another. */
export function readArguments(text: string): readonly string[] | undefined {
  const start = MADE_WITH.find((words) => text.startsWith(words));
  const words = start === undefined ? undefined : text.slice(start.length);
  const found = words?.match(/"(?:[^"\\]|\\.)*"|\S+/g)?.map(readWord);
  return found?.every((word) => word !== undefined) ? found : undefined;
}

function readWord(word: string): string | undefined {
  if (!word.startsWith('"')) return word;
  try {
    return String(JSON.parse(word));
  } catch {
    return undefined;
  }
}
