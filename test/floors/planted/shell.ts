import { SOMETHING } from './cli/something.js';

export const OUTWARD = SOMETHING;
