import type {
  Board,
  Core,
  FlashMode,
  RamMode,
  MemoryRegion,
  MemorySystem,
  Optimization,
  SourcedValue,
  SourcedCurrent,
  UsbId,
} from './board';
import { flashModes, ramModes } from './board';
import { coreById } from './cores';
import frameworkRows from './frameworks.json';

/** Source of a figure that is known of the part but was not read anywhere. */
const unverifiedSource = 'Known of the part, not read in a source.';

/** A figure as a board's file has it: `source` may be left out exactly where `unverified` is set. */
interface Figure<T> {
  readonly value: T;
  readonly source?: string;
  readonly unverified?: boolean;
  readonly note?: string;
}

interface CurrentFigure extends Figure<number> {
  readonly volts?: number;
  readonly scope: string;
  readonly conditions: string;
}

/** A board's file in `data/`. Addresses and USB ids are hexadecimal text there, since that is how people know them. */
interface BoardFile {
  readonly id: string;
  readonly name: string;
  /** Other names that people and build systems give the board, with what kind of name each is. */
  readonly aliases?: readonly { readonly name: string; readonly source: string }[];
  readonly vendor: string;
  readonly mcu: string;
  readonly core: string;
  readonly floatingPoint?: string;
  /** Id of a row in `frameworks.json`. */
  readonly framework: string;
  readonly clockHz: Figure<number>;
  readonly flashBytes?: Figure<number>;
  readonly applicationFlashBytes?: Figure<number>;
  readonly applicationRamBytes?: Figure<number>;
  readonly ramRegions: readonly RegionRow[];
  readonly arenaRegion: Figure<string>;
  readonly largestContiguousRamBytes: Figure<number>;
  readonly externalRamBytes?: Figure<number>;
  readonly supplyVolts?: Figure<number>;
  readonly activeMilliamps?: CurrentFigure;
  readonly sleepMicroamps?: CurrentFigure;
  readonly inferencePower?: Board['inferencePower'];
  /** `vendor:product`, four hexadecimal digits each. */
  readonly usb: readonly { readonly id: string; readonly role?: string }[];
  readonly accelerator?: string;
  readonly memory?: {
    readonly [Key in keyof Omit<MemorySystem, 'flashMode' | 'externalRamMode'>]: Figure<
      NonNullable<MemorySystem[Key]>['value']
    >;
  } & { readonly flashMode?: Figure<string>; readonly externalRamMode?: Figure<string> };
  readonly notes?: string;
}

interface RegionRow {
  readonly name: string;
  readonly start?: string;
  readonly bytes: number;
  readonly kind: string;
  /** Left out where it is true. */
  readonly holdsData?: boolean;
  readonly separate?: boolean;
  readonly why?: string;
  readonly source?: string;
  readonly unverified?: boolean;
}

/**
 * Turns a board's file into the board. A mistake in a file is a bug: it throws a plain error that names file and field.
 */
export function readBoard(file: BoardFile): Board {
  const core = coreById(file.core) ?? fail(file, `core ${file.core}`);
  const framework = frameworkRows.find((row) => row.id === file.framework) ?? fail(file, `framework ${file.framework}`);
  return {
    ...file,
    aliases: file.aliases?.map(({ name }) => name),
    core: core.id,
    floatingPoint: file.floatingPoint === undefined ? undefined : floatingPoint(file, file.floatingPoint),
    framework: { id: framework.id, name: framework.name },
    clockHz: withSource(file.clockHz),
    flashBytes: optional(file.flashBytes),
    applicationFlashBytes: optional(file.applicationFlashBytes),
    applicationRamBytes: optional(file.applicationRamBytes),
    ramRegions: file.ramRegions.map((row) => region(file, row)),
    arenaRegion: withSource(file.arenaRegion),
    largestContiguousRamBytes: withSource(file.largestContiguousRamBytes),
    externalRamBytes: optional(file.externalRamBytes),
    supplyVolts: optional(file.supplyVolts),
    activeMilliamps: current(file, file.activeMilliamps),
    sleepMicroamps: current(file, file.sleepMicroamps),
    inferenceMilliwatts: inferenceMilliwatts(file),
    usb: file.usb.map((row) => usbId(file, row)),
    defaultOptimization: withSource({ ...framework, value: optimization(file, framework.optimization) }),
    memory: file.memory === undefined ? undefined : memorySystem(file, file.memory),
  };
}

