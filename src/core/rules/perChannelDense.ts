import { definitionOf } from '../operators/operators';
import { perChannelDenseStanding } from '../runtimes/tflm/denseScales';
import type { Rule } from './rule';

/** Fully-connected weights with a scale per channel: right only since TFLM's change of September 2024. */
export const perChannelDense: Rule = {
  code: 'per-channel-dense',
  severity: 'warning',
  documentation:
    'Fully-connected weights have one scale per output channel, which TensorFlow Lite Micro before September 2024 (tflite-micro PR 2673) computes silently wrong.',
  find: ({ estimate, target }) =>
    estimate.placed.flatMap(({ operator, graph, layer }) => {
      // Of versions that are known to be older `kernel-fault` tells.
      if (perChannelDenseStanding(target) !== 'open') return [];
      if (operator.kind !== 'FULLY_CONNECTED') return [];
      const weights = operator.inputs.findIndex((_, position) => definitionOf(operator)?.role(position) === 'weights');
      const scales = graph.tensors[operator.inputs[weights]]?.quantization?.scales.length ?? 0;
      if (scales <= 1) return [];
      return [
        {
          layer,
          message:
            `The weights have ${scales} scales, one per output channel. TensorFlow Lite Micro before September 2024 uses only the first and gives wrong results without an error. ` +
            'Use a newer version in the firmware, or convert the model with one scale for these weights.',
        },
      ];
    }),
};
