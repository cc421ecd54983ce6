import { SOMETHING } from '../studies/something.js';

export const UPWARD = SOMETHING;
