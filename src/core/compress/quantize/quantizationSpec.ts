import type { KernelLibrary } from '../../operators/operator';
import type { ActivationType } from './affine';
import type { FeedbackRounding } from './rounding/feedback';
import type { ScaleSource } from './scaleClasses';
import type { KnownWeights } from './unsignedWeights';

/** How the graph of a float model is to be rewritten. */
export interface QuantizationSpec {
  readonly activations: ActivationType;
  readonly io: 'int8' | 'float';
  readonly perChannelDense: boolean;
  /** Short names of layers that stay float. */
  readonly keepFloat: readonly string[];
  readonly scales: ScaleSource;
  /** What is added to the biases of operators (by index) before they are quantized. */
  readonly biasCorrections?: ReadonlyMap<number, Float32Array>;
  /** How weights are rounded, by operator; absent: each to its nearest. */
  readonly feedback?: ReadonlyMap<number, FeedbackRounding>;
  /** What weights were before, by the data of the float ones that they stand for. */
  readonly knownWeights?: KnownWeights;
  /** Whose kernels will run the result. */
  readonly library?: KernelLibrary;
}
