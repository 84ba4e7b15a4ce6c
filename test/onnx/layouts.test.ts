import { prepare } from '../../src/core/execute/prepare';
import { check } from '../support/check';
import { computedOnnx, tfliteOfOnnx } from '../support/computedOnnx';
import { constant, node, onnxFile, type OnnxFile } from '../support/onnxFile';

const picture = ['x', [1, 2, 2, 2]] as const;
/** Both channels as they are: 1, 2, 3, 4 and 5, 6, 7, 8. */
const same = constant('w', [2, 2, 1, 1], [1, 0, 0, 1]);
const halves = [constant('s', [], [0.5]), constant('z', [], [0], 'int8')];

check('ONNX: what stays where it lies', computedOnnx, [
  {
    name: 'values that are chosen from are laid as what chooses',
    input: {
      nodes: [
        node('Conv', ['x', 'w'], ['a']),
        node('Greater', ['a', 'four'], ['b']),
        node('Neg', ['a'], ['c']),
        node('Where', ['b', 'a', 'c'], ['y']),
      ],
      inputs: [picture],
      outputs: ['y'],
      constants: [same, constant('four', [], [4])],
    },
    expected: {
      operators: 'TRANSPOSE CONV_2D GREATER NEG SELECT_V2 TRANSPOSE',
      shape: [1, 2, 2, 2],
      values: [-1, -2, -3, -4, 5, 6, 7, 8],
    },
  },
  {
    // The second feature is the second column of the first channel, 2: tanh(0.2).
    name: 'features of a step in the order of a picture, by the order of the weights',
    input: {
      nodes: [
        node('Conv', ['x', 'w'], ['a']),
        node('Transpose', ['a'], ['b'], [['perm', [2, 0, 1, 3]]]),
        node('Reshape', ['b', 'to'], ['c']),
        node('RNN', ['c', 'weights', 'recurrent'], ['', 'y'], [['hidden_size', 1]]),
      ],
      inputs: [['x', [1, 2, 1, 2]]],
      outputs: ['y'],
      constants: [
        ...[same, constant('to', [3], [1, 1, 4], 'int64')],
        ...[constant('weights', [1, 1, 4], [0, 0.1, 0, 0]), constant('recurrent', [1, 1, 1], [0])],
      ],
    },
    expected: {
      operators: 'TRANSPOSE CONV_2D RESHAPE FULLY_CONNECTED TANH RESHAPE',
      shape: [1, 1, 1],
      values: [0.1974],
    },
  },
  {
    name: 'a sum with an expanded value, dequantized each, that spreads by itself',
    input: {
      nodes: [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['d']),
        node('Slice', ['q', 'from', 'to', 'axis'], ['first']),
        node('Expand', ['first', 'shape'], ['wide']),
        node('DequantizeLinear', ['wide', 's', 'z'], ['e']),
        node('Add', ['d', 'e'], ['f']),
        node('QuantizeLinear', ['f', 's', 'z'], ['g']),
        node('DequantizeLinear', ['g', 's', 'z'], ['y']),
      ],
      inputs: [['x', [1, 3]]],
      outputs: ['y'],
      constants: [
        ...[...halves, constant('from', [1], [0], 'int64'), constant('to', [1], [1], 'int64')],
        ...[constant('axis', [1], [1], 'int64'), constant('shape', [2], [1, 3], 'int64')],
      ],
    },
    expected: { operators: 'QUANTIZE STRIDED_SLICE ADD DEQUANTIZE', shape: [1, 3], values: [2, 3, 4] },
  },
  {
    // Of channels 1 2 3 4 and 5 6 7 8, the second as it came and the first behind a convolution.
    name: 'what is joined is laid as the part that a convolution gave',
    input: {
      nodes: [
        node('Neg', ['x'], ['n']),
        node('Conv', ['x', 'w'], ['a']),
        node('Concat', ['n', 'a'], ['b'], [['axis', 1]]),
        node('Conv', ['b', 'v'], ['y']),
      ],
      inputs: [picture],
      outputs: ['y'],
      constants: [same, constant('v', [1, 4, 1, 1], [0, 1, 10, 0])],
    },
    expected: {
      operators: 'TRANSPOSE NEG CONV_2D CONCATENATION CONV_2D RESHAPE',
      shape: [1, 1, 2, 2],
      values: [5, 14, 23, 32],
    },
  },
]);

