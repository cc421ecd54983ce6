import type { Forth } from './forth.js';

export interface Back {
  readonly forth: Forth;
}
