/** The inputs under `test/cases/`: a folder for each, with what once went wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './capex.js';

/** @param file its path below `test/cases/` */
export function casePath(file: string): string {
  return join(ROOT, 'test/cases', file);
}

export function caseText(file: string): string {
  return readFileSync(casePath(file), 'utf8');
}
