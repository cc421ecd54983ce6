/** `was`: a layer says what its author saw in the parent, and is refused once that is no longer so. */
import type { DiagnosticCode, Problem, Related } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import { hasFormFor, type FieldPosition } from './fieldPositions.js';
import { quantityOf, sameText, valueIn } from './staleEvidence.js';
import type { MapEntry, MapNode, TreeNode } from '../tree.js';

const GUARD = 'was';

/** A map before and after a layer. */
interface Change {
  readonly below: MapNode | undefined;
  readonly above: MapNode;
  readonly after: Map<string, MapEntry>;
  readonly position: FieldPosition;
}

/**
 * Compares the guard of a layer with the value that the parent gives. It has then done its work, and is
 * taken out: one that is still there in the end has met no parent.
 */
export function checkWas(
  { below, above, after, position }: Change,
  fail: (code: DiagnosticCode, span: Span, problem: Problem, related?: Related) => void,
): void {
  const guard = above.entries.get(GUARD)?.node;
  if (guard?.kind !== 'scalar' || !hasFormFor(position, [GUARD, 'low'])) return;
  // What is no number is told by its field.
  if (!quantityOf(guard.text)) return;
  after.delete(GUARD);
  const seen = valueIn(below);
  if (seen?.kind === 'scalar' && sameText(seen.text, guard.text)) return;
  fail('was-differs', guard.span, problemOf(guard.text, seen, position.path), relatedTo(seen));
}

function problemOf(was: string, seen: TreeNode | undefined, path: string): Problem {
  if (seen?.kind === 'scalar') {
    return {
      message: `\`${path}\` was ${was} when this layer was written, and is ${seen.text} now`,
      hint: `see whether the change still holds, then write \`was: ${seen.text}\``,
    };
  }
  if (!seen || seen.kind === 'map') {
    const given = seen && seen.entries.size > 0 ? 'values by period' : 'no value';
    return {
      message: `\`was\` compares with the parent, which gives \`${path}\` ${given}`,
      hint: 'delete `was`',
    };
  }
  return {
    message: `\`was\` compares with the parent, which gives \`${path}\` a list`,
    hint: 'delete `was`',
  };
}

function relatedTo(seen: TreeNode | undefined): Related | undefined {
  return seen?.kind === 'scalar'
    ? { span: seen.span, message: 'what stands there now' }
    : undefined;
}
