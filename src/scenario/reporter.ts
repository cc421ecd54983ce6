/** Problems that the rules of the model find by path, with the place of that path in the text. */
import type { Diagnostic, NodePart, Reporter } from '../core/text/diagnostic.js';
import { locate, locateKey, type MapNode } from './tree.js';

export function reporterOf(root: MapNode, diagnostics: Diagnostic[]): Reporter {
  const spanOf = (path: string, part?: NodePart) =>
    part === 'key' ? locateKey(root, path) : locate(root, path);
  return {
    error: (code, path, problem, part) =>
      diagnostics.push({ code, severity: 'error', span: spanOf(path, part), ...problem }),
    warn: (code, path, problem, part) =>
      diagnostics.push({ code, severity: 'warning', span: spanOf(path, part), ...problem }),
  };
}
