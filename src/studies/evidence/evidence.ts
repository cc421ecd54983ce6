/** The study `evidence`: how well the plan is supported, what is assumed, and where sources disagree. */
import * as z from 'zod';
import { success } from '../../core/result.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { lang, listOf, publishOptions } from '../shared/options.js';
import { pageSheets } from '../shared/page.js';
import { tableId } from '../shared/portfolios.js';
import { titleWithId } from '../shared/reports.js';
import type { Study } from '../study.js';
import { conflictSheets, conflictsDocument, conflictsOfAll } from './conflicts.js';
import { coverageDocument, coverageOfAll, coverageSheets, coverageTable } from './coverage.js';
import { ladderDocument, ladderOf, ladderTable, wholeLadder } from './ladder.js';

const PARTS = ['ladder', 'inputs', 'conflicts'] as const;

const options = z.object({
  only: listOf(PARTS, 'part')
    .optional()
    .meta({ description: `Parts to show: ${PARTS.join(',')}; default: all` }),
  ...publishOptions,
  lang,
});

export const evidence: Study<typeof options> = {
  name: 'evidence',
  summary:
    'Evidence: how well each part of the plan is supported, the claim behind each input, and where sources disagree',
  files: 'one',
  text: 'default',
  options,
  example: 'evidence scenarios/alibaba-380bn.yaml',
  run: (scenarios, args) => {
    const [first] = scenarios as [Scenario, ...Scenario[]];
    const portfolio = first.buyer?.portfolio;
    const title = titleWithId(portfolio ?? first);
    const shows = (part: (typeof PARTS)[number]) => !args.only || args.only.includes(part);
    const ladder = wholeLadder(scenarios);
    if (!ladder.ok) return ladder;
    const covered = coverageOfAll(scenarios);
    const conflicts = conflictsOfAll(scenarios);
    const buyers = portfolio ? scenarios : [];
    const ladders = [
      ladderTable(ladder.value, title, args),
      ...buyers.map((one) => ladderTable(ladderOf(one), buyerTitle(one), args)),
    ];
    return success({
      table: coverageTable(tableId(first), covered),
      document: {
        ...(portfolio ? { portfolio: portfolio.id } : { scenario: first.id }),
        ladder: ladderDocument(ladder.value),
        ...(portfolio && {
          buyers: buyers.map((one) => {
            return { buyer: buyerKey(one), ladder: ladderDocument(ladderOf(one)) };
          }),
        }),
        inputs: coverageDocument(covered),
        conflicts: conflictsDocument(conflicts),
      },
      sheets: [
        ...(shows('ladder') ? pageSheets(ladders) : []),
        ...(shows('inputs') ? coverageSheets(title, covered, args.lang) : []),
        ...(shows('conflicts') ? conflictSheets(title, conflicts, args.lang) : []),
      ],
      notes:
        args.only?.includes('conflicts') && conflicts.length === 0
          ? ['no claims of sources disagree']
          : [],
    });
  },
};

function buyerTitle(scenario: Scenario): string {
  return `${buyerKey(scenario)}: ${titleWithId(scenario)}`;
}
