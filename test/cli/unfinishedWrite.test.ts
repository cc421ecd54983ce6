/** Several files are written all or none, wherever the command is killed, and whatever fails. */
import fc from 'fast-check';
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { undoUnfinished } from '../../src/cli/unfinishedWrite.js';
import { writeTogether } from '../../src/cli/writing.js';
import { folder } from '../support/capex.js';
import { cases } from '../support/cases.js';
import { killedAfter, withFaults } from '../support/faultyDisk.js';

/** The number of an ended process. */
const DEAD = spawnSync('true').pid;
const OWN = process.pid;

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockImplementation((_text, done) => {
    (done as (() => void) | undefined)?.();
    return true;
  });
});
afterEach(() => void vi.restoreAllMocks());

/** Files to write: in the folder or in one beside it, some with old content. */
const plans = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a.csv', 'b.json', 'c.yaml'),
    place: fc.constantFrom('', 'beside'),
    isThere: fc.boolean(),
  }),
  { minLength: 2, maxLength: 3, selector: ({ name, place }) => `${place}/${name}` },
);
type Plan = (typeof plans)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;

/** The paths of a plan, with their old content in place. */
function prepared(plan: Plan): readonly string[] {
  const root = folder();
  mkdirSync(join(root, 'beside'));
  return plan.map(({ name, place, isThere }) => {
    const path = join(root, place, name);
    if (isThere) writeFileSync(path, 'old');
    return path;
  });
}

const contentOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : 'none');
const oldOf = (plan: Plan) => plan.map(({ isThere }) => (isThere ? 'old' : 'none'));
const newOf = (plan: Plan) => plan.map(({ name }) => `new ${name}`);

function write(paths: readonly string[], plan: Plan): void {
  writeTogether(paths.map((path, i) => ({ path, pieces: [newOf(plan)[i]!] })));
}

/** Writes as a process that is killed after a number of changes; false if it was done before that. */
function isKilled(changes: number, paths: readonly string[], plan: Plan): boolean {
  Object.defineProperty(process, 'pid', { value: DEAD });
  try {
    withFaults(killedAfter(changes), () => {
      write(paths, plan);
    });
    return false;
  } catch {
    return true;
  } finally {
    Object.defineProperty(process, 'pid', { value: OWN });
  }
}

const foldersOf = (paths: readonly string[]) => [...new Set(paths.map((path) => dirname(path)))];

it('after a kill at any change, the next command finds all old files or all new ones', () => {
  let mixed = 0;
  fc.assert(
    fc.property(plans, fc.boolean(), (plan, backwards) => {
      for (let changes = 0; ; changes++) {
        const paths = prepared(plan);
        const killed = isKilled(changes, paths, plan);
        const left = paths.map(contentOf);
        if (![oldOf(plan).join(), newOf(plan).join()].includes(left.join())) mixed++;
        const folders = foldersOf(paths);
        for (const one of backwards ? folders.reverse() : folders) undoUnfinished(one);
        const found = paths.map(contentOf);
        expect([oldOf(plan), newOf(plan)]).toContainEqual(found);
        write(paths, plan);
        expect(paths.map(contentOf)).toEqual(newOf(plan));
        expect(
          foldersOf(paths)
            .flatMap((one) => readdirSync(one))
            .filter(isHidden),
        ).toEqual([]);
        if (!killed) return;
      }
    }),
    { numRuns: cases(8) },
  );
  expect(mixed).toBeGreaterThan(0); // some kills left one new file and one old one
});

const isHidden = (name: string) => name.startsWith('.');

it('one call that fails leaves all old files, and nothing else', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      for (let failing = 0; ; failing++) {
        const paths = prepared(plan);
        let calls = 0;
        const disk = (name: string) => {
          if (['unlinkSync', 'closeSync', 'fsyncSync'].includes(name)) return undefined;
          if (calls++ !== failing) return undefined;
          return Object.assign(new Error('full'), { code: 'ENOSPC' });
        };
        try {
          withFaults(disk, () => {
            write(paths, plan);
          });
          expect(paths.map(contentOf)).toEqual(newOf(plan));
          if (calls <= failing) return;
        } catch (error) {
          expect((error as Error).message).toMatch(/^cannot write `.*`: the disk is full$/);
          expect(paths.map(contentOf)).toEqual(oldOf(plan));
        }
        expect(
          foldersOf(paths)
            .flatMap((one) => readdirSync(one))
            .filter(isHidden),
        ).toEqual([]);
      }
    }),
    { numRuns: cases(8) },
  );
});

it('waits for a command that begins to write in the folder at the same moment', () => {
  const cwd = folder();
  const paths = ['a.csv', 'b.csv'].map((name) => join(cwd, name));
  const record = join(cwd, '.capex-unfinished');
  let met = 0;
  const meetsOther = (name: string, args: readonly unknown[]) => {
    if (name !== 'linkSync' || args[1] !== record || met++ > 0) return undefined;
    const { pid } = spawn('sh', ['-c', 'sleep 0.2; rm .capex-unfinished'], { cwd });
    appendFileSync(record, JSON.stringify({ pid, first: '.capex-unfinished', files: [] }));
    return undefined;
  };
  withFaults(meetsOther, () => {
    writeTogether(paths.map((path) => ({ path, pieces: ['new'] })));
  });
  expect(met).toBe(2);
  expect(paths.map(contentOf)).toEqual(['new', 'new']);
  expect(existsSync(record)).toBe(false);
});
