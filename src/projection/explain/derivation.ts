/** Why a number is what it is: the steps of the plan from an output down to the inputs. */
import { printDate } from '../../core/period.js';
import { positionOf } from '../../core/text/source.js';
import type { Claim, Ledger } from '../../model/claims.js';
import type { Share } from '../../model/input.js';
import type { Ref } from '../../plan/builder.js';
import { operandsOf, sentence, type Step } from '../../plan/step.js';
import type { Sentence } from '../../plan/steps/sentence.js';
import type { Output } from '../output.js';
import { namesOf } from './registerNames.js';
import type { Plan } from '../plan.js';
import {
  describeRegisters,
  type RegisterDescriptions,
  type DescribedNumber,
} from './registerDescriptions.js';
import { withoutParts } from '../evaluate.js';

/** A number, the step that it comes from, and the numbers that this step takes. */
export interface Derivation extends DescribedNumber, Sentence {
  /** Of the step, from 1 in the order in which they are met; all parts of an allocation have one. */
  readonly number: number;
  /** What it is; empty where the formula says it all. */
  readonly name: string;
  /** Of an input, and of `rest`. */
  readonly origin: InputOrigin | undefined;
  /** Without the constants, which the formula says. */
  readonly from: readonly Derivation[];
  /** Why nothing is below: its step stands above, or it is as deep as was asked for. */
  readonly cut: 'above' | 'depth' | undefined;
}

/** Where an input stands, and why it is believed; texts are as the file has them. */
export interface InputOrigin extends Partial<Record<(typeof ATTRIBUTES)[number], string>> {
  readonly path: string;
  readonly text: string;
  /** A file, or the `--set` that gives it. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** What the claim named by `evidence` is, where a ledger has it. */
  readonly claim: OriginClaim | undefined;
}

/** What a source says, as far as it supports an input; `date` is `2025-02-24`. */
export interface OriginClaim {
  readonly basis: string;
  readonly whose: string;
  readonly title: string;
  readonly date: string;
  /** The place in the source. */
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
 * The derivation of an output, which may be a sum of cells; nothing where it has none.
 *
 * @param depth how many steps to go down; to the inputs unless given
 */
export function deriveNumber(plan: Plan, output: Output, depth = Infinity): Derivation | undefined {
  const cells = plan.cells.filter(output.holds);
  if (cells.length === 0) return undefined;
  // All parts of an allocation sum to its amount, which does not rest on how it is split.
  const written = cells.map(({ ref }) => ref);
  const refs = [...withoutParts(plan.steps, written)].sort((a, b) => a - b);
  const reading = describeRegisters(plan);
  const way = { plan, reading, nameOf: namesOf(plan, reading.stepOf), numbers: new Map(), next: 1 };
  const [only] = refs;
  const root = refs.length === 1 ? explainRef(way, only!, depth) : explainSum(way, refs, depth);
  return /^\*?$/.test(output.text) ? root : { ...root, name: output.text };
}

/** What is known on the way down. */
interface Way {
  readonly plan: Plan;
  readonly reading: RegisterDescriptions;
  readonly nameOf: (ref: Ref) => string;
  /** Of the steps that stand above. */
  readonly numbers: Map<Step, number>;
  next: number;
}

function explainSum(way: Way, refs: readonly Ref[], depth: number): Derivation {
  const { reading } = way;
  const own = { number: way.next++, name: 'all cells', ...reading.total(refs), origin: undefined };
  const formula = refs.map(reading.say).join(' + ');
  return { ...own, formula, ...below(way, refs, depth) };
}

function explainRef(way: Way, ref: Ref, depth: number): Derivation {
  const { reading, numbers } = way;
  const step = reading.stepOf(ref);
  const known = numbers.get(step);
  const own = {
    number: known ?? way.next++,
    name: way.nameOf(ref),
    ...reading.total([ref]),
    origin: originOf(way.plan, step, ref),
  };
  if (known !== undefined) {
    return { ...own, formula: own.said, from: [], cut: 'above' };
  }
  const under = below(way, termsOf(reading, step), depth);
  if (under.cut === undefined) numbers.set(step, own.number);
  return { ...own, ...sentence(step, reading, ref), ...under };
}

function below(way: Way, refs: readonly Ref[], depth: number): Pick<Derivation, 'from' | 'cut'> {
  if (refs.length > 0 && depth <= 0) return { from: [], cut: 'depth' };
  return { from: refs.map((ref) => explainRef(way, ref, depth - 1)), cut: undefined };
}

/** What a step takes, each once. The number of a constant stands in the formula. */
function termsOf(reading: RegisterDescriptions, step: Step): readonly Ref[] {
  const terms = operandsOf(step).filter((ref) => !isConstant(reading.stepOf(ref)));
  return [...new Set(terms.map((ref) => behind(reading, ref)))];
}

/** A number that is only led into another unit is the same to people. */
function behind(reading: RegisterDescriptions, ref: Ref): Ref {
  const step = reading.stepOf(ref);
  if (step.op !== 'product') return ref;
  const [only, ...others] = step.factors.filter((one) => reading.say(one) !== '1');
  return only === undefined || others.length > 0 ? ref : behind(reading, only);
}

function isConstant({ op }: Step): boolean {
  return op === 'constant' || op === 'parameter';
}

function originOf({ names, scenario }: Plan, step: Step, ref: Ref): InputOrigin | undefined {
  if (step.op === 'input') return originOfShare(step.input, scenario.ledger);
  const name = names[ref];
  return name && 'path' in name ? originOfShare(name, scenario.ledger) : undefined;
}

function originOfShare({ path, text, span, attributes }: Share, ledger: Ledger): InputOrigin {
  const given = ATTRIBUTES.flatMap((key) => {
    const attribute = attributes[key];
    return attribute ? [[key, attribute.text] as const] : [];
  });
  const { name, text: whole } = span.source;
  // Every --set is a text of its own.
  const source = name === '--set' ? `${name} ${whole}` : name;
  const place = { source, ...positionOf(span) };
  const id = attributes.evidence?.value;
  const claim = id === undefined ? undefined : ledger.claims.get(id);
  return { path, text, ...place, ...Object.fromEntries(given), claim: claim && told(claim) };
}

function told({ basis, whose, source, places }: Claim): OriginClaim {
  const { title, date } = source;
  return { basis, whose, title, date: printDate(date), where: places[0]!.where };
}
