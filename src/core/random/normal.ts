/** The normal distribution with the same bits on every machine: only + − × ÷ in a fixed order. */

// ECMAScript leaves the last bit of the root open, so only ranks and estimates may depend on it; a test
// compares it with exact integers.
// eslint-disable-next-line no-restricted-properties -- the reason is above
export const squareRoot: (x: number) => number = Math.sqrt;

/** Cut-off in standard deviations: a probability of 53 bits cannot lie further out. */
const END = 8.5;
/** Per standard deviation. */
const NODES_PER_ONE = 256;

/** The density and the upper tail probability at every node from 0 to END. */
interface Nodes {
  readonly density: Float64Array;
  readonly beyond: Float64Array;
}

let table: Nodes | undefined;

function nodes(): Nodes {
  table ??= computeNodes();
  return table;
}

function computeNodes(): Nodes {
  const count = END * NODES_PER_ONE + 1;
  const density = Float64Array.from({ length: count }, (_, i) => {
    const z = i / NODES_PER_ONE;
    return PEAK * exponential((z * z) / 2);
  });
  const beyond = density.map((height, i) => {
    const z = i / NODES_PER_ONE;
    return z < 2 ? 0.5 - height * within(z) : height / hazard(z);
  });
  return { density, beyond };
}

/** 1/√(2π) */
const PEAK = 0.3989422804014327;

/** e^-x for 0 ≤ x ≤ 40: the series at x/64, squared six times. */
function exponential(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; k <= 20; k++) {
    term *= -(x / 64) / k;
    sum += term;
  }
  for (let squared = 0; squared < 6; squared++) sum *= sum;
  return sum;
}

/** The probability between 0 and z ÷ the density at z: z + z³/3 + z⁵/(3·5) + … */
function within(z: number): number {
  let [sum, term] = [z, z];
  for (let k = 3; k < 99; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** The density at z ÷ the probability beyond z: z + 1/(z + 2/(z + 3/(z + …))) */
function hazard(z: number): number {
  let value = z;
  for (let k = 200; k > 0; k--) value = z + k / value;
  return value;
}

/** The probability beyond z ≥ 0, interpolated by a cubic between two nodes; off by at most 10^-12. */
function beyondAt(z: number): number {
  if (z >= END) return 0;
  const i = Math.floor(z * NODES_PER_ONE);
  return interpolate(i, z * NODES_PER_ONE - i);
}

/** @param t from 0 at node i to 1 at the next */
function interpolate(i: number, t: number): number {
  const { density, beyond } = nodes();
  const [from, to] = [beyond[i]!, beyond[i + 1]!];
  const [slopeFrom, slopeTo] = [-density[i]! / NODES_PER_ONE, -density[i + 1]! / NODES_PER_ONE];
  const rise = to - from;
  const square = slopeFrom + slopeTo - 2 * rise;
  return from + t * (slopeFrom + t * (rise - slopeFrom - square + t * square));
}

/** The probability below z. */
export function probabilityOf(z: number): number {
  return z < 0 ? beyondAt(-z) : 1 - beyondAt(z);
}

/** The z of a probability, a multiple of 2^-53 between 0 and 1, both excluded. */
export function deviationOf(probability: number): number {
  const isLow = probability < 0.5;
  const z = inverseTail(isLow ? probability : 1 - probability);
  return isLow ? -z : z;
}

/** The z ≥ 0 beyond which a probability lies: the node before it by bisection, then five Newton steps. */
function inverseTail(tail: number): number {
  const { density, beyond } = nodes();
  let [low, high] = [0, beyond.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (beyond[middle]! >= tail) low = middle;
    else high = middle;
  }
  const rise = beyond[high]! - beyond[low]!;
  let t = (tail - beyond[low]!) / rise;
  for (let step = 0; step < 5; step++) {
    const slope = -(density[low]! * (1 - t) + density[high]! * t) / NODES_PER_ONE;
    t = Math.min(Math.max(t - (interpolate(low, t) - tail) / slope, 0), 1);
  }
  return (low + t) / NODES_PER_ONE;
}
