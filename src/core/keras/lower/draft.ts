import { spendBytes } from '../../model/budget';
import type { DataType } from '../../model/dataType';
import type { OptionValue, Quantization } from '../../model/model';

/** A dimension of a value: `null` is the batch where it is left open, or what is only known at run time. */
export type DraftDimension = number | null;

/** A constant; without values where nothing is trained yet. */
export interface DraftConstant {
  readonly label: string;
  readonly values?: Float32Array | Int32Array;
}

/** Something that is computed or constant. Values that share one object are one. */
export interface DraftValue {
  readonly shape: readonly DraftDimension[];
  readonly type: DataType;
  /** Names of all that was joined into what computes it, the last first, with `;` between. */
  name: string;
  readonly constant?: DraftConstant;
  /** What an operator remembers from one inference to the next. */
  readonly isVariable?: boolean;
  /** Of integers that stand for real numbers. */
  readonly quantization?: Quantization;
}

/** An operation in the course of lowering: passes change what it reads and how, and leave it out. */
export interface DraftNode {
  kind: string;
  inputs: (DraftValue | undefined)[];
  outputs: DraftValue[];
  options: Readonly<Record<string, OptionValue>>;
  /** As TensorFlow names it: operators are sorted by it. */
  readonly name: string;
  /** Index in the list of origins. */
  readonly origin: number;
  /** Of what cuts into blocks for a dilated convolution: the padding of that. */
  padding?: 'SAME' | 'VALID';
  /** Tensors that an operator only declares. */
  intermediates?: readonly DraftValue[];
  /** Of a call: the operations that stand in its place once all are sorted. */
  readonly called?: readonly DraftNode[];
  /** Graphs of their own that it runs: condition and body of a loop, what sets variables at first. */
  readonly graphs?: readonly Draft[];
}

interface NewNode {
  readonly shape: readonly DraftDimension[];
  readonly type?: DataType;
  readonly name: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
}

type NewNodes = Pick<DraftNode, 'outputs' | 'name' | 'graphs'> & Partial<Pick<DraftNode, 'options'>>;

/** Something that keeps its value from one run to the next. */
interface DraftVariable {
  readonly sharedName: string;
  readonly shape: readonly number[];
  /** What gives the variable to operators that read and set it. */
  readonly handle: DraftValue;
}

interface NewVariable extends Omit<DraftVariable, 'handle'> {
  readonly sortName: string;
}

/** Operations over values, in the order in which they are added until they are sorted. */
export class Draft {
  readonly name: string;
  /** By what inputs are sorted among all that a search begins with; by their names where nothing stands here. */
  readonly sortNames = new Map<DraftValue, string>();
  readonly variables: DraftVariable[] = [];
  /** Constants that stand in the graph though nothing reads them. */
  readonly unread: DraftValue[] = [];
  /** Integers that are constants in TensorFlow's graph, and nothing or an option in this one. */
  readonly scalars = new Set<number>();
  /** Origins of which the official converter may write something else. */
  readonly doubts = new Set<number>();
  /** Which steps of a value count, where not all do. */
  readonly masks = new Map<DraftValue, (() => DraftValue) | 'unclear'>();
  /** Why nothing was made of the layer that is lowered: what of it is not followed. */
  beyond: string | undefined;
  nodes: DraftNode[] = [];
  outputs: DraftValue[] = [];
  readonly inputs: DraftValue[] = [];
  /** The origin of what is added next. */
  origin = 0;

  constructor(name = 'main') {
    this.name = name;
  }

  /** Adds an operation with one output, and gives that. */
  add(kind: string, inputs: readonly (DraftValue | undefined)[], made: NewNode): DraftValue {
    const output: DraftValue = { shape: made.shape, type: made.type ?? 'float32', name: made.name };
    this.addNode(kind, inputs, { outputs: [output], name: made.name, options: made.options });
    return output;
  }

  addNode(
    kind: string,
    inputs: readonly (DraftValue | undefined)[],
    { outputs, name, options = {}, graphs }: NewNodes,
  ): void {
    this.nodes.push({
      kind,
      inputs: [...inputs],
      outputs,
      options,
      name,
      origin: this.origin,
      ...(graphs && { graphs }),
    });
  }

  /** Makes one call of what was added since there were `first` operations: it is sorted as one. */
  callNodes(first: number, { name, outputs }: Pick<DraftNode, 'name' | 'outputs'>): void {
    const called = this.nodes.splice(first);
    const made = new Set(called.flatMap((node) => node.outputs));
    const inputs = new Set(called.flatMap((node) => node.inputs).filter((input) => input && !made.has(input)));
    this.nodes.push({ kind: 'CALL', inputs: [...inputs], outputs, options: {}, name, origin: this.origin, called });
  }

