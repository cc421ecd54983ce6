/** The reader of tables of a cell, which has none. */
export function readTable(_source, { table }, { problems }) {
  const hint = 'write its values into the scenario';
  problems.error('file-unread', table.file.span, { message: 'a cell reads no tables', hint });
}
