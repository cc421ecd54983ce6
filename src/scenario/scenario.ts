/** A scenario: every default is filled in, every name is resolved, every literal is a number. */
import type { Currency } from '../core/number/currency.js';
import type { CalendarDate } from '../core/number/literal.js';
import type { ReadRecord } from '../core/text/fileRequest.js';
import type { Actuals } from '../model/actuals.js';
import type { Window } from '../model/calendar.js';
import type { Check } from '../model/checks.js';
import type { Ledger } from '../model/claims.js';
import type { Component } from '../model/component.js';
import type { Envelope } from '../model/estimate/envelope.js';
import type { Estimate } from '../model/estimate/estimate.js';
import type { Fx } from '../model/fx.js';
import type { Share } from '../model/input.js';
import type { Leaf } from '../model/leaf.js';
import type { Mix } from '../model/estimate/mix.js';
import type { Phasing } from '../model/phasing.js';
import type { Correlation } from '../model/simulation.js';
import type { Buyer } from '../model/portfolio.js';
import type { Supplier } from '../model/supplier.js';
import type { MapNode } from './tree.js';

/** What a forecast calls the buyer of a scenario: its key in a portfolio, else the id of the scenario. */
export function buyerKey({ id, buyer }: Pick<Scenario, 'id' | 'buyer'>): string {
  return buyer?.key ?? id;
}

/** The currency of totals where none is asked for: that of the portfolio of a buyer, else of the envelope. */
export function reportingCurrency({
  currency,
  buyer,
}: Pick<Scenario, 'currency' | 'buyer'>): Currency {
  return buyer?.portfolio.currency ?? currency;
}

/** A valid scenario. `load` and `vary` make it. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly asOf: CalendarDate | undefined;
  /** Paths of evidence ledgers, as the file gives them. */
  readonly evidence: readonly string[];
  /** The claims of its ledgers. */
  readonly ledger: Ledger;
  /** Its ledgers as one text; nothing if it has none. */
  readonly ledgerTree: MapNode | undefined;
  readonly currency: Currency;
  readonly window: Window;
  readonly envelope: Envelope;
  readonly phasing: Phasing;
  readonly actuals: Actuals;
  /** One for each period. */
  readonly mixes: readonly Mix[];
  /** The estimates that no mix names. */
  readonly unusedEstimates: readonly Estimate[];
  /** The components that the mixes split to, in the order of the first used estimate. */
  readonly components: readonly Component[];
  /** Components that are described, and that no mix splits to. */
  readonly unusedComponents: readonly Component[];
  /** All leaves, in the order of the tree. */
  readonly leaves: readonly Leaf[];
  readonly fx: Fx;
  /** Every supplier and maker that is used or described. */
  readonly suppliers: ReadonlyMap<string, Supplier>;
  readonly checks: readonly Check[];
  readonly correlations: readonly Correlation[];
  /** Every number that the file gives, and every `rest`, in the order of the file. */
  readonly inputs: readonly Share[];
  /** The text with its layers; `locate(tree, path)` finds the place of an input. */
  readonly tree: MapNode;
  /** The `--set` layers that the tree already holds. */
  readonly set: readonly string[];
  /** Every other file that was read. */
  readonly files: readonly ReadRecord[];
  /** Indices of periods whose revenue is too low, because demand before the window is not known. */
  readonly understated: ReadonlySet<number>;
  /** Its place in the portfolio that it was read for; a scenario by itself has none. */
  readonly buyer?: Buyer;
}
