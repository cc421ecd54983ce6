/** The number of characters of a text: the spreadsheet, not a terminal, shows the error of a cell. */
export default function width(text) {
  return Array.from(text).length;
}
