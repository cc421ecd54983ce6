import { SOMETHING } from '../scenario/something.js';

export const UPWARD = SOMETHING;
