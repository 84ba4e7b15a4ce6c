/**
 * How a figure is known. `exact`: computed by the rules of a known version, no error expected. `modelled`: from a
 * fitted model, given with its band. `measured`: read from a board. Where nothing is known the figure is absent.
 */
export type Basis = 'exact' | 'modelled' | 'measured';

/** How the interpreter spends its arena. The keys are part of the JSON contract of `milliwatt analyze --json`. */
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
  /** True where the memory of an operator is not known: it takes this much and more. */
  readonly isLowerBound?: boolean;
  readonly detail?: ArenaDetail;
}

/** What the hover and the memory map of the model editor show. */
export interface ArenaDetail {
  readonly buffers: readonly PlannedBuffer[];
  readonly persistent: readonly PersistentPart[];
  /** The step at which most planned bytes are alive: the planned part of this order of operators takes no less. */
  readonly peak?: { readonly step: number; readonly bytes: number };
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
  /** A plan in the file says where it lies. */
  readonly isFixed?: boolean;
}

/** Bytes of one kind of persistent structure, alignment loss included. */
export interface PersistentPart {
  readonly kind: string;
  readonly bytes: number;
  readonly count?: number;
}
