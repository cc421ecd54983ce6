/** Texts wrapped or cut to a width on a terminal; a wide character counts as two. */
import stringWidth from 'string-width';

/** Cuts a text to a width; the last character is then an ellipsis. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Wraps a text at blanks; a word that is wider than the line continues on the next line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((one) => broken(one, width))) {
    const longer = lines.length > 0 ? `${lines.at(-1)!} ${word}` : word;
    if (lines.length > 0 && stringWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function broken(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word];
  const characters = Array.from(word);
  const pieces: string[] = [];
  for (let from = 0; from < characters.length;) {
    const end = endOfPiece(characters, from, width);
    pieces.push(characters.slice(from, end).join(''));
    from = end;
  }
  return pieces;
}

/** Where a piece ends that fits into a width, by halving: a character that is too wide is a piece. */
function endOfPiece(characters: readonly string[], from: number, width: number): number {
  const fits = (end: number) => stringWidth(characters.slice(from, end).join('')) <= width;
  let [end, beyond] = [from + 1, from + width + 1];
  while (beyond <= characters.length && fits(beyond)) [end, beyond] = [beyond, 2 * beyond - from];
  beyond = Math.min(beyond, characters.length + 1);
  while (beyond - end > 1) {
    const middle = Math.floor((end + beyond) / 2);
    if (fits(middle)) end = middle;
    else beyond = middle;
  }
  return end;
}
