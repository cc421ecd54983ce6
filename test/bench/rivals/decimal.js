/** The scenario in decimal.js throughout. */
import { Decimal as Base } from 'decimal.js';

const Decimal = Base.clone({ precision: 60 });

export const name = 'decimal.js';

export function evaluate({ years, parts, shares, prices }, envelope, [rate, ten]) {
  const perDollar = new Decimal(String(rate)).div(String(ten));
  const cells = [];
  const decimals = (integers) => integers.map((integer) => new Decimal(integer));
  const ofYears = allocate(new Decimal(String(envelope)), decimals(years));
  const amounts = ofYears.flatMap((amount, y) =>
    allocate(amount, decimals(Array(years[y]).fill(1))),
  );
  for (const amount of amounts) {
    const components = allocate(amount, decimals(parts));
    const dollars = allocate(
      amount.div(perDollar).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN),
      components,
    );
    components.forEach((component, c) => {
      const suppliers = allocate(component, decimals(shares[c]));
      const inDollars = allocate(dollars[c], suppliers);
      const bought = component.div(prices[c]).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
      const units = allocate(bought, suppliers);
      suppliers.forEach((supplier, s) => cells.push(supplier, inDollars[s], units[s]));
    });
  }
  return cells;
}

function allocate(amount, weights) {
  const whole = weights.reduce((sum, weight) => sum.plus(weight), new Decimal(0));
  if (whole.isZero()) return weights;
  const products = weights.map((weight) => amount.times(weight));
  const parts = products.map((product) => product.divToInt(whole));
  const fractions = products.map((product, i) => product.minus(parts[i].times(whole)));
  const left = parts.reduce((rest, part) => rest.minus(part), amount).toNumber();
  const order = weights.map((_, i) => i).sort((a, b) => fractions[b].cmp(fractions[a]) || a - b);
  for (const i of order.slice(0, left)) parts[i] = parts[i].plus(1);
  return parts;
}

export const counts = (cells) => cells.map((cell) => BigInt(cell.toFixed()));
