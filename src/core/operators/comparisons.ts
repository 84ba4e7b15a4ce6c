import { define } from './define';
import type { OperatorDefinition } from './operator';
import { anyTypes, each } from './signature';
import { broadcastShape } from './outputShapes';
import { int8ScalesBelowOne } from './quantizationChecks';

/**
 * Truth values, element by element over two tensors, broadcast as in NumPy. Facts from kernels/comparisons.cc and
 * kernels/logical.cc.
 */

interface Comparison {
  readonly kind: string;
  readonly resolverMethod: string;
  readonly summary: string;
  /** Types that it compares, separated by spaces. */
  readonly types: string;
}

function comparison({ types, ...facts }: Comparison): OperatorDefinition {
  return define({
    roles: ['activation'],
    inputs: 2,
    outputs: 1,
    accepts: each(types, 'T T -> bool'),
    allocates: anyTypes,
    checks: [int8ScalesBelowOne],
    outputShapes: broadcastShape,
    ...facts,
  });
}

const numbers = 'float32 int8 int32 int64';

export const equal = comparison({
  kind: 'EQUAL',
  resolverMethod: 'AddEqual',
  summary: 'Tells where two tensors are equal.',
  types: `${numbers} bool`,
});
export const notEqual = comparison({
  kind: 'NOT_EQUAL',
  resolverMethod: 'AddNotEqual',
  summary: 'Tells where two tensors differ.',
  types: `${numbers} bool`,
});
export const greater = comparison({
  kind: 'GREATER',
  resolverMethod: 'AddGreater',
  summary: 'Tells where the first tensor is greater.',
  types: `${numbers} int16`,
});
export const greaterEqual = comparison({
  kind: 'GREATER_EQUAL',
  resolverMethod: 'AddGreaterEqual',
  summary: 'Tells where the first tensor is greater or equal.',
  types: numbers,
});
export const less = comparison({
  kind: 'LESS',
  resolverMethod: 'AddLess',
  summary: 'Tells where the first tensor is less.',
  types: numbers,
});
export const lessEqual = comparison({
  kind: 'LESS_EQUAL',
  resolverMethod: 'AddLessEqual',
  summary: 'Tells where the first tensor is less or equal.',
  types: numbers,
});
export const logicalAnd = comparison({
  kind: 'LOGICAL_AND',
  resolverMethod: 'AddLogicalAnd',
  summary: 'Tells where both tensors are true.',
  types: 'bool',
});
export const logicalOr = comparison({
  kind: 'LOGICAL_OR',
  resolverMethod: 'AddLogicalOr',
  summary: 'Tells where at least one tensor is true.',
  types: 'bool',
});
