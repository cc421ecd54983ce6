/** The cheapest whole flow through arcs that carry nothing or one unit. */

export interface Arc {
  readonly from: number;
  readonly to: number;
  /** What the unit costs, a whole number; below zero it is a gain. */
  readonly cost: number;
}

/** A flow on its way: some nodes still have units too many, others too few. */
interface Network {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
  /** The arcs that touch each node, in the order given. */
  readonly touching: readonly (readonly number[])[];
  readonly carries: Uint8Array;
  readonly excess: number[];
  /** No move that is still open costs less than zero once these heights are counted in. */
  readonly height: Float64Array;
}

/**
 * For each arc 0 or 1, so that every node sends on what it has, at the least total cost. Ties are
 * decided by position, so that equal networks have equal flows.
 *
 * It starts from what each arc would like to carry. That is the cheapest answer and does not balance;
 * every unit too many then travels along a cheapest open way to a node with too few, which keeps the
 * flow the cheapest of all that leave the same imbalance (successive shortest paths; Ahuja, Magnanti
 * and Orlin, Network Flows, 9.7). When nothing is left over, it is the cheapest flow.
 *
 * @param excess units that each node has to send on beyond those it receives; they sum to zero
 * @throws RangeError where no flow balances
 */
export function cheapestFlow(arcs: readonly Arc[], excess: readonly number[]): Uint8Array {
  const network = networkOf(arcs, excess);
  for (;;) {
    const sources = network.excess.flatMap((units, node) => (units > 0 ? [node] : []));
    if (sources.length === 0) return network.carries;
    raiseHeights(network, sources);
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
    height: new Float64Array(excess.length),
  };
}

/** Where one unit more can go from a node by an arc: along it while empty, back while it is full. */
function target({ from, to, carries }: Network, node: number, arc: number): number {
  if (carries[arc] === 0) return from[arc] === node ? to[arc]! : NOWHERE;
  return to[arc] === node ? from[arc]! : NOWHERE;
}

const NOWHERE = -1;

/** What that move costs, heights counted in. */
function costOf(
  { cost, carries, height }: Network,
  node: number,
  arc: number,
  next: number,
): number {
  return (carries[arc] === 0 ? cost[arc]! : -cost[arc]!) + height[node]! - height[next]!;
}

/** Adds to each height the distance from the nearest source: the cheapest ways then cost nothing. */
function raiseHeights(network: Network, sources: readonly number[]): void {
  const { height, touching } = network;
  const distance = new Float64Array(height.length).fill(Infinity);
  const queue = [...sources];
  for (const source of sources) distance[source] = 0;
  const waits = new Uint8Array(height.length);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    waits[node] = 0;
    for (const arc of touching[node]!) {
      const next = target(network, node, arc);
      if (next === NOWHERE) continue;
      const way = distance[node]! + costOf(network, node, arc, next);
      if (way >= distance[next]!) continue;
      distance[next] = way;
      if (waits[next] === 0) queue.push(next);
      waits[next] = 1;
    }
  }
  // What is out of reach stays so: units move between nodes in reach alone.
  distance.forEach((way, node) => {
    if (way < Infinity) height[node]! += way;
  });
}

/** Sends units along moves that cost nothing for as long as a way is found; whether any was. */
function sendAll(network: Network, sources: readonly number[]): boolean {
  const { excess, touching } = network;
  const seen = new Uint8Array(touching.length);
  const tried = new Uint32Array(touching.length);
  let sent = false;
  for (const source of sources) {
    while (excess[source]! > 0 && seen[source] === 0) {
      const way = findWay(network, source, seen, tried);
      if (way === undefined) break;
      send(network, source, way, seen);
      sent = true;
    }
  }
  return sent;
}

/** Arcs of a free way from a node to one with too few units; nodes that lead nowhere stay `seen`. */
function findWay(
  network: Network,
  source: number,
  seen: Uint8Array,
  tried: Uint32Array,
): readonly number[] | undefined {
  const { excess, touching } = network;
  const way: number[] = [];
  const nodes = [source];
  seen[source] = 1;
  while (nodes.length > 0) {
    const node = nodes.at(-1)!;
    if (excess[node]! < 0) return way;
    const arc = touching[node]![tried[node]!];
    if (arc === undefined) {
      nodes.pop();
      way.pop();
      continue;
    }
    tried[node]!++;
    const next = target(network, node, arc);
    if (next === NOWHERE || seen[next] === 1) continue;
    if (costOf(network, node, arc, next) !== 0) continue;
    seen[next] = 1;
    nodes.push(next);
    way.push(arc);
  }
  return undefined;
}

/** One unit along a way; its nodes may be passed again. */
function send(network: Network, source: number, way: readonly number[], seen: Uint8Array): void {
  const { carries, excess } = network;
  let node = source;
  seen[node] = 0;
  for (const arc of way) {
    node = target(network, node, arc);
    carries[arc] = 1 - carries[arc]!;
    seen[node] = 0;
  }
  excess[source]!--;
  excess[node]!++;
}
