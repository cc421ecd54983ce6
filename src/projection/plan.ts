/** A compiled scenario: steps over registers, and the cells that the registers end in. */
import type { Currency } from '../core/number/currency.js';
import type { Guard, Name, Ref } from '../plan/builder.js';
import type { Step } from '../plan/step.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Shock } from './stages/fxFactors.js';

/** What is forecast: money spent, revenue recognised, units bought, and what is inside them. */
export const MEASURES = ['demand', 'revenue', 'units', 'content'] as const;
/** One of them. */
export type Measure = (typeof MEASURES)[number];

/** What a cell is counted in: a cell's number is `count` × `multiple` × 10^-places of the unit. */
export interface Unit {
  /** A currency code, or the name of a component's unit. */
  readonly label: string;
  readonly places: number;
  readonly multiple: bigint;
}

/** Where a number stands in the forecast. */
export interface Cell {
  /** Index of the period; as many as there are periods for the tail. */
  readonly period: number;
  /** Of the component, or of the part in its bill, from the root with `/`: `servers/accelerators`. */
  readonly path: string;
  readonly supplier: string;
  readonly measure: Measure;
  readonly unit: Unit;
}

/** A cell whose number is still to be computed. */
export interface PlannedCell extends Cell {
  /** The register of its count. */
  readonly ref: Ref;
}

/** Amounts of every leaf (in order), each with one register for every supplier (in order). */
export type PeriodCells = readonly (readonly Ref[])[];

/** A scenario compiled for some currencies: evaluated by `run`, read by `explain`, `graderOf` and `workbook`. */
export interface Plan {
  readonly scenario: Scenario;
  /** The reporting currencies, in the order asked. */
  readonly currencies: readonly Currency[];
  readonly steps: readonly Step[];
  readonly registers: number;
  /** What registers are, by their number, where a stage of the model says so. */
  readonly names: readonly (Name | undefined)[];
  /** By period, then leaf, supplier, measure, currency; content follows its leaf. */
  readonly cells: readonly PlannedCell[];
  /** What must hold of registers, for other values of the inputs too. */
  readonly guards: ReadonlyMap<Ref, Guard>;
  /** Registers of the envelope and of the demand of the whole window, in its currency. */
  readonly envelope: Ref;
  readonly total: Ref;
  /** Registers of the rate that a study multiplies, where one was asked for. */
  readonly shock: Shock | undefined;
}
