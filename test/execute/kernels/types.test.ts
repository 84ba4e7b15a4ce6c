import { encode } from '../../../src/core/model/values/stored';
import { check } from '../../support/check';
import type { Case, Operand, Scale } from './oneOperator';
import { c, out, stored, x } from './oneOperator';

/** Types besides int8 and float32, numbers that are none, and refusals; all expectations by hand. */

type Numbers = readonly number[];

const one: Scale = [1, 0];

/** An input of any type. */
function any(type: 'int64' | 'uint8' | 'uint32', shape: Numbers, values: Numbers, scale?: Scale): Operand {
  return { tensor: out(type, shape, scale), isConstant: false, bytes: new Uint8Array(encode(type, values)!) };
}

function cast(from: Operand, to: Parameters<typeof out>[0]): Case {
  return { kind: 'CAST', inputs: [from], output: out(to, from.tensor.shape) };
}

check('CAST beyond what a type holds', stored, [
  {
    name: 'floats beyond 32 bits take the end',
    input: cast(x('float32', [4], [3e9, -3e9, Infinity, -Infinity]), 'int32'),
    expected: [2147483647, -2147483648, 2147483647, -2147483648],
  },
  { name: 'what is no number is 0', input: cast(x('float32', [1], [NaN]), 'int32'), expected: [0] },
  // 3e9 becomes 2^31 - 1, whose lower 16 bits are all ones.
  {
    name: 'floats to int16 by way of 32 bits',
    input: cast(x('float32', [2], [3e9, 65_537]), 'int16'),
    expected: [-1, 1],
  },
  {
    name: 'floats below 0 to uint32',
    input: cast(x('float32', [3], [-5, 3e9, 5e9]), 'uint32'),
    expected: [0, 3_000_000_000, 4_294_967_295],
  },
  {
    name: 'int32 to int8 keeps the lower bits',
    input: cast(x('int32', [2], [-129, 255]), 'int8'),
    expected: [127, -1],
  },
  // 2^24 + 1 lies between two floats; the even one is taken.
  { name: 'int32 to floats of 24 bits', input: cast(x('int32', [1], [16_777_217]), 'float32'), expected: [16_777_216] },
]);

/** Two vectors of 64 bits that differ only beyond 53. */
function wide(kind: string): Numbers {
  const bytes = (values: readonly bigint[]): Uint8Array<ArrayBuffer> =>
    new Uint8Array(BigInt64Array.from(values).buffer);
  const operand = (values: readonly bigint[]): Operand => ({
    tensor: out('int64', [3]),
    isConstant: false,
    bytes: bytes(values),
  });
  return stored({
    kind,
    inputs: [operand([2n ** 60n, 2n ** 60n + 1n, -1n]), operand([2n ** 60n + 1n, 2n ** 60n + 1n, 0n])],
    output: out('bool', [3]),
  });
}

check('comparisons of 64 bits', wide, [
  { name: 'EQUAL', input: 'EQUAL', expected: [0, 1, 0] },
  { name: 'NOT_EQUAL', input: 'NOT_EQUAL', expected: [1, 0, 1] },
  { name: 'LESS', input: 'LESS', expected: [1, 0, 1] },
  { name: 'LESS_EQUAL', input: 'LESS_EQUAL', expected: [1, 1, 1] },
  { name: 'GREATER', input: 'GREATER', expected: [0, 0, 0] },
  { name: 'GREATER_EQUAL', input: 'GREATER_EQUAL', expected: [0, 1, 0] },
]);

/** Floats among which one is no number. */
function unordered(kind: string): Numbers {
  return stored({
    kind,
    inputs: [x('float32', [3], [NaN, 1, Infinity]), x('float32', [3], [NaN, NaN, Infinity])],
    output: out('bool', [3]),
  });
}

check('comparisons with what is no number', unordered, [
  { name: 'EQUAL', input: 'EQUAL', expected: [0, 0, 1] },
  { name: 'NOT_EQUAL', input: 'NOT_EQUAL', expected: [1, 1, 0] },
  { name: 'LESS', input: 'LESS', expected: [0, 0, 0] },
  { name: 'LESS_EQUAL', input: 'LESS_EQUAL', expected: [0, 0, 1] },
  { name: 'GREATER_EQUAL', input: 'GREATER_EQUAL', expected: [0, 0, 1] },
]);

function ints(kind: string, first: Numbers, second: Numbers, activation = 'NONE'): Case {
  return {
    kind,
    inputs: [x('int32', [first.length], first), x('int32', [second.length], second)],
    output: out('int32', [Math.max(first.length, second.length)]),
    options: { fusedActivationFunction: activation },
  };
}

