import type { KernelsInUse } from '../../faults/kernelsInUse';
import type { Model } from '../../model/model';

/** A model after a rewrite, and what was done as complete sentences. */
export interface Rewritten {
  readonly model: Model;
  readonly decisions: readonly string[];
}

/** A way to say the same so that TFLM takes it, or answers right. One file each, one line in `rewrites.ts`. */
export interface Rewrite {
  readonly id: string;
  /** When outputs stay the same bit for bit, as a complete sentence: what is not so is not matched. */
  readonly exactWhen: string;
  /** The known faults that it mends, by id. */
  readonly mends?: readonly string[];
  /** `undefined` where there is nothing to do for these kernels. */
  readonly apply: (model: Model, use: KernelsInUse) => Rewritten | undefined;
}
