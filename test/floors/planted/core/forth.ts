import type { Back } from './back.js';

export interface Forth {
  readonly back: Back;
}
