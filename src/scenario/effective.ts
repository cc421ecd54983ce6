/** The effective scenario or portfolio: all layers and files in one text, with the origin of each value. */
import { yamlText, type RemarkedLine } from '../core/outline.js';
import { SET_SOURCE, cellAt, positionOf, type Span } from '../core/text/source.js';
import type { Scenario } from './scenario.js';
import type { ListNode, MapEntry, MapNode, ScalarNode, TreeNode } from './tree.js';

/**
 * The scenario as YAML that needs no other file: no parent, no table and no ledger. The remark of a line is
 * its origin: `file:line` or `--set PATH`.
 */
export function effectiveFile({ tree, ledgerTree }: Scenario): readonly RemarkedLine[] {
  const entries = new Map(tree.entries);
  if (ledgerTree) {
    entries.delete('evidence'); // Its claims are many: they stand at the end.
    entries.set('evidence', { key: ledgerTree.span, node: ledgerTree });
  }
  return linesOfMap({ ...tree, entries }, '');
}

/**
 * A portfolio as one text that needs no other file: its own, then below a line `# file: NAME` the effective scenario of
 * each buyer, which holds all claims.
 *
 * @param tree of the portfolio
 */
export function effectivePortfolio(
  tree: MapNode,
  members: readonly Scenario[],
): readonly RemarkedLine[] {
  const nameOf = ({ buyer }: Scenario) => `${buyer!.key}.yaml`;
  const entries = new Map(tree.entries);
  entries.delete('evidence');
  const buyers = entries.get('buyers')!;
  const files = members.map((member): [string, MapEntry] => {
    const { key } = (buyers.node as MapNode).entries.get(member.buyer!.key)!;
    const path = `buyers.${member.buyer!.key}`;
    return [
      member.buyer!.key,
      { key, node: { kind: 'scalar', text: nameOf(member), path, span: key } },
    ];
  });
  entries.set('buyers', {
    ...buyers,
    node: { ...buyers.node, entries: new Map(files) } as MapNode,
  });
  return [
    ...linesOfMap({ ...tree, entries }, ''),
    ...members.flatMap((member) => [
      { text: `# file: ${nameOf(member)}` },
      ...effectiveFile(member),
    ]),
  ];
}

function linesOfMap({ entries }: MapNode, indent: string): readonly RemarkedLine[] {
  return [...entries].flatMap(([key, entry]) => linesOfEntry(key, entry, indent));
}

function linesOfEntry(key: string, { key: place, node }: MapEntry, indent: string) {
  const line = oneLine(node);
  if (line !== undefined)
    return [{ text: `${indent}${key}: ${line}`, remark: originOf(node, place) }];
  const inner = `${indent}  `;
  const lines = node.kind === 'map' ? linesOfMap(node, inner) : linesOfList(node, inner);
  return [{ text: `${indent}${key}:` }, ...lines];
}

function linesOfList(node: TreeNode, indent: string): readonly RemarkedLine[] {
  if (node.kind !== 'list') return [];
  return node.items.flatMap((item) => {
    const line = oneLine(item);
    if (line !== undefined)
      return [{ text: `${indent}- ${line}`, remark: originOf(item, item.span) }];
    const inner = `${indent}  `;
    const lines = item.kind === 'map' ? linesOfMap(item, inner) : linesOfList(item, inner);
    return lines.map(({ text, remark }, i) => ({
      text: i === 0 ? `${indent}- ${text.slice(inner.length)}` : text,
      ...(remark !== undefined && { remark }),
    }));
  });
}

/** A value that fits on one line: a scalar, an empty map, a list whose items have one origin. */
function oneLine(node: TreeNode): string | undefined {
  if (node.kind === 'scalar') return yamlText(node.text);
  if (node.kind === 'map') return node.entries.size === 0 ? '{}' : undefined;
  const origins = new Set(scalarsOf(node)?.map(({ span }) => printOrigin(span)));
  if (node.items.length > 0 && origins.size !== 1) return undefined;
  return `[${node.items.map((item) => oneLine(item)!).join(', ')}]`;
}

/** The scalars of a list and of the lists in it; nothing if it has a map. */
function scalarsOf({ items }: ListNode): readonly ScalarNode[] | undefined {
  const all = items.map((item) => {
    if (item.kind === 'scalar') return [item];
    return item.kind === 'list' ? scalarsOf(item) : undefined;
  });
  return all.includes(undefined) ? undefined : all.flatMap((some) => some!);
}

function originOf(node: TreeNode, place: Span): string {
  if (node.kind === 'scalar') return printOrigin(node.span);
  const [first] = (node.kind === 'list' && scalarsOf(node)) || [];
  return printOrigin(first?.span ?? place);
}

function printOrigin(span: Span): string {
  const { name, text } = span.source;
  if (name === SET_SOURCE) return `${SET_SOURCE} ${text.slice(0, text.indexOf('=')).trim()}`;
  return `${name}:${cellAt(span) ?? positionOf(span).line}`;
}
