import { SOMETHING } from '../plan/something.js';

export const UPWARD = SOMETHING;
