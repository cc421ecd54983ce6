/** The reader of tables where no file can be read: a cell. */
export function readCsv() {
  return undefined;
}
