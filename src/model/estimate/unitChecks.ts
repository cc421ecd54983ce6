/** What the quantities of an estimate in units have to be, each by itself and together. */
import { nearest, type Reporter } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import type { Window } from '../calendar.js';
import type { ComponentText } from '../component.js';
import type { QuantityText, UnitsText } from './unitQuantity.js';

/** What quantities are resolved against. */
export interface UnitsContext {
  readonly window: Window;
  /** The section `components`; one that could not be read has no value. */
  readonly components: ReadonlyMap<string, ComponentText | undefined>;
  /** Components that other estimates split money to. */
  readonly split: ReadonlySet<string>;
  readonly report: Reporter;
}

/** A quantity is either counted, or follows from another one by a ratio. */
export function checkKeys(
  { count, per, ratio }: QuantityText,
  path: string,
  report: Reporter,
): boolean {
  const beside = per ?? ratio;
  if (count && beside) {
    report.error('keys-conflict', `${path}.${per ? 'per' : 'ratio'}`, {
      message: `\`${per ? 'per' : 'ratio'}\` beside \`count\`: a quantity is counted, or follows from another one`,
      hint: 'delete one of them',
    });
    return false;
  }
  if (count || (per && ratio)) return true;
  const missing = per ? 'ratio' : ratio ? 'per' : 'count';
  const hints = {
    ratio: 'add how many there are for one of the other: `ratio: 2.5`',
    per: 'add the quantity that it follows from: `per: racks`',
    count: 'add how many there are in each fiscal year: `count: 300`, or `per` and `ratio`',
  };
  const message = `\`${missing}\` is missing`;
  report.error('key-missing', path, { message, hint: hints[missing] }, 'key');
  return false;
}

/** Whether the quantity that another one follows from is there. */
export function checkPer({ per }: QuantityText, units: UnitsText, report: Reporter): boolean {
  if (!per || units.has(per.value)) return true;
  const meant = nearest(per.value, units.keys());
  report.error('name-unknown', per.path, {
    message: `there is no quantity \`${per.value}\``,
    expected: `one of ${firstOf(units.keys())}`,
    hint: meant === undefined ? `add \`${per.value}\` with its count` : `write \`${meant}\``,
  });
  return false;
}

/** The keys of all quantities, each after the one that it follows from; nothing, and an error, where they follow in a circle. */
export function keysInOrder(
  units: UnitsText,
  path: string,
  report: Reporter,
): readonly string[] | undefined {
  const ordered = new Set<string>();
  for (const first of units.keys()) {
    const chain = new Set<string>();
    let key: string | undefined = first;
    while (key !== undefined && !ordered.has(key) && !chain.has(key)) {
      chain.add(key);
      key = units.get(key)?.per?.value;
    }
    if (key !== undefined && chain.has(key)) {
      const circle = [...chain].slice([...chain].indexOf(key));
      const follow =
        circle.length === 1
          ? `${key} follows from itself`
          : `${firstOf(circle)} follow from each other`;
      report.error('units-cycle', `${path}.${key}.per`, {
        message: `${follow}: nothing says how many there are`,
        hint: 'write the `count` of one of them in place of its `per` and `ratio`',
      });
      return undefined;
    }
    for (const one of [...chain].reverse()) ordered.add(one);
  }
  return [...ordered];
}

/** The quantities that are components, in the order of the file, if each has a price and its unit; else nothing, and an error. */
export function boughtIn(
  units: UnitsText,
  path: string,
  context: UnitsContext,
): readonly string[] | undefined {
  const { components, split } = context;
  const bought = [...units.keys()].filter((key) => components.has(key) || split.has(key));
  const arePriced = bought.map((key) => checkPrice(key, units.get(key)!, path, context));
  if (bought.length === 0) reportNothingBought(path, units, context);
  return bought.length === 0 || arePriced.includes(false) ? undefined : bought;
}

/** A component is bought at its price, and counted in the unit of that price. */
function checkPrice(
  key: string,
  { unit }: QuantityText,
  path: string,
  { components, report }: UnitsContext,
): boolean {
  const described = components.get(key);
  if (components.has(key) && !described) return true; // could not be read: that is reported
  const price = described?.price;
  if (!price) {
    const hint = described?.components
      ? `a component with sub-components has none: count one of them, or give \`${key}\` another name here`
      : `add \`components: { ${key}: { price: { value: …, unit: … } } }\`, or give the quantity another name if it costs nothing`;
    const message = `\`${key}\` is a component without a price, so its units have no cost`;
    report.error('key-missing', `${path}.${key}`, { message, hint }, 'key');
    return false;
  }
  if (!unit || !price.unit || unit.value === price.unit.value) return true;
  report.error('unit-mismatch', unit.path, {
    message: `\`${unit.value}\` differs from the unit of the price of \`${key}\``,
    expected: `\`${price.unit.value}\``,
    hint: 'delete it: the unit of the price holds',
  });
  return false;
}

function reportNothingBought(path: string, units: UnitsText, { components, report }: UnitsContext) {
  const meant = [...units.keys()].flatMap((key) => nearest(key, components.keys()) ?? []);
  const message = 'none of its quantities is a component with a price, so nothing is bought';
  const hint =
    meant[0] === undefined
      ? 'add `components` with a price for each quantity that is bought'
      : `write \`${meant[0]}\`, as the component is called`;
  report.error('name-unknown', path, { message, hint }, 'key');
}

/** The quantities that are not bought, and that nothing follows from: each is a warning. */
export function idleIn(
  units: UnitsText,
  bought: readonly string[],
  path: string,
  report: Reporter,
): readonly string[] {
  const used = new Set([...bought, ...[...units.values()].map(({ per }) => per?.value)]);
  const idle = [...units.keys()].filter((key) => !used.has(key));
  for (const key of idle) {
    const message = `nothing follows from \`${key}\`, and it is not bought`;
    const hint = 'delete it, or add a component with its name and a price';
    report.warn('unused', `${path}.${key}`, { message, hint }, 'key');
  }
  return idle;
}
