/** Why inputs of a component have no effect. */
import { isBranch, type Component } from '../../../model/component.js';
import type { Input } from '../../../model/input.js';
import { leafAround, type EffectContext } from './effectContext.js';

/** A component, or a part in a bill. */
type Place = Pick<Component, 'path' | 'yamlPath'>;

export function nothingReachesComponent({ path }: Input, { scenario, reaches }: EffectContext) {
  const place = placesAround(path, scenario.components).find((one) => !reaches(one.path));
  if (!place) return undefined;
  const isTop = !place.path.includes('/');
  return {
    path: place.yamlPath,
    why: `no money of the window reaches ${place.path}`,
    hint: `give it a larger part, or delete ${isTop ? 'it' : 'everything of it but its part'}`,
  };
}

/** The components around a value, from the top; last the part in a bill, if it stands in one. */
function placesAround(path: string, places: readonly Place[]): readonly Place[] {
  const place = places.find(({ yamlPath }) => path.startsWith(`${yamlPath}.`));
  if (!place) return [];
  const component = place as Component;
  const below = isBranch(component) ? component.children : (component.bill?.children ?? []);
  return [place, ...placesAround(path, below)];
}

export function nothingReachesSupplier(input: Input, { scenario, reachesSupplier }: EffectContext) {
  const place = /^.*\.suppliers\.([^.]+)\.price(?=\.|$)/u.exec(input.path);
  const leaf = place && leafAround(input, scenario);
  if (!leaf || reachesSupplier(leaf, place[1]!)) return undefined;
  const why = `no money of the window reaches ${place[1]!} of ${leaf.path}`;
  return { path: place[0], why, hint: 'give it a share above 0%, or delete its price' };
}

export function pricesAreSuppliersOwn(input: Input, { scenario, reachesSupplier }: EffectContext) {
  const leaf = leafAround(input, scenario);
  const path = leaf && `${leaf.yamlPath}.price`;
  if (path === undefined || !`${input.path}.`.startsWith(`${path}.`)) return undefined;
  const { prices, suppliers } = leaf!;
  const isBought = suppliers.some((key, s) => !prices[s]?.own && reachesSupplier(leaf!, key));
  if (isBought) return undefined;
  const why = `every supplier of ${leaf!.path} that gets money has a price of its own`;
  const inTheirs = 'delete it, and write `unit` and `quantum` into their prices';
  const code = leaf!.price?.values[0]!.currency!.code;
  const isFollowed = !leaf!.pricing && code !== undefined && code !== scenario.currency.code;
  const hint = isFollowed
    ? `${inTheirs}, and \`pricing: { ${code}: { content: 100% } }\` beside them`
    : inTheirs;
  return { path, why, hint };
}

export function erosionIsInOneYear({ path }: Input) {
  if (!path.endsWith('.erosion')) return undefined;
  const why = 'units are counted only in the fiscal year of the price';
  return { path, why, hint: 'delete `erosion`, with `at` if there is one' };
}

export function contentMovesNothing(input: Input, { scenario, idle }: EffectContext) {
  const { path } = input;
  const [, place, code, key] = /^(.*\.pricing\.([A-Z]{3}))\.([a-z_]+)/u.exec(path) ?? [];
  const priced = leafAround(input, scenario)?.pricing?.find((one) => one.code === code);
  if (place === undefined || !priced) return undefined;
  const isWhole = scenario.inputs.every(
    (one) => !one.path.startsWith(`${place}.`) || idle.has(one.path),
  );
  if (isWhole) {
    const why = `no rate of ${code!} moves its amounts, which are reported, or a price`;
    return { path: place, why, hint: 'delete it' };
  }
  if (priced.passThrough?.every(({ value }) => value.n === 0n)) {
    const why = 'no move of a rate is passed through';
    return { path, why, hint: 'write how much is passed through' };
  }
  if (path !== `${place}.${key!}`) return undefined;
  const why = 'the content is 0%, so no rate reaches the cost';
  return { path, why, hint: 'delete it, or write the content' };
}

export function lagEndsAfterWindow({ path }: Input) {
  if (!/\.lag\.(?:years|quarters|months)\.\d+$/u.test(path)) return undefined;
  const why = 'its part and the `rest` are both recognised after the window (rounding apart)';
  return { path, why, hint: 'delete it, so that `rest` takes its part' };
}