check('ONNX: numbers that kernels hold', computedOnnx, [
  {
    name: 'a softplus of what is large is the same number',
    input: {
      nodes: [node('Mul', ['x', 'hundred'], ['a']), node('Softplus', ['a'], ['y'])],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [constant('hundred', [], [100])],
    },
    expected: { operators: 'MUL MINIMUM EXP ADD LOG MAXIMUM', shape: [1, 2], values: [100, 200] },
  },
  {
    name: 'a power of a constant',
    input: {
      nodes: [node('Pow', ['two', 'x'], ['y'])],
      inputs: [['x', [1, 3]]],
      outputs: ['y'],
      constants: [constant('two', [], [2])],
    },
    expected: { operators: 'MUL EXP', shape: [1, 3], values: [2, 4, 8] },
  },
  {
    name: 'an exponent that was quantized',
    input: {
      nodes: [node('Pow', ['x', 'e'], ['y'])],
      inputs: [['x', [1, 3]]],
      outputs: ['y'],
      constants: [constant('e', [], [2.0000001])],
    },
    expected: { operators: 'MUL', shape: [1, 3], values: [1, 4, 9] },
  },
  {
    name: 'places of what is not zero, which are known ahead',
    input: {
      nodes: [
        node('NonZero', ['mask'], ['a']),
        node('Squeeze', ['a', 'first'], ['b']),
        node('Gather', ['x', 'b'], ['y']),
      ],
      inputs: [['x', [3]]],
      outputs: ['y'],
      constants: [constant('mask', [3], [0, 1, 1], 'int64'), constant('first', [1], [0], 'int64')],
    },
    expected: { operators: 'GATHER', shape: [2], values: [2, 3] },
  },
  {
    // Rows 1 and 2, in halves.
    name: 'a table of integers that are dequantized behind it',
    input: {
      nodes: [
        node('Cast', ['x'], ['i'], [['to', 7]]),
        node('Gather', ['table', 'i'], ['a']),
        node('DequantizeLinear', ['a', 's', 'zero'], ['y']),
      ],
      inputs: [['x', [2]]],
      outputs: ['y'],
      constants: [
        ...[constant('table', [3, 2], [0, 0, 130, 126, 138, 128], 'uint8'), halves[0]],
        constant('zero', [], [128], 'uint8'),
      ],
    },
    expected: { operators: 'CAST GATHER DEQUANTIZE', shape: [2, 2], values: [1, -1, 5, 0] },
  },
  {
    // The sigmoids of 1 and 2 are 0.731 and 0.881: times 1 and 2, in steps of a half.
    name: 'what a kernel gives by a scale of its own, and a product takes',
    input: {
      nodes: [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['d']),
        node('Sigmoid', ['d'], ['e']),
        node('QuantizeLinear', ['e', 't', 'z'], ['f']),
        node('DequantizeLinear', ['f', 't', 'z'], ['g']),
        node('Mul', ['d', 'g'], ['h']),
        node('QuantizeLinear', ['h', 's', 'z'], ['i']),
        node('DequantizeLinear', ['i', 's', 'z'], ['y']),
      ],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [...halves, constant('t', [], [0.01])],
    },
    expected: { operators: 'QUANTIZE LOGISTIC MUL DEQUANTIZE', shape: [1, 2], values: [0.5, 2] },
  },
]);

/** Operators of a model whose output is of truths, and these for an input that counts 1, 2, 3 …. */
function truths(file: OnnxFile): unknown {
  const model = tfliteOfOnnx(onnxFile(file));
  const input = new Uint8Array(Float32Array.from({ length: 8 }, (_, at) => at + 1).buffer);
  const [{ bytes }] = prepare(model, { rounding: 'double' }).invoke([input]);
  return { operators: model.graphs[0].operators.map(({ kind }) => kind).join(' '), truths: bytes };
}

check('ONNX: truths in another order', truths, [
  {
    name: 'are moved as numbers, since the kernel moves no truths',
    input: {
      nodes: [node('Conv', ['x', 'w'], ['a']), node('Greater', ['a', 'six'], ['y'])],
      inputs: [picture],
      outputs: ['y'],
      constants: [same, constant('six', [], [6])],
    },
    expected: {
      operators: 'TRANSPOSE CONV_2D GREATER CAST TRANSPOSE NOT_EQUAL',
      truths: Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1),
    },
  },
]);
