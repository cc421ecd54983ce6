/** Turns zod's issues into problems of a scenario, in the terms of the form that the writer meant. */
import type * as z from 'zod';
import { greatest } from '../../core/lists.js';
import { readPeriodKey } from '../../core/period.js';
import { nearest, type DiagnosticCode, type Problem } from '../../core/text/diagnostic.js';
import { either } from '../../core/text/prose.js';
import { KEY_FAULTS, NAME, type IssueParams, type Opaque } from '../../model/field.js';

/** The hint for a key without a value. */
const EMPTY = 'write it, or delete the key';

/** What stands there, and what to write instead if the noun of the field makes that plain. */
function shapeOf(value: unknown, noun: string): { readonly found: string; readonly hint?: string } {
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

function withHint(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A problem that a field finds. */
export interface FieldProblem {
  readonly code: DiagnosticCode;
  /** Relative to the field. */
  readonly path: Path;
  /** Empty if the code says enough. */
  readonly message: string;
  /** What may be written there; several if the field has several forms. */
  readonly nouns: readonly string[];
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
  /** How it may be spelled. */
  readonly example?: string;
  /** The known key that an unknown one most likely means. */
  readonly meant?: string;
  /** Whether the problem is the key at the end of the path, not its value. */
  readonly isKey?: boolean;
  /** Whether only the spelling of the value is wrong. */
  readonly isNear?: boolean;
}

/** The problems of a field. If it has several forms, those of the form that the writer meant. */
export function fieldProblems(
  issues: readonly Issue[],
  input: unknown,
  at: Path = [],
): FieldProblem[] {
  const problems = issues.flatMap((issue): FieldProblem[] => {
    const path = [...at, ...issue.path];
    if (issue.code !== 'invalid_union') return problemsOfIssue(issue, path, input);
    const forms = issue.errors.map((errors) => fieldProblems(errors, input, path));
    return problemsOfForm(forms, path.length);
  });
  return withoutExplained(problems);
}

/** A missing key is explained by an unknown one that is its misspelling. */
export function withoutExplained(problems: readonly FieldProblem[]): FieldProblem[] {
  const explained = problems.flatMap(({ path, meant }) =>
    meant === undefined ? [] : [[...path.slice(0, -1), meant].join('.')],
  );
  return problems.filter(
    ({ code, path }) => code !== 'key-missing' || !explained.includes(path.join('.')),
  );
}

function problemsOfIssue(issue: Issue, path: Path, input: unknown): FieldProblem[] {
  const { message } = issue;
  switch (issue.code) {
    case 'custom': {
      const { noun, ...params } = issue.params as unknown as IssueParams;
      const problem = { ...params, path, nouns: [noun] };
      return [
        params.code === 'shape' ? { ...problem, ...shapeOf(valueAt(input, path), noun) } : problem,
      ];
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], message.split(', ')));
    case 'invalid_key':
      return [badKey(path, issue.issues[0]!.message)];
    default: {
      // A map or a list is missing, or another value stands in its place; `message` is its noun.
      const value = valueAt(input, path);
      const problem = { path, message: '', nouns: [message] };
      if (value === undefined) return [{ code: 'key-missing', ...problem }];
      // A value that is not a list is reported as such, not as too short.
      if (issue.code === 'too_small' && !Array.isArray(value)) return [];
      return [{ code: 'shape', ...problem, ...shapeOf(value, message) }];
    }
  }
}

/** The problems of the form that the writer most likely meant, and the nouns of all forms. */
function problemsOfForm(
  forms: readonly (readonly FieldProblem[])[],
  depth: number,
): FieldProblem[] {
  const distance = (problems: readonly FieldProblem[]) =>
    greatest(problems.map((problem) => farness(problem, depth)));
  const [meant = []] = [...forms].sort((a, b) => distance(a) - distance(b) || a.length - b.length);
  const isHere = ({ path }: FieldProblem) => path.length === depth;
  const here = forms.flat().filter(isHere);
  const nouns = shortFormsFirst(here.flatMap((problem) => problem.nouns));
  const example = here.map((problem) => problem.example).find((one) => one !== undefined);
  return meant.map((problem) =>
    isHere(problem) ? { ...problem, nouns, example: problem.example ?? example } : problem,
  );
}

function shortFormsFirst(nouns: readonly string[]): string[] {
  const isMap = (noun: string) => noun.startsWith('a map');
  return [...new Set([...nouns.filter((noun) => !isMap(noun)), ...nouns.filter(isMap)])];
}

/** How far a text is from a form, from a wrong word or value (near) to another shape (far). */
function farness({ code, path, meant, isKey, isNear }: FieldProblem, depth: number): number {
  if (path.length > depth + 1) return 0;
  if (code === 'shape') return path.length === depth ? 8 : 4;
  if (code === 'key-unknown') return meant === undefined ? 7 : 5;
  if (code === 'key-missing') return 7;
  if (isKey) return 6;
  if (code === 'choice') return isNear ? 1 : 3;
  return 2;
}

/** Keys that may have values by period. */
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
  const message = `\`${key}\` is not a ${noun}`;
  return { code, path, nouns: [], message, hint: hint(key), isKey: true };
}

/** Words a problem; says what belongs there if the message does not. */
export function describeProblem({ code, path, ...problem }: FieldProblem): Problem {
  const nouns = problem.nouns.filter((noun) => noun !== '');
  const key = String(path.at(-1));
  const isItem = typeof path.at(-1) === 'number';
  const { example, found } = problem;
  const spelled = isItem ? (example ?? '') : `\`${`${key}: ${example ?? ''}`.trim()}\``;
  if (code === 'shape' && problem.message === '') {
    const message = `${either(nouns)} belongs here`;
    const hint = problem.hint ?? (example && `write it, for example ${spelled}`);
    return { message, ...(found !== undefined && { found }), ...withHint(hint) };
  }
  if (code === 'key-missing') {
    const message = `\`${key}\` is missing`;
    const hint = example === undefined ? `add ${spelled}` : `add it, for example ${spelled}`;
    return { message, expected: either(nouns), hint };
  }
  if (problem.message === '') {
    const message = isItem ? 'an item has no value' : `\`${key}\` has no value`;
    return {
      message,
      expected: either(nouns),
      hint: example === undefined ? EMPTY : `write it, for example ${spelled}`,
    };
  }
  const isOpen = nouns.length > 1 && !problem.isNear && code !== 'bounds';
  const expected = problem.expected ?? (isOpen ? either(nouns) : undefined);
  const { message, hint } = problem;
  return { message, ...(expected !== undefined && { expected }), ...withHint(hint) };
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
}
