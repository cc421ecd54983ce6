import { SOMETHING } from '../formats/something.js';

export const UPWARD = SOMETHING;
