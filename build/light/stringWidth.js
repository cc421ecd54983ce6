/** string-width, loaded for the first text that is not ASCII: its segmenter takes 30 ms. */
export default function stringWidth(text, options) {
  if (/^[ -~]*$/.test(text)) return text.length;
  return require('../../node_modules/string-width/index.js').default(text, options);
}
