/** A saved state is used whole, for the question and the version that it was saved for, or not at all. */
import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readState, saveState } from '../../src/cli/savedState.js';
import type { State, Task } from '../../src/cli/threads.js';
import { folder } from '../support/capex.js';
import { cases } from '../support/cases.js';

const TASK: Task = {
  ...{ study: 'simulate', text: 'scenario: a', name: 'a.yaml', set: [], files: [] },
  options: { draws: '3000' },
};
const STATE: State = {
  pass: { label: 'drawing' },
  left: [{ from: 128, to: 3000 }],
  part: { sums: new Float64Array([1, 2, 3]) },
};

function saved(): string {
  const path = join(folder(), 'a.csv.partial');
  saveState(path, TASK, STATE);
  return path;
}

it('reads the state that was saved', () => {
  expect(readState(saved(), TASK)).toEqual({ state: STATE });
});

it('reads nothing where nothing was saved', () => {
  expect(readState(join(folder(), 'a.csv.partial'), TASK)).toEqual({});
});

it('does not use the state of another question, and says so', () => {
  const path = saved();
  expect(readState(path, { ...TASK, set: ['envelope=1'] })).toEqual({
    reason: `\`${path}\` belongs to another question or version: the run begins anew`,
  });
});

it('does not use a state with one flipped bit, and says so', () => {
  const path = saved();
  const bytes = readFileSync(path);
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(path, flipped);
      expect(readState(path, TASK)).toEqual({
        reason: `\`${path}\` is damaged: the run begins anew`,
      });
    }),
    { numRuns: cases(500) },
  );
});

it('does not use a state that was cut, nor a folder of its name', () => {
  const path = saved();
  writeFileSync(path, readFileSync(path).subarray(0, 200));
  expect(readState(path, TASK).reason).toContain('is damaged');
  expect(readState(folder(), TASK).reason).toContain('is damaged');
});
