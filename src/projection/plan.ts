/** A compiled scenario: steps over registers, and the cells that the registers end in. */
import type { Currency } from '../core/number/currency.js';
import type { Closure } from '../model/fx.js';
import type { Guard, Name, Ref } from '../plan/builder.js';
import type { Step } from '../plan/step.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Shock } from './stages/fxFactors.js';

/** What is forecast: money spent, revenue recognised, units bought, their bought-in parts, and the buyer's depreciation. */
export const MEASURES = ['demand', 'revenue', 'units', 'content', 'depreciation'] as const;
/** What a number of the forecast measures. */
export type Measure = (typeof MEASURES)[number];

/** What a cell is counted in. */
export interface Unit {
  /** A currency code, or the name of a component's unit. */
  readonly label: string;
  /** Decimal places: a number of the unit is an integer × 10^-places. */
  readonly places: number;
  /** That integer is always a multiple of this one: 5 where racks are counted in halves. */
  readonly multiple: bigint;
}

/** One number of the forecast: its period, component, supplier, measure and unit. */
export interface Cell {
  /** Index of the period; the number of periods for the tail. */
  readonly period: number;
  /** The month of a part of a period, counted from the year 0; a cell of a whole period has none. */
  readonly month?: number;
  /** Of the component, or of the part in its bill, from the root: `servers/accelerators`. */
  readonly path: string;
  /** Key of the supplier, or of the maker of a part. */
  readonly supplier: string;
  readonly measure: Measure;
  readonly unit: Unit;
}

/** A cell of a plan, whose number is not computed yet. */
export interface PlannedCell extends Cell {
  /** The register of its count, before the count is multiplied by `unit.multiple`. */
  readonly ref: Ref;
}

/** The registers of one period: for every leaf in order, one for every supplier in order. */
export type PeriodCells = readonly (readonly Ref[])[];

/** `PeriodCells` in which some suppliers have no cell. */
export type SparseCells = readonly (readonly (Ref | undefined)[])[];

/** A scenario compiled for some currencies: `run` evaluates it, `deriveNumber` and `workbook` read it. */
export interface Plan {
  readonly scenario: Scenario;
  /** What absorbs a change of exchange rates: the closure asked for, else the scenario's. */
  readonly closure: Closure;
  /** What was reported of the periods before the window, in the order of `Actuals.before`. */
  readonly before: readonly Ref[];
  /** The reporting currencies, in the order asked. */
  readonly currencies: readonly Currency[];
  /** A step comes after those that write its operands. */
  readonly steps: readonly Step[];
  /** How many registers the steps write. */
  readonly registers: number;
  /** By register, where a stage of the calculation has named it. */
  readonly names: readonly (Name | undefined)[];
  /** By period, then leaf, supplier, measure, currency; content and depreciation follow their leaf. */
  readonly cells: readonly PlannedCell[];
  /** Conditions under which other values of the inputs are valid. */
  readonly guards: ReadonlyMap<Ref, Guard>;
  readonly envelope: Ref;
  /** Demand of the whole window, in the envelope's currency. */
  readonly total: Ref;
  /** Registers that multiply rates, one for each currency of `shocked`. */
  readonly shocks: readonly Shock[];
}
