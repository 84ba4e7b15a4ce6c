import { shapeOf } from '../layout';
import type { Lowering } from '../lowering';
import type { OnnxNode } from '../onnxModel';

type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

/** Says a node in other nodes of ONNX, which are lowered as they are written, or computed where all is constant. */
export class NodeWriter {
  readonly #prefix: string;
  #count = 0;

  constructor(
    readonly node: OnnxNode,
    readonly lowering: Lowering,
  ) {
    this.#prefix = node.outputs[0];
  }

  floats(values: ArrayLike<number>, shape: readonly number[] = [values.length]): string {
    return this.#constant('float32', Float64Array.from(values), shape);
  }

  number(value: number): string {
    return this.floats([value], []);
  }

  integers(values: readonly number[]): string {
    return this.#constant('int64', Float64Array.from(values), [values.length]);
  }

  /** The result of a node; the last one of all is named as that of the whole. */
  emit(kind: string, inputs: readonly string[], attributes: Attributes = {}, output?: string): string {
    const name = output ?? this.#nextName();
    this.#step(kind, inputs, attributes, [name]);
    return name;
  }

  /** The results of a node that gives several. */
  emitAll(kind: string, inputs: readonly string[], attributes: Attributes, count: number): readonly string[] {
    const names = Array.from({ length: count }, () => this.#nextName());
    this.#step(kind, inputs, attributes, names);
    return names;
  }

  /** Gives the result of the whole. */
  give(name: string): void {
    this.emit('Identity', [name], {}, this.node.outputs[0]);
  }

  shape(name: string): readonly number[] {
    const { lowering, node } = this;
    if (!lowering.isValue(name)) {
      const known = lowering.known(name);
      if (known !== undefined) return known.shape;
    }
    return shapeOf(lowering.followed(node, name).value.layout);
  }

  reshaped(name: string, shape: readonly number[], output?: string): string {
    return this.emit('Reshape', [name, this.integers(shape)], { allowzero: 1 }, output);
  }

  transposed(name: string, perm: readonly number[], output?: string): string {
    return this.emit('Transpose', [name], { perm }, output);
  }

  /** Places `start` to `end` of an axis. */
  cut(name: string, axis: number, [start, end]: readonly [number, number]): string {
    return this.emit('Slice', [name, this.integers([start]), this.integers([end]), this.integers([axis])]);
  }

  #nextName(): string {
    return `${this.#prefix}/${this.#count++}`;
  }

  #constant(type: 'float32' | 'int64', values: Float64Array, shape: readonly number[]): string {
    const name = this.#nextName();
    this.lowering.know(name, { type, shape, values });
    return name;
  }

  #step(kind: string, inputs: readonly string[], attributes: Attributes, outputs: readonly string[]): void {
    const { name } = this.node;
    this.lowering.step({ name, kind, inputs, outputs, attributes: new Map(Object.entries(attributes)) });
  }
}
