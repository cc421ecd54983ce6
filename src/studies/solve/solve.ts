/** The study `solve`: the values of one input at which an output meets a target. */
import * as z from 'zod';
import { success } from '../../core/result.js';
import { lang, reportOptions } from '../shared/options.js';
import { subjectOf } from '../subject/subject.js';
import type { Study } from '../study.js';
import { answerQuestion } from './solveAnswer.js';
import { readQuestion } from './solveQuestion.js';
import { solveDocument, solveNotes, solveTable } from './solveReport.js';

const needed = (what: string) => z.string({ error: `is missing: write ${what}` });

const options = z.object({
  for: needed('the path of an input, such as envelope').meta({
    description: 'The input to solve for, by its path: components.servers.suppliers.inspur.share',
  }),
  target: needed('CELL=VALUE, such as servers/inspur:revenue=60bn').meta({
    description:
      'The output and its target: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT=VALUE; parts left out are summed, and BUYER! may stand before it',
  }),
  low: z
    .string()
    .optional()
    .meta({ description: 'Lower end of the search; default: the input’s `low`' }),
  high: z
    .string()
    .optional()
    .meta({ description: 'Upper end of the search; default: the input’s `high`' }),
  closure: reportOptions.closure,
  lang,
});

export const solve: Study<typeof options> = {
  name: 'solve',
  summary: 'Goal seek: the value of an input at which an output meets a target',
  files: 'one',
  options,
  example: 'solve scenarios/alibaba-380bn.yaml --for envelope --target h3c=35bn',
  run: (scenarios, typed) => {
    const question = readQuestion(subjectOf(scenarios), typed);
    if (!question.ok) return question;
    const answer = answerQuestion(question.value);
    const isSolved = answer.solutions.length > 0 || answer.verdict === 'all';
    return success({
      table: solveTable(question.value, answer),
      document: solveDocument(question.value, answer),
      ...(!isSolved && { hasNoSolution: true as const }),
      notes: solveNotes(question.value, answer, typed.lang),
    });
  },
};
