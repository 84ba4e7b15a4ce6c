import type { Model } from '../../model/model';
import type { CompressionKind } from '../kind';
import { fitting } from '../kinds/fit';
import { pruning } from '../kinds/prune';
import { quantization } from '../kinds/quantize';
import type { Goal } from '../goals/goal';
import { isQuantizedModel } from '../rewrite/dequantizeModel';

/** A compression with all its options. */
export interface RungRequest {
  readonly kind: CompressionKind;
  readonly options: object;
}

/** One step of the ladder: compressions of the source, one after the other. */
export interface Rung {
  readonly title: string;
  readonly keepsOutputs?: boolean;
  /**
   * None where the rung is not for this model. Only the first may change outputs: those behind it keep what it made,
   * bit for bit.
   */
  readonly requests: (source: Model, goal: Goal) => readonly RungRequest[];
}

const lossless: RungRequest = { kind: fitting, options: fitting.defaults };

/** From what loses nothing to what loses most. A new one is one line. */
export const rungs: readonly Rung[] = [
  { title: 'the same weights and outputs', keepsOutputs: true, requests: () => [lossless] },
  {
    title: 'int8',
    requests: (source) =>
      isQuantizedModel(source) ? [] : [{ kind: quantization, options: quantization.defaults }, lossless],
  },
  {
    title: 'fewer channels',
    requests: (source, goal) => [
      { kind: pruning, options: { ...pruning.defaults, goal, quantize: !isQuantizedModel(source) } },
      lossless,
    ],
  },
];
