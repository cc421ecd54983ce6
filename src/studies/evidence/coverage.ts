/** Coverage: what every input of a scenario rests on. */
import { printDate } from '../../core/period.js';
import { printPlace } from '../../core/text/source.js';
import type { Sheet, SheetRow, Table } from '../../core/table.js';
import { GRADES, wordsOf, type Claim, type Grade } from '../../model/claims.js';
import { isRest, type Input } from '../../model/input.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import type { Scenario } from '../../scenario/scenario.js';

/** An input, with the claim that it rests on, or what is said in its place. */
export interface Covered {
  readonly input: Input;
  readonly grade: Grade;
  /** Nothing where the value has left what the claim says. */
  readonly claim: Claim | undefined;
  readonly rangeClaim: Claim | undefined;
  readonly reason: string;
}

/** Every number that the file gives; `rest` is what these leave, and rests on them. */
export function coverageOf({ inputs, ledger }: Scenario): readonly Covered[] {
  return inputs.flatMap((input): Covered[] => {
    if (isRest(input)) return [];
    const { evidence, range_evidence, assumption, note } = input.attributes;
    const claimAt = (name: typeof evidence) => name && ledger.claims.get(name.value);
    const grade = gradeOf(input, ledger);
    const claim = claimAt(evidence);
    return [
      {
        input,
        grade,
        claim: claim?.basis === grade ? claim : undefined,
        rangeClaim: claimAt(range_evidence),
        reason: assumption?.value ?? note?.value ?? '',
      },
    ];
  });
}

const COLUMNS = [
  ...['input', 'value', 'grade', 'claim', 'says', 'whose', 'source', 'date', 'where'],
  ...['range_claim', 'range_says', 'reason', 'place'],
];

/** One row for each input. */
export function coverageTable({ id }: Scenario, covered: readonly Covered[]): Table {
  return {
    columns: ['scenario', ...COLUMNS].map((name) => ({ name, kind: 'text' })),
    rows: covered.map((one) => [id, ...textsOf(one)]),
  };
}

function textsOf({ input, grade, claim, rangeClaim, reason }: Covered): readonly string[] {
  const source = claim?.source;
  return [
    ...[input.path, input.text, grade],
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

export function coverageDocument(covered: readonly Covered[]): readonly object[] {
  return covered.map((one) => {
    const texts = textsOf(one);
    return Object.fromEntries(COLUMNS.map((name, i) => [name, texts[i]]));
  });
}

/** The inputs that rest on claims, and those that rest on none; below each what it rests on. */
export function coverageSheets(title: string, covered: readonly Covered[]): readonly Sheet[] {
  const best = covered.toSorted((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade));
  const known = best.filter(({ claim }) => claim);
  const others = best.filter(({ claim }) => !claim);
  const count = `${known.length} of ${covered.length} inputs are supported by a claim`;
  return [
    { ...sheetOf('inputs with evidence', known, ['value', 'grade']), title, notes: [count] },
    { ...sheetOf('inputs without evidence', others, ['value']), title, notes: [] },
  ].filter(({ rows }) => rows.length > 0);
}

function sheetOf(caption: string, covered: readonly Covered[], headings: readonly string[]) {
  const rows = covered.flatMap(({ input, grade, claim, reason }): SheetRow[] => [
    line(input.path, 0, [input.text, grade].slice(0, headings.length)),
    line(
      claim ? cited(claim) : reason || 'no evidence or reason given',
      1,
      headings.map(() => ''),
    ),
  ]);
  return { caption, headings, rows };
}

function line(label: string, depth: number, cells: readonly string[]): SheetRow {
  return { label, depth, kind: 'part', cells };
}

/** `guojin-servers: Guojin Securities, 2025-02-24` */
function cited({ id, whose, source }: Claim): string {
  return `${id}: ${whose}, ${printDate(source.date)}`;
}
