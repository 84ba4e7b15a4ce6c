import type { Model } from '../../model/model';
import type { CompressionKind } from '../kind';
import { fitting } from '../kinds/fit';
import { pruning } from '../kinds/prune';
import { quantization } from '../kinds/quantize';
import type { Goal } from '../goals/goal';
import { isInt16Model } from '../quantize/repair/int16';
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
const int8: readonly RungRequest[] = [{ kind: quantization, options: quantization.defaults }, lossless];

/** From what loses nothing to what loses most. A new one is one line. */
export const rungs: readonly Rung[] = [
  { title: 'the same weights and outputs', keepsOutputs: true, requests: () => [lossless] },
  {
    title: 'int8',
    requests: (source) => (isQuantizedModel(source) ? [] : int8),
  },
  {
    title: '8 bits instead of 16',
    requests: ({ graphs: [graph] }) => (isInt16Model(graph) ? int8 : []),
  },
  {
    title: 'fewer channels',
    requests: (source, goal) => [
      { kind: pruning, options: { ...pruning.defaults, goal, quantize: !isQuantizedModel(source) } },
      lossless,
    ],
  },
];
