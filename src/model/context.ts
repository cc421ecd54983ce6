/** What the parts of a component are read against. */
import type { Currency } from '../core/number/currency.js';
import type { Reporter } from '../core/text/diagnostic.js';
import type { Window } from './calendar.js';
import type { Fx } from './fx.js';

export interface ModelContext {
  readonly window: Window;
  readonly fx: Fx;
  /** The currency of the envelope. */
  readonly envelope: Currency;
  readonly report: Reporter;
}
