/** Checks `was`: the value that a layer's author saw in the parent. If the parent changes, the layer fails. */
import type { DiagnosticCode, Problem, Related } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import type { MapEntry, MapNode, TreeNode } from '../tree.js';
import { hasFormFor, type FieldPosition } from './fieldPositions.js';
import { quantityOf, sameText, valueIn } from './staleEvidence.js';

const WAS = 'was';

/** A map before and after a layer. */
interface Change {
  readonly below: MapNode | undefined;
  readonly above: MapNode;
  readonly after: Map<string, MapEntry>;
  readonly position: FieldPosition;
}

/**
 * Compares `was` in a layer with the value of the parent, and removes it. A `was` that is left in the end
 * was compared with nothing; the check of ranges warns of it.
 */
export function checkWas(
  { below, above, after, position }: Change,
  fail: (code: DiagnosticCode, span: Span, problem: Problem, related?: Related) => void,
): void {
  const was = above.entries.get(WAS)?.node;
  if (was?.kind !== 'scalar' || !hasFormFor(position, [WAS, 'low'])) return;
  // If it is not a number, its field reports that.
  if (!quantityOf(was.text)) return;
  after.delete(WAS);
  const parentValue = valueIn(below);
  if (parentValue?.kind === 'scalar' && sameText(parentValue.text, was.text)) return;
  fail(
    'was-differs',
    was.span,
    problemOf(was.text, parentValue, position.path),
    relatedTo(parentValue),
  );
}

function problemOf(was: string, parentValue: TreeNode | undefined, path: string): Problem {
  if (parentValue?.kind === 'scalar') {
    return {
      message: `\`${path}\` was ${was} when this layer was written, and is ${parentValue.text} now`,
      hint: `check that this change is still right, then write \`was: ${parentValue.text}\``,
    };
  }
  if (!parentValue || parentValue.kind === 'map') {
    const given = parentValue && parentValue.entries.size > 0 ? 'values by period' : 'no value';
    return {
      message: `\`was\` needs one value in the parent, which gives \`${path}\` ${given}`,
      hint: 'delete `was`',
    };
  }
  return {
    message: `\`was\` needs one value in the parent, which gives \`${path}\` a list`,
    hint: 'delete `was`',
  };
}

function relatedTo(parentValue: TreeNode | undefined): Related | undefined {
  return parentValue?.kind === 'scalar'
    ? { span: parentValue.span, message: 'the value in the parent now' }
    : undefined;
}
