import type { Model } from '../../model/model';
import type { CompressionRequest } from '../kind';
import { mergedOptions } from '../kinds';
import { fitting } from '../kinds/fit';
import { pruning } from '../kinds/prune';
import { quantization } from '../kinds/quantize';
import type { Goal } from '../goals/goal';
import { isQuantizedModel } from '../rewrite/dequantizeModel';

/** One step of the ladder: compressions of the source, one after the other. */
export interface Rung {
  readonly title: string;
  readonly keepsOutputs?: boolean;
  /**
   * None where the rung is not for this model. Only the first may change outputs: those behind it keep what it made,
   * bit for bit.
   */
  readonly requests: (source: Model, goal: Goal) => readonly CompressionRequest[];
}

const lossless: CompressionRequest = { kind: fitting.id, options: fitting.defaults };

/** From what loses nothing to what loses most. A new one is one line. */
export const rungs: readonly Rung[] = [
  { title: 'the same weights and outputs', keepsOutputs: true, requests: () => [lossless] },
  {
    title: 'int8',
    requests: (source) =>
      isQuantizedModel(source) ? [] : [{ kind: quantization.id, options: quantization.defaults }, lossless],
  },
  {
    title: 'fewer channels',
    requests: (source, goal) => [
      { kind: pruning.id, options: mergedOptions(pruning, { goal, quantize: !isQuantizedModel(source) }) },
      lossless,
    ],
  },
];
