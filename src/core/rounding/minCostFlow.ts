/** Minimum-cost flow of whole units through arcs that carry 0 or 1. */

/** An arc from one node to another. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  /** Of one unit: a whole number, below zero for a gain. */
  readonly cost: number;
}

/** A flow that does not balance yet: some nodes have units too many, others too few. */
interface Network {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
  /** The arcs at each node, in their order. */
  readonly touching: readonly (readonly number[])[];
  readonly carries: Uint8Array;
  readonly excess: number[];
  /** Potentials of the nodes: with them, no open move costs less than zero. */
  readonly potential: Float64Array;
}

/**
 * For each arc 0 or 1, so that every node sends on what it has, at the least total cost. Ties are
 * decided by position, so that equal networks have equal flows.
 *
 * It starts with every arc of negative cost carrying one unit. That is the cheapest flow, but it does
 * not balance. Each unit too many is then sent along a cheapest open path to a node with too few, which
 * keeps the flow the cheapest of all with the same imbalance (successive shortest paths; Ahuja, Magnanti
 * and Orlin, Network Flows, 9.7). When no unit is left over, it is the cheapest balanced flow.
 *
 * @param excess units that each node has to send on beyond those it receives; they sum to zero
 * @throws RangeError where no flow balances
 */
export function cheapestFlow(arcs: readonly Arc[], excess: readonly number[]): Uint8Array {
  const network = networkOf(arcs, excess);
  for (;;) {
    const sources = network.excess.flatMap((units, node) => (units > 0 ? [node] : []));
    if (sources.length === 0) return network.carries;
    raisePotentials(network, sources);
    if (!sendAll(network, sources)) throw new RangeError('no flow balances');
  }
}

function networkOf(arcs: readonly Arc[], excess: readonly number[]): Network {
  const touching = excess.map((): number[] => []);
  const left = [...excess];
  const carries = new Uint8Array(arcs.length);
  arcs.forEach(({ from, to, cost }, arc) => {
    touching[from]!.push(arc);
    touching[to]!.push(arc);
    if (cost >= 0) return;
    carries[arc] = 1;
    left[from]!--;
    left[to]!++;
  });
  return {
    from: Int32Array.from(arcs, ({ from }) => from),
    to: Int32Array.from(arcs, ({ to }) => to),
    cost: Float64Array.from(arcs, ({ cost }) => cost),
    touching,
    carries,
    excess: left,
    potential: new Float64Array(excess.length),
  };
}

/** Where an arc can take one more unit from a node: to its end while empty, to its start while full. */
function target({ from, to, carries }: Network, node: number, arc: number): number {
  if (carries[arc] === 0) return from[arc] === node ? to[arc]! : NOWHERE;
  return to[arc] === node ? from[arc]! : NOWHERE;
}

const NOWHERE = -1;

/** The cost of that move, with potentials. */
function costOf(
  { cost, carries, potential }: Network,
  node: number,
  arc: number,
  next: number,
): number {
  return (carries[arc] === 0 ? cost[arc]! : -cost[arc]!) + potential[node]! - potential[next]!;
}

/** Adds to each potential the distance from the nearest source: cheapest paths then cost 0. */
function raisePotentials(network: Network, sources: readonly number[]): void {
  const { potential, touching } = network;
  const distance = new Float64Array(potential.length).fill(Infinity);
  const queue = [...sources];
  for (const source of sources) distance[source] = 0;
  const waits = new Uint8Array(potential.length);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    waits[node] = 0;
    for (const arc of touching[node]!) {
      const next = target(network, node, arc);
      if (next === NOWHERE) continue;
      const length = distance[node]! + costOf(network, node, arc, next);
      if (length >= distance[next]!) continue;
      distance[next] = length;
      if (waits[next] === 0) queue.push(next);
      waits[next] = 1;
    }
  }
  // Nodes out of reach stay out of reach, so that their potentials do not matter.
  distance.forEach((length, node) => {
    if (length < Infinity) potential[node]! += length;
  });
}

/** Sends units along paths of cost 0 as long as there are any; whether one was found. */
function sendAll(network: Network, sources: readonly number[]): boolean {
  const { excess, touching } = network;
  const seen = new Uint8Array(touching.length);
  const tried = new Uint32Array(touching.length);
  let sent = false;
  for (const source of sources) {
    while (excess[source]! > 0 && seen[source] === 0) {
      const path = findPath(network, source, seen, tried);
      if (path === undefined) break;
      send(network, source, path, seen);
      sent = true;
    }
  }
  return sent;
}

/** The arcs of a path of cost 0 from a node to one with too few units; dead ends stay `seen`. */
function findPath(
  network: Network,
  source: number,
  seen: Uint8Array,
  tried: Uint32Array,
): readonly number[] | undefined {
  const { excess, touching } = network;
  const path: number[] = [];
  const nodes = [source];
  seen[source] = 1;
  while (nodes.length > 0) {
    const node = nodes.at(-1)!;
    if (excess[node]! < 0) return path;
    const arc = touching[node]![tried[node]!];
    if (arc === undefined) {
      nodes.pop();
      path.pop();
      continue;
    }
    tried[node]!++;
    const next = target(network, node, arc);
    if (next === NOWHERE || seen[next] === 1) continue;
    if (costOf(network, node, arc, next) !== 0) continue;
    seen[next] = 1;
    nodes.push(next);
    path.push(arc);
  }
  return undefined;
}

/** Sends one unit along a path; later paths may pass its nodes again. */
function send(network: Network, source: number, path: readonly number[], seen: Uint8Array): void {
  const { carries, excess } = network;
  let node = source;
  seen[node] = 0;
  for (const arc of path) {
    node = target(network, node, arc);
    carries[arc] = 1 - carries[arc]!;
    seen[node] = 0;
  }
  excess[source]!--;
  excess[node]!++;
}
