/** Studies run by a program take the options of the command, and return errors as diagnostics. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ask, sensitivity } from '../../src/index.js';
import { loaded, unpinned } from '../support/cells.js';
import { diagnosticsOf, valueOf } from '../support/results.js';

const scenario = loaded(unpinned(readFileSync('scenarios/alibaba-380bn.yaml', 'utf8')));

it('answers with a table', () => {
  const answer = ask(sensitivity, [scenario], { of: 'h3c:revenue', in: 'bn', decimals: '1' });
  expect([...valueOf(answer).table!.rows].length).toBe(10);
});

it.each([
  [{ of: 'nobody' }, '--of', 'nobody', /there is no component or supplier `nobody`/],
  [{ by: 'year' }, '--by', 'year', /`year` is not a dimension/],
  [{ grid: ['a=1', 'b=1', 'c=1'] }, '--grid', 'a=1,b=1,c=1', /takes one input or two/],
  [{ grid: ['envelop=1'] }, '--grid', 'envelop=1', /`envelop`/],
])('reports the error of %o at its place', (options, name, text, message) => {
  const [problem, ...more] = diagnosticsOf(ask(sensitivity, [scenario], options));
  expect(problem).toMatchObject({ severity: 'error', span: { source: { name, text } } });
  expect(problem).toHaveProperty('message', expect.stringMatching(message));
  expect(more).toEqual([]);
});
