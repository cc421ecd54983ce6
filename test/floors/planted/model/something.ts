/** What the planted violation reaches for. */
export const something = 1;
