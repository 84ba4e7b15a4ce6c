import type { ActivationType, Affine } from '../affine';

/**
 * How one kind of operator is quantized, by the TFLite 8-bit specification: one file per family, one line in
 * `schemes.ts`.
 */
export interface QuantizationScheme {
  readonly kind: string;
  /** Where the weights and the bias are, and which dimension of the weights counts output channels. */
  readonly weights?: WeightsRule;
  /** What is special about an operator with memory. */
  readonly recurrent?: RecurrentRule;
  /** True where all values that go in and come out must share one scale and zero point. */
  readonly isEqualScale?: boolean;
  /** The output's quantization where the kernel assumes it. */
  readonly fixedOutput?: Readonly<Partial<Record<ActivationType, Affine>>>;
  /** Options that the quantized kernels need otherwise than the float one. */
  readonly options?: Readonly<Partial<Record<ActivationType, Readonly<Record<string, boolean>>>>>;
  /** Version of the operator's definition with these types. Source: tools/versioning/op_version.cc of TFLite. */
  readonly versions: Readonly<Record<ActivationType, number>>;
}

export interface WeightsRule {
  readonly input: number;
  readonly weights: number;
  readonly bias: number;
  readonly axis: number;
  /** True where one scale for all weights is the default. */
  readonly isDense?: boolean;
}

/**
 * The constants and states of an operator with memory: weights are symmetric with one scale each, whatever the
 * activations are.
 */
export interface RecurrentRule {
  readonly matrices: readonly MatrixRule[];
  /** Variable inputs by position, with how they are quantized. */
  readonly states: Readonly<Record<number, StateRule>>;
  /** Activation functions that the integer kernels compute. */
  readonly activations: readonly string[];
  /** Whether the integer kernel knows no activation function, so that what the output can hold has to do its work. */
  readonly isActivatedByRange?: boolean;
  /**
   * Whether the four gates and the hidden state have entries among the operator's intermediate tensors, which TFLite
   * asks for.
   */
  readonly hasIntermediates?: boolean;
}

export interface MatrixRule {
  readonly weights: number;
  readonly type: 'int8' | 'int16';
  /** The bias has the scale of the weights times that of `biasWith`, an input by position. */
  readonly bias?: { readonly position: number; readonly biasWith: number };
}

/**
 * `output`: as the operator's output. `symmetric`: int16, zero point 0. `powerOfTwo`: the same with a scale that is a
 * power of two, since kernels shift by it.
 */
export type StateRule = 'output' | 'symmetric' | 'powerOfTwo';
