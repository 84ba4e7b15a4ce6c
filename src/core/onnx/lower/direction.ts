import type { Lowering } from '../lowering';
import type { OnnxNode } from '../onnxModel';

/** An operator between what a gate adds up and what it lets through. */
export type CellFunction = 'LOGISTIC' | 'TANH' | 'RELU';

/** What goes over a sequence in one direction. */
export interface Direction {
  readonly node: OnnxNode;
  readonly lowering: Lowering;
  /** Start of the names of what is made for it. */
  readonly label: string;
  readonly goesBack: boolean;
  /** A tensor of [steps, rows, features]. */
  readonly input: number;
  readonly steps: number;
  readonly rows: number;
  readonly features: number;
  readonly units: number;
  /** By gates as ONNX orders them: [gates x units, features], [gates x units, units], and both biases in a row. */
  readonly weights: Float64Array;
  readonly recurrent: Float64Array;
  readonly bias?: Float64Array;
  /** Tensors of [rows, units] that it begins with; absent for zeros. */
  readonly hidden?: number;
  readonly cell?: number;
  readonly functions: readonly CellFunction[];
  /** In a GRU the state is multiplied before it is reset. */
  readonly resetsAfter: boolean;
}

/** What came out of one direction. */
export interface Run {
  /** The tensor of [steps, rows, units], in the order of the input. */
  readonly all: () => number;
  /** Tensors of [rows, units] behind the last step. */
  readonly hidden: () => number;
  readonly cell?: () => number;
}