function withSource<T>({ value, source, unverified, note }: Figure<T>): SourcedValue<T> {
  return {
    value,
    source: source ?? unverifiedSource,
    ...(unverified === true ? { unverified } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

function optional<T>(figure: Figure<T> | undefined): SourcedValue<T> | undefined {
  return figure === undefined ? undefined : withSource(figure);
}

function current(file: BoardFile, figure: CurrentFigure | undefined): SourcedCurrent | undefined {
  if (figure === undefined) return undefined;
  const { scope, volts, conditions } = figure;
  if (scope !== 'chip' && scope !== 'board') return fail(file, `scope ${scope}`);
  return { ...withSource(figure), scope, volts, conditions };
}

function inferenceMilliwatts(file: BoardFile): SourcedValue<number> | undefined {
  const range = file.inferencePower?.find((power) => power.accelerated !== true);
  if (range === undefined) return undefined;
  const { lowMilliwatts, highMilliwatts, conditions, source } = range;
  return {
    value: (lowMilliwatts + highMilliwatts) / 2,
    source,
    note: `${lowMilliwatts} to ${highMilliwatts} mW: ${conditions}.`,
  };
}

function region(file: BoardFile, row: RegionRow): MemoryRegion {
  const { kind } = row;
  if (kind !== 'ram' && kind !== 'psram' && kind !== 'tcm-instruction' && kind !== 'tcm-data') {
    return fail(file, `kind of memory ${kind}`);
  }
  return {
    ...row,
    kind,
    start: row.start === undefined ? undefined : Number(row.start),
    holdsData: row.holdsData ?? true,
    source: row.source ?? unverifiedSource,
  };
}

function memorySystem(file: BoardFile, memory: NonNullable<BoardFile['memory']>): MemorySystem {
  return {
    flashWaitStates: optional(memory.flashWaitStates),
    instructionCacheBytes: optional(memory.instructionCacheBytes),
    dataCacheBytes: optional(memory.dataCacheBytes),
    cacheLineBytes: optional(memory.cacheLineBytes),
    flashMode: memory.flashMode && withSource({ ...memory.flashMode, value: flashMode(file, memory.flashMode.value) }),
    flashHz: optional(memory.flashHz),
    externalRamMode:
      memory.externalRamMode &&
      withSource({ ...memory.externalRamMode, value: ramMode(file, memory.externalRamMode.value) }),
    externalRamHz: optional(memory.externalRamHz),
    instructionTcmBytes: optional(memory.instructionTcmBytes),
    dataTcmBytes: optional(memory.dataTcmBytes),
    flashIsExternal: optional(memory.flashIsExternal),
    codeRegion: optional(memory.codeRegion),
    constantsRegion: optional(memory.constantsRegion),
    flashAccelerator: optional(memory.flashAccelerator),
  };
}

function usbId(file: BoardFile, row: { readonly id: string; readonly role?: string }): UsbId {
  const match = /^([0-9a-f]{4}):([0-9a-f]{4})$/.exec(row.id);
  if (match === null) return fail(file, `USB id ${row.id}`);
  return { vendorId: parseInt(match[1], 16), productId: parseInt(match[2], 16), role: row.role };
}

function floatingPoint(file: BoardFile, value: string): Core['floatingPoint'] {
  return value === 'none' || value === 'single' || value === 'double' ? value : fail(file, `floating point ${value}`);
}

function flashMode(file: BoardFile, value: string): FlashMode {
  return flashModes.find((mode) => mode === value) ?? fail(file, `flash mode ${value}`);
}

function ramMode(file: BoardFile, value: string): RamMode {
  return ramModes.find((mode) => mode === value) ?? fail(file, `mode of a RAM chip ${value}`);
}

function optimization(file: BoardFile, value: string): Optimization {
  return value === 'Os' || value === 'O2' || value === 'O3' ? value : fail(file, `optimization ${value}`);
}

function fail(file: BoardFile, what: string): never {
  throw new Error(`The file of board ${file.id} has an unknown ${what}.`);
}
