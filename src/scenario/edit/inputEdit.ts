/** New numbers for the inputs of scenarios, and the places in files that hold the old ones. */
import type { SourceText, Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import type { Input } from '../../model/input.js';
import { areSame } from '../../model/inputKind.js';
import { agrees, isEnd } from '../checks/claimChecks.js';
import type { Scenario } from '../scenario.js';

/** A number of an input, and the literal that replaces it. */
export interface InputEdit {
  readonly input: Input;
  readonly of: 'value' | 'low' | 'high';
  readonly literal: string;
  /** Where the edit was made: a workbook cell, say. */
  readonly origin: Span;
}

/** A value in a file: its path, its text and its place. */
export type InputPlace = Pick<Located<unknown>, 'path' | 'text' | 'span'>;

export function placeOf({ input, of }: Pick<InputEdit, 'input' | 'of'>): InputPlace {
  return of === 'value' ? input : input.attributes[of]!;
}

/** What is edited: the inputs of a scenario, or those that a portfolio gives to all its buyers. */
export interface EditedInputs extends Pick<
  Scenario,
  'id' | 'buyer' | 'tree' | 'files' | 'ledger' | 'inputs' | 'set'
> {
  /** Whether they are those of the portfolio of its buyer. */
  readonly isShared?: true;
}

/** The edits of one scenario. */
export interface ScenarioEdits {
  readonly scenario: EditedInputs;
  readonly edits: readonly InputEdit[];
}

/** A file, and the text that replaces its own. */
export interface NewFile {
  readonly source: SourceText;
  readonly text: string;
}

/** The file of a name: several scenarios may call one file by several names. */
export type FileOf = (name: string) => string;

/** Leaves out edits of a number that a scenario takes from the file of another, where that gets the same number. */
export function withoutInherited(
  scenarios: readonly ScenarioEdits[],
  fileOf: FileOf,
): readonly ScenarioEdits[] {
  const placeIn = (one: InputEdit) => {
    const { source, start } = placeOf(one).span;
    return `${fileOf(source.name)}:${start}`;
  };
  return scenarios.map(({ scenario, edits }) => {
    const others = scenarios.flatMap((other) => {
      const own = other.scenario.tree.span.source;
      if (other.scenario === scenario) return [];
      return other.edits.filter((one) => placeOf(one).span.source === own);
    });
    const known = new Map(others.map((one) => [placeIn(one), one]));
    const isInherited = (one: InputEdit) => {
      const other = known.get(placeIn(one));
      return other !== undefined && isSameNumber(one, other);
    };
    return { scenario, edits: edits.filter((one) => !isInherited(one)) };
  });
}

function isSameNumber(a: InputEdit, b: InputEdit): boolean {
  const [one, other] = [a.input.kind.read(a.literal), b.input.kind.read(b.literal)];
  return one.ok && other.ok && areSame(one.value, other.value);
}

/**
 * Evidence that does not say the new number, or of which nobody can tell, and the name and the date of a
 * rate, which are those of the old number. An assumption is the author's own and stays.
 */
export function contradictedEvidence(
  { ledger }: Pick<Scenario, 'ledger'>,
  edits: readonly InputEdit[],
): readonly InputPlace[] {
  const found = edits.flatMap((one): readonly (InputPlace | undefined)[] => {
    const { input, of, literal } = one;
    const { evidence, range_evidence, name, date } = input.attributes;
    const reading = input.kind.read(literal);
    if (!reading.ok) return [];
    const supports = (reference: Located<string>) => {
      const claim = ledger.claims.get(reference.value);
      if (!claim) return false;
      if (of !== 'value') return isEnd(input.kind, reading.value, of, claim);
      return agrees({ ...input, ...reading.value }, claim);
    };
    const reference = of === 'value' ? evidence : range_evidence;
    const gone = reference && !supports(reference) ? [reference] : [];
    return of === 'value' ? [...gone, name, date] : gone;
  });
  return [...new Set(found.filter((one) => one !== undefined))];
}
