/** The derivation of a number: the steps of the plan from an output down to the inputs. */
import { printDate } from '../../core/period.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { SET_SOURCE, positionOf } from '../../core/text/source.js';
import type { Claim } from '../../model/claims.js';
import type { Share } from '../../model/input.js';
import { pathInPortfolio } from '../../scenario/portfolio/portfolioPaths.js';
import type { Scenario } from '../../scenario/scenario.js';
import { restIn, type Ref } from '../../plan/builder.js';
import { operandsOf, sentence, type Step } from '../../plan/step.js';
import type { Sentence } from '../../plan/steps/sentence.js';
import { combineParts } from '../combineParts.js';
import type { Output } from '../output.js';
import { splitFor } from '../outputAmounts.js';
import { outputLabel } from '../outputLabel.js';
import type { Plan } from '../plan.js';
import { splitPlan } from '../splitPlan.js';
import {
  describeRegisters,
  type DescribedNumber,
  type RegisterDescriptions,
} from './registerDescriptions.js';
import { registerNames } from './registerNames.js';

/** A number, the step that computed it, and the operands of that step. */
export interface Derivation extends DescribedNumber, Sentence {
  /** Of the step, from 1 in the order of the derivation; all parts of an allocation have the same. */
  readonly number: number;
  /** Of the register; empty where only its formula describes it. */
  readonly name: string;
  /** The place in the file of an input, or of a `rest`. */
  readonly origin: InputOrigin | undefined;
  /** The operands, without constants, whose numbers are in the formula. */
  readonly from: readonly Derivation[];
  /** Why the operands are left out: the step was derived above, or `depth` is reached. */
  readonly cut: 'above' | 'depth' | undefined;
}

/** The place of an input in the file, and its evidence; all texts as they are written there. */
export interface InputOrigin extends Partial<Record<(typeof ATTRIBUTES)[number], string>> {
  readonly path: string;
  readonly text: string;
  /** A file, or the `--set` that overrides it. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** The claim that `evidence` names, where a ledger has it. */
  readonly claim: OriginClaim | undefined;
}

/** A claim in a source that supports an input; `date` is of the form `2025-02-24`. */
export interface OriginClaim {
  readonly basis: string;
  readonly whose: string;
  readonly title: string;
  readonly date: string;
  /** The place in the source: a page, a section. */
  readonly where: string | undefined;
}

const ATTRIBUTES = [
  'name',
  'date',
  'low',
  'high',
  'range_evidence',
  'evidence',
  'assumption',
  'note',
] as const;

/**
 * The derivation of an output, which may be a sum of cells; nothing where it has no cells.
 *
 * @param depth how many steps to follow; down to the inputs unless given
 */
export function deriveNumber(
  whole: Plan,
  output: Output,
  depth = Infinity,
  language?: Language,
): Derivation | undefined {
  const plan = splitPlan(whole, splitFor([output]));
  const refs = plan.cells.filter(output.holds).map(({ ref }) => ref);
  if (refs.length === 0) return undefined;
  const root = deriveSum(startWalk(plan, language), refs, depth);
  return isAll(output) ? root : { ...root, name: outputLabel(output, language) };
}

/** Whether an output is the sum of all cells, which no name describes better. */
function isAll({ text }: Pick<Output, 'text'>): boolean {
  return /^\*?$/.test(text);
}

/** An output of one of several forecasts, and how it is called among them. */
export interface PlannedOutput {
  readonly plan: Plan;
  readonly output: Output;
  readonly name: string;
  /** The number, as it is printed in the sum. */
  readonly said: string;
}

/** The derivation of a sum over several forecasts: what each adds, with its own steps. */
export function deriveTotal(
  output: Pick<Output, 'text' | 'group'>,
  total: DescribedNumber,
  parts: readonly PlannedOutput[],
  depth = Infinity,
  language?: Language,
): Derivation {
  const root = {
    ...{ number: 1, ...total, origin: undefined },
    name: isAll(output) ? sayIn(language)('all cells') : outputLabel(output, language),
    formula: parts.map(({ said }) => said).join(' + '),
  };
  if (depth <= 0) return { ...root, from: [], cut: 'depth' };
  let next = 2;
  const from = parts.map((part): Derivation => {
    const plan = splitPlan(part.plan, splitFor([part.output]));
    const walk = startWalk(plan, language, next);
    const refs = plan.cells.filter(part.output.holds).map(({ ref }) => ref);
    const derived = deriveSum(walk, refs, depth - 1);
    next = walk.next;
    return { ...derived, name: part.name };
  });
  return { ...root, from, cut: undefined };
}

/**
 * Starts a walk; derivations of one walk refer to each other's steps.
 *
 * @param next the number of its first step
 */
export function startWalk(plan: Plan, language?: Language, next = 1): Walk {
  const registers = describeRegisters(plan, sayIn(language));
  const nameOf = registerNames(plan, registers);
  return { plan, registers, nameOf, numbers: new Map(), next };
}

