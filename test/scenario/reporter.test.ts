/** Problems: a character that nobody sees, or that looks like another, is named by its code point. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { success } from '../../src/core/result.js';
import { withoutOddCharacters } from '../../src/core/text/oddCharacters.js';
import { project } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { cases } from '../support/cases.js';
import { cellsOf } from '../support/cells.js';

const YAML = `scenario: small
title: A plan
as_of: 2026-03-31
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4, period: quarter }
envelope: { value: 100bn CNY, low: 80bn CNY, high: 120bn CNY, assumption: mine }
phasing:
  growth: 12%
  per: year
estimates: { view: { split: { servers: 60%, open: rest } } }
mix: view
components:
  servers:
    pricing: { USD: { content: 40% } }
    lag: { quarters: [60%, 40%] }
    suppliers:
      inspur: 35%
      浪潮: { share: 20%, assumption: "a call, 2025" }
      others: rest
fx: { base: { USD: 7.1717 }, path: { file: t.csv, direction: CNY per foreign } }
`;
const CSV = `period,currency,rate,low,reported,basis,note
FY2026Q1,USD,7.1636,7.1,2025-08-29,fixing,first
FY2026Q2,美元,"1,007.1189",,2025-11-25,fixing,
`;

/** Invisible, of another width, or like a sign of YAML and CSV. */
const CHARACTERS = [
  ...['\u00A0', '\u00AD', '\u2003', '\u200B', '\u200D', '\u2060', '\u3000', '\u3164', '\uFEFF'],
  ...[
    '：',
    '，',
    '．',
    '；',
    '｛',
    '］',
    '＃',
    '－',
    '＂',
    '％',
    '５',
    'Ａ',
    'ｑ',
    '、',
    '“',
    '’',
    '−',
  ],
];

/** The cells of a forecast, or what is said of the text. */
function outcomeOf(yaml: string, csv: string) {
  const read = () => success({ name: 't.csv', text: csv });
  const { scenario, diagnostics } = load(yaml, { read });
  const cells = scenario && JSON.stringify([...cellsOf(project(scenario))]);
  return { cells: cells && withoutOddCharacters(cells), diagnostics };
}

describe('a character that is inserted anywhere', () => {
  const plain = outcomeOf(YAML, CSV).cells!;
  it.each([
    ['a scenario', YAML, (text: string) => outcomeOf(text, CSV)],
    ['a table', CSV, (text: string) => outcomeOf(YAML, text)],
  ])('in %s changes no number, or is named', (_, text, outcome) => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.constantFrom(...CHARACTERS), (at, character) => {
        const edited = text.slice(0, at) + character + text.slice(at);
        const { cells, diagnostics } = outcome(edited);
        if (cells === plain) return;
        const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
        const words = diagnostics
          .map(({ message, found = '' }) => `${message} ${found}`)
          .join('\n');
        expect(words, edited.slice(Math.max(at - 30, 0), at + 30)).toContain(`U+${code}`);
      }),
      { numRuns: cases(400) },
    );
  });
});
