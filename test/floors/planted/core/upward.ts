import { SOMETHING } from '../model/something.js';

export const UPWARD = SOMETHING;
