import type { DataType } from '../../../src/core/model/dataType';
import { elementCount } from '../../../src/core/model/dataType';
import { mulberry32 } from '../../../src/core/execute/mulberry32';
import type { Model, OptionValue, Quantization, Tensor } from '../../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';

/**
 * Builds models of one operator with shapes, scales and weights from a seed: equal seeds give equal models on every
 * machine.
 */
export class RandomModel {
  readonly #random: () => number;
  readonly #tensors: Tensor[] = [];
  readonly #inputs: number[] = [];

  constructor(seed: number) {
    this.#random = mulberry32(seed);
  }

  /** A whole number of `least` … `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  pick<Value>(list: readonly Value[]): Value {
    return list[this.whole(0, list.length - 1)];
  }

  /** A real number of 2^`least` … 2^`most`, as float32. */
  scale(least = -7, most = -3): number {
    return Math.fround(2 ** (least + this.#random() * (most - least)));
  }

  /** Scale and zero point as fit for activations of this type; none for other types. */
  quantization(type: DataType, scale = this.scale()): Quantization | undefined {
    if (type === 'int16') return quantized(scale);
    return type === 'int8' || type === 'uint8' ? quantized(scale, this.whole(-40, 40)) : undefined;
  }

  /** An input of the graph. */
  input(type: DataType, shape: readonly number[], quantization = this.quantization(type)): number {
    const index = this.#add(tensor(`in${this.#inputs.length}`, type, shape, { quantization }));
    this.#inputs.push(index);
    return index;
  }

  /**
   * A constant with values from the seed: integers of the whole range (biases of 32 and 64 bits, thousands), reals of
   * -1 … 1.
   */
  constant(type: DataType, shape: readonly number[], quantization = this.quantization(type)): number {
    const elements = elementCount(shape);
    return this.#add(tensor('constant', type, shape, { quantization, data: this.#randomBytes(type, elements) }));
  }

  /** A constant with these values. */
  values(type: 'int32' | 'int64' | 'bool' | 'float32', shape: readonly number[], values: readonly number[]): number {
    const data =
      type === 'int32'
        ? Int32Array.from(values)
        : type === 'int64'
          ? BigInt64Array.from(values, BigInt)
          : type === 'bool'
            ? Uint8Array.from(values)
            : Float32Array.from(values);
    return this.#add(tensor('values', type, shape, { data: new Uint8Array(data.buffer) }));
  }

  output(type: DataType, shape: readonly number[], quantization = this.quantization(type)): number {
    return this.#add(tensor('out', type, shape, { quantization }));
  }

  variable(type: DataType, shape: readonly number[], quantization = this.quantization(type)): number {
    return this.#add(tensor('state', type, shape, { quantization, isVariable: true }));
  }

  quantizationOf(index: number): Quantization | undefined {
    return this.#tensors[index].quantization;
  }

  /** Per-channel scales of symmetric weights. */
  perChannel(channels: number, axis: number): Quantization {
    return quantized(
      Array.from({ length: channels }, () => this.scale(-9, -6)),
      0,
      axis,
    );
  }

  /** The model: one operator over the tensors made so far. */
  of(
    kind: string,
    inputs: readonly number[],
    outputs: readonly number[],
    [table, values]: readonly [string, Readonly<Record<string, OptionValue>>] = ['', {}],
  ): Model {
    const only = operator(kind, inputs, outputs, table === '' ? {} : { options: options(table, values) });
    return model(graph(this.#tensors, [only], { inputs: this.#inputs, outputs }));
  }

  #add(entry: Tensor): number {
    return this.#tensors.push(entry) - 1;
  }

  #randomBytes(type: DataType, elements: number): Uint8Array {
    const list = (made: { readonly buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(made.buffer);
    const whole = (least: number, most: number): number[] =>
      Array.from({ length: elements }, () => this.whole(least, most));
    if (type === 'float32') {
      return list(Float32Array.from({ length: elements }, () => this.#random() * 2 - 1));
    }
    if (type === 'int16') return list(Int16Array.from(whole(-32767, 32767)));
    if (type === 'int32') return list(Int32Array.from(whole(-5000, 5000)));
    if (type === 'int64') return list(BigInt64Array.from(whole(-500000, 500000), BigInt));
    if (type === 'int4') return Uint8Array.from({ length: Math.ceil(elements / 2) }, () => this.whole(0, 255));
    if (type === 'bool') return Uint8Array.from(whole(0, 1));
    return list(Int8Array.from(whole(-127, 127)));
  }
}
