/** Coverage: the claim, or the assumption, behind every input of a scenario. */
import { groupBy } from '../../core/group.js';
import { printDate } from '../../core/period.js';
import type { Sheet, SheetRow, Table } from '../../core/table.js';
import { sayIn, type Language, type Word, type Say } from '../../core/text/language.js';
import { printPlace } from '../../core/text/source.js';
import { GRADES, wordsOf, type Claim, type Grade } from '../../model/claims.js';
import { isRest, type Input } from '../../model/input.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import { pathInPortfolio } from '../../scenario/portfolio/portfolioPaths.js';
import type { Scenario } from '../../scenario/scenario.js';
import { namedColumns } from '../shared/columns.js';

/** An input with the claim that supports it, or the reason given instead. */
export interface InputEvidence {
  readonly input: Input;
  /** Its path, with its buyer where there are several. */
  readonly name: string;
  readonly grade: Grade;
  /** Nothing if the value no longer agrees with the claim. */
  readonly claim: Claim | undefined;
  readonly rangeClaim: Claim | undefined;
  readonly reason: string;
}

/** The evidence of every number in the file; `rest` is left out, as it follows from the others. */
export function coverageOf(scenario: Scenario): readonly InputEvidence[] {
  const { inputs, ledger } = scenario;
  return inputs.flatMap((input): InputEvidence[] => {
    if (isRest(input)) return [];
    const { evidence, range_evidence, assumption, note } = input.attributes;
    const claimAt = (name: typeof evidence) => name && ledger.claims.get(name.value);
    const grade = gradeOf(input, ledger);
    const claim = claimAt(evidence);
    return [
      {
        input,
        name: pathInPortfolio(scenario, input.path),
        grade,
        claim: claim?.basis === grade ? claim : undefined,
        rangeClaim: claimAt(range_evidence),
        reason: assumption?.value ?? note?.value ?? '',
      },
    ];
  });
}

/** The evidence of every number in the files of several buyers; what their portfolio gives is listed once. */
export function coverageOfAll(scenarios: readonly Scenario[]): readonly InputEvidence[] {
  const all = scenarios.flatMap(coverageOf);
  return [...groupBy(all, ({ name, input }) => `${name} ${input.text}`).values()].map(
    ([one]) => one,
  );
}

const COLUMNS = [
  ...['input', 'value', 'grade', 'claim', 'says', 'whose', 'source', 'date', 'where'],
  ...['range_claim', 'range_says', 'reason', 'place'],
];

/** One row for each input. */
export function coverageTable(id: string, covered: readonly InputEvidence[]): Table {
  return {
    columns: namedColumns('text', ['scenario', ...COLUMNS]),
    rows: covered.map((one) => [id, ...textsOf(one)]),
  };
}

function textsOf({
  input,
  name,
  grade,
  claim,
  rangeClaim,
  reason,
}: InputEvidence): readonly string[] {
  const source = claim?.source;
  return [
    ...[name, input.text, grade],
    ...[claim?.id ?? '', claim ? wordsOf(claim) : '', claim?.whose ?? ''],
    ...[source?.title ?? '', source ? printDate(source.date) : '', claim?.places[0]?.where ?? ''],
    ...[
      rangeClaim?.id ?? '',
      rangeClaim ? wordsOf(rangeClaim) : '',
      reason,
      printPlace(input.span),
    ],
  ];
}

export function coverageDocument(covered: readonly InputEvidence[]): readonly object[] {
  return covered.map((one) => {
    const texts = textsOf(one);
    return Object.fromEntries(COLUMNS.map((name, i) => [name, texts[i]]));
  });
}

/** The inputs with a claim, and those without; below each input its claim or reason. */
export function coverageSheets(
  title: string,
  covered: readonly InputEvidence[],
  language?: Language,
): readonly Sheet[] {
  const say = sayIn(language);
  const best = covered.toSorted((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade));
  const known = best.filter(({ claim }) => claim);
  const others = best.filter(({ claim }) => !claim);
  const count = say('{known} of {all} inputs are supported by a claim', {
    known: known.length,
    all: covered.length,
  });
  return [
    {
      ...coverageSheet('inputs with evidence', known, ['value', 'grade'], say),
      title,
      notes: [count],
    },
    { ...coverageSheet('inputs without evidence', others, ['value'], say), title, notes: [] },
  ].filter(({ rows }) => rows.length > 0);
}

function coverageSheet(
  caption: Word,
  covered: readonly InputEvidence[],
  headings: readonly Word[],
  say: Say,
) {
  const rows = covered.flatMap(({ input, name, grade, claim, reason }): SheetRow[] => [
    sheetRow(name, 0, [input.text, say(grade)].slice(0, headings.length)),
    sheetRow(
      claim ? cited(claim) : reason || say('no evidence or reason given'),
      1,
      headings.map(() => ''),
    ),
  ]);
  return { caption: say(caption), headings: headings.map((heading) => say(heading)), rows };
}

function sheetRow(label: string, depth: number, cells: readonly string[]): SheetRow {
  return { label, depth, kind: 'part', cells };
}

/** `guojin-servers: Guojin Securities, 2025-02-24` */
function cited({ id, whose, source }: Claim): string {
  return `${id}: ${whose}, ${printDate(source.date)}`;
}
