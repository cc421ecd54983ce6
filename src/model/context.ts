/** What components are checked against: the window, the rates, the currency of the envelope. */
import type { Currency } from '../core/number/currency.js';
import type { Reporter } from '../core/text/diagnostic.js';
import type { Window } from './calendar.js';
import type { Fx } from './fx.js';

/** The sections of a scenario that components refer to. */
export interface ModelContext {
  readonly window: Window;
  readonly fx: Fx;
  /** The currency of the envelope. */
  readonly envelope: Currency;
  readonly report: Reporter;
}
