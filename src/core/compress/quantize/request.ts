import type { FloatEngine } from '../../execute/floatEngine';
import type { CompressionInput } from '../compressionInput';
import type { Progress } from '../offer';
import type { Proof } from '../proof';

/** How ranges of activations are chosen from what was seen. `auto`: whichever gives the smallest measured error. */
export type CalibrationMethod = 'min-max' | 'percentile' | 'mse' | 'entropy';

/** A step that is taken where it helps, always, or never. */
export type Choice = 'auto' | 'on' | 'off';

/** What a person may decide about a quantization. */
export interface QuantizeOptions {
  /** Type of activations; weights have 8 bits either way. */
  readonly activations: 'int8' | 'int16';
  /** Type of the model's inputs and outputs: `int8` is that of the activations, without conversions at the edge. */
  readonly io: 'int8' | 'float';
  readonly method: CalibrationMethod | 'auto';
  readonly equalise: Choice;
  readonly biasCorrection: Choice;
  /** Weights rounded so that their errors cancel in each layer's output, instead of each to its nearest. */
  readonly weightFeedback: Choice;
  /** Weights of FULLY_CONNECTED with one scale an output, which older versions compute wrongly: `denseScales.ts`. */
  readonly perChannelDense: Choice;
  /** Layers that stay float, by their short names as the listing shows them. */
  readonly keepFloat: readonly string[];
}

export const defaultQuantizeOptions: QuantizeOptions = {
  activations: 'int8',
  io: 'int8',
  method: 'auto',
  equalise: 'auto',
  biasCorrection: 'auto',
  weightFeedback: 'auto',
  perChannelDense: 'auto',
  keepFloat: [],
};

export type QuantizeRequest = CompressionInput<QuantizeOptions>;

/** What a quantization works with. */
export interface QuantizeTools {
  readonly engine: FloatEngine;
  readonly progress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Lets messages in, an order to stop among them; called now and then. Absent: only the engine does. */
  readonly pause?: () => Promise<void>;
}

export interface QuantizeResult {
  /** The `.tflite` file. */
  readonly bytes: Uint8Array;
  readonly proof: Proof;
}

/**
 * `quantizeModel` in `quantize.ts`. @throws HumanError when the model or the samples do not allow it, and nothing has
 * been done.
 */
export type QuantizeModel = (request: QuantizeRequest, tools: QuantizeTools) => Promise<QuantizeResult>;
