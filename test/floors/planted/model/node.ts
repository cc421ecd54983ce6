import { readFileSync } from 'node:fs';

export const READ = readFileSync;
