/** The scenario as a spreadsheet has it: products of doubles, nothing rounded, nothing exact. */
export const name = 'plain floats';
export const inexact = true;

export function evaluate({ years, parts, shares, prices }, envelope, [rate, ten]) {
  const perDollar = Number(rate) / Number(ten);
  const periods = years.reduce((sum, year) => sum + year, 0);
  const amount = Number(envelope) / periods;
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const cells = [];
  for (let t = 0; t < periods; t++) {
    parts.forEach((part, c) => {
      const component = (amount * part) / whole;
      const all = shares[c].reduce((sum, share) => sum + share, 0);
      for (const share of shares[c]) {
        const supplier = (component * share) / all;
        cells.push(supplier, supplier / perDollar, supplier / prices[c]);
      }
    });
  }
  return cells;
}

export const counts = (cells) => cells.map((cell) => BigInt(Math.round(cell)));
