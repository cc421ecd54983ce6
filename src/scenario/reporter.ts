/** The problems of one scenario, collected while its files are read. */
import {
  type Diagnostic,
  type DiagnosticCode,
  type NodePart,
  type Problem,
  type Related,
  type Reporter,
} from '../core/text/diagnostic.js';
import type { Span } from '../core/text/source.js';
import { locate, locateKey, type TreeNode } from './tree.js';

/** Takes problems by their place in a text; a `Reporter` of the model takes them by their path. */
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
        ...problem,
        ...(related && { related }),
      }),
    warn: (code, span, problem) =>
      diagnostics.push({ code, severity: 'warning', span, ...problem }),
  };
}

/** A reporter that finds the place of a path in a tree. */
export function reporterOf(root: TreeNode, problems: ProblemList): Reporter {
  const spanOf = (path: string, part?: NodePart) =>
    part === 'key' ? locateKey(root, path) : locate(root, path);
  return {
    error: (code, path, problem, part) => problems.error(code, spanOf(path, part), problem),
    warn: (code, path, problem, part) => problems.warn(code, spanOf(path, part), problem),
  };
}
