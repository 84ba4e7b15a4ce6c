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
  readonly done: Uint8Array;
  readonly operator: number;
  readonly before: State | undefined;
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
  readonly #readers: ReadonlyMap<number, readonly number[]>;
  readonly #keys: Float64Array;
  readonly #width: number;

  constructor(graph: Graph, sizes: OrderSizes) {
    this.#graph = graph;
    this.#sizes = sizes;
    this.#needed = dependenciesOf(graph);
    this.#readers = readersOf(graph);
    const random = mulberry32(1);
    this.#keys = Float64Array.from(
      graph.operators,
      () => Math.floor(random() * 2 ** 26) * 2 ** 26 + random() * 2 ** 26,
    );
    this.#width = Math.max(fewestStates, Math.min(mostStates, Math.floor(mostWork / Math.max(1, this.#needed.length))));
  }

  run(isCancelled: () => boolean): State | undefined {
    let states = [this.#start()];
    for (let length = 0; length < this.#needed.length; length++) {
      if (isCancelled()) return undefined;
      const next = new Map<number, State>();
      for (const state of states) this.#follow(state, next);
      states = [...next.values()].sort((a, b) => a.peak - b.peak || a.alive - b.alive).slice(0, this.#width);
    }
    return states[0];
  }

  /** The most bytes alive at a step of this order. */
  peakOf(order: readonly number[]): number {
    return order.reduce((state, operator) => this.#after(state, operator), this.#start()).peak;
  }

  #start(): State {
    const inputs = new Set(this.#graph.inputs.filter((tensor) => isPlanned(this.#graph, tensor)));
    const alive = [...inputs].reduce((sum, tensor) => sum + this.#sizes.tensorBytes(tensor), 0);
    return { alive, peak: alive, key: 0, done: new Uint8Array(this.#needed.length), operator: -1, before: undefined };
  }

  #follow(state: State, into: Map<number, State>): void {
    this.#needed.forEach((needed, operator) => {
      if (state.done[operator] === 1 || !needed.every((other) => state.done[other] === 1)) return;
      const next = this.#after(state, operator);
      const known = into.get(next.key);
      if (known === undefined || next.peak < known.peak) into.set(next.key, next);
    });
  }

  #after(state: State, operator: number): State {
    const done = Uint8Array.from(state.done);
    done[operator] = 1;
    const { inputs, outputs } = this.#graph.operators[operator];
    const made = this.#bytesOf(outputs, () => true);
    const working = state.alive + made + this.#sizes.scratchBytes(operator);
    const ended = this.#bytesOf([...inputs, ...outputs], (tensor) => this.#hasEnded(tensor, done));
    return {
      alive: state.alive + made - ended,
      peak: Math.max(state.peak, working),
      key: (state.key + this.#keys[operator]) % keyCount,
      done,
      operator,
      before: state,
    };
  }

  #bytesOf(tensors: readonly number[], counts: (tensor: number) => boolean): number {
    return [...new Set(tensors)]
      .filter((tensor) => isPlanned(this.#graph, tensor) && counts(tensor))
      .reduce((sum, tensor) => sum + this.#sizes.tensorBytes(tensor), 0);
  }

  #hasEnded(tensor: number, done: Uint8Array): boolean {
    if (this.#graph.outputs.includes(tensor)) return false;
    return (this.#readers.get(tensor) ?? []).every((reader) => done[reader] === 1);
  }
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
