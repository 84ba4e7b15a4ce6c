import type { Graph, Model, Operator } from '../model/model';
import type { KernelIsa } from '../boards/board';
import type { KernelLibrary } from '../operators/operator';
import type { ArenaFacts } from './facts';
import type { KernelTable } from './memory/kernelMemory';
import type { StructureTable } from './memory/layout';
import type { RuntimeId } from './runtimeId';
import type { Target } from './target';

/**
 * A way of running a model on a device: an interpreter with a kernel library. One file each, one line in `runtimes.ts`.
 */
export interface Runtime {
  readonly id: RuntimeId;
  readonly name: string;
  readonly kernelLibrary: KernelLibrary;
  /** Kernel paths this library is written for: the fastest runtime that lists a core's path is the default. */
  readonly isas: readonly KernelIsa[];
  /**
   * What its kernels request of the arena in the newest version of TFLM; older versions say what differs
   * (`TflmVersion.kernels`).
   */
  readonly kernels: KernelTable;
  /** Structures of its kernels in that version. */
  readonly structures: StructureTable;
  /** The library whose linked images tell the size of the code, and what is to be said where it is another one's. */
  readonly codeImages: { readonly library: 'reference' | 'cmsis_nn'; readonly note?: string };
  /** The library whose counted instructions hold; absent where nothing was counted. */
  readonly countedAs?: 'reference' | 'cmsis_nn';
  /** What to know of outputs that were computed here, as a complete sentence. */
  readonly outputRemark?: string;
}

/** Computes how the interpreter spends the arena; absent with `reason` where a rule or a size is not known. */
export type ArenaPlanner = (model: Model, target: Target) => ArenaOutcome;

export type ArenaOutcome =
  | {
      readonly known: true;
      readonly arena: ArenaFacts;
      /** Planned bytes alive, tensors and scratch, while each operator runs. */
      readonly stepBytes: ReadonlyMap<Operator, number>;
      /** The step at which each operator runs first, in the counting of `PlannedBuffer`. */
      readonly steps: ReadonlyMap<Operator, number>;
      /**
       * Present when nothing is known of what an operator takes: every figure is then a lower bound. The first such
       * operator.
       */
      readonly lowerBound?: {
        readonly reason: string;
        readonly operator: { readonly graph: number; readonly index: number };
      };
    }
  | {
      readonly known: false;
      readonly reason: string;
      readonly operator?: { readonly graph: number; readonly index: number };
    };

/** Code bytes of a set of operators, from linked images. */
export interface CodeSize {
  readonly runtimeBytes: number;
  readonly kernelBytes: number;
  /**
   * Bytes that an operator adds which is the first of its kind, in order: they sum to `kernelBytes`. Others are absent.
   */
  readonly marginal: ReadonlyMap<Operator, number>;
  /** What `kernelBytes` is made of, by origin. */
  readonly parts: readonly { readonly origin: string; readonly bytes: number }[];
  /** Kinds of operators whose code is not known; the sums are then a lower bound. */
  readonly unknown?: readonly string[];
  readonly basis: 'exact' | 'modelled';
  readonly source: string;
}

/** What one operator costs to execute. Absent figures are not known. */
export interface OperatorCost {
  readonly variant: string;
  readonly variantReason?: string;
  readonly instructions: number;
  readonly instructionsLow: number;
  readonly instructionsHigh: number;
}

export type CostModel = (operator: Operator, graph: Graph, model: Model, target: Target) => OperatorCost | undefined;