const [least, most] = [-(2 ** 31), 2 ** 31 - 1];

check('int32 without a scale', stored, [
  { name: 'DIV goes towards zero', input: ints('DIV', [7, -7, 7, -7], [2, 2, -2, -2]), expected: [3, -3, -3, 3] },
  { name: 'DIV of the least by -1 runs over', input: ints('DIV', [least], [-1]), expected: [least] },
  { name: 'DIV with RELU6', input: ints('DIV', [-8, 100, 8], [2, 2, 2], 'RELU6'), expected: [0, 6, 4] },
  // 65,536 x 65,537 is 2^32 + 65,536; the product of both ends is -2^62 + 2^31.
  { name: 'MUL keeps the lower bits', input: ints('MUL', [65_536, least], [65_537, most]), expected: [65_536, least] },
  // 100,000^2 is 10^10, of which 2 x 2^32 are lost.
  {
    name: 'SQUARED_DIFFERENCE keeps the lower bits',
    input: ints('SQUARED_DIFFERENCE', [50_000, 3], [-50_000, 5]),
    expected: [1_410_065_408, 4],
  },
  { name: 'SUB runs over', input: ints('SUB', [least, most], [1, -1]), expected: [most, least] },
  { name: 'SUB heeds RELU', input: ints('SUB', [3, 5], [5, 3], 'RELU'), expected: [0, 2] },
  // TFLM's kernel for int32 does not look at it.
  { name: 'ADD does not heed RELU', input: ints('ADD', [-3, 5], [-5, 3], 'RELU'), expected: [-8, 8] },
  { name: 'MAXIMUM of a row and one', input: ints('MAXIMUM', [least, 0, most], [-1]), expected: [-1, 0, most] },
]);

/** A vector of int16 to another scale. */
function int16(
  kind: string,
  values: Numbers,
  [from, to]: readonly [Scale, Scale],
  options: Case['options'] = {},
): Case {
  return {
    kind,
    inputs: [x('int16', [values.length], values, from)],
    output: out('int16', [values.length], to),
    options,
  };
}

check('int16', stored, [
  { name: 'RELU to a finer scale', input: int16('RELU', [-5, 5, 20_000], [one, [0.5]]), expected: [0, 10, 32_767] },
  { name: 'RELU6 keeps its integers', input: int16('RELU6', [-5, 11, 13], [[0.5], [0.5]]), expected: [0, 11, 12] },
  // -10 / 4 is -2.5, which goes away from zero.
  {
    name: 'LEAKY_RELU',
    input: int16('LEAKY_RELU', [-10, -32_768, 7], [one, one], { alpha: 0.25 }),
    expected: [-3, -8192, 7],
  },
  {
    name: 'LEAKY_RELU whose slope is below zero',
    input: int16('LEAKY_RELU', [-8, 8], [one, one], { alpha: -0.5 }),
    expected: [4, 8],
  },
  {
    name: 'PRELU by slopes of int8',
    input: {
      kind: 'PRELU',
      inputs: [x('int16', [2, 2], [-1000, -1000, 1000, -30_000], one), c('int8', [2], [3, -2], [0.5, 1])],
      output: out('int16', [2, 2], one),
    },
    // Slopes 1 and -1.5.
    expected: [-1000, 1500, 1000, 32_767],
  },
  {
    // (300 - 100)^2 are 9.77 steps of 4096.
    name: 'SQUARED_DIFFERENCE to the nearest',
    input: {
      kind: 'SQUARED_DIFFERENCE',
      inputs: [x('int16', [2], [300, -7], one), x('int16', [2], [100, -7], one)],
      output: out('int16', [2], [4096]),
    },
    expected: [10, 0],
  },
  {
    // GREATER of int16 compares with factors that TFLM never sets.
    name: 'GREATER is never true',
    input: {
      kind: 'GREATER',
      inputs: [x('int16', [2], [5, -5], one), x('int16', [2], [-5, 5], one)],
      output: out('bool', [2]),
    },
    expected: [0, 0],
  },
  {
    name: 'SUM in steps of 4, at both ends',
    input: {
      kind: 'SUM',
      inputs: [x('int16', [3, 2], [6, 8, 32_767, 32_767, -32_768, -32_768], one), c('int32', [1], [-1])],
      output: out('int16', [3], [2]),
    },
    // 14 / 2, 65,534 / 2 and -65,536 / 2: all three just fit.
    expected: [7, 32_767, -32_768],
  },
  {
    name: 'MEAN of ends',
    input: {
      kind: 'MEAN',
      inputs: [x('int16', [2, 2], [32_767, 32_767, -32_768, 32_767], one), c('int32', [1], [1])],
      output: out('int16', [2], one),
    },
    // The second is -0.5: a product's tie goes upwards, unlike that of a shift.
    expected: [32_767, 0],
  },
]);

