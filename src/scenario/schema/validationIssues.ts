/** What the fields have against a text: zod's issues, as faults of the form that was meant. */
import { NAME, type Opaque, KEY_FAULTS, type IssueParams } from '../../model/field.js';
import type * as z from 'zod';
import { nearest, type DiagnosticCode, type Problem } from '../../core/text/diagnostic.js';
import { readPeriodKey } from '../../core/period.js';
import { either } from '../../core/text/prose.js';

/** What to do about a key without a value. */
export const EMPTY = 'write it, or delete the key';

/** What a value is, and what to write where that is plain from the noun of what belongs there. */
export function shapeOf(
  value: unknown,
  noun: string,
): { readonly found: string; readonly hint?: string } {
  if (Array.isArray(value)) {
    const pairs = 'write `key: value` pairs instead of list items';
    const found = `a list of ${value.length} item${value.length === 1 ? '' : 's'}`;
    return { found, ...(noun.startsWith('a map') && { hint: pairs }) };
  }
  if (typeof value !== 'function') return { found: 'a map' };
  const { text } = (value as Opaque)();
  if (text === '') return { found: 'nothing', hint: EMPTY };
  return { found: `\`${text}\``, ...withHint(turnedInto(noun, text)) };
}

function turnedInto(noun: string, text: string): string | undefined {
  if (noun.startsWith('a list of')) return `write [${text}]`;
  if (noun === 'a map by name' && NAME.test(text)) return `write { ${text}: … }`;
  const keys = [...noun.matchAll(/`(\w+)`/g)].map(([, key]) => key!);
  if (!noun.startsWith('a map with') || noun.includes(' or ')) return undefined;
  return keys.length === 1
    ? `write { ${keys[0]!}: ${text} }`
    : `write { ${keys.map((key) => `${key}: …`).join(', ')} }`;
}

export function withHint(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Something that a field refuses. */
export interface FieldProblem {
  readonly code: DiagnosticCode;
  /** From the field on. */
  readonly path: Path;
  /** Empty where the code says it all. */
  readonly message: string;
  /** What could stand there; several where there is a choice of forms. */
  readonly nouns: readonly string[];
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
  /** How it may be spelled. */
  readonly example?: string;
  /** The known key that an unknown one most likely means. */
  readonly meant?: string;
  /** Whether the key at the end of the path is at fault, not its value. */
  readonly isKey?: boolean;
  /** Whether the value is right but for its spelling. */
  readonly isNear?: boolean;
}

/** The faults of some issues; of several forms those of the one that was meant. */
export function problemsOf(
  issues: readonly Issue[],
  input: unknown,
  at: Path = [],
): FieldProblem[] {
  const faults = issues.flatMap((issue): FieldProblem[] => {
    const path = [...at, ...issue.path];
    if (issue.code !== 'invalid_union') return faultsOfIssue(issue, path, input);
    const forms = issue.errors.map((errors) => problemsOf(errors, input, path));
    return faultsOfForm(forms, path.length);
  });
  return withoutExplained(faults);
}

/** A missing key is explained by an unknown one that is its misspelling. */
export function withoutExplained(faults: readonly FieldProblem[]): FieldProblem[] {
  const explained = faults.flatMap(({ path, meant }) =>
    meant === undefined ? [] : [[...path.slice(0, -1), meant].join('.')],
  );
  return faults.filter(
    ({ code, path }) => code !== 'key-missing' || !explained.includes(path.join('.')),
  );
}

function faultsOfIssue(issue: Issue, path: Path, input: unknown): FieldProblem[] {
  const { message } = issue;
  switch (issue.code) {
    case 'custom': {
      const { noun, ...params } = issue.params as unknown as IssueParams;
      const fault = { ...params, path, nouns: [noun] };
      return [
        params.code === 'shape' ? { ...fault, ...shapeOf(valueAt(input, path), noun) } : fault,
      ];
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], message.split(', ')));
    case 'invalid_key':
      return [badKey(path, issue.issues[0]!.message)];
    default: {
      // A map or a list is missing, or something else stands in its place; `message` is its noun.
      const value = valueAt(input, path);
      const fault = { path, message: '', nouns: [message] };
      if (value === undefined) return [{ code: 'key-missing', ...fault }];
      // What is no list is not too short besides.
      if (issue.code === 'too_small' && !Array.isArray(value)) return [];
      return [{ code: 'shape', ...fault, ...shapeOf(value, message) }];
    }
  }
}

