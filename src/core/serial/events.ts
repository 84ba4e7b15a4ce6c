/**
 * What a line of a board's output means. One union, so that whoever shows events is told by the compiler of a new kind.
 * Figures are as printed: a parser never converts or completes them.
 */
export type FirmwareEvent =
  | ProfileStart
  | ProfileEntry
  | ProfileTagSum
  | ProfileEnd
  | ProfileDamage
  | ProfilerFull
  | ArenaUsed
  | ArenaSection
  | ArenaAllocation
  | ArenaShort
  | MemoryShort
  | OperatorMissing
  | ResolverFull
  | AllocateFailed
  | InvokeFailed
  | OperatorFailed
  | TypeRefused
  | HybridRefused
  | CheckFailed
  | SchemaMismatch
  | TaskWatchdog
  | InferenceTime
  | BenchmarkPhase
  | Crash
  | CrashRegisters
  | CrashBacktrace
  | PlotSamples;

/**
 * The forms in which a profile comes. `tflm-log`, `tflm-csv` and `tflm-per-tag` are those of TFLM's `MicroProfiler`.
 */
export type ProfileDialect = 'tflm-log' | 'tflm-csv' | 'tflm-per-tag' | 'milliwatt';

/** What one tick is, where the board says it. */
export type TickUnit = 'cycles' | 'microseconds' | 'milliseconds' | 'ticks';

/** A header: a new profile begins, whatever became of the one before. */
export interface ProfileStart {
  readonly type: 'profile-start';
  readonly dialect: ProfileDialect;
  /** What only our own helper prints about the run. */
  readonly facts?: ProfileFacts;
}

/** What the helper `milliwatt_profiler.h` says about a run; absent is what the firmware did not know. */
export interface ProfileFacts {
  /** SHA-256 of the model file, lower-case hexadecimal. */
  readonly modelHash?: string;
  readonly clockHz?: number;
  readonly unit?: TickUnit;
  readonly ticksPerSecond?: number;
  /** Entries that follow. */
  readonly entries?: number;
  /** Operators that found no room in the helper's table, and so are not printed. */
  readonly dropped?: number;
  /** Events inside others, counted in those alone: operators of called graphs. */
  readonly nested?: number;
  readonly tflmVersion?: string;
  readonly flags?: readonly string[];
  readonly arenaUsedBytes?: number;
}

/**
 * One event of a profile: an operator's run. `index` where the form numbers them, `ms` where it prints them, both as
 * printed.
 */
export interface ProfileEntry {
  readonly type: 'profile-entry';
  readonly dialect: ProfileDialect;
  readonly index?: number;
  readonly tag: string;
  readonly ticks: number;
  readonly ms?: number;
}

/** Ticks of all events with one tag together: says nothing about a single layer. */
export interface ProfileTagSum {
  readonly type: 'profile-tag-sum';
  readonly tag: string;
  readonly ticks: number;
}

/** The last line of a profile that has one. */
export interface ProfileEnd {
  readonly type: 'profile-end';
  readonly dialect: ProfileDialect;
  readonly totalTicks?: number;
}

/** A line of our helper whose checksum or form is wrong: a piece of the profile is lost. */
export interface ProfileDamage {
  readonly type: 'profile-damage';
  readonly dialect: ProfileDialect;
}

/** `MicroProfiler` stops the program when its table is full. */
interface ProfilerFull {
  readonly type: 'profiler-full';
  readonly maximumEvents: number;
}

/**
 * What `arena_used_bytes()` returned, in the usual phrasings. `arenaBytes`: the size of the arena where the line says
 * it too.
 */
interface ArenaUsed {
  readonly type: 'arena-used';
  readonly bytes: number;
  readonly arenaBytes?: number;
}

/** `RecordingMicroAllocator`: the whole, the head (non-persistent: the plan) and the tail (persistent). */
export interface ArenaSection {
  readonly type: 'arena-section';
  readonly section: 'total' | 'head' | 'tail';
  readonly bytes: number;
}

/** `RecordingMicroAllocator`: one kind of allocation. */
export interface ArenaAllocation {
  readonly type: 'arena-allocation';
  readonly name: string;
  readonly usedBytes: number;
  readonly requestedBytes: number;
  readonly count: number;
}

/** An allocator found too little room: `plan` is the head's buffer ("resize buffer"), else the named memory. */
export interface ArenaShort {
  readonly type: 'arena-short';
  /** `whole` in versions before 2022, which say no more. */
  readonly memory: 'plan' | 'tail' | 'temp' | 'whole';
  readonly requestedBytes: number;
  readonly availableBytes: number;
  readonly missingBytes: number;
}

