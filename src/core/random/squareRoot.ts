/** The one square root: IEEE 754 asks for its exact rounding, and every engine has the processor's. */

// ECMAScript leaves the last bit open, so nothing but ranks and estimates may rest on it; a test
// holds it to exact integers.
// eslint-disable-next-line no-restricted-properties -- the reason is above
export const squareRoot: (x: number) => number = Math.sqrt;
