/** A planted violation: the bottom floor reaches up. */
import { something } from '../model/something.js';

export const upward = something;
