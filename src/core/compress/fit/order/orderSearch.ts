import { mulberry32 } from '../../../execute/mulberry32';
import type { Graph } from '../../../model/model';
import { dependenciesOf, isPlanned } from './dependencies';

/** Bytes that an order has to do with: of each tensor, and of what each operator needs while it runs. */
interface OrderSizes {
  /** Bytes of a tensor by index, as they are planned. */
  readonly tensorBytes: (tensor: number) => number;
  /** Bytes of scratch buffers of an operator by index. */
  readonly scratchBytes: (operator: number) => number;
}

/** Some operators have run: the bytes alive now, the most at any step so far, and the way here. */
interface State {
  readonly alive: number;
  readonly peak: number;
  readonly key: number;
  readonly operator: number;
  readonly before: State | undefined;
}

/** A state that is followed. Ways keep no such lists: they would take operators times operators of memory. */
interface Followed {
  readonly state: State;
  /** 1 for each operator that has run. */
  readonly done: Uint8Array;
  /** What may run next, by index. */
  readonly ready: readonly number[];
}

/** What an operator does to the bytes alive, looked up for every state. */
interface Effect {
  /** Bytes of its outputs. */
  readonly made: number;
  /** Bytes of outputs and scratch buffers. */
  readonly working: number;
  /** Tensors that may end with it: once all of their readers have run. */
  readonly ends: readonly { readonly bytes: number; readonly readers: readonly number[] }[];
}

/** A state, and the one that it follows. */
interface Step {
  readonly state: State;
  readonly from: Followed;
}

/** States that are followed at once: all of them in graphs with few branches, the best ones in others. */
const mostStates = 256;
const fewestStates = 8;
/** Operators of all states at once, so that graphs of thousands of operators take no longer. */
const mostWork = 100_000;
/** Keys of states are sums of one number for each operator, exact below 2^53. */
const keyCount = 2 ** 52;

/**
 * The order of a graph's operators at whose worst step the fewest bytes are alive, found by following the best states
 * of every length; states in which the same operators have run are one. The given order is kept where no other is
 * better, and where a search is called off.
 */
export function orderOf(graph: Graph, sizes: OrderSizes, isCancelled: () => boolean): readonly number[] {
  const search = new OrderSearch(graph, sizes);
  const given = graph.operators.map(({ index }) => index);
  const found = search.run(isCancelled);
  if (found === undefined || found.peak >= search.peakOf(given)) return given;
  return operatorsOf(found);
}

class OrderSearch {
  readonly #graph: Graph;
  readonly #sizes: OrderSizes;
  readonly #needed: readonly (readonly number[])[];
  readonly #dependents: readonly (readonly number[])[];
  readonly #effects: readonly Effect[];
  readonly #keys: Float64Array;
  readonly #width: number;

  constructor(graph: Graph, sizes: OrderSizes) {
    this.#graph = graph;
    this.#sizes = sizes;
    this.#needed = dependenciesOf(graph);
    this.#dependents = dependentsOf(this.#needed);
    this.#effects = effectsOf(graph, sizes);
    const random = mulberry32(1);
    this.#keys = Float64Array.from(
      graph.operators,
      () => Math.floor(random() * 2 ** 26) * 2 ** 26 + random() * 2 ** 26,
    );
    this.#width = Math.max(fewestStates, Math.min(mostStates, Math.floor(mostWork / Math.max(1, this.#needed.length))));
  }

  run(isCancelled: () => boolean): State | undefined {
    let followed = [this.#start()];
    for (let length = 0; length < this.#needed.length; length++) {
      if (isCancelled()) return undefined;
      const next = new Map<number, Step>();
      for (const from of followed) this.#follow(from, next);
      followed = [...next.values()]
        .sort(({ state: a }, { state: b }) => a.peak - b.peak || a.alive - b.alive)
        .slice(0, this.#width)
        .map((step) => this.#entered(step));
    }
    return followed.at(0)?.state;
  }

  /** The most bytes alive at a step of this order. */
  peakOf(order: readonly number[]): number {
    let { state } = this.#start();
    const done = new Uint8Array(this.#needed.length);
    for (const operator of order) {
      state = this.#after(state, done, operator);
      done[operator] = 1;
    }
    return state.peak;
  }

  #start(): Followed {
    const inputs = new Set(this.#graph.inputs.filter((tensor) => isPlanned(this.#graph, tensor)));
    const alive = [...inputs].reduce((sum, tensor) => sum + this.#sizes.tensorBytes(tensor), 0);
    return {
      state: { alive, peak: alive, key: 0, operator: -1, before: undefined },
      done: new Uint8Array(this.#needed.length),
      ready: this.#needed.flatMap((needed, operator) => (needed.length === 0 ? [operator] : [])),
    };
  }

  #follow(from: Followed, into: Map<number, Step>): void {
    for (const operator of from.ready) {
      const state = this.#after(from.state, from.done, operator);
      const known = into.get(state.key);
      if (known === undefined || state.peak < known.state.peak) into.set(state.key, { state, from });
    }
  }

  /** The lists of a state that is followed on. */
  #entered({ state, from }: Step): Followed {
    const { operator } = state;
    const done = Uint8Array.from(from.done);
    done[operator] = 1;
    const freed = this.#dependents[operator].filter((other) => this.#needed[other].every((each) => done[each] === 1));
    const ready = [...from.ready.filter((other) => other !== operator), ...freed].sort((a, b) => a - b);
    return { state, done, ready };
  }

  /** The state once an operator has run behind those that are done. */
  #after(before: State, done: Uint8Array, operator: number): State {
    const { made, working, ends } = this.#effects[operator];
    let alive = before.alive + made;
    for (const { bytes, readers } of ends) {
      if (readers.every((reader) => reader === operator || done[reader] === 1)) alive -= bytes;
    }
    const key = (before.key + this.#keys[operator]) % keyCount;
    return { alive, peak: Math.max(before.peak, before.alive + working), key, operator, before };
  }
}

function effectsOf(graph: Graph, { tensorBytes, scratchBytes }: OrderSizes): readonly Effect[] {
  const readers = readersOf(graph);
  const kept = new Set(graph.outputs);
  const planned = (tensors: readonly number[]): readonly number[] =>
    [...new Set(tensors)].filter((tensor) => isPlanned(graph, tensor));
  return graph.operators.map(({ index, inputs, outputs }) => {
    const made = planned(outputs).reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
    const ends = planned([...inputs, ...outputs])
      .filter((tensor) => !kept.has(tensor))
      .map((tensor) => ({ bytes: tensorBytes(tensor), readers: readers.get(tensor) ?? [] }));
    return { made, working: made + scratchBytes(index), ends };
  });
}

/** For each operator those that need it. */
function dependentsOf(needed: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const dependents = needed.map((): number[] => []);
  needed.forEach((others, operator) => {
    for (const other of others) dependents[other].push(operator);
  });
  return dependents;
}

function readersOf(graph: Graph): ReadonlyMap<number, readonly number[]> {
  const readers = new Map<number, number[]>();
  for (const { index, inputs } of graph.operators) {
    for (const tensor of new Set(inputs)) {
      const known = readers.get(tensor);
      if (known === undefined) readers.set(tensor, [index]);
      else known.push(index);
    }
  }
  return readers;
}

function operatorsOf(state: State): readonly number[] {
  const order: number[] = [];
  for (let at: State | undefined = state; at !== undefined && at.operator >= 0; at = at.before) order.push(at.operator);
  return order.reverse();
}
