import type { Graph, Model, Operator } from '../model/model';
import type { KernelIsa } from '../boards/board';
import type { ArenaFacts } from './facts';
import type { RuntimeId } from './runtimeId';
import type { Target } from './target';

/** A way of running a model on a device: an interpreter with a kernel library. One file each, one line in `runtimes.ts`. */
export interface Runtime {
  readonly id: RuntimeId;
  readonly name: string;
  readonly kernelLibrary: 'reference' | 'cmsis_nn' | 'esp_nn';
  /** Kernel paths this library is written for: the fastest runtime that lists a core's path is the default. */
  readonly isas: readonly KernelIsa[];
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
      /** Present when nothing is known of what an operator takes: every figure is then a lower bound. The first such operator. */
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
  /** Bytes that an operator adds which is the first of its kind, in order: they sum to `kernelBytes`. Others are absent. */
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
