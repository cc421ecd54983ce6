/** What a Chinese page may hold in Latin letters: words of the scenario and of its sources, names and codes. */
import { CHINESE } from '../../src/core/text/chinese.js';
import type { Scenario } from '../../src/scenario/scenario.js';

/** Names that are one in all languages: commands, options and their words, sheets, verdicts, codes. */
const NAMES = new Set(
  (
    'capex sensitivity check run show compare explain set lang zh by currency rest ' +
    'Scenarios Inputs Plan Forecast Exact Check Sensitivity Evidence By year component supplier Triangulation above below OK CHANGED INVALID FAIL ' +
    'CNY USD TWD HKD EUR JPY fx pp'
  ).split(' '),
);

/** Outputs by their ids, places in files, labels after the window, versions. */
const IDS =
  /\S+@[\w.:]+|\S+\.(?:yaml|csv)[:\d]*|\S+:(?:demand|revenue|units|content|depreciation)\b[\w.]*|after FY\w+|\b[0-9a-f]{16}\b/g;
const LATIN = /[A-Za-z][A-Za-z’']*/g;

/** All words of the files that a scenario was read from, without comments. */
function wordsOf(scenarios: readonly Scenario[]): ReadonlySet<string> {
  const texts = scenarios.flatMap(({ tree, files }) => [
    tree.span.source.text,
    ...files.map(({ source }) => source.text),
  ]);
  const said = texts.map((text) => text.replace(/^\s*#.*$|\s#.*$/gm, ''));
  const names = scenarios.flatMap(({ id, inputs, suppliers, buyer }) => [
    id,
    buyer?.portfolio.title ?? '',
    ...inputs.map(({ path }) => path),
    ...suppliers.keys(),
  ]);
  return new Set([...said, ...names].flatMap((text) => text.match(LATIN) ?? []));
}

/** The parts of texts that are English and stand in no file of the scenarios, each once. */
export function englishIn(
  texts: readonly string[],
  scenarios: readonly Scenario[],
): readonly string[] {
  const known = wordsOf(scenarios);
  const quantities = scenarios.flatMap(({ inputs }) =>
    inputs.flatMap(({ path }) => /^estimates\.[^.]+\.units\.([^.]+)/.exec(path)?.[1] ?? []),
  );
  const keys = new Set([
    ...scenarios.flatMap(({ tree }) => [...tree.entries.keys()]),
    ...quantities,
  ]);
  const isName = (word: string) => known.has(word) || NAMES.has(word) || /^(FY|Q|H|CY)$/.test(word);
  const left = texts.flatMap((text) => {
    // A phrase by itself, although the file has its words.
    const parts = text
      .replace(IDS, '')
      .split(/[^\x20-\x7e’]+/)
      .map((part) => part.trim());
    const phrases = parts.filter(
      (part) => Object.hasOwn(CHINESE, part) && !keys.has(part) && /[a-z]/.test(part),
    );
    const words = text.replace(IDS, '').match(LATIN) ?? [];
    return [...phrases, ...words.filter((word) => !isName(word))].map((one) => `${one}: ${text}`);
  });
  return [...new Set(left)];
}
