export const SOMETHING = 1;
