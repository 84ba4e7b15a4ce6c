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
  /** Cycles for each pixel of an int8 convolution's output, besides its instructions, where filters are not 1x1. */
  readonly cyclesPerPixel: number;
  /** The same of an int8 depthwise convolution. */
  readonly cyclesPerDepthwisePixel: number;
  /** Cycles for each product of a float convolution, besides its instructions. */
  readonly cyclesPerProduct: number;
}

/** A fit, and how good it is. */
export interface CycleFit extends Coefficients {
  /**
   * Of `cyclesPerProduct`, what is left where the code of a loop stays in the cache: at most that of -O3, whose loops
   * are short enough for any.
   */
  readonly cyclesPerCachedProduct: number;
  /** Measured over predicted on models that were left out: 5th and 95th percentile. */
  readonly low: number;
  readonly high: number;
  readonly models: number;
  readonly rows: number;
  /** Error of models left out of the fit: median and largest share. */
  readonly heldOutMedian: number;
  readonly heldOutWorst: number;
}

/** Cycles of a board or core relative to the reference board's formula, or to those of the core's manual. */
export interface Scale {
  readonly factor: number;
  /** Spread of the ratio over engines, models and boards, as factors of the ratio. */
  readonly low: number;
  readonly high: number;
  /** The spread for operators of the kinds that were measured, where those are few and others may differ by more. */
  readonly ofKinds?: { readonly kinds: readonly string[]; readonly low: number; readonly high: number };
  readonly rows: number;
  /** `measured`: TFLM itself ran on the board. `architectural`: from other engines on both boards. */
  readonly kind: 'measured' | 'architectural';
  readonly runtimes: readonly RuntimeId[];
  readonly source: string;
  /** Present where the factor is of cycles by the core's manual (`architecture`) instead of the reference board's. */
  readonly base?: 'architecture';
}

/** Measured over predicted: 5th and 95th percentile of what a fit has not seen. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * Kernels that slide a window find every value's place anew. Their checks of that place stay in builds of ESP-IDF and
 * Arduino, and were left out of those whose instructions were counted: these rates are more than an instruction takes.
 */
export interface WindowRates {
  readonly integerOs: number;
  readonly integerO3: number;
  readonly floatO3: number;
}

/**
 * Cycles for what stands for the instructions of a core that nobody counted: ESP-NN's plain C on a RISC-V core, TFLM's
 * reference kernels on a Cortex-M. What the core waits for weights in flash comes on top (`flashWait`).
 */
export interface StandInRates {
  /** For each instruction of ESP-NN's innermost loops, and of what is around them. */
  readonly espNnLoop: number;
  readonly espNnOther: number;
  /** For each of `vectorFeatures`, where ESP-NN has kernels of vector instructions. */
  readonly vector?: readonly number[];
  /** For each instruction of reference kernels: of sliding windows by type and compiler's level, and of others. */
  readonly windows: WindowRates;
  readonly reference: number;
  readonly cyclesPerOperator: number;
  readonly espNnBand: Band;
  readonly referenceBand: Band;
  /** Complete sentences: what was measured. */
  readonly source: string;
  readonly referenceSource: string;
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
  /** By core; `<core> cached` for boards that read their flash outside of the chip through a cache. */
  readonly cores: Readonly<Record<string, Scale>>;
  /** Reference kernels, by core as above; `<core> Os` or `<core> O3` where boards tell compilers' levels apart. */
  readonly plain: Readonly<Record<string, Scale>>;
  /** Of cores whose instructions nobody counted. */
  readonly standIns: Readonly<Record<string, StandInRates>>;
}
