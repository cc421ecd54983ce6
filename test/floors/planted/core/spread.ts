export const highest = (numbers: readonly number[]): number => Math.max(...numbers);
