/** The width of a text in characters: the error of a cell is laid out by its host, not by a terminal. */
export default function width(text) {
  return Array.from(text).length;
}
