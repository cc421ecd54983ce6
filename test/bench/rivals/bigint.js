/** The scenario in BigInt throughout. */
export const name = 'BigInt';

export function evaluate({ years, parts, shares, prices }, envelope, [rate, ten]) {
  const cells = [];
  const ofYears = allocate(envelope, years.map(BigInt));
  const amounts = ofYears.flatMap((amount, y) => allocate(amount, Array(years[y]).fill(1n)));
  for (const amount of amounts) {
    const components = allocate(amount, parts.map(BigInt));
    const dollars = allocate(halfEven(amount * ten, rate), components);
    components.forEach((component, c) => {
      const suppliers = allocate(component, shares[c].map(BigInt));
      const inDollars = allocate(dollars[c], suppliers);
      const units = allocate(halfEven(component, BigInt(prices[c])), suppliers);
      suppliers.forEach((supplier, s) => cells.push(supplier, inDollars[s], units[s]));
    });
  }
  return cells;
}

function allocate(amount, weights) {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) return weights;
  const parts = weights.map((weight) => (amount * weight) / whole);
  const fractions = weights.map((weight) => (amount * weight) % whole);
  const left = Number(amount - parts.reduce((sum, part) => sum + part, 0n));
  const order = weights
    .map((_, i) => i)
    .sort((a, b) => Number(fractions[b] - fractions[a]) || a - b);
  for (const i of order.slice(0, left)) parts[i] += 1n;
  return parts;
}

function halfEven(over, under) {
  const quotient = over / under;
  const twice = 2n * (over % under);
  return twice > under || (twice === under && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

export const counts = (cells) => cells;
