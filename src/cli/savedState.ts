/** The state of an unfinished run, saved beside its output file. */
import { existsSync, readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { VERSION } from '../index.js';
import { digestOf } from './fileDigest.js';
import type { State, Task } from './threads.js';
import { writeWhole } from './writing.js';

export function statePath(output: string): string {
  return `${output}.partial`;
}

/** A saved state is used only for the task and the version of the engine that it was saved for. */
interface Saved {
  readonly key: string;
  readonly state: State;
}

function keyOf(task: Task): string {
  return JSON.stringify([VERSION, task]);
}

/** Writes a state, after a line with its digest. */
export function saveState(path: string, task: Task, state: State): void {
  const saved: Saved = { key: keyOf(task), state };
  writeWhole(path, [textOf(serialize(saved))]);
}

function textOf(bytes: Buffer): string {
  return `${digestOf(bytes).hash}\n${bytes.toString('base64')}\n`;
}

/** The saved state of a task, or why the run begins anew; neither if nothing was saved. */
export function readState(
  path: string,
  task: Task,
): { readonly state?: State; readonly reason?: string } {
  if (!existsSync(path)) return {};
  const saved = readSaved(path);
  if (!saved) return { reason: `\`${path}\` is damaged: the run begins anew` };
  if (saved.key === keyOf(task)) return { state: saved.state };
  return { reason: `\`${path}\` belongs to another question or version: the run begins anew` };
}

function readSaved(path: string): Saved | undefined {
  try {
    const text = readFileSync(path, 'latin1');
    const bytes = Buffer.from(text.split('\n')[1] ?? '', 'base64');
    return text === textOf(bytes) ? (deserialize(bytes) as Saved) : undefined;
  } catch {
    return undefined; // It cannot be read, or another version of Node has written it.
  }
}
