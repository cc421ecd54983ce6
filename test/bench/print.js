/** Tables for a narrow terminal, or as Markdown. */

/** @param rows texts, the headings first; the first column is of words, the others of numbers */
export function print(title, rows, asMarkdown) {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  const pad = (text, c) => (c === 0 ? text.padEnd(widths[c]) : text.padStart(widths[c]));
  const line = (row) => row.map(pad);
  if (!asMarkdown) {
    console.log([title, ...rows.map((row) => line(row).join('  ').trimEnd()), ''].join('\n'));
    return;
  }
  const rule = widths.map((width, c) =>
    c === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head, ...body] = rows.map(line);
  const lines = [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`);
  console.log([`**${title}**`, '', ...lines, ''].join('\n'));
}

/** Microseconds or milliseconds, in three digits or so. */
export function time(microseconds) {
  return microseconds < 1000 ? `${digits(microseconds)} µs` : `${digits(microseconds / 1000)} ms`;
}

export function digits(number) {
  return number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2);
}

export const grouped = (number) =>
  Math.round(number)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
