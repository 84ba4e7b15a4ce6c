import { dayOfVersion, dayOfOperator } from '../runtimes/tflm/versions';
import type { Rule } from './rule';

/** An operator for which the version of TFLM in use has no kernel yet. */
export const operatorNotYet: Rule = {
  code: 'operator-not-yet',
  severity: 'error',
  documentation:
    'The version of TensorFlow Lite Micro in use is older than the kernel of this operator: the resolver has no method that adds it.',
  find: ({ estimate, target }) => {
    const day = dayOfVersion(target.tflmVersion);
    if (day === undefined) return [];
    return estimate.placed.flatMap(({ operator, layer }) => {
      const since = dayOfOperator(operator.kind);
      if (since === undefined || since <= day) return [];
      const version = `${target.tflmVersion} holds TensorFlow Lite Micro of ${day}, which has no kernel for ${operator.kind}: that came on ${since}.`;
      return target.isVersionAssumed === true
        ? [
            {
              layer,
              severity: 'warning' as const,
              message: `${version} It is assumed, as nothing says which version the firmware links: set tflmVersion where it is another.`,
            },
          ]
        : [{ layer, message: `${version} Take a newer library, or build the model without it.` }];
    });
  },
};
