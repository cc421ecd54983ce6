/** A file system on which a chosen call of a test goes wrong. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** What the writers call to change files. */
const CHANGES = [
  ...['openSync', 'writeSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'fchmodSync'],
  ...['linkSync', 'copyFileSync', 'renameSync', 'unlinkSync'],
] as const;
type Change = (...args: unknown[]) => unknown;

/** What happens at a change: nothing, or an error that is thrown in its place. */
type Fault = (name: string, args: readonly unknown[]) => Error | undefined;

/** Runs an action while every change of a file is first shown to `fault`. Nothing waits for the disk. */
export function withFaults<T>(fault: Fault, action: () => T): T {
  const files = fs as unknown as Record<string, Change>;
  const real = new Map(CHANGES.map((name) => [name, files[name]!]));
  for (const [name, change] of real) {
    files[name] = (...args) => {
      const error = fault(name, args);
      if (error) throw error;
      if (name === 'fsyncSync') return undefined;
      if (name === 'writeFileSync') args[2] = { ...(args[2] as object), flush: false };
      return change(...args);
    };
  }
  syncBuiltinESMExports();
  try {
    return action();
  } finally {
    for (const [name, change] of real) files[name] = change;
    syncBuiltinESMExports();
  }
}

/** Lets a number of changes pass, and none after them: a process that is killed there leaves the files so. */
export function killedAfter(changes: number): Fault {
  let left = changes;
  return () => (left-- > 0 ? undefined : new Error('killed'));
}
