/** The study `evidence`: how well the plan is supported, what is assumed, and where sources disagree. */
import * as z from 'zod';
import { success } from '../../core/result.js';
import { lang, listOf, publishOptions } from '../shared/options.js';
import { pageSheets } from '../shared/page.js';
import { titleWithId } from '../shared/reports.js';
import type { Study } from '../study.js';
import { conflictSheets, conflictsDocument, conflictsOf } from './conflicts.js';
import { coverageDocument, coverageOf, coverageSheets, coverageTable } from './coverage.js';
import { ladderDocument, ladderOf, ladderTable } from './ladder.js';

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
    const [scenario] = scenarios as [(typeof scenarios)[number]];
    const title = titleWithId(scenario);
    const shows = (part: (typeof PARTS)[number]) => !args.only || args.only.includes(part);
    const ladder = ladderOf(scenario);
    const covered = coverageOf(scenario);
    const conflicts = conflictsOf(scenario);
    return success({
      table: coverageTable(scenario, covered),
      document: {
        scenario: scenario.id,
        ladder: ladderDocument(ladder),
        inputs: coverageDocument(covered),
        conflicts: conflictsDocument(conflicts),
      },
      sheets: [
        ...(shows('ladder') ? pageSheets([ladderTable(ladder, title, args)]) : []),
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
