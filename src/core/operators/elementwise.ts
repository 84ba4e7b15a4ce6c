import { define } from './define';
import type { OperatorDefinition } from './operator';
import { symmetricInt16 } from './quantizationChecks';
import { elements, shapeText } from './shapes';
import { anyTypes, each } from './signature';
import type { Check, OperatorView } from './view';
import { sameShape } from './outputShapes';

/** Element by element over one tensor. None of them multiplies and accumulates. */

interface Unary {
  readonly kind: string;
  readonly resolverMethod: string;
  readonly summary: string;
  /** Types that it takes and returns, separated by spaces. */
  readonly types: string;
  readonly allocates?: readonly string[];
  readonly checks?: readonly Check[];
}

function unary({ types, ...facts }: Unary): OperatorDefinition {
  return define({
    roles: ['activation'],
    inputs: 1,
    outputs: 1,
    accepts: each(types, 'T -> T'),
    shapeProblem: sameSize,
    outputShapes: sameShape(),
    ...facts,
  });
}

function sameSize(view: OperatorView): string | undefined {
  const [input, output] = [view.input(0), view.output(0)];
  if (input === undefined || output === undefined || elements(input) === elements(output)) return undefined;
  return `${view.name} turns ${shapeText(input)} into ${shapeText(output)}, but keeps the number of values; convert the model again.`;
}

/** Facts from kernels/elementwise.cc. */
export const abs = unary({
  kind: 'ABS',
  resolverMethod: 'AddAbs',
  summary: 'Takes the absolute value.',
  types: 'float32 int8 int16',
  checks: [symmetricInt16],
});
export const cos = unary({
  kind: 'COS',
  resolverMethod: 'AddCos',
  summary: 'Takes the cosine.',
  types: 'float32',
});
export const log = unary({
  kind: 'LOG',
  resolverMethod: 'AddLog',
  summary: 'Takes the natural logarithm.',
  types: 'float32',
});
export const logicalNot = unary({
  kind: 'LOGICAL_NOT',
  resolverMethod: 'AddLogicalNot',
  summary: 'Negates truth values.',
  types: 'bool',
});
export const rsqrt = unary({
  kind: 'RSQRT',
  resolverMethod: 'AddRsqrt',
  summary: 'Takes one over the square root.',
  types: 'float32 int8',
});
export const sin = unary({
  kind: 'SIN',
  resolverMethod: 'AddSin',
  summary: 'Takes the sine.',
  types: 'float32',
});
export const sqrt = unary({
  kind: 'SQRT',
  resolverMethod: 'AddSqrt',
  summary: 'Takes the square root.',
  types: 'float32',
});
export const square = unary({
  kind: 'SQUARE',
  resolverMethod: 'AddSquare',
  summary: 'Squares every value.',
  types: 'float32',
});

/** Facts from kernels/ceil.cc, kernels/floor.cc, kernels/round.cc, kernels/exp.cc and kernels/neg.cc. */
export const ceil = unary({
  kind: 'CEIL',
  resolverMethod: 'AddCeil',
  summary: 'Rounds up.',
  types: 'float32',
});
export const exp = unary({
  kind: 'EXP',
  resolverMethod: 'AddExp',
  summary: 'Raises e to every value.',
  types: 'float32',
});
export const floor = unary({
  kind: 'FLOOR',
  resolverMethod: 'AddFloor',
  summary: 'Rounds down.',
  types: 'float32',
  allocates: anyTypes,
});
export const neg = unary({
  kind: 'NEG',
  resolverMethod: 'AddNeg',
  summary: 'Negates every value.',
  types: 'float32',
  allocates: anyTypes,
});
export const round = unary({
  kind: 'ROUND',
  resolverMethod: 'AddRound',
  summary: 'Rounds to the nearest whole number, halves to even.',
  types: 'float32',
});

/** Facts from kernels/zeros_like.cc. */
export const zerosLike = unary({
  kind: 'ZEROS_LIKE',
  resolverMethod: 'AddZerosLike',
  summary: 'Makes zeros of the same shape and type.',
  types: 'float32 int8 int32 int64',
  allocates: anyTypes,
});
