import type { FloatEngine } from '../../execute/floatEngine';
import type { Trainer } from '../../execute/trainer';
import type { CompressionInput } from '../compressionInput';
import type { Goal } from '../goals/goal';
import type { Progress } from '../offer';
import type { Totals } from '../offer';
import type { Proof } from '../proof';
import type { QuantizeModel } from '../quantize/request';

/**
 * How the channels that matter least are found. `l1`, `l2`: small weights; `geometric-median`: filters that others can
 * stand in for; `activation`: what its readers would miss of its variance on the samples; `taylor`: how much the
 * outputs would change on the samples, to first order, by gradients. `auto`: the best one that samples and engine
 * allow.
 */
export type Importance = 'l1' | 'l2' | 'geometric-median' | 'activation' | 'taylor';

export const importances: readonly Importance[] = ['l1', 'l2', 'geometric-median', 'activation', 'taylor'];

/** What a person may decide about a pruning. */
export interface PruneOptions {
  /** Remove what makes no difference first. */
  readonly clean: boolean;
  /** Share of the channels of every layer to remove, 0 to 1. */
  readonly ratio?: number;
  /** Shares for layers by their short names as the listing shows them; others keep theirs. */
  readonly layers: readonly { readonly name: string; readonly ratio: number }[];
  readonly goal?: Goal;
  readonly importance: Importance | 'auto';
  /** Fine-tune afterwards; needs samples. */
  readonly repair: boolean;
  readonly repairOptions?: Partial<RepairOptions>;
  /** Keep to shares although kernels handle those numbers of channels worse. */
  readonly force?: boolean;
  /** Quantize the result to int8; needs samples. An int8 model that is repaired is quantized again in any case. */
  readonly quantize: boolean;
}

export interface RepairOptions {
  /** Passes over the samples at most. */
  readonly epochs: number;
  readonly batchSize: number;
  /**
   * Adam's, as a share of the root mean square of each tensor's values; rises over the first steps, then falls to
   * nothing along half a cosine.
   */
  readonly learningRate: number;
  /** Passes without a better result after which it ends. */
  readonly patience: number;
  readonly seed: number;
}

export const defaultPruneOptions: PruneOptions = {
  clean: true,
  layers: [],
  importance: 'auto',
  repair: true,
  quantize: false,
};

/** Without samples nothing is repaired. */
export type PruneRequest = CompressionInput<PruneOptions>;

/** What a pruning works with. */
export interface PruneTools {
  /** Absent: float models are measured by the slower evaluator. */
  readonly engine?: FloatEngine;
  /** Absent: no gradients, so neither repair nor Taylor importance. */
  readonly trainer?: Trainer;
  /** Absent: nothing is quantized. */
  readonly quantize?: QuantizeModel;
  readonly progress?: (progress: Progress) => void;
  /** Lets messages in, an order to stop among them; called now and then. */
  readonly pause?: () => Promise<void>;
  /**
   * Once aborted, the work ends with the best so far where fine-tuning had begun, else it rejects with the signal's
   * reason.
   */
  readonly signal?: AbortSignal;
}

/** One point of the trade-off: a model that could be had. */
export interface TradeOffPoint {
  /**
   * Stable within one curve, 0 the original; a request with `goal.macsShare` of `1 - totals.macs / first.macs` leads
   * there again.
   */
  readonly index: number;
  readonly totals: Totals;
  /** Channels removed of all that can be. */
  readonly removedChannels: number;
  /** Against the original on samples that were not used for pruning or repair; absent where it was not measured. */
  readonly fidelity?: { readonly top1Agreement?: number; readonly sqnrDb: number; readonly accuracy?: number };
  /** True for a point whose fidelity was measured after repair. */
  readonly repaired?: boolean;
  /** The point that was written. */
  readonly chosen?: boolean;
}

/** From the original to the smallest model that the search found. */
export interface TradeOffCurve {
  readonly points: readonly TradeOffPoint[];
  /** What the search made smaller first. */
  readonly guidedBy: 'ram' | 'flash' | 'cycles' | 'macs';
  /** Complete sentences: why the goal was not reached, what blocks it; absent where it was. */
  readonly unreachable?: string;
}

export interface PruneResult {
  /** The `.tflite` file. */
  readonly bytes: Uint8Array;
  readonly proof: Proof;
  readonly curve: TradeOffCurve;
}
