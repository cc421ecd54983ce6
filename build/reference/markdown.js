/** Markdown of the reference: headings' anchors, code and tables. */

/** Anchors of headings in their order; equal headings get a number from the second on. */
export function anchors(headings) {
  const seen = new Map();
  return new Map(
    headings.map((heading) => {
      const slug = heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-');
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return [heading, times === 0 ? slug : `${slug}-${times}`];
    }),
  );
}

export const code = (text, language = 'ts') => `\`\`\`${language}\n${text}\n\`\`\``;

/** @param rows lists of cells, each a line of Markdown */
export function table(heads, rows) {
  const lines = [heads, heads.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
}

const escaped = (cell) => cell.replaceAll('|', '\\|');
