import type { CoreId } from '../../boards/board';
import type { RuntimeId } from '../../runtimes/runtimeId';

/** Types that kernels differ by; everything else runs with the integer ones. */
export type TypeClass = 'float32' | 'int8' | 'int16';

/**
 * Coefficients of one type and optimization on the reference board, fitted by relative least squares, none negative.
 * `workTerms` has what they count.
 */
export interface Coefficients {
  readonly cyclesPerInstruction: number;
  /** Cycles of calling an operator: code that is not in the cache yet, arguments, the interpreter. */
  readonly cyclesPerOperator: number;
  /** Cycles for each byte of weights that a convolution reads again. */
  readonly cyclesPerRereadByte: number;
  /** Cycles for each byte of a dense layer's weights that is streamed from flash. */
  readonly cyclesPerStreamedByte: number;
  /** Cycles for each value of a small softmax or logistic function, besides its instructions. */
  readonly cyclesPerExponential: number;
  /** Cycles for each pixel of an int8 convolution's output, besides its instructions. */
  readonly cyclesPerPixel: number;
}

/** A fit, and how good it is. */
export interface CycleFit extends Coefficients {
  /** Measured over predicted on models that were left out: 5th and 95th percentile. */
  readonly low: number;
  readonly high: number;
  readonly models: number;
  readonly rows: number;
  /** Error of models left out of the fit: median and largest share. */
  readonly heldOutMedian: number;
  readonly heldOutWorst: number;
}

/** Cycles of a board or core relative to the reference board's formula. */
export interface Scale {
  readonly factor: number;
  /** Spread of the ratio over engines, models and boards, as factors of the ratio. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** `measured`: TFLM itself ran on the board. `architectural`: from other engines on both boards. */
  readonly kind: 'measured' | 'architectural';
  readonly runtimes: readonly RuntimeId[];
  /** The core and library whose instructions are counted where this core's own were not. */
  readonly countedAs?: { readonly core: CoreId; readonly runtime: RuntimeId };
  readonly source: string;
}

/** `timing.json`, written by `npm run fit`. */
export interface TimingFacts {
  readonly reference: {
    readonly board: string;
    readonly dataCacheBytes: number;
    readonly source: string;
    readonly fits: Readonly<Record<string, CycleFit>>;
  };
  readonly boards: Readonly<Record<string, Scale>>;
  readonly cores: Readonly<Record<string, Scale>>;
  /** Of cores whose instructions nobody counted, with reference kernels. */
  readonly plainCores: Readonly<Record<string, Scale>>;
}
