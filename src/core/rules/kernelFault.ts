import { kernelsInUse } from '../faults/kernelsInUse';
import { knownFaults } from '../faults/wrongAnswers';
import type { FaultOutcome } from '../faults/fault';
import type { Severity } from '../model/problem';
import type { Rule } from './rule';

const severities: Readonly<Record<FaultOutcome, Severity>> = {
  wrong: 'error',
  overruns: 'error',
  crashes: 'error',
  refused: 'error',
  'wrong-values': 'warning',
  'refuses-values': 'warning',
  slow: 'warning',
};

/** A kernel with a known fault, in the version that the firmware links. */
export const kernelFault: Rule = {
  code: 'kernel-fault',
  severity: 'error',
  documentation:
    'The kernel has a known fault for these types, options, scales or shapes in the version in use: the board answers otherwise than TensorFlow Lite, without a word, ' +
    'refuses some inputs or the model, stops, or takes long.',
  find: ({ model, target, estimate, isUntrained }) => {
    const layers = new Map(estimate.placed.map(({ operator, layer }) => [operator, layer]));
    const assumed =
      target.isVersionAssumed === true
        ? ` Nothing says which version the firmware links: ${target.tflmVersion} is assumed; set tflmVersion where it is another.`
        : '';
    const known = knownFaults(model, kernelsInUse(target)).filter(
      ({ isOfRanges }) => isUntrained !== true || isOfRanges !== true,
    );
    return known.map(({ operator, outcome, message, ofVersion }) => ({
      layer: layers.get(operator),
      message: ofVersion ? message + assumed : message,
      severity: ofVersion && assumed !== '' ? ('warning' as const) : severities[outcome],
    }));
  },
};
