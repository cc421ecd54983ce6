/** Tree → the document that the fields describe; what cannot be read is reported and left out. */
import { z } from 'zod';
import { nearest, type Diagnostic, type DiagnosticCode, type Problem } from '../core/diagnostic.js';
import type { IssueParams } from '../model/field.js';
import { documentFields, entryFields, type DocumentText } from './document.js';
import { join, locate, locateKey, plain, type Entry, type MapNode, type TreeNode } from './tree.js';

type Issue = z.core.$ZodIssue;

/** The sections that could be read; an entry that could not is there without a value. */
export type Sections = {
  readonly [K in Exclude<keyof DocumentText, keyof typeof entryFields>]?: DocumentText[K];
} & {
  readonly [K in keyof typeof entryFields]?: ReadonlyMap<
    string,
    z.output<(typeof entryFields)[K]> | undefined
  >;
};

/**
 * Reads every section by itself, and every estimate, component and supplier by itself, so that all
 * problems of a file are told at once.
 */
export function readSections(root: MapNode, diagnostics: Diagnostic[]): Sections {
  const sections: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const report = reporter(root, diagnostics);
  for (const [key, { key: span }] of root.entries) {
    if (Object.hasOwn(documentFields, key)) continue;
    const problem = unknownKey(key, Object.keys(documentFields));
    diagnostics.push({ code: 'key-unknown', severity: 'error', span, ...problem });
  }
  for (const [key, field] of Object.entries(documentFields)) {
    const entry = root.entries.get(key);
    if (!entry) {
      if (!field.safeParse(undefined).success) report('key-missing', key, missingKey(key));
    } else if (Object.hasOwn(entryFields, key) && entry.node.kind === 'map') {
      sections[key] = readEntries(
        key,
        entry.node,
        entryFields[key as keyof typeof entryFields],
        report,
      );
    } else {
      sections[key] = readField(key, entry, field, report);
    }
  }
  return sections;
}

function readEntries(path: string, map: MapNode, field: z.ZodType, report: Report) {
  const entries = [...map.entries].map(
    ([key, entry]) => [key, readField(join(path, key), entry, field, report)] as const,
  );
  return new Map(entries);
}

function readField(path: string, { node }: Entry, field: z.ZodType, report: Report): unknown {
  const input = plain(node);
  const result = field.safeParse(input);
  if (result.success) return result.data;
  for (const issue of result.error.issues.flatMap(closest)) tell(issue, path, input, report);
  return undefined;
}

type Report = (code: DiagnosticCode, path: string, problem: Problem, atKey?: boolean) => void;

function reporter(root: TreeNode, diagnostics: Diagnostic[]): Report {
  return (code, path, problem, atKey = false) => {
    const span = atKey ? locateKey(root, path) : locate(root, path);
    diagnostics.push({ code, severity: 'error', span, ...problem });
  };
}

/** The issues of the alternative that the writer most likely meant. */
function closest(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const alternatives = issue.errors.map((issues) =>
    issues.flatMap((inner) => closest({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const depth = issue.path.length;
  const distance = (issues: Issue[]) => Math.max(...issues.map((inner) => farness(inner, depth)));
  alternatives.sort((a, b) => distance(a) - distance(b) || a.length - b.length);
  const best = alternatives[0] ?? [];
  return distance(best) === OTHER_SHAPE ? [issue] : best;
}

const OTHER_SHAPE = 3;

/** How far the text is from an alternative: another shape, other keys, or a fault further down. */
function farness(issue: Issue, depth: number): number {
  if (issue.path.length > depth + 1) return 0;
  const here = issue.path.length === depth;
  switch (issue.code) {
    case 'invalid_type':
      return here ? OTHER_SHAPE : 1;
    case 'custom': {
      const { code } = issue.params as unknown as IssueParams;
      if (code === 'shape') return here ? OTHER_SHAPE : 1;
      return code === 'key-missing' ? 2 : 0.5;
    }
    case 'invalid_union':
      return here ? OTHER_SHAPE : 1;
    case 'unrecognized_keys':
    case 'invalid_key':
      return 2;
    default:
      return 1;
  }
}

/** One zod issue as a diagnostic, at the place in the file that its path leads to. */
function tell(issue: Issue, base: string, input: unknown, report: Report): void {
  const path = issue.path.reduce<string>((at, key) => join(at, String(key)), base);
  switch (issue.code) {
    case 'custom': {
      const { code, hint, expected } = issue.params as unknown as IssueParams;
      const key = path.split('.').at(-1)!;
      if (code === 'key-missing') report(code, path, missingKey(key));
      else {
        const found = code === 'shape' ? shapeName(valueAt(input, issue.path)) : undefined;
        const problem = { message: code === 'shape' ? `${expected} belongs here` : issue.message };
        report(code, path, {
          ...problem,
          ...(expected !== undefined && code !== 'shape' && { expected }),
          ...(found !== undefined && { found }),
          ...(hint !== undefined && { hint }),
        });
      }
      return;
    }
    case 'unrecognized_keys': {
      const known = issue.message.split(', ');
      for (const key of issue.keys) {
        report('key-unknown', join(path, key), unknownKey(key, known), true);
      }
      return;
    }
    case 'invalid_key':
      report(...badKey(path), true);
      return;
    default:
      report('shape', path, shapeProblem(issue, valueAt(input, issue.path)));
  }
}

function missingKey(key: string): Problem {
  return { message: `\`${key}\` is missing`, hint: `add \`${key}:\`` };
}

function unknownKey(key: string, known: readonly string[]): Problem {
  const meant = nearest(key, known);
  return {
    message: `there is no key \`${key}\` here`,
    ...(known.length > 0 && { expected: `one of ${known.join(', ')}` }),
    hint: meant === undefined ? 'delete it' : `write \`${meant}\``,
  };
}

function badKey(path: string): [DiagnosticCode, string, Problem] {
  const key = path.split('.').at(-1)!;
  return [
    'period-key',
    path,
    { message: `\`${key}\` is no period`, hint: 'write FY2026, FY2026Q1 or FY2026M01' },
  ];
}

function shapeProblem(issue: Issue, value: unknown): Problem {
  const expected =
    issue.code === 'invalid_type' ? (SHAPES[issue.expected] ?? issue.expected) : 'another shape';
  return { message: `${expected} belongs here`, found: shapeName(value), hint: '' };
}

const SHAPES: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function shapeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null && !('span' in value) ? 'a map' : 'one value';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
}
