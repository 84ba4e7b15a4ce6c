import type { Optimization } from '../boards/board';
import type { RuntimeId } from './runtimeId';

/**
 * What measurements on one board change in its modelled cycles: corrected = scale x (computing + waitScale x
 * waiting) + cyclesPerOperator, for each operator. Fitted by `calibrate` against the tables of one version: where it
 * is kept, the name of those tables is kept with it.
 */
export interface Calibration {
  /** It holds for these alone: on anything else it changes nothing. */
  readonly board: string;
  readonly runtime: RuntimeId;
  /** Absent where it was not known with what optimization the measured firmware was built. */
  readonly optimization?: Optimization;
  readonly scale: number;
  /**
   * How much longer than modelled the board waits for an external flash chip, beside `scale`; absent where layers do
   * not tell.
   */
  readonly waitScale?: number;
  /** 0 where the measurements do not bear it. */
  readonly cyclesPerOperator: number;
  /**
   * Measured over corrected cycles on what was left out of the fit, as a range; absent where nothing could be left out.
   */
  readonly low?: number;
  readonly high?: number;
  /** Complete sentences: what it rests on. */
  readonly source: string;
}
