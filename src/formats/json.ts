/** Writes a document as JSON. Every amount in it is a text with all its digits. */
export function writeJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
