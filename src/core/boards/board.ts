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
  | 'riscv-p4'
  | 'riscv-hazard3';

/**
 * What of a core decides which kernel code runs: the DSP extension, MVE (Helium), Espressif's vector extensions and its
 * RISC-V cores, RISC-V cores of others (which no kernel library is for), or none.
 */
export type KernelIsa = 'none' | 'dsp' | 'mve' | 'xtensa-lx6' | 'esp32s3' | 'esp32p4' | 'riscv' | 'rv32';

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
export interface SourcedValue<T> {
  readonly value: T;
  readonly source: string;
  readonly unverified?: boolean;
  readonly note?: string;
}

/** A current with the conditions it holds under. `scope`: of the chip alone, or of the whole board. */
export interface SourcedCurrent extends SourcedValue<number> {
  readonly volts?: number;
  readonly scope: 'chip' | 'board';
  readonly conditions: string;
}

/** Power published for inference, as a range over models and runs. */
interface PublishedPower {
  readonly lowMilliwatts: number;
  readonly highMilliwatts: number;
  readonly volts?: number;
  readonly conditions: string;
  /** True where an accelerator did the work: then it says little about the processor. */
  readonly accelerated?: boolean;
  readonly source: string;
}

/**
 * Lines over which an external flash chip gets its address and sends its data: address and data on four lines (`qio`),
 * data alone (`qout`), both or data alone on two (`dio`, `dout`), eight lines at both edges (`opi`).
 */
export type FlashMode = (typeof flashModes)[number];

export const flashModes = ['qio', 'qout', 'dio', 'dout', 'opi'] as const;

/** How a RAM chip outside of the chip is read: serially as a flash chip, or as SDRAM with a bus of so many bits. */
export type RamMode = (typeof ramModes)[number];

export const ramModes = [...flashModes, 'sdram16', 'sdram32'] as const;

/** What lies between the core and its code, constants and data. Absent figures are not known. */
export interface MemorySystem {
  /** Wait states of the internal flash at the board's clock. */
  readonly flashWaitStates?: SourcedValue<number>;
  readonly instructionCacheBytes?: SourcedValue<number>;
  /** Cache that serves data and constants; 0 where there is none of its own. */
  readonly dataCacheBytes?: SourcedValue<number>;
  readonly instructionTcmBytes?: SourcedValue<number>;
  readonly dataTcmBytes?: SourcedValue<number>;
  /** Bytes that a miss of the cache reads at once from a flash chip outside of the microcontroller. */
  readonly cacheLineBytes?: SourcedValue<number>;
  /** How a flash chip outside of the microcontroller is read, and its clock, as the board's framework sets it up. */
  readonly flashMode?: SourcedValue<FlashMode>;
  readonly flashHz?: SourcedValue<number>;
  /** How a RAM chip outside of the microcontroller is read, and its clock, as the board's framework sets it up. */
  readonly externalRamMode?: SourcedValue<RamMode>;
  readonly externalRamHz?: SourcedValue<number>;
  /** True where the program lies in a flash chip outside the microcontroller and is read in place. */
  readonly flashIsExternal?: SourcedValue<boolean>;
  /** Where code runs from by default: `flash`, or the name of a memory. */
  readonly codeRegion?: SourcedValue<string>;
  /** Where constants, and so weights, lie by default: `flash`, or the name of a region. */
  readonly constantsRegion?: SourcedValue<string>;
  readonly flashAccelerator?: SourcedValue<string>;
}

export interface MemoryRegion {
  readonly name: string;
  /** Start address; absent where it is not fixed or not known. */
  readonly start?: number;
  readonly bytes: number;
  /** `psram` is any memory outside the chip, SDRAM too. */
  readonly kind: 'ram' | 'psram' | 'tcm-instruction' | 'tcm-data';
  /** False where the usual toolchain cannot put a plain C array there; `why` says so. */
  readonly holdsData: boolean;
  readonly why?: string;
  /** True where it touches the region before it, but one array must not cross the border; `why` says so. */
  readonly separate?: boolean;
  readonly source: string;
  readonly unverified?: boolean;
}

/** One memory that a single array, the arena, can take: adjacent regions are merged. */
export interface ArenaRegion {
  /** Names of the regions it is made of, joined by `+`. */
  readonly name: string;
  readonly bytes: number;
  readonly kind: MemoryRegion['kind'];
  /** True for the region where `.bss`, and so a plain static array, goes. */
  readonly isDefault: boolean;
  /** What stands against using all of it, or what it needs. */
  readonly why?: string;
}

/** A development board. Sizes in bytes, clock in Hz, all with their source. */
export interface Board {
  readonly id: string;
  readonly name: string;
  /** Other names: ids of PlatformIO and Zephyr, fully qualified names of Arduino. */
  readonly aliases?: readonly string[];
  readonly vendor: string;
  readonly mcu: string;
  readonly core: CoreId;
  /** Present where the part's FPU is not the one usual for its core. */
  readonly floatingPoint?: Core['floatingPoint'];
  readonly clockHz: SourcedValue<number>;
  readonly flashBytes?: SourcedValue<number>;
  /**
   * What an application may fill of the flash, bootloader and storage taken off, where the board's framework says so.
   */
  readonly applicationFlashBytes?: SourcedValue<number>;
  /** What static data may fill of the default arena region, where the board's framework leaves less than all of it. */
  readonly applicationRamBytes?: SourcedValue<number>;
  readonly ramRegions: readonly MemoryRegion[];
  /** Name of the region where `.bss`, and so a plain static array, goes. */
  readonly arenaRegion: SourcedValue<string>;
  /**
   * The largest run of adjacent regions that can hold one plain array: upper bound for one arena in internal memory.
   */
  readonly largestContiguousRamBytes: SourcedValue<number>;
  readonly externalRamBytes?: SourcedValue<number>;
  readonly supplyVolts?: SourcedValue<number>;
  readonly activeMilliamps?: SourcedCurrent;
  readonly sleepMicroamps?: SourcedCurrent;
  /** Middle of the first published range that no accelerator made. */
  readonly inferenceMilliwatts?: SourcedValue<number>;
  /** All published power during inference. */
  readonly inferencePower?: readonly PublishedPower[];
  readonly usb: readonly UsbId[];
  readonly accelerator?: string;
  readonly notes?: string;
  /** Framework that most people use on it; the default for -O follows from it. */
  readonly framework: Framework;
  readonly defaultOptimization: SourcedValue<Optimization>;
  readonly memory?: MemorySystem;
}

/** A way of building firmware for a board: a vendor's kit, an Arduino core, an operating system. */
interface Framework {
  readonly id: string;
  readonly name: string;
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
  readonly source: string;
  readonly notes?: string;
}

/** One way of capturing: `QCIF grayscale`. */
export interface InputMode {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytesPerPixel: number;
  /** width x height x bytesPerPixel. */
  readonly frameBytes: number;
  /** Frame rates that work, frames per second. */
  readonly framesPerSecond: readonly number[];
  /** Time of the processor that one frame takes, where capturing blocks it. */
  readonly blockingMilliseconds?: number;
}

/** RAM and flash that an operating system, framework or bare sketch takes. Absent: not known. */
export interface Overhead {
  readonly id: string;
  readonly name: string;
  /** What the figures were read for: a board, a core, a compiler. */
  readonly target: string;
  /** Boards it applies to as it stands; absent where it is not of one board. */
  readonly boards?: readonly string[];
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  readonly source: string;
  readonly unverified?: boolean;
  readonly note?: string;
}