/** The faults of the form that the writer most likely meant, and what else could stand there. */
function faultsOfForm(forms: readonly (readonly FieldProblem[])[], depth: number): FieldProblem[] {
  const distance = (faults: readonly FieldProblem[]) =>
    Math.max(...faults.map((fault) => farness(fault, depth)));
  const [meant = []] = [...forms].sort((a, b) => distance(a) - distance(b) || a.length - b.length);
  const isHere = ({ path }: FieldProblem) => path.length === depth;
  const here = forms.flat().filter(isHere);
  const nouns = shortFormsFirst(here.flatMap((fault) => fault.nouns));
  const example = here.map((fault) => fault.example).find((one) => one !== undefined);
  return meant.map((fault) =>
    isHere(fault) ? { ...fault, nouns, example: fault.example ?? example } : fault,
  );
}

function shortFormsFirst(nouns: readonly string[]): string[] {
  const isMap = (noun: string) => noun.startsWith('a map');
  return [...new Set([...nouns.filter((noun) => !isMap(noun)), ...nouns.filter(isMap)])];
}

/** How far a text is from a form: a slip in a word or value, a key misspelt, other keys or shape. */
function farness({ code, path, meant, isKey, isNear }: FieldProblem, depth: number): number {
  if (path.length > depth + 1) return 0;
  if (code === 'shape') return path.length === depth ? 8 : 4;
  if (code === 'key-unknown') return meant === undefined ? 7 : 5;
  if (code === 'key-missing') return 7;
  if (isKey) return 6;
  if (code === 'choice') return isNear ? 1 : 3;
  return 2;
}

/** Keys under which values by period stand. */
const STEPPED_KEYS = ['share', 'part', 'periods', 'years'];

export function unknownKey(path: Path, known: readonly string[]): FieldProblem {
  const key = String(path.at(-1));
  const stepped = readPeriodKey(key) && STEPPED_KEYS.find((one) => known.includes(one));
  const meant = stepped ?? nearest(key, known);
  const write = meant === undefined ? 'delete it' : `write \`${meant}\``;
  return {
    code: 'key-unknown',
    path,
    nouns: [],
    message: `there is no key \`${key}\` here`,
    ...(known.length > 0 && { expected: `one of ${known.join(', ')}` }),
    hint:
      stepped === undefined
        ? write
        : `write it below \`${stepped}\`: { ${stepped}: { ${key}: … } }`,
    ...(meant !== undefined && { meant }),
    isKey: true,
  };
}

function badKey(path: Path, noun: string): FieldProblem {
  const key = String(path.at(-1));
  const { code, hint } = KEY_FAULTS[noun]!;
  const message = `\`${key}\` is no ${noun}`;
  return { code, path, nouns: [], message, hint: hint(key), isKey: true };
}

/** A fault in words; what belongs there is told where the message does not say it. */
export function problemOf({ code, path, ...fault }: FieldProblem): Problem {
  const nouns = fault.nouns.filter((noun) => noun !== '');
  const key = String(path.at(-1));
  const isItem = typeof path.at(-1) === 'number';
  const { example, found } = fault;
  const spelled = isItem ? (example ?? '') : `\`${`${key}: ${example ?? ''}`.trim()}\``;
  if (code === 'shape' && fault.message === '') {
    const message = `${either(nouns)} belongs here`;
    const hint = fault.hint ?? (example && `write it, for example ${spelled}`);
    return { message, ...(found !== undefined && { found }), ...withHint(hint) };
  }
  if (code === 'key-missing') {
    const message = `\`${key}\` is missing`;
    const hint = example === undefined ? `add ${spelled}` : `add it, for example ${spelled}`;
    return { message, expected: either(nouns), hint };
  }
  if (fault.message === '') {
    const message = isItem ? 'an item has no value' : `\`${key}\` has no value`;
    return {
      message,
      expected: either(nouns),
      hint: example === undefined ? EMPTY : `write it, for example ${spelled}`,
    };
  }
  const isOpen = nouns.length > 1 && !fault.isNear && code !== 'bounds';
  const expected = fault.expected ?? (isOpen ? either(nouns) : undefined);
  const { message, hint } = fault;
  return { message, ...(expected !== undefined && { expected }), ...withHint(hint) };
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
}
