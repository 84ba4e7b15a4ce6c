import type { Rounding } from '../../../src/core/execute/executable';
import { prepare } from '../../../src/core/execute/prepare';
import type { DataType } from '../../../src/core/model/dataType';
import type { OptionValue, Tensor } from '../../../src/core/model/model';
import { heldValues } from '../../../src/core/model/values/real';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';

type Numeric = 'int8' | 'int16' | 'int32' | 'float32' | 'bool';

/** One operator with all that it is given. */
export interface Case {
  readonly kind: string;
  /** Inputs with their values, `null` for an absent one; constants are inputs with values like the others. */
  readonly inputs: readonly (Operand | null)[];
  readonly output: Tensor;
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly rounding?: Rounding;
}

export interface Operand {
  readonly tensor: Tensor;
  readonly isConstant: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const arrays = { int8: Int8Array, int16: Int16Array, int32: Int32Array, float32: Float32Array, bool: Uint8Array };

/** Scale and zero point; none for what is not quantized. */
export type Scale = readonly [scale: number, zeroPoint?: number];

/** A tensor of a result. */
export function out(type: DataType, shape: readonly number[], scale?: Scale): Tensor {
  return tensor('y', type, shape, scale === undefined ? {} : { quantization: quantized(...scale) });
}

/** An input with its values. */
export function x(type: Numeric, shape: readonly number[], values: readonly number[], scale?: Scale): Operand {
  return {
    tensor: out(type, shape, scale),
    isConstant: false,
    bytes: new Uint8Array(arrays[type].from(values).buffer),
  };
}

/** A constant with its values. */
export function c(type: Numeric, shape: readonly number[], values: readonly number[], scale?: Scale): Operand {
  return { ...x(type, shape, values, scale), isConstant: true };
}

/** Weights with a scale for each slice along `axis`. */
export function w(
  shape: readonly number[],
  values: readonly number[],
  scales: readonly number[],
  axis: number,
): Operand {
  const one = c('int8', shape, values);
  return { ...one, tensor: { ...one.tensor, quantization: quantized(scales, 0, axis) } };
}

/** The stored values of what the operator computes. */
export function stored({ kind, inputs, output, options: values = {}, rounding = 'double' }: Case): readonly number[] {
  const present = inputs.filter((operand) => operand !== null);
  let next = 0;
  const indices = inputs.map((operand) => (operand === null ? -1 : next++));
  const tensors = present.map(({ tensor: one, isConstant, bytes }) => (isConstant ? { ...one, data: bytes } : one));
  const given = [...present.keys()].filter((index) => !present[index].isConstant);
  const only = operator(kind, indices, [present.length], { options: options('', values) });
  const whole = model(graph([...tensors, output], [only], { inputs: given, outputs: [present.length] }));
  const [result] = prepare(whole, { rounding }).invoke(given.map((index) => present[index].bytes));
  return [...heldValues(result)];
}

/** A bias of 64 bits, as kernels for int16 activations take it. */
export function bias64(values: readonly number[]): Operand {
  return {
    tensor: out('int64', [values.length]),
    isConstant: true,
    bytes: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
  };
}
