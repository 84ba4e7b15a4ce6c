import type { DataType } from '../model/dataType';
import type { Graph, Operator } from '../model/model';

/**
 * How a product of int32 and a fixed-point multiplier is rounded. `double`: TFLM's default, the rounding doubling high
 * multiply and then a rounding shift. `single`: TFLM built with TFLITE_SINGLE_ROUNDING, one rounding of the 64-bit
 * product.
 */
export type Rounding = 'double' | 'single';

/**
 * A tensor with its content: little-endian and row-major, as it lies in a device's memory (int4 one element a byte).
 */
export interface TensorValue {
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** What one operator has just computed. `value.bytes` may be overwritten by later operators: copy what is kept. */
export interface LayerValue {
  readonly graph: Graph;
  readonly operator: Operator;
  /** Tensor index in `graph`. */
  readonly tensor: number;
  readonly value: TensorValue;
}

/**
 * A model made ready to be executed as the device does it. Variable tensors keep their values from one inference to the
 * next.
 */
export interface Executable {
  /**
   * One inference: `inputs` are the bytes of graph 0's inputs in order. Calls `observe` for each output of each
   * operator in order of execution. Throws a `HumanError` where an input has the wrong number of bytes.
   */
  invoke(inputs: readonly Uint8Array[], observe?: (layer: LayerValue) => void): readonly TensorValue[];
  /** Variable tensors become as before the first inference. */
  reset(): void;
}
