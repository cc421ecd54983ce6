/** The lines of a sheet: components in their tree, suppliers below them, and the numbers of each. */
import { isBranch, type Component } from '../../model/component.js';
import { UNASSIGNED } from '../../model/supplier.js';
import type { Dimension, RolledRow } from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Figure, Path } from '../shared/publishTable.js';

/** A line before it is printed: what it is called, and the keys that lead to it. */
export interface Line {
  readonly label: string;
  readonly path: Path;
}

/** Lines of the tree of a measure, with suppliers below the leaves where they are asked for. */
export function linesOf(
  tree: readonly Component[],
  { suppliers }: Scenario,
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
): readonly Line[] {
  if (!by.includes('component')) {
    if (!by.includes('supplier')) return [{ label: 'all', path: ['all'] }];
    const keys = new Set(rolled.map(({ labels }) => labels.at(-1)!));
    return [...keys].map((key) => ({ label: suppliers.get(key)!.name, path: [key] }));
  }
  const present = new Set(
    rolled.flatMap(({ labels }) => {
      const path = pathOf(labels.at(-2)!, labels.at(-1)!, by);
      return path.map((_, i) => path.slice(0, i + 1).join('/'));
    }),
  );
  const walk = (component: Component, above: Path): readonly Line[] => {
    const path = [...above, component.key];
    const below = isBranch(component)
      ? component.children.flatMap((child) => walk(child, path))
      : component.suppliers.map((key) => ({
          label: suppliers.get(key)!.name,
          path: [...path, key],
        }));
    return [{ label: component.name, path }, ...below].filter((line) =>
      present.has(line.path.join('/')),
    );
  };
  return tree.flatMap((component) => walk(component, []));
}

/** `Servers FY2026`: a line, a column, or both; a label that stands twice, with the one above it. */
export function nameIn(lines: readonly Line[]) {
  const labels = new Map(lines.map(({ label, path }) => [path.join('/'), label]));
  const labelOf = (path: Path) => labels.get(path.join('/'))!;
  const nameOf = (path: Path) => {
    const twice = lines.filter(({ label }) => label === labelOf(path)).length > 1;
    return twice && path.length > 1
      ? `${labelOf(path.slice(0, -1))}/${labelOf(path)}`
      : labelOf(path);
  };
  return (row: Path, column: Path) =>
    [...(row.length > 0 ? [nameOf(row)] : []), ...column].join(' ');
}

/** The numbers by the keys of their lines: components, then suppliers, as far as they are asked for. */
export function figuresOf(
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
  places: number,
): readonly Figure[] {
  return rolled.map(({ labels, unit, count }) => {
    const [component, supplier] = labels.slice(-2) as [string, string];
    const column = labels.slice(0, -2);
    return {
      row: pathOf(component, supplier, by),
      column,
      count: count * 10n ** BigInt(places - unit.places),
    };
  });
}

function pathOf(component: string, supplier: string, by: readonly Dimension[]): Path {
  if (!by.includes('component')) return by.includes('supplier') ? [supplier] : ['all'];
  const named = by.includes('supplier') && supplier !== UNASSIGNED;
  return [...component.split('/'), ...(named ? [supplier] : [])];
}
