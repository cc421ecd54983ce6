/** Bundles are plain ASCII: they then say one thing, whichever encoding a reader takes them for. */
import { writeFileSync } from 'node:fs';

/**
 * Writes the code of a bundle. esbuild escapes texts, and leaves regular expressions as they are; an escape means
 * its character in both.
 */
export function writeAscii(path, code) {
  // In a raw template an escape would be six characters of the text.
  const raw = /\braw`[^`]*[^\0-\x7f]/.exec(code);
  if (raw) throw new Error(`${path}: a raw template is not plain ASCII: ${raw[0]}`);
  writeFileSync(path, code.replace(/[^\0-\x7f]/g, escapeOf));
}

function escapeOf(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
