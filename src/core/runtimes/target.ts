import type { Board, Core, FlashMode, Optimization } from '../boards/board';
import type { Calibration } from './calibration';
import type { RuntimeId } from './runtimeId';

/** Everything outside the model that its costs depend on. */
export interface Target {
  /**
   * Absent when no board is chosen: then there is no budget, and the core is the one of the figures' reference
   * (Cortex-M4F).
   */
  readonly board?: Board;
  readonly core: Core;
  readonly clockHz?: number;
  readonly runtime: RuntimeId;
  /** A TFLM commit prefix, a day of its history, or a release of a library that holds it. */
  readonly tflmVersion: string;
  /** True where nothing says which version it is: that of the library that the board's framework usually brings. */
  readonly isVersionAssumed?: boolean;
  /**
   * Release of the library of kernels where it is not the one that the version brings: `esp-nn-1.2.3`,
   * `cmsis-nn-7.0.0`.
   */
  readonly kernelsVersion?: string;
  readonly optimization: Optimization;
  readonly rounding: 'double' | 'single';
  /** Name of the memory region that holds the arena. */
  readonly arenaRegion?: string;
  /** Bytes of that region (adjacent regions that hold data count as one); absent without a board. */
  readonly arenaRegionBytes?: number;
  readonly weightsRegion?: string;
  /** How an external flash chip is read, and its clock; absent where there is none, or nothing is known of it. */
  readonly flashMode?: FlashMode;
  readonly flashHz?: number;
  /** Cache that serves code, and constants where there is none for data; absent where it is not known. */
  readonly cacheBytes?: number;
  /** Cache that serves data and constants; 0 where there is none of its own; absent where it is not known. */
  readonly dcacheBytes?: number;
  /** Slots given to `MicroResourceVariables::Create`; absent: as many as the model has distinct VAR_HANDLE names. */
  readonly resourceVariableSlots?: number;
  /** 1 with `-fshort-enums` (arm-none-eabi), else 4: changes the size of structures. */
  readonly enumBytes: 1 | 4;
  readonly preserveAllTensors: boolean;
  /** Whether the build keeps TFLM's error strings (no `TF_LITE_STRIP_ERROR_STRINGS`): more flash. Absent: no. */
  readonly logStrings?: boolean;
  /** Whether operators are registered by their int8-only registrations where there are such: less flash. Absent: no. */
  readonly int8Registrations?: boolean;
  /** What measurements on the board change in its modelled cycles. Absent: none. */
  readonly calibration?: Calibration;
  /** Where each value came from, by key. */
  readonly origins: Readonly<Record<string, string>>;
}
