import { knownFaults } from '../faults/wrongAnswers';
import type { Rule } from './rule';

/** A kernel with a known fault: the board answers otherwise than the file means. */
export const kernelFault: Rule = {
  code: 'kernel-fault',
  severity: 'error',
  documentation:
    'The kernel has a known fault for these types, options or scales: the board answers otherwise than TensorFlow Lite, without a word, ' +
    'or refuses some inputs while it runs.',
  find: ({ model, estimate }) => {
    const layers = new Map(estimate.placed.map(({ operator, layer }) => [operator, layer]));
    return knownFaults(model).map(({ operator, outcome, message }) => ({
      layer: layers.get(operator),
      message,
      severity: outcome === 'wrong' ? ('error' as const) : ('warning' as const),
    }));
  },
};