/** The derivation of a sum of registers; it has the name of the register where that is one. */
export function deriveSum(walk: Walk, written: readonly Ref[], depth: number): Derivation {
  // All parts of an allocation sum to its amount, which does not depend on how it is split.
  const refs = [...combineParts(written, walk.registers.steps)].sort((a, b) => a - b);
  const [only] = refs;
  return refs.length === 1 ? explainRef(walk, only!, depth) : explainSum(walk, refs, depth);
}

/** A sum of registers, and what it is called. */
export interface NamedSum {
  readonly name: string;
  readonly refs: readonly Ref[];
}

/** The derivation of a number that no step of the plan computes, from sums of registers. */
export function deriveFrom(
  walk: Walk,
  own: DescribedNumber & Sentence & Pick<Derivation, 'name'>,
  sums: readonly NamedSum[],
  depth: number,
): Derivation {
  const number = walk.next++;
  const root = { number, ...own, origin: undefined };
  if (depth <= 0) return { ...root, from: [], cut: 'depth' };
  const from = sums.map(({ name, refs }) => ({ ...deriveSum(walk, refs, depth - 1), name }));
  return { ...root, from, cut: undefined };
}

/** The state of one walk down the steps. */
export interface Walk {
  readonly plan: Plan;
  readonly registers: RegisterDescriptions;
  readonly nameOf: (ref: Ref) => string;
  /** Numbers of the steps, and of the sums by their registers, that were derived already. */
  readonly numbers: Map<Step | string, number>;
  next: number;
}

function explainSum(walk: Walk, refs: readonly Ref[], depth: number): Derivation {
  const { registers, numbers } = walk;
  const key = refs.join();
  const known = numbers.get(key);
  const own = {
    number: known ?? walk.next++,
    name: registers.say('all cells'),
    ...registers.total(refs),
    origin: undefined,
  };
  if (known !== undefined) return { ...own, formula: own.said, from: [], cut: 'above' };
  const under = operandsBelow(walk, refs, depth);
  if (under.cut === undefined) numbers.set(key, own.number);
  return { ...own, formula: refs.map(registers.print).join(' + '), ...under };
}

function explainRef(walk: Walk, ref: Ref, depth: number): Derivation {
  const { registers, numbers } = walk;
  const step = registers.steps[ref]!;
  const known = numbers.get(step);
  const own = {
    number: known ?? walk.next++,
    name: walk.nameOf(ref),
    ...registers.total([ref]),
    origin: originOf(walk.plan, step, ref),
  };
  if (known !== undefined) {
    return { ...own, formula: own.said, from: [], cut: 'above' };
  }
  const under = operandsBelow(walk, shownOperands(registers, step), depth);
  if (under.cut === undefined) numbers.set(step, own.number);
  return { ...own, ...sentence(step, registers, ref), ...under };
}

function operandsBelow(
  walk: Walk,
  refs: readonly Ref[],
  depth: number,
): Pick<Derivation, 'from' | 'cut'> {
  if (refs.length > 0 && depth <= 0) return { from: [], cut: 'depth' };
  return { from: refs.map((ref) => explainRef(walk, ref, depth - 1)), cut: undefined };
}

/** The operands of a step, each once, without constants: their numbers are in the formula. */
function shownOperands(registers: RegisterDescriptions, step: Step): readonly Ref[] {
  const shown = operandsOf(step).filter((ref) => !isConstant(registers.steps[ref]!));
  return [...new Set(shown.map((ref) => sourceBehindConversions(registers, ref)))];
}

/** Unit conversions are not shown: to a reader the number before and after is one. */
function sourceBehindConversions(registers: RegisterDescriptions, ref: Ref): Ref {
  const step = registers.steps[ref]!;
  if (step.op !== 'product') return ref;
  const [only, ...others] = step.factors.filter((one) => registers.print(one) !== '1');
  if (only === undefined || others.length > 0) return ref;
  return sourceBehindConversions(registers, only);
}

function isConstant({ op }: Step): boolean {
  return op === 'constant' || op === 'parameter';
}

function originOf({ names, scenario }: Plan, step: Step, ref: Ref): InputOrigin | undefined {
  const share = step.op === 'input' ? step.input : restIn(names[ref]);
  return share && originOfShare(share, scenario);
}

function originOfShare({ path, text, span, attributes }: Share, scenario: Scenario): InputOrigin {
  const texts = ATTRIBUTES.flatMap((key) => {
    const attribute = attributes[key];
    return attribute ? [[key, attribute.text] as const] : [];
  });
  const { name, text: whole } = span.source;
  // Every --set is a separate source: its text identifies it.
  const source = name === SET_SOURCE ? `${name} ${whole}` : name;
  const place = { source, ...positionOf(span) };
  const id = attributes.evidence?.value;
  const claim = id === undefined ? undefined : scenario.ledger.claims.get(id);
  return {
    path: pathInPortfolio(scenario, path),
    text,
    ...place,
    ...Object.fromEntries(texts),
    claim: claim && originClaim(claim),
  };
}

function originClaim({ basis, whose, source, places }: Claim): OriginClaim {
  const { title, date } = source;
  return { basis, whose, title, date: printDate(date), where: places[0]!.where };
}
