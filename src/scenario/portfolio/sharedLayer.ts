/** What a portfolio shares, as one more layer over the scenario of a buyer. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { SET_SOURCE, type Span } from '../../core/text/source.js';
import { rootPosition } from '../layers/fieldPositions.js';
import type { PathValue } from '../layers/layers.js';
import { mergeLayer, type Layer } from '../layers/merge.js';
import { sameValue } from '../layers/staleEvidence.js';
import type { ProblemList } from '../reporter.js';
import { locateKey, rebase, type MapEntry, type MapNode, type TreeNode } from '../tree.js';
import { readMap } from '../yaml/yaml.js';
import { LEDGER, ledgerAt, ledgerPaths } from '../checks/ledgers.js';
import type { PortfolioMember, ReadPortfolio } from './readPortfolio.js';
import { sharedRates, type OwnScenario } from './sharedRates.js';

/** The layer may describe suppliers that the scenario itself does not describe. */
const LAYER: Omit<Layer, 'fail'> = {
  steps: 0,
  mayAdd: () => true,
  unknown: ({ path }) => ({ message: `\`${path}\` names nothing` }),
};

/** The day of the forecast, by which also the tables of a scenario are read. */
export function sharedDay({ tree }: ReadPortfolio): readonly PathValue[] {
  const entry = tree.entries.get('as_of');
  return entry ? [{ path: 'as_of', ...entry }] : [];
}

/** The suppliers of the portfolio, by whose years also the revenue in the tables of a scenario is read. */
export function sharedSuppliers({ tree }: ReadPortfolio): readonly MapNode[] {
  const entry = tree.entries.get('suppliers');
  return entry ? [{ ...tree, entries: new Map([['suppliers', entry]]) }] : [];
}

/** Whether a place is among the suppliers of the portfolio. */
export function isSharedSupplier({ source, start }: Span, whole: ReadPortfolio): boolean {
  return sharedSuppliers(whole).some(({ entries, span }) => {
    const { key, node } = entries.get('suppliers')!;
    return source === span.source && start >= key.start && start < node.span.end;
  });
}

/** The tree of a scenario with what the portfolio shares; nothing where it shares nothing, or an error. */
export function underShared(
  own: OwnScenario,
  whole: ReadPortfolio,
  read: ReadFile,
  problems: ProblemList,
): MapNode | undefined {
  const entries = new Map<string, MapEntry>();
  const put = (section: string, node: TreeNode | undefined) => {
    if (node) entries.set(section, { key: locateKey(whole.tree, section), node });
  };
  put('evidence', sharedLedgers(own, whole, read, problems));
  put('suppliers', ownSuppliers(own, whole));
  const rates = sharedRates(own, whole, problems);
  put('fx', rates);
  if (entries.size === 0) return undefined;
  const below = rates ? withoutRates(own.tree) : own.tree;
  const layer: MapNode = { kind: 'map', entries, span: own.tree.span };
  return mergeLayer(below, layer, rootPosition(), { ...LAYER, fail: problems.error }) as MapNode;
}

/** The suppliers of the portfolio that the scenario names. */
function ownSuppliers({ tree: own }: OwnScenario, { tree }: ReadPortfolio): MapNode | undefined {
  const node = tree.entries.get('suppliers')?.node;
  if (node?.kind !== 'map') return undefined;
  const named = new Set(keysBelow(own, 'suppliers'));
  const entries = [...node.entries].filter(([key]) => named.has(key));
  return entries.length > 0 ? { ...node, entries: new Map(entries) } : undefined;
}

/** The keys of every map that stands at a key. */
function keysBelow(node: TreeNode, section: string): readonly string[] {
  if (node.kind !== 'map') return [];
  return [...node.entries].flatMap(([key, { node: below }]) => [
    ...(key === section && below.kind === 'map' ? below.entries.keys() : []),
    ...keysBelow(below, section),
  ]);
}

/**
 * The ledgers of a scenario, then those of the portfolio that it does not list itself. Where the scenario holds its
 * claims, those of the portfolio's ledgers stand before them in one map.
 */
