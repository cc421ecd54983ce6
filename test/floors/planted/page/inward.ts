import { SOMETHING } from '../core/something.js';

export const INWARD = SOMETHING;
