import type { KernelInvocation } from '../../../src/core/execute/kernel';
import { tfLiteOperators } from '../../../src/core/execute/meaning/tfLiteOperators';
import { Value } from '../../../src/core/execute/value';
import type { OptionValue, Tensor } from '../../../src/core/model/model';
import { heldValues } from '../../../src/core/model/values/real';
import { operator, options } from '../../support/build';
import { check } from '../../support/check';
import type { Operand, Scale } from '../kernels/oneOperator';
import { out, x } from '../kernels/oneOperator';

/** Operators that only TF Lite has; all expectations by hand. */

type Numbers = readonly number[];

interface Case {
  readonly kind: string;
  readonly inputs: readonly Operand[];
  readonly output: Tensor;
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/** The stored values of what is computed, floats to five digits. */
function computed({ kind, inputs, output, options: values = {} }: Case): Numbers {
  const given = inputs.map(({ tensor, bytes }) => {
    const value = new Value(tensor, tensor.shape);
    value.bytes.set(bytes);
    return value;
  });
  const result = new Value(output, output.shape);
  const call: KernelInvocation = {
    operator: operator(kind, [...inputs.keys()], [inputs.length], { options: options('', values) }),
    rounding: 'double',
    inputs: given,
    outputs: [result],
    intermediates: [],
    machine: {} as KernelInvocation['machine'],
  };
  tfLiteOperators[kind].kernel(call)();
  const isFloat = result.type === 'float32';
  return [...heldValues(result)].map((value) => (isFloat ? Number(value.toPrecision(5)) + 0 : value));
}

/** A row of int8 in halves above 3, cut or bent, in the same scale. */
function int8(kind: string, values: Numbers, scale: Scale = [0.5, 3], more: Case['options'] = {}): Case {
  return {
    kind,
    inputs: [x('int8', [values.length], values, scale)],
    output: out('int8', [values.length], scale),
    options: more,
  };
}

function float(kind: string, values: Numbers, more: Case['options'] = {}): Case {
  return {
    kind,
    inputs: [x('float32', [values.length], values)],
    output: out('float32', [values.length]),
    options: more,
  };
}

check('functions of one value', computed, [
  { name: 'RELU_0_TO_1 of floats', input: float('RELU_0_TO_1', [-2, 0.25, 2]), expected: [0, 0.25, 1] },
  { name: 'RELU_N1_TO_1 of floats', input: float('RELU_N1_TO_1', [-2, 0.25, 2]), expected: [-1, 0.25, 1] },
  // 0 is 3, 1 is 5.
  { name: 'RELU_0_TO_1 of int8', input: int8('RELU_0_TO_1', [-10, 3, 4, 5, 9]), expected: [3, 3, 4, 5, 5] },
  // -1 is 1.
  { name: 'RELU_N1_TO_1 of int8', input: int8('RELU_N1_TO_1', [-10, 1, 2, 9]), expected: [1, 1, 2, 5] },
  // Of the normal distribution 0.841345 lies below 1, 0.97725 below 2.
  { name: 'GELU', input: float('GELU', [-2, -1, 0, 1, 2]), expected: [-0.0455, -0.15866, 0, 0.84134, 1.9545] },
  { name: 'GELU far away', input: float('GELU', [-40, 40]), expected: [0, 40] },
  {
    // Half of 1 + tanh(0.797885 x 1.044715), which is 0.682384.
    name: 'GELU that is approximate',
    input: float('GELU', [-1, 1], { approximate: true }),
    expected: [-0.15881, 0.84119],
  },
  {
    // 0.84134 is 13.46 sixteenths, -0.15866 is -2.54.
    name: 'GELU of int8 to the nearest',
    input: int8('GELU', [16, -16, 0], [1 / 16, 0]),
    expected: [13, -3, 0],
  },
]);

/** 1 to 6 in two rows. */
const six = (type: 'float32' | 'int32' | 'int8', scale?: Scale): Operand => x(type, [2, 3], [1, 2, 3, 4, 5, 6], scale);
const whole = (values: Numbers): Operand => x('int32', [values.length], values);

check('several values', computed, [
  {
    name: 'REDUCE_PROD of rows',
    input: { kind: 'REDUCE_PROD', inputs: [six('float32'), whole([-1])], output: out('float32', [2]) },
    expected: [6, 120],
  },
  {
    name: 'REDUCE_PROD of columns',
    input: { kind: 'REDUCE_PROD', inputs: [six('int32'), whole([0])], output: out('int32', [3]) },
    expected: [4, 10, 18],
  },
  {
    name: 'REDUCE_PROD of all',
    input: { kind: 'REDUCE_PROD', inputs: [six('float32'), whole([0, 1])], output: out('float32', []) },
    expected: [720],
  },
  {
    // Of -3 x 2^31 the lower 32 bits are those of the least number; (2^16 + 1)^2 is 2^32 + 2^17 + 1.
    name: 'REDUCE_PROD of int32 keeps the lower bits',
    input: {
      kind: 'REDUCE_PROD',
      inputs: [x('int32', [2, 2], [3, -(2 ** 31), 65_537, 65_537]), whole([1])],
      output: out('int32', [2]),
    },
    expected: [-(2 ** 31), 131_073],
  },
  {
    name: 'REDUCE_PROD of nothing is 1',
    input: { kind: 'REDUCE_PROD', inputs: [x('float32', [2, 0], []), whole([1])], output: out('float32', [2]) },
    expected: [1, 1],
  },
  {
    name: 'TILE along both axes',
    input: { kind: 'TILE', inputs: [x('int8', [1, 2], [1, 2]), whole([2, 2])], output: out('int8', [2, 4]) },
    expected: [1, 2, 1, 2, 1, 2, 1, 2],
  },
  {
    name: 'TILE of columns: each row by itself',
    input: { kind: 'TILE', inputs: [six('float32'), whole([1, 2])], output: out('float32', [2, 6]) },
    expected: [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6],
  },
  {
    name: 'TILE no times',
    input: { kind: 'TILE', inputs: [six('float32'), whole([0, 2])], output: out('float32', [0, 6]) },
    expected: [],
  },
  {
    name: 'TILE of nothing',
    input: { kind: 'TILE', inputs: [x('float32', [0, 2], []), whole([3, 2])], output: out('float32', [0, 4]) },
    expected: [],
  },
  {
    name: 'RANGE upwards',
    input: { kind: 'RANGE', inputs: [whole([2]), whole([9]), whole([3])], output: out('int32', [3]) },
    expected: [2, 5, 8],
  },
  {
    name: 'RANGE downwards',
    input: { kind: 'RANGE', inputs: [whole([2]), whole([-3]), whole([-2])], output: out('int32', [3]) },
    expected: [2, 0, -2],
  },
  {
    name: 'RANGE of floats',
    input: {
      kind: 'RANGE',
      inputs: [x('float32', [], [0.5]), x('float32', [], [2]), x('float32', [], [0.5])],
      output: out('float32', [3]),
    },
    expected: [0.5, 1, 1.5],
  },
]);

/** The shape that a RANGE makes of three integers, one of which may not be known. */
function rangeShape(
  integers: readonly (number | undefined)[],
): ReturnType<(typeof tfLiteOperators)['RANGE']['outputShapes']> {
  return tfLiteOperators.RANGE.outputShapes({
    operator: operator('RANGE', [0, 1, 2], [3]),
    shape: () => [],
    integers: (position) => (integers[position] === undefined ? undefined : [integers[position]]),
  });
}

check('how long a RANGE is', rangeShape, [
  { name: 'before the limit', input: [0, 6, 2], expected: [[3]] },
  { name: 'the last step reaches beyond', input: [0, 7, 2], expected: [[4]] },
  { name: 'downwards', input: [5, 0, -2], expected: [[3]] },
  { name: 'away from the limit: nothing', input: [0, 5, -1], expected: [[0]] },
  { name: 'no way at all', input: [4, 4, 1], expected: [[0]] },
  { name: 'a limit that is computed', input: [0, undefined, 1], expected: [[-1]] },
  { name: 'a step of nothing', input: [0, 5, 0], expected: 'its step is 0' },
]);

check(
  'what a TILE makes of a shape',
  ([shape, times]: readonly [Numbers | undefined, Numbers | undefined]) =>
    tfLiteOperators.TILE.outputShapes({
      operator: operator('TILE', [0, 1], [2]),
      shape: (position) => (position === 0 ? shape : undefined),
      integers: () => times,
    }),
  [
    {
      name: 'each size times its own number',
      input: [
        [2, 3],
        [4, 1],
      ],
      expected: [[8, 3]],
    },
    {
      name: 'what is open stays open',
      input: [
        [-1, 3],
        [4, 2],
      ],
      expected: [[-1, 6]],
    },
    { name: 'a number that is not given is 1', input: [[2, 3], [4]], expected: [[8, 3]] },
    { name: 'numbers that are computed', input: [[2, 3], undefined], expected: [[-1, -1]] },
    { name: 'a shape that is not known', input: [undefined, [2]], expected: undefined },
  ],
);
