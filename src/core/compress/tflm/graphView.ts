import { spendSteps } from '../../model/budget';
import type { Graph, Operator, Tensor } from '../../model/model';
import { encode } from '../../model/values/stored';
import type { GraphDraft } from '../rewrite/graphDraft';
import { addTensor, draftOf } from '../rewrite/graphDraft';

/** A graph under rewriting, with who makes and who reads each tensor. */
export class GraphView {
  readonly draft: GraphDraft;
  readonly #source: Graph;
  readonly #producers = new Map<number, Operator>();
  #operators: ReadonlySet<Operator> = new Set();
  readonly #readers = new Map<number, Operator[]>();

  constructor(graph: Graph) {
    this.draft = draftOf(graph);
    this.#source = graph;
    this.#index();
  }

  /** The graph as it is now, for whoever only reads. */
  get graph(): Graph {
    return { ...this.#source, ...this.draft };
  }

  /** `undefined` for an input that is absent. */
  tensor(index: number | undefined): Tensor | undefined {
    return this.draft.tensors[index ?? -1];
  }

  producer(index: number | undefined): Operator | undefined {
    return index === undefined ? undefined : this.#producers.get(index);
  }

  readers(index: number): readonly Operator[] {
    return this.#readers.get(index) ?? [];
  }

  /** Whether an operator is still in the graph. */
  has(operator: Operator): boolean {
    return this.#operators.has(operator);
  }

  isOutput(index: number): boolean {
    return this.draft.outputs.includes(index);
  }

  /** The operator that alone reads a tensor, once; `undefined` where others do or the model gives it out. */
  onlyReader(index: number | undefined): Operator | undefined {
    if (index === undefined || this.isOutput(index)) return undefined;
    const readers = this.readers(index);
    return readers.length === 1 && readers[0].inputs.filter((input) => input === index).length === 1
      ? readers[0]
      : undefined;
  }

  /** Says something else about a tensor. */
  set(index: number, tensor: Tensor): void {
    this.draft.tensors[index] = tensor;
  }

  add(tensor: Omit<Tensor, 'index'>): number {
    return addTensor(this.draft, tensor);
  }

  /** A constant list of int32. */
  addIntegers(name: string, values: readonly number[], shape: readonly number[] = [values.length]): number {
    return this.add({ name, type: 'int32', shape, isVariable: false, data: encode('int32', values) });
  }

  /** Another tensor like `like`, an activation of another shape. */
  addLike(like: Tensor, name: string, shape: readonly number[]): number {
    return this.add({ ...like, name, shape, shapeSignature: undefined, data: undefined });
  }

  /** Another constant with the data and scales of `like`, in another shape. */
  addConstant(like: Tensor, name: string, shape: readonly number[]): number {
    return this.add({ ...like, name, shape, shapeSignature: undefined });
  }

  /** Puts the inserted operators where the last of the removed ones was. */
  replace({ removed, inserted, redirect: moved }: Exchange): void {
    const gone: ReadonlySet<Operator> = new Set(removed);
    const last = this.draft.operators.reduce((place, each, index) => (gone.has(each) ? index : place), -1);
    const made = inserted.map((operator): Operator => ({ index: -1, version: 1, intermediates: [], ...operator }));
    this.draft.operators = this.draft.operators.flatMap((each, place) => [
      ...(gone.has(each) ? [] : [each]),
      ...(place === last ? made : []),
    ]);
    if (moved !== undefined) this.#redirect(...moved);
    this.#index();
  }

  /** Operators that read none of the two stay the same objects. */
  #redirect(from: number, to: number): void {
    const readers = new Set(this.readers(from));
    const rename = (index: number): number => (index === from ? to : index);
    this.draft.operators = this.draft.operators.map((each) =>
      readers.has(each) ? { ...each, inputs: each.inputs.map(rename) } : each,
    );
  }

  #index(): void {
    spendSteps(this.draft.operators.length);
    this.#operators = new Set(this.draft.operators);
    this.#producers.clear();
    this.#readers.clear();
    for (const operator of this.draft.operators) {
      for (const output of operator.outputs) this.#producers.set(output, operator);
      for (const input of new Set(operator.inputs)) {
        const readers = this.#readers.get(input);
        if (readers === undefined) this.#readers.set(input, [operator]);
        else readers.push(operator);
      }
    }
  }
}

/** Operators that take the place of others. */
export interface Exchange {
  readonly removed: readonly Operator[];
  readonly inserted: readonly NewOperator[];
  /** Who read the first tensor reads the second from now on. */
  readonly redirect?: readonly [from: number, to: number];
}

/** An operator to be put into a graph. */
export type NewOperator = Pick<Operator, 'kind' | 'inputs' | 'outputs'> & Partial<Operator>;