function sharedLedgers(
  { tree, sections }: OwnScenario,
  { evidence, tree: whole }: ReadPortfolio,
  read: ReadFile,
  problems: ProblemList,
): TreeNode | undefined {
  const node = whole.entries.get('evidence')?.node;
  const own = tree.entries.get('evidence')?.node;
  if (node?.kind !== 'list') return undefined;
  const shared = evidence.map((path) => ledgerAt(path, whole.span.source.name, read));
  if (own?.kind === 'map') {
    const maps = shared.flatMap((file, i) => {
      if (!file.ok) problems.error('file-unread', evidence[i]!.span, file.diagnostics);
      return (file.ok && readMap(file.value, LEDGER, problems)) || [];
    });
    const before = maps.map((map) => rebase(map, 'evidence'));
    return [...before, own].reduce((ledger, other) => withEntries(ledger, other, problems));
  }
  const { name } = tree.span.source;
  const listed = ledgerPaths(sections.evidence).map((path) => ledgerAt(path, name, read));
  const further = node.items.filter((_, i) => !listed.some((one) => isSameText(one, shared[i]!)));
  return { ...node, items: [...(own?.kind === 'list' ? own.items : []), ...further] };
}

function isSameText(a: ReturnType<ReadFile>, b: ReturnType<ReadFile>): boolean {
  return a.ok && b.ok && a.value.name === b.value.name && a.value.text === b.value.text;
}

/** A ledger with the sources and the claims of another one. An id of both has to say the same in both. */
function withEntries(ledger: MapNode, other: MapNode, problems: ProblemList): MapNode {
  const entries = new Map(ledger.entries);
  for (const [section, entry] of other.entries) {
    const below = entries.get(section)?.node;
    const { node } = entry;
    if (below?.kind !== 'map' || node.kind !== 'map') {
      entries.set(section, entry);
      continue;
    }
    for (const [id, { key, node: own }] of node.entries) {
      const first = below.entries.get(id);
      if (!first || sameValue(first.node, own)) continue;
      const message = `\`${id}\` is also in a ledger of the portfolio`;
      const related = { span: first.key, message: 'this one says something else' };
      problems.error(
        'key-duplicate',
        key,
        { message, hint: 'give one of them another id' },
        related,
      );
    }
    const joined = { ...node, entries: new Map([...below.entries, ...node.entries]) };
    entries.set(section, { ...entry, node: joined });
  }
  return { ...other, entries };
}

/** The tree of a scenario without the rates that those of the portfolio replace. */
function withoutRates(tree: MapNode): MapNode {
  const fx = tree.entries.get('fx');
  if (fx?.node.kind !== 'map') return tree;
  const kept = [...fx.node.entries].filter(([key]) => !RATES.includes(key));
  const node = { ...fx.node, entries: new Map(kept) };
  return { ...tree, entries: new Map(tree.entries).set('fx', { ...fx, node }) };
}

const RATES = ['base', 'path'];

/** An error for each change of a buyer that what the portfolio gives replaces. */
export function reportReplaced(
  { key, over, set }: PortfolioMember,
  { portfolio, tree }: ReadPortfolio,
): readonly Diagnostic[] {
  const source = (text: string) => ({ source: { name: SET_SOURCE, text: `${key}.${text}` } });
  const changes = [
    ...over.map(({ path, key: span }) => ({ path, span })),
    ...set.map((text) => {
      const path = text.split('=')[0]!.trim();
      return { path, span: { ...source(text), start: 0, end: key.length + 1 + path.length } };
    }),
  ];
  const given = pathsGiven(tree, portfolio);
  return changes.flatMap(({ path, span }) => {
    const above = given.find((one) => isAtOrBelow(path, one) || isAtOrBelow(one, path));
    if (above === undefined) return [];
    const ofRates = RATES.some((one) => above === `fx.${one}`);
    const isOwnRate = path.split('.')[2] === portfolio.currency.code;
    const what = isOwnRate
      ? "the rate of this buyer's currency in the portfolio"
      : `\`${path}\` of the portfolio`;
    return [
      {
        ...({ code: 'keys-conflict', severity: 'error', span } as const),
        message: ofRates
          ? `the rates of the portfolio \`${portfolio.id}\` replace those of its buyers`
          : `the portfolio \`${portfolio.id}\` gives \`${above}\` for all its buyers`,
        hint: `change ${what}, or delete \`${ofRates ? 'fx' : above}\` from ${portfolio.span.source.name}`,
      },
    ];
  });
}

/** The paths of what the portfolio gives for all its buyers. */
function pathsGiven(tree: MapNode, { rates }: ReadPortfolio['portfolio']): readonly string[] {
  const fx = tree.entries.get('fx')?.node;
  const suppliers = tree.entries.get('suppliers')?.node;
  const companies = suppliers?.kind === 'map' ? [...suppliers.entries] : [];
  return [
    ...(rates ? RATES.map((one) => `fx.${one}`) : []),
    ...(fx?.kind === 'map' && fx.entries.has('closure') ? ['fx.closure'] : []),
    ...companies.flatMap(([name, { node }]) =>
      node.kind === 'map' ? [...node.entries.keys()].map((one) => `suppliers.${name}.${one}`) : [],
    ),
  ];
}

function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`);
}