/** Room for something was missing; the amount only where the message says it. */
interface MemoryShort {
  readonly type: 'memory-short';
  /** What room was missing for, in TFLM's words. */
  readonly what: string;
  readonly requiredBytes?: number;
}

/**
 * The resolver does not know an operator of the model. `operator` is TFLM's name, or its number where only that is
 * printed.
 */
interface OperatorMissing {
  readonly type: 'operator-missing';
  readonly operator: string;
  /** True where the operator is known but not the parser of its options. */
  readonly parserOnly: boolean;
}

/** `MicroMutableOpResolver<slots>` has no slot left. */
interface ResolverFull {
  readonly type: 'resolver-full';
  readonly operator: string;
  readonly slots: number;
}

interface AllocateFailed {
  readonly type: 'allocate-failed';
}

interface InvokeFailed {
  readonly type: 'invoke-failed';
}

/** `position` counts operators in their graph. */
export interface OperatorFailed {
  readonly type: 'operator-failed';
  readonly operator: string;
  readonly position: number;
  readonly stage: 'prepare' | 'invoke';
  readonly status: number;
}

/** A kernel refuses a type. `dataType` as TFLM names it (`INT16`); `message` is the whole line. */
interface TypeRefused {
  readonly type: 'type-refused';
  readonly dataType?: string;
  readonly message: string;
}

/** A float operator with integer weights (dynamic-range quantization), which TFLM has no kernels for. */
interface HybridRefused {
  readonly type: 'hybrid-refused';
  /** Source file of the kernel. */
  readonly file?: string;
}

/** `TF_LITE_ENSURE…`: a condition of a kernel that does not hold. */
interface CheckFailed {
  readonly type: 'check-failed';
  readonly file: string;
  readonly line: number;
  readonly condition: string;
}

/** The firmware was built for another version of the schema than the model's. */
interface SchemaMismatch {
  readonly type: 'schema-mismatch';
  readonly modelVersion: number;
  readonly supportedVersion: number;
}

/**
 * The task watchdog of ESP-IDF: tasks that waited for too long, and those that were running. The program goes on,
 * unless the watchdog ends it. It begins without names, which later ones add.
 */
export interface TaskWatchdog {
  readonly type: 'task-watchdog';
  readonly starved: readonly string[];
  readonly running: readonly string[];
  /** Whether it is set to end the program. */
  readonly aborts?: true;
}

/** How long a whole inference took, as printed. `ticks` where no unit is said. */
export interface InferenceTime {
  readonly type: 'inference-time';
  readonly ms?: number;
  readonly cycles?: number;
  readonly ticks?: number;
}

/** What a benchmark program of TFLM does beside single operators: setting up, or so many inferences as a whole. */
interface BenchmarkPhase {
  readonly type: 'benchmark-phase';
  readonly name: string;
  readonly ticks: number;
  /** Inferences that the ticks are of; absent where it is none. */
  readonly inferences?: number;
}

type CrashKind = 'esp-idf' | 'zephyr' | 'cortex-m' | 'mbed' | 'teensy' | 'panic';

/** A fatal error. `crash` numbers them within one parser; later events of the same dump carry the same number. */
export interface Crash {
  readonly type: 'crash';
  readonly kind: CrashKind;
  readonly crash: number;
  readonly reason: string;
  readonly core?: number;
  /** Name of the thread or task that it happened in. */
  readonly thread?: string;
}

/** Registers of the dump: values as unsigned 32-bit numbers, names in lower case (`pc`, `lr`, `mepc`, `cfsr`). */
export interface CrashRegisters {
  readonly type: 'crash-registers';
  readonly kind: CrashKind;
  readonly crash: number;
  readonly registers: Readonly<Record<string, number>>;
}

/** Code addresses, innermost first, to be resolved through the ELF file. */
export interface CrashBacktrace {
  readonly type: 'crash-backtrace';
  readonly kind: CrashKind;
  readonly crash: number;
  readonly addresses: readonly number[];
  /** True where the dump says that the trace stops early. */
  readonly corrupted: boolean;
}

type PlotDialect = 'teleplot' | 'arduino' | 'csv';

/** Samples of one line, in its order. */
export interface PlotSamples {
  readonly type: 'plot-samples';
  readonly dialect: PlotDialect;
  readonly samples: readonly PlotSample[];
}

/** `value` of a series over time, `text` of a state, or `x` and `value` of a curve in the plane. */
export interface PlotSample {
  readonly series: string;
  readonly value?: number;
  readonly text?: string;
  readonly x?: number;
  /** The board's own time, where the line gives it. */
  readonly timeMs?: number;
  readonly unit?: string;
  /** Teleplot: not shown until it is chosen. */
  readonly hidden?: boolean;
  /** Teleplot: what came before is cleared. */
  readonly clear?: boolean;
}
