import { SOMETHING } from '../projection/something.js';

export const UPWARD = SOMETHING;
