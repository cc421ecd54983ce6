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
  const pieces = [''];
  for (const character of word) {
    const longer = pieces.at(-1)! + character;
    if (stringWidth(longer) <= width || longer === character) pieces[pieces.length - 1] = longer;
    else pieces.push(character);
  }
  return pieces;
}
