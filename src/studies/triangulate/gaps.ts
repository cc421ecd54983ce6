/** The gaps of a triangulation: both sides by component and year, and what would close each gap. */
import type { UnitEstimate } from '../../model/estimate/unitEstimate.js';
import type { Scenario } from '../../scenario/scenario.js';
import { closingsOf, type Closing } from './closing.js';
import {
  placesOf,
  scenarioBelow,
  sideOfScenario,
  type GapPlace,
  type TriangulationSide,
  type UnitAmount,
} from './sides.js';

/** Both sides of a scenario at one place, and what would close the gap between them. */
export interface Gap {
  readonly place: GapPlace;
  /** In quanta of the currency; nothing where a side does not have the component. */
  readonly above: bigint | undefined;
  readonly below: bigint | undefined;
  readonly unitsAbove: UnitAmount | undefined;
  readonly unitsBelow: UnitAmount | undefined;
  readonly closings: readonly Closing[];
}

/** A scenario beside an estimate in units. */
export interface Triangulation {
  readonly scenario: Scenario;
  readonly estimate: UnitEstimate;
  readonly gaps: readonly Gap[];
}

/** @param isWanted whether what would close a gap is wanted; every gap unless given */
export function triangulationOf(
  scenario: Scenario,
  estimate: UnitEstimate,
  isWanted: (place: number) => boolean = () => true,
): Triangulation {
  const under = scenarioBelow(scenario, estimate);
  const places = placesOf(scenario, under);
  const [above, below] = [scenario, under].map((one) => sideOfScenario(one, places)) as [
    TriangulationSide,
    TriangulationSide,
  ];
  const closings = closingsOf(scenario, above, below);
  const gaps = places.map((place, i): Gap => {
    const has = ({ components }: TriangulationSide) =>
      place.component === undefined || components.has(place.component);
    const isOpen = has(above) && has(below) && above.money[i] !== below.money[i] && isWanted(i);
    return {
      place,
      above: has(above) ? above.money[i] : undefined,
      below: has(below) ? below.money[i] : undefined,
      unitsAbove: has(above) ? above.units[i] : undefined,
      unitsBelow: has(below) ? below.units[i] : undefined,
      closings: isOpen ? closings(i) : [],
    };
  });
  return { scenario, estimate, gaps };
}
