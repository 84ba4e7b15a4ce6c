/** A processor core as far as kernels and structure layouts can tell cores apart. */
export type CoreId =
  | 'cortex-m0plus'
  | 'cortex-m3'
  | 'cortex-m4f'
  | 'cortex-m7'
  | 'cortex-m33'
  | 'cortex-m55'
  | 'cortex-m85'
  | 'xtensa-lx6'
  | 'xtensa-lx7'
  | 'riscv-rv32imc'
  | 'riscv-p4';

/** What of a core decides which kernel code runs: the DSP extension, MVE (Helium), Espressif's vector extensions, or none. */
export type KernelIsa = 'none' | 'dsp' | 'mve' | 'xtensa-lx6' | 'esp32s3' | 'esp32p4' | 'riscv';

/** What the software sees of a core. */
export interface Core {
  readonly id: CoreId;
  readonly name: string;
  readonly kernelIsa: KernelIsa;
  readonly floatingPoint: 'none' | 'single' | 'double';
  /** C ABI that fixes structure sizes. */
  readonly abi: 'arm-eabi' | 'xtensa' | 'riscv-ilp32';
}

/** A figure with the place it was read from. `unverified` marks what was known but not read in a source. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
  readonly unverified?: boolean;
  readonly note?: string;
}

export interface MemoryRegion {
  readonly name: string;
  /** Start address; absent where it is not fixed. */
  readonly start?: number;
  readonly bytes: number;
  readonly kind: 'ram' | 'psram' | 'tcm-instruction' | 'tcm-data';
  /** False where the usual toolchain cannot put a plain C array there; `why` says so. */
  readonly holdsData: boolean;
  readonly why?: string;
  readonly source: string;
}

/** A development board. Sizes in bytes, clock in Hz, all with their source. */
export interface Board {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly mcu: string;
  readonly core: CoreId;
  readonly clockHz: Sourced<number>;
  readonly flashBytes?: Sourced<number>;
  /** What an application may fill of the flash, bootloader and storage taken off, where the board's framework says so. */
  readonly applicationFlashBytes?: Sourced<number>;
  readonly applicationRamBytes?: Sourced<number>;
  readonly ramRegions: readonly MemoryRegion[];
  /** The largest run of adjacent regions that can hold one plain array: upper bound for one arena. */
  readonly largestContiguousRamBytes: Sourced<number>;
  readonly externalRamBytes?: Sourced<number>;
  readonly supplyVolts?: Sourced<number>;
  readonly activeMilliamps?: Sourced<number>;
  readonly sleepMicroamps?: Sourced<number>;
  /** Published power during inference, milliwatts. */
  readonly inferenceMilliwatts?: Sourced<number>;
  readonly usb: readonly UsbId[];
  readonly accelerator?: string;
  readonly notes?: string;
  /** Framework that most people use on it; its defaults for -O and RTOS follow. */
  readonly framework?: string;
  readonly defaultOptimization: Sourced<Optimization>;
  /** Aliases other tables use for the same board. */
  readonly aliases?: readonly string[];
}

export type Optimization = 'Os' | 'O2' | 'O3';

export interface UsbId {
  readonly vendorId: number;
  readonly productId: number;
  readonly role?: string;
}

/** A source of input data that takes memory and time: a camera, a microphone. */
export interface InputStage {
  readonly id: string;
  readonly name: string;
  readonly modes: readonly InputMode[];
  readonly notes?: string;
}

export interface InputMode {
  readonly name: string;
  readonly frameBytes: number;
  readonly framesPerSecond?: number;
  readonly source: string;
}

/** RAM and flash that an operating system, framework or bare sketch takes. */
export interface Overhead {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  readonly source: string;
  readonly note?: string;
}
