import { SOMETHING } from '../model/something.js';

export const INWARD = SOMETHING;
