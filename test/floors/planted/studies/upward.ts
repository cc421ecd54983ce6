import { SOMETHING } from '../workbook/something.js';

export const UPWARD = SOMETHING;
