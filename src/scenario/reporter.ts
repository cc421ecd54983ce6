/** The problems of one scenario, collected while its files are read. */
import {
  type Diagnostic,
  type DiagnosticCode,
  type NodePart,
  type Problem,
  type Related,
  type Reporter,
} from '../core/text/diagnostic.js';
import { oddCharacterIn } from '../core/text/oddCharacters.js';
import { lineAt, type SourceText, type Span } from '../core/text/source.js';
import { locate, locateKey, type TreeNode } from './tree.js';

/**
 * Takes problems by their place. Beside it are two views of one list: a `TextReporter` takes problems by
 * their offsets in one text, a `Reporter` of the model by their path in the scenario.
 */
export interface ProblemList {
  /** In the order in which they were found. */
  readonly diagnostics: Diagnostic[];
  readonly error: (code: DiagnosticCode, span: Span, problem: Problem, related?: Related) => void;
  readonly warn: (code: DiagnosticCode, span: Span, problem: Problem) => void;
}

export function problemList(): ProblemList {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    error: (code, span, problem, related) =>
      diagnostics.push({
        ...{ code, severity: 'error', span },
        ...(SPELLED.has(code) ? withOddCharacter(problem, span) : problem),
        ...(related && { related }),
      }),
    warn: (code, span, problem) =>
      diagnostics.push({ code, severity: 'warning', span, ...problem }),
  };
}

/** What can be wrong with a name or a number only because of a character that looks like another. */
const SPELLED = new Set<DiagnosticCode>([
  ...([
    'literal',
    'literal-size',
    'bounds',
    'choice',
    'shape',
    'period-key',
    'currency-unknown',
  ] as const),
  ...(['key-name', 'key-unknown', 'name-unknown', 'path-unknown', 'output-unknown'] as const),
  ...([
    'csv-cell',
    'csv-column',
    'csv-unit',
    'csv-series',
    'file-unread',
    'unit-mismatch',
  ] as const),
]);

/** A problem of a word or a number, with the character in it that nobody sees or that looks like another. */
function withOddCharacter(problem: Problem, { source, start, end }: Span): Problem {
  const [line] = source.text.slice(start, Math.min(end, start + LONGEST_WORD)).split('\n', 1);
  const odd = oddCharacterIn(line!);
  if (!odd) return problem;
  return {
    ...problem,
    found: problem.found === undefined ? odd.name : `${problem.found}; ${odd.name}`,
  };
}

const LONGEST_WORD = 200;

/** A reporter that finds the place of a path in a tree. */
export function reporterOf(root: TreeNode, problems: ProblemList): Reporter {
  const spanOf = (path: string, part?: NodePart) =>
    part === 'key' ? locateKey(root, path) : locate(root, path);
  return {
    error: (code, path, problem, part) => problems.error(code, spanOf(path, part), problem),
    warn: (code, path, problem, part) => problems.warn(code, spanOf(path, part), problem),
  };
}

/** A text that is being read, and how to report an error in it. */
export interface TextReporter {
  readonly source: SourceText;
  /** Reports an error from one offset to another. */
  readonly fail: (code: DiagnosticCode, start: number, end: number, problem: Problem) => void;
  /** The line of an offset, from 1. */
  readonly lineOf: (offset: number) => number;
}

export function textReporter(source: SourceText, problems: ProblemList): TextReporter {
  const { text } = source;
  return {
    source,
    fail: (code, from, to, problem) => {
      const start = Math.min(from, Math.max(text.length - 1, 0));
      const end = Math.min(Math.max(to, start + 1), text.length);
      problems.error(code, { source, start, end }, problem);
    },
    lineOf: (offset) => lineAt(source, offset),
  };
}
