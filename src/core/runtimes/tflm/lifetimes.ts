import { numberOption } from '../../model/options';
import type { Graph, Model, Operator } from '../../model/model';

/** A request for scratch memory by an operator. */
export interface ScratchRequest {
  readonly graph: number;
  /** Operator index in its graph. */
  readonly operator: number;
  readonly bytes: number;
}

/** First and last step of every buffer; -1 for never. */
export interface Lifetimes {
  /** By position: tensors of all graphs in order, then scratch requests. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** The steps at which each operator runs, in order of running. */
  readonly steps: readonly OperatorStep[];
  readonly stepCount: number;
}

interface OperatorStep {
  readonly operator: Operator;
  readonly step: number;
}

/** A walk this long is not one of a microcontroller's models: graphs that call each other over and over. */
const mostSteps = 200_000;
const deepestCalls = 100;

/** Reasons why the walk cannot be made, as complete sentences. */
type LifetimeFailure = { readonly reason: string; readonly graph: number; readonly operator: number };

/**
 * Lifetimes as the interpreter counts them: a step for every operator, and one for every call of another graph, whose
 * own operators count on. Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/micro_allocation_info.cc
 * (MarkAllocationLifetimes).
 */
export function lifetimesOf(model: Model, scratch: readonly ScratchRequest[]): Lifetimes | LifetimeFailure {
  return new Walk(model, scratch).run();
}

class Walk {
  readonly #model: Model;
  readonly #offsets: readonly number[];
  readonly #scratch: ReadonlyMap<string, readonly number[]>;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #steps: OperatorStep[] = [];
  readonly #running = new Set<number>();
  #step = 0;

  constructor(model: Model, scratch: readonly ScratchRequest[]) {
    this.#model = model;
    this.#offsets = graphOffsets(model);
    const tensors = tensorCount(model);
    this.#scratch = positionsByOperator(scratch, tensors);
    this.#first = new Int32Array(tensors + scratch.length).fill(-1);
    this.#last = new Int32Array(tensors + scratch.length).fill(-1);
  }

  run(): Lifetimes | LifetimeFailure {
    const main = this.#model.graphs[0];
    const failure = main === undefined ? undefined : this.#graph(main);
    return failure ?? { first: this.#first, last: this.#last, steps: this.#steps, stepCount: this.#step + 1 };
  }

  #graph(graph: Graph): LifetimeFailure | undefined {
    const offset = this.#offsets[graph.index];
    this.#running.add(graph.index);
    for (const input of graph.inputs) this.#touch(offset + input);
    for (const operator of graph.operators) {
      const failure = this.#operator(graph, operator, offset);
      if (failure !== undefined) return failure;
    }
    for (const output of graph.outputs) this.#touch(offset + output);
    this.#running.delete(graph.index);
    return undefined;
  }

  #operator(graph: Graph, operator: Operator, offset: number): LifetimeFailure | undefined {
    this.#step++;
    if (this.#step > mostSteps) return { reason: tooLong, graph: graph.index, operator: operator.index };
    this.#steps.push({ operator, step: this.#step });
    for (const output of operator.outputs) if (output >= 0) this.#begin(offset + output, this.#step);
    const start = this.#step;
    const failure = this.#calls(graph, operator);
    if (failure !== undefined) return failure;
    for (const input of operator.inputs) if (input >= 0) this.#last[offset + input] = this.#step;
    for (const output of operator.outputs) if (output >= 0) this.#last[offset + output] = this.#step;
    for (const position of this.#scratch.get(operatorKey(graph.index, operator.index)) ?? []) {
      this.#begin(position, start);
      this.#last[position] = this.#step;
    }
    return undefined;
  }

  #calls(graph: Graph, operator: Operator): LifetimeFailure | undefined {
    for (const index of calledGraphs(operator)) {
      const called = this.#model.graphs[index];
      const at = { graph: graph.index, operator: operator.index };
      if (called === undefined)
        return { reason: `The operator calls graph ${index}, which the model does not have.`, ...at };
      if (this.#running.has(index)) return { reason: recursive, ...at };
      if (this.#running.size >= deepestCalls) return { reason: tooDeep, ...at };
      this.#step++;
      const failure = this.#graph(called);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  #touch(position: number): void {
    this.#begin(position, this.#step);
    this.#last[position] = this.#step;
  }

  #begin(position: number, step: number): void {
    if (this.#first[position] === -1) this.#first[position] = step;
  }
}

const recursive =
  'A graph of the model calls itself, which the interpreter cannot run. Unroll the recursion before converting the model.';
const tooDeep = `The graphs of the model call each other more than ${deepestCalls} deep, so the arena is not planned. Check how the model was made.`;
const tooLong = `The graphs of the model call each other more than ${mostSteps} times, so the arena is not planned. Check how the model was made.`;

/** Position of each graph's first tensor among the tensors of all graphs; the last entry is their number. */
export function graphOffsets(model: Model): readonly number[] {
  const offsets = [0];
  for (const graph of model.graphs) offsets.push(offsets.at(-1)! + graph.tensors.length);
  return offsets;
}

/** Number of tensors of all graphs. */
export function tensorCount(model: Model): number {
  return model.graphs.reduce((sum, { tensors }) => sum + tensors.length, 0);
}

/** The graphs that an operator runs, in order: then and else, condition and body, or the initialization. */
export function calledGraphs(operator: Operator): readonly number[] {
  switch (operator.kind) {
    case 'IF':
      return [numberOption(operator, 'thenSubgraphIndex', 0), numberOption(operator, 'elseSubgraphIndex', 0)];
    case 'WHILE':
      return [numberOption(operator, 'condSubgraphIndex', 0), numberOption(operator, 'bodySubgraphIndex', 0)];
    case 'CALL_ONCE':
      return [numberOption(operator, 'initSubgraphIndex', 0)];
    default:
      return [];
  }
}

function operatorKey(graph: number, operator: number): string {
  return `${graph}:${operator}`;
}

function positionsByOperator(
  scratch: readonly ScratchRequest[],
  tensors: number,
): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  scratch.forEach((request, index) => {
    const key = operatorKey(request.graph, request.operator);
    positions.set(key, [...(positions.get(key) ?? []), tensors + index]);
  });
  return positions;
}
