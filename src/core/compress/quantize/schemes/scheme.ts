import type { ActivationType, Affine } from '../affine';

/** How one kind of operator is quantized, by the TFLite 8-bit specification: one file per family, one line in `schemes.ts`. */
export interface QuantizationScheme {
  readonly kind: string;
  /** Where the weights and the bias are, and which dimension of the weights counts output channels. */
  readonly weights?: WeightsRule;
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
