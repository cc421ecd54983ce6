/** Outputs that are named after another one: of another place or time, or derived from it. */
import { printDecimal } from '../../core/number/decimal.js';
import type { Language } from '../../core/text/language.js';
import type { Scenario } from '../../scenario/scenario.js';
import { RATIO_PLACES, type DerivedName } from '../derivedNumbers.js';
import { readOutput, type Output } from '../output.js';
import { outputLabel } from '../outputLabel.js';

const PARTS = /^([^@:]*)(?:@([^:]+))?(.*)$/u;

/** The parts of the name of an output; what is not given stays. */
interface NameParts {
  readonly place?: string;
  /** An empty one for all of time. */
  readonly time?: string;
}

/** The output of the same measure and unit in another place or at another time; nothing where the forecast has none. */
export function relatedOutput(
  scenario: Scenario,
  { text }: Output,
  { place, time }: NameParts,
): Output | undefined {
  const [, ownPlace = '', ownTime = '', measured = ''] = PARTS.exec(text)!;
  const at = time ?? ownTime;
  const name = `${place ?? ownPlace}${at && `@${at}`}${measured}`;
  const output = readOutput(name, scenario);
  return output.ok ? output.value : undefined;
}

/** The place that an output names: `servers/inspur`. */
export function placeIn({ text }: Output): string {
  return PARTS.exec(text)![1]!;
}

/** `servers@2025:demand.CNY.share (2025, 9 of 12 months)` */
export function columnLabel(
  { text, group }: Output,
  column: DerivedName,
  language?: Language,
): string {
  return outputLabel({ text: `${text}.${column}`, group }, language);
}

/** A ratio in millionths, as a number and as people read it. */
export function describeRatio(millionths: bigint) {
  const value = printDecimal(millionths, RATIO_PLACES);
  return { value, said: percentText(millionths), about: undefined, unit: '' };
}

/** `41.6667%` */
export function percentText(millionths: bigint): string {
  return `${printDecimal(millionths, RATIO_PLACES - 2)}%`;
}
