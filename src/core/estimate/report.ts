import type { Severity } from '../model/problem';

/**
 * How a figure is known. `exact`: computed by the rules of a known version, no error expected. `modelled`: from a fitted
 * model, given with its band. `measured`: read from a board. Where nothing is known the figure is absent.
 */
export type Basis = 'exact' | 'modelled' | 'measured';

/** What is known about a model on a target. The keys are the JSON contract of `milliwatt analyze --json`: stable. Absent means not known. */
export interface Report {
  readonly model: ModelFacts;
  readonly target: TargetFacts;
  readonly arena?: ArenaFacts;
  readonly flash?: FlashFacts;
  readonly latency?: LatencyFacts;
  readonly energy?: EnergyFacts;
  readonly budget?: BudgetFacts;
  /** Operators of all graphs in order: graph 0 first. `index` counts over all of them. */
  readonly layers: readonly LayerFacts[];
  readonly findings: readonly Finding[];
  /** True when an operator is unknown: every total is then a lower bound. */
  readonly lowerBound?: boolean;
}

export interface ModelFacts {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly operators: number;
  readonly macs: number;
  readonly parameters: number;
}

export interface TargetFacts {
  readonly board?: string;
  readonly boardName?: string;
  readonly core?: string;
  readonly clockHz?: number;
  readonly runtime: string;
  readonly tflmVersion: string;
  readonly optimization: string;
  readonly rounding: string;
  readonly arenaRegion?: string;
  readonly weightsRegion?: string;
  /** Where each value of the target came from ("board default", "milliwatt.json", "setting", "command line"), by key. */
  readonly origins?: Readonly<Record<string, string>>;
}

export interface ArenaFacts {
  /** Smallest arena with which `AllocateTensors()` succeeds: the number to write into the firmware. */
  readonly minimumBytes: number;
  /** What `arena_used_bytes()` returns on the device. */
  readonly usedBytes: number;
  readonly plannedBytes: number;
  readonly persistentBytes: number;
  /** Bytes of all scratch requests together, rounded as planned. */
  readonly scratchBytes: number;
  /** Index into `layers` of the operator at which the planned memory peaks. */
  readonly peakOperator?: number;
  readonly basis: Basis;
  readonly detail?: ArenaDetail;
}

/** What the hover and the memory map of the model editor show. */
export interface ArenaDetail {
  readonly buffers: readonly PlannedBuffer[];
  readonly persistent: readonly PersistentPart[];
  /** What decides `minimumBytes`: the running model, or set-up work that needs more for a moment. */
  readonly minimumDecidedBy: 'run' | 'prepare' | 'planning';
  readonly note?: string;
}

/** A tensor or scratch buffer in the planned (head) part of the arena. */
export interface PlannedBuffer {
  readonly kind: 'tensor' | 'scratch';
  readonly graph: number;
  /** Tensor index for a tensor, operator index for a scratch buffer. */
  readonly index: number;
  readonly name: string;
  /** Size as requested, before rounding up to 16. */
  readonly bytes: number;
  readonly offset: number;
  /** First and last step at which it lives, in the planner's counting; -1 for never. */
  readonly firstStep: number;
  readonly lastStep: number;
}

/** Bytes of one kind of persistent structure, alignment loss included. */
export interface PersistentPart {
  readonly kind: string;
  readonly bytes: number;
  readonly count?: number;
}

export interface FlashFacts {
  readonly modelBytes: number;
  /** What the model's operators pull in: kernels, kernel library, shared helpers. */
  readonly kernelBytes?: number;
  /** Interpreter, allocator, planner, start-up. */
  readonly runtimeBytes?: number;
  readonly totalBytes: number;
  readonly basis: Basis;
}

export interface LatencyFacts {
  readonly instructions?: number;
  readonly cycles?: number;
  readonly ms?: number;
  readonly lowMs?: number;
  readonly highMs?: number;
  readonly basis: Basis;
  /** Whole sentences: what the figure rests on. */
  readonly source?: string;
  /** Share of the MACs that the known operators make; below 1 the total is a lower bound. */
  readonly coverage?: number;
}

export interface EnergyFacts {
  readonly joulesPerInference: number;
  readonly lowJoules?: number;
  readonly highJoules?: number;
  readonly averageMilliwatts?: number;
  readonly basis: Basis;
  readonly source?: string;
}

export interface BudgetFacts {
  readonly ramBytes?: number;
  readonly ramRegion?: string;
  readonly flashBytes?: number;
  readonly latencyMs?: number;
  readonly averageMilliwatts?: number;
  readonly fits?: boolean;
}

export interface LayerFacts {
  readonly index: number;
  readonly graph: number;
  /** Operator index in its graph. */
  readonly position: number;
  readonly operator: string;
  /** Short name of the operator's first output. */
  readonly name: string;
  readonly macs?: number;
  /** Planned arena bytes alive while this operator runs (tensors and scratch). */
  readonly ramBytes?: number;
  /** Bytes of the operator's constants in the file, plus its kernel where it is the first to use it. */
  readonly flashBytes?: number;
  readonly weightBytes?: number;
  readonly kernelBytes?: number;
  readonly instructions?: number;
  readonly instructionsLow?: number;
  readonly instructionsHigh?: number;
  readonly cycles?: number;
  readonly ms?: number;
  /** Kernel variant that runs (`conv 1x1 s8`), with the reason in `variantReason`. */
  readonly variant?: string;
  readonly variantReason?: string;
  readonly basis?: Basis;
}

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Index into `layers`. */
  readonly layer?: number;
}