check('to integers and back', stored, [
  {
    name: 'QUANTIZE of what is no number, and of no end',
    input: {
      kind: 'QUANTIZE',
      inputs: [x('float32', [3], [NaN, Infinity, -Infinity])],
      output: out('int8', [3], [0.5, 7]),
    },
    expected: [7, 127, -128],
  },
  {
    // Halves of both signs, before the zero point comes on top: 2.5 to 3, -2.5 to -3.
    name: 'QUANTIZE of ties above a zero point',
    input: { kind: 'QUANTIZE', inputs: [x('float32', [2], [1.25, -1.25])], output: out('int8', [2], [0.5, -5]) },
    expected: [-2, -8],
  },
  {
    name: 'QUANTIZE of int8 to int16, 256 times as fine',
    input: {
      kind: 'QUANTIZE',
      inputs: [x('int8', [3], [-128, 4, 127], [1, 3])],
      output: out('int16', [3], [1 / 256, 0]),
    },
    expected: [-32_768, 256, 31_744],
  },
  {
    name: 'QUANTIZE of uint8 to int8 moves by 128',
    input: {
      kind: 'QUANTIZE',
      inputs: [any('uint8', [3], [0, 128, 255], [0.5, 128])],
      output: out('int8', [3], [0.5]),
    },
    expected: [-128, 0, 127],
  },
  {
    name: 'DEQUANTIZE of uint8',
    input: { kind: 'DEQUANTIZE', inputs: [any('uint8', [3], [0, 128, 255], [0.5, 128])], output: out('float32', [3]) },
    expected: [-64, 0, 63.5],
  },
  {
    name: 'DEQUANTIZE of int16',
    input: {
      kind: 'DEQUANTIZE',
      inputs: [x('int16', [2], [-32_768, 32_767], [0.5, 0])],
      output: out('float32', [2]),
    },
    expected: [-16_384, 16_383.5],
  },
]);

/** Rows of floats. */
function rows(kind: string, shape: Numbers, values: Numbers): Case {
  return {
    kind,
    inputs: [x('float32', shape, values)],
    output: out('float32', shape),
    options: kind === 'SOFTMAX' ? { beta: 1 } : {},
  };
}

const f = Math.fround;

check('rows of floats', stored, [
  // e^1000 is beyond what floats hold.
  { name: 'SOFTMAX of large numbers', input: rows('SOFTMAX', [1, 2], [1000, 0]), expected: [1, 0] },
  {
    name: 'SOFTMAX of equal large numbers',
    input: rows('SOFTMAX', [2, 2], [1e30, 1e30, -1e30, -1e30]),
    expected: [0.5, 0.5, 0.5, 0.5],
  },
  {
    name: 'L2_NORMALIZATION: each row',
    input: rows('L2_NORMALIZATION', [2, 2], [3, 4, 0, -2]),
    expected: [f(0.6), f(0.8), 0, -1],
  },
  // The least length is 1e-6, which no 0 is divided by.
  { name: 'L2_NORMALIZATION of nothing', input: rows('L2_NORMALIZATION', [1, 2], [0, 0]), expected: [0, 0] },
  { name: 'LOG_SOFTMAX of one', input: rows('LOG_SOFTMAX', [2, 1], [7, -7]), expected: [0, 0] },
]);