  /** A variable, and what refers to it: operators that read it are sorted by `sortName`. */
  variable({ sharedName, shape, sortName }: NewVariable): DraftValue {
    const handle: DraftValue = { shape: [], type: 'resource', name: sharedName };
    this.variables.push({ sharedName, shape, handle });
    this.sortNames.set(handle, sortName);
    return handle;
  }

  /** The operations, those of calls in their place. */
  expanded(): readonly DraftNode[] {
    return this.nodes.flatMap((node) => node.called ?? [node]);
  }

  /** The draft and all graphs that its operations run, the one that runs before what is run. */
  all(): readonly Draft[] {
    return [this, ...this.expanded().flatMap(({ graphs = [] }) => graphs.flatMap((graph) => graph.all()))];
  }

  /** The operation that computes `value`; `undefined` for an input and a constant. */
  producers(): ReadonlyMap<DraftValue, DraftNode> {
    return new Map(this.nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  }

  /** Operations that read each value, one entry for each time it is read; outputs of the model count as none. */
  readers(): ReadonlyMap<DraftValue, readonly DraftNode[]> {
    const readers = new Map<DraftValue, DraftNode[]>();
    for (const node of this.nodes) {
      for (const input of node.inputs) {
        if (input === undefined) continue;
        const list = readers.get(input);
        if (list === undefined) readers.set(input, [node]);
        else list.push(node);
      }
    }
    return readers;
  }

  /** Leaves out operations whose results nobody reads. */
  dropUnread(): void {
    const read = new Set<DraftValue>(this.outputs);
    const kept: DraftNode[] = [];
    for (let index = this.nodes.length - 1; index >= 0; index--) {
      const node = this.nodes[index];
      if (node.outputs.length > 0 && !node.outputs.some((output) => read.has(output))) continue;
      kept.push(node);
      for (const input of node.inputs) if (input !== undefined) read.add(input);
    }
    this.nodes = kept.reverse();
  }
}

/** A constant of integers. */
export function integers(values: readonly number[], shape: readonly number[] = [values.length]): DraftValue {
  return { shape, type: 'int32', name: 'const', constant: { label: 'const', values: Int32Array.from(values) } };
}

/** One integer, without dimensions. */
export function integer(value: number): DraftValue {
  return integers([value], []);
}

/** One real number, without dimensions. */
export function real(value: number): DraftValue {
  return floats(Float32Array.of(value), [], 'const');
}

export function floats(values: Float32Array | undefined, shape: readonly number[], label: string): DraftValue {
  return { shape, type: 'float32', name: label, constant: { label, values } };
}

/**
 * Numbers of a constant whose count a source claims: they are counted before they are taken.
 * @throws HumanError `over-budget` where the source claims more than there is for one model.
 */
export function claimedFloats(count: number): Float32Array {
  spendBytes(count * Float32Array.BYTES_PER_ELEMENT);
  return new Float32Array(count);
}

/** A constant of zeros. @throws HumanError `over-budget` as `claimedFloats`. */
export function zeros(shape: readonly number[], label = 'zeros'): DraftValue {
  return floats(claimedFloats(elements(shape)), shape, label);
}

/** What was made of constants, so that a layer that is used twice has one filter and one bias. */
const madeOf = new WeakMap<DraftConstant, Map<string, DraftValue>>();

/** What `make` gives for a constant, made once for each `key`. */
export function once({ constant }: DraftValue, key: string, make: () => DraftValue): DraftValue {
  if (constant === undefined) return make();
  const known = madeOf.get(constant) ?? new Map<string, DraftValue>();
  madeOf.set(constant, known);
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

const numbersOfConstants = new WeakMap<DraftConstant, number>();
let countOfConstants = 0;

/** A number that a constant keeps: which others something was made with. */
export function constantNumber({ constant }: DraftValue): number {
  if (constant === undefined) return -1;
  const number = numbersOfConstants.get(constant) ?? countOfConstants++;
  numbersOfConstants.set(constant, number);
  return number;
}

export function elements(shape: readonly DraftDimension[]): number {
  return shape.reduce<number>((product, length) => product * (length ?? 1), 1);
}

/** All dimensions are known. */
export function isStatic(shape: readonly DraftDimension[]): shape is readonly number[] {
  return shape.every((length) => length !== null);
}
