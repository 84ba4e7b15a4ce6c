import type { Graph, Model, Operator } from '../../model/model';
import type { OperatorCost } from '../../runtimes/runtime';
import type { FlashWait } from './flashWait';

/** Cycles of one operator with the band that held on models that were not used to fit it. */
export interface OperatorCycles {
  readonly cycles: number;
  readonly low: number;
  readonly high: number;
  /** Of `cycles`, what the core waits for a flash chip; absent where weights lie inside the microcontroller. */
  readonly waiting?: number;
  /** Of `cycles`, what the core waits for an arena outside of the chip; absent where nothing is waited for. */
  readonly arenaWaiting?: number;
  /** What of the weights is waited for; absent for operators without weights. */
  readonly wait?: FlashWait;
}

/** How the instructions of a target become cycles. */
export interface Timing {
  /** `cost`: what the operator executes, where its instructions were counted. */
  readonly of: (
    operator: Operator,
    graph: Graph,
    model: Model,
    cost: OperatorCost | undefined,
  ) => OperatorCycles | undefined;
  /**
   * Cycles of an operator that are waits for weights in flash: those of bytes that come from there again and again, or
   * in one stream. Part of what `of` gives; 0 where its weights stay in the cache.
   */
  readonly weightWaits: (operator: Operator, graph: Graph, model: Model) => number;
  /** Complete sentences: what was measured, where, with how many models. */
  readonly source: string;
}