check('truth values and shapes', stored, [
  {
    name: 'REDUCE_ALL of rows',
    input: {
      kind: 'REDUCE_ALL',
      inputs: [x('bool', [2, 3], [1, 1, 1, 1, 0, 1]), c('int32', [1], [-1])],
      output: out('bool', [2]),
      options: { keepDims: false },
    },
    expected: [1, 0],
  },
  {
    name: 'REDUCE_ALL of columns, which are kept',
    input: {
      kind: 'REDUCE_ALL',
      inputs: [x('bool', [2, 3], [1, 1, 1, 1, 0, 1]), c('int32', [1], [0])],
      output: out('bool', [1, 3]),
      options: { keepDims: true },
    },
    expected: [1, 0, 1],
  },
  {
    name: 'REDUCE_MAX of floats below zero',
    input: {
      kind: 'REDUCE_MAX',
      inputs: [x('float32', [2, 2], [-3, -1, -7, -9]), c('int32', [1], [1])],
      output: out('float32', [2]),
    },
    expected: [-1, -7],
  },
  {
    name: 'REDUCE_MIN of int8 at the end',
    input: {
      kind: 'REDUCE_MIN',
      inputs: [x('int8', [2, 2], [127, 127, 3, -128], one), c('int32', [1], [1])],
      output: out('int8', [2], one),
    },
    expected: [127, -128],
  },
  {
    name: 'BROADCAST_ARGS of other ranks',
    input: {
      kind: 'BROADCAST_ARGS',
      inputs: [x('int32', [3], [4, 1, 3]), x('int32', [2], [2, 1])],
      output: out('int32', [3]),
    },
    expected: [4, 2, 3],
  },
  {
    name: 'BROADCAST_ARGS of nothing',
    input: {
      kind: 'BROADCAST_ARGS',
      inputs: [x('int32', [2], [0, 3]), x('int32', [2], [1, 1])],
      output: out('int32', [2]),
    },
    expected: [0, 3],
  },
  {
    name: 'BROADCAST_ARGS of 64 bits',
    input: {
      kind: 'BROADCAST_ARGS',
      inputs: [any('int64', [1], [5]), any('int64', [2], [7, 1])],
      output: out('int64', [2]),
    },
    expected: [7, 5],
  },
  {
    name: 'MIRROR_PAD by amounts of 64 bits',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x('int8', [3], [1, 2, 3], one), { ...any('int64', [1, 2], [1, 2]), isConstant: true }],
      output: out('int8', [6], one),
      options: { mode: 'SYMMETRIC' },
    },
    expected: [1, 1, 2, 3, 3, 2],
  },
  {
    name: 'CUMSUM of int8 in steps of 2 saturates',
    input: {
      kind: 'CUMSUM',
      inputs: [x('int8', [1, 4], [100, 100, 100, -128], one), c('int32', [], [1])],
      output: out('int8', [1, 4], [2]),
      options: { exclusive: false, reverse: false },
    },
    // 100, 200, 300 and 172, halved: only 150 is beyond the end.
    expected: [50, 100, 127, 86],
  },
]);

check('what stops', stored, [
  {
    name: 'GATHER below 0',
    input: {
      kind: 'GATHER',
      inputs: [x('int8', [2], [1, 2], one), x('int32', [1], [-1])],
      output: out('int8', [1], one),
    },
    fails: 'Operator 0 (GATHER) looks up index -1 where there are 2. Give inputs within range.',
  },
  {
    name: 'GATHER_ND beyond the second axis',
    input: {
      kind: 'GATHER_ND',
      inputs: [x('float32', [2, 3], [1, 2, 3, 4, 5, 6]), x('int32', [1, 2], [1, 3])],
      output: out('float32', [1]),
    },
    fails: 'Operator 0 (GATHER_ND) looks up index 3 where there are 3. Give inputs within range.',
  },
  {
    name: 'EMBEDDING_LOOKUP of a row that is not there',
    input: {
      kind: 'EMBEDDING_LOOKUP',
      inputs: [x('int32', [1], [2]), c('float32', [2, 1], [5, 6])],
      output: out('float32', [1, 1]),
    },
    fails: 'Operator 0 (EMBEDDING_LOOKUP) looks up index 2 where there are 2. Give inputs within range.',
  },
  {
    name: 'SLICE that begins before the input',
    input: {
      kind: 'SLICE',
      inputs: [x('int8', [1, 4], [1, 2, 3, 4], one), x('int32', [2], [0, -1]), c('int32', [2], [1, 2])],
      output: out('int8', [1, 2], one),
    },
    fails:
      'Operator 0 (SLICE) is given a part that dimension 1 of its input does not have, or that is not as long as its output. Give inputs within range.',
  },
  {
    name: 'SLICE of another length than its output',
    input: {
      kind: 'SLICE',
      inputs: [x('int8', [4], [1, 2, 3, 4], one), c('int32', [1], [0]), x('int32', [1], [3])],
      output: out('int8', [2], one),
    },
    fails:
      'Operator 0 (SLICE) is given a part that dimension 0 of its input does not have, or that is not as long as its output. Give inputs within range.',
  },
  {
    name: 'FLOOR_DIV by a 0 that is broadcast',
    input: {
      kind: 'FLOOR_DIV',
      inputs: [x('float32', [2], [1, 2]), x('float32', [1], [-0])],
      output: out('float32', [2]),
    },
    fails: 'Operator 0 (FLOOR_DIV) divides by 0, at which a device stops. Give other inputs.',
  },
]);
