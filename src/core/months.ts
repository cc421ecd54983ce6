/** The months of a year, as English texts name them. */

export const MONTH_NAMES: readonly string[] = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** The first three letters of each: `jan`. */
export const MONTH_STARTS: readonly string[] = MONTH_NAMES.map((name) =>
  name.slice(0, 3).toLowerCase(),
);
