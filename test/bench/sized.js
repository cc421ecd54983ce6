/** Scenarios of any size: months × components × suppliers, with prices, a foreign currency and uneven shares. */

/**
 * @param size how many periods (12 quarters, or else months), components and suppliers of each
 * @returns the text of a scenario, and the numbers that it says, for others to compute with
 */
export function sized({ periods, components, suppliers }) {
  const unit = periods % 12 === 0 && periods <= 12 ? 'quarter' : 'month';
  const perYear = unit === 'quarter' ? 4 : 12;
  const last = 2026 + Math.ceil(periods / perYear) - 1;
  const within = ((periods - 1) % perYear) + 1;
  const end =
    unit === 'quarter' ? `FY${last}Q${within}` : `FY${last}M${String(within).padStart(2, '0')}`;
  const numbers = {
    envelope: 380_000_000_000_00n,
    rate: [71717, 10000],
    parts: Array.from({ length: components }, (_, c) => 3 + ((c * 7) % 11)),
    shares: Array.from({ length: components }, (_, c) =>
      Array.from({ length: suppliers }, (_, s) => 2 + ((c * 5 + s * 3) % 9)),
    ),
    /** CNY fen for one unit. */
    prices: Array.from({ length: components }, (_, c) => 1_234_567 + c * 98_765),
    /** Periods of each year; the envelope is split over the years first. */
    years: Array.from({ length: Math.ceil(periods / perYear) }, (_, y) =>
      Math.min(perYear, periods - y * perYear),
    ),
  };
  return { text: textOf(numbers, unit, end), numbers };
}

const name = (kind, index) => `${kind}${String(index).padStart(4, '0')}`;

function textOf({ parts, shares, prices }, unit, end) {
  const fractions = (weights) => {
    const whole = weights.reduce((sum, one) => sum + one, 0);
    return weights.map((weight) => `${weight}/${whole}`);
  };
  const split = fractions(parts).map((part, c) => `      ${name('c', c)}: ${part}`);
  const components = shares.map((weights, c) => {
    const list = fractions(weights)
      .map((share, s) => `${name('s', s)}: ${share}`)
      .join(', ');
    const price = `${Math.floor(prices[c] / 100)}.${String(prices[c] % 100).padStart(2, '0')} CNY`;
    return [
      `  ${name('c', c)}:`,
      `    price: { value: ${price}, unit: piece, assumption: a price }`,
      `    suppliers: { ${list} }`,
    ].join('\n');
  });
  return `scenario: sized
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: ${end}, period: ${unit} }
envelope: 380bn CNY
phasing: even
estimates:
  view:
    split:
${split.join('\n')}
mix: view
components:
${components.join('\n')}
fx: { base: { USD: { value: 7.1717, name: a rate } } }
`;
}
