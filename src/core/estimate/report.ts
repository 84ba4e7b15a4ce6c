import type { Origin } from '../model/origin';
import type { FileFix, Severity, HelpfulSetting } from '../model/problem';
import type { ArenaFacts, Basis } from '../runtimes/facts';

export type { ArenaDetail, ArenaFacts, Basis, PersistentPart, PlannedBuffer } from '../runtimes/facts';

/**
 * What is known about a model on a target. The keys are the JSON contract of `milliwatt analyze --json`: stable. Absent
 * means not known.
 */
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
  /** True when a cost of an operator is not known, whichever: the totals of that cost are lower bounds. */
  readonly lowerBound?: boolean;
  /** What was measured of this model on this board; the layers carry their own part. */
  readonly measured?: MeasuredFacts;
}

/** A measured time beside an estimate. */
export interface MeasuredFigure {
  readonly cycles?: number;
  readonly ms?: number;
  /** How far the estimate is from it: (estimated - measured) / measured; absent where one of them is. */
  readonly difference?: number;
  readonly basis: 'measured';
}

/** The measurement as a whole. */
export interface MeasuredFacts extends MeasuredFigure {
  readonly arenaUsedBytes?: number;
  /** Estimated minus measured. */
  readonly arenaDifferenceBytes?: number;
  /** Inferences that the figures are the median of. */
  readonly inferences: number;
  readonly clockHz?: number;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly source: string;
}

export interface ModelFacts {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly operators: number;
  readonly macs: number;
  /** `modelled` where the shapes that the file declares contradict its operators; else they are exact. */
  readonly macsBasis?: Basis;
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
  /** Of an external flash chip; absent where there is none, or nothing is known. */
  readonly flashMode?: string;
  readonly flashHz?: number;
  /**
   * Where each value of the target came from ("board default", "milliwatt.json", "setting", "command line"), by key.
   */
  readonly origins?: Readonly<Record<string, string>>;
}

export interface FlashFacts {
  readonly modelBytes: number;
  /** `exact` for a model that is there as the runtime reads it, `modelled` for one whose file is yet to be written. */
  readonly modelBasis?: Basis;
  /** What the model's operators pull in: kernels, kernel library, shared helpers. */
  readonly kernelBytes?: number;
  /** Interpreter, allocator, planner, start-up. */
  readonly runtimeBytes?: number;
  readonly totalBytes: number;
  readonly basis: Basis;
  /** True where the code of an operator is not known: it takes this much and more. */
  readonly isLowerBound?: boolean;
  /** Complete sentences: what the figure rests on. */
  readonly source?: string;
}

export interface LatencyFacts {
  readonly instructions?: number;
  readonly cycles?: number;
  readonly ms?: number;
  readonly lowMs?: number;
  readonly highMs?: number;
  /** Of `ms`, what the core waits for an external flash chip. */
  readonly flashWaitMs?: number;
  readonly basis: Basis;
  /** Complete sentences: what the figure rests on. */
  readonly source?: string;
  /** Share of the operators of which every figure given here is known; below 1 they are lower bounds. */
  readonly coverage?: number;
}

export interface EnergyFacts {
  readonly joulesPerInference: number;
  readonly lowJoules?: number;
  readonly highJoules?: number;
  readonly averageMilliwatts?: number;
  readonly batteryDays?: number;
  /** True where the time of an operator is not known: it takes this much and more. */
  readonly isLowerBound?: boolean;
  readonly basis: Basis;
  /** How the power alone is known: `measured` when the user gave it. */
  readonly powerBasis?: Basis;
  readonly source?: string;
}

export interface BudgetFacts {
  readonly ramBytes?: number;
  /** As in `BudgetChoice`. */
  readonly ramSource?: string;
  readonly ramRegion?: string;
  readonly flashBytes?: number;
  /** As in `BudgetChoice`. */
  readonly flashSource?: string;
  readonly latencyMs?: number;
  readonly averageMilliwatts?: number;
  readonly fits?: boolean;
}

/** Weights that are read in place from an external flash chip. */
export interface FlashReadFacts {
  readonly weightBytes: number;
  /** Over one inference: more than the weights where they are read again. */
  readonly fetchedBytes: number;
  /** Of the cache before the flash, what weights may take. */
  readonly cacheBytes: number;
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
  /** The operator's step in the planner's counting (see `PlannedBuffer`). */
  readonly step?: number;
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
  /** Of `ms`, what the core waits for an external flash chip. */
  readonly flashWaitMs?: number;
  /** What of the operator's weights comes from there; absent where nothing is waited for. */
  readonly flashRead?: FlashReadFacts;
  /** Of `ms`, what the core waits for an arena outside of the chip. */
  readonly arenaWaitMs?: number;
  /** Kernel variant that runs (`conv 1x1 s8`), with the reason in `variantReason`. */
  readonly variant?: string;
  readonly variantReason?: string;
  readonly basis?: Basis;
  readonly measured?: MeasuredFigure;
  /** Where it came from, for a model of a program. */
  readonly origin?: Origin;
}

export interface Finding {
  /** Unique among the findings about one model, and the same as long as the finding is (`withIds`). */
  readonly id: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Index into `layers`. */
  readonly layer?: number;
  readonly origin?: Origin;
  /** Of what a board said: the address of its port. */
  readonly source?: string;
  /** It is of a rule, which `milliwatt.json` may silence or soften. */
  readonly isRule?: boolean;
  /** Edits that its rule knows to help. */
  readonly fixes?: readonly FileFix[];
  /** A setting of the target that its rule knows to help. */
  readonly setting?: HelpfulSetting;
}
