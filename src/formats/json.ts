/** A plain document → JSON text. Every amount in it is already an exact decimal string. */
export function writeJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
