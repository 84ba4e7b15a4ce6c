import { prepare } from '../../src/core/execute/prepare';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { check } from '../support/check';
import { constant, message, node, onnxFile, type OnnxFile } from '../support/onnxFile';

addForeignFormats();

/** The model of a file as its `.tflite` says it. */
function modelOf(bytes: Uint8Array): ReturnType<typeof readTflite>['model'] {
  return readTflite(writeTflite(readModel({ path: 'm.onnx', bytes }).model)).model;
}

/** Operators of the model, its outputs for inputs that count 1, 2, 3 …, and their shape. */
function computed(file: OnnxFile): unknown {
  const model = modelOf(onnxFile(file));
  const [{ operators, tensors, inputs, outputs }] = model.graphs;
  const given = inputs.map((index) => {
    const count = tensors[index].shape.reduce((product, size) => product * size, 1);
    return new Uint8Array(Float32Array.from({ length: count }, (_, at) => at + 1).buffer);
  });
  const [value] = prepare(model, { rounding: 'double' }).invoke(given);
  const values = [...new Float32Array(value.bytes.slice().buffer)].map((each) => Math.round(each * 1e4) / 1e4);
  return { operators: operators.map(({ kind }) => kind).join(' '), shape: tensors[outputs[0]].shape, values };
}

const picture = ['x', [1, 2, 2, 2]] as const;
/** Both channels as they are. */
const same = constant('w', [2, 2, 1, 1], [1, 0, 0, 1]);
const powers = constant('k', [1, 8], [1, 2, 4, 8, 16, 32, 64, 128]);

// The picture's first channel is 1, 2, 3, 4, its second 5, 6, 7, 8.
check('ONNX: what nodes become, and what that computes', computed, [
  {
    name: 'a convolution of channels in front',
    input: {
      nodes: [node('Conv', ['x', 'w'], ['y'])],
      inputs: [picture],
      outputs: ['y'],
      constants: [constant('w', [1, 2, 1, 1], [1, 10])],
    },
    expected: { operators: 'TRANSPOSE CONV_2D RESHAPE', shape: [1, 1, 2, 2], values: [51, 62, 73, 84] },
  },
  {
    // 1 + 2 x 2 + 3 x 4 + 4 x 8 + 5 x 16 + 6 x 32 + 7 x 64 + 8 x 128.
    name: 'what is flattened before a dense layer moves in its weights',
    input: {
      nodes: [
        node('Conv', ['x', 'w'], ['a']),
        node('Flatten', ['a'], ['b']),
        node('Gemm', ['b', 'k'], ['y'], [['transB', 1]]),
      ],
      inputs: [picture],
      outputs: ['y'],
      constants: [same, powers],
    },
    expected: { operators: 'TRANSPOSE CONV_2D FULLY_CONNECTED', shape: [1, 1], values: [1793] },
  },
  {
    // (2 x - 1) / 2 x 3 - 20 is 3 x - 21.5, above 0 for 8 alone.
    name: 'a batch normalization and a function within their convolution',
    input: {
      opset: 9,
      nodes: [
        node('Conv', ['x', 'w'], ['a']),
        node('BatchNormalization', ['a', 's', 'o', 'm', 'v'], ['b'], [['epsilon', { float: 0 }]]),
        node('Relu', ['b'], ['y']),
      ],
      inputs: [['x', ['batch', 1, 2, 4]]],
      outputs: ['y'],
      constants: [
        constant('w', [1, 1, 1, 1], [2]),
        ...[constant('s', [1], [3]), constant('o', [1], [-20]), constant('m', [1], [1]), constant('v', [1], [4])],
      ],
    },
    expected: { operators: 'RESHAPE CONV_2D RESHAPE', shape: [1, 1, 2, 4], values: [0, 0, 0, 0, 0, 0, 0, 2.5] },
  },
  {
    // Of rows 1 2 3 and 4 5 6 and 7 8 9, with zeros behind, the sums of two by two at every second place.
    name: 'a Pad of zeros within its convolution, whose padding is SAME then',
    input: {
      nodes: [node('Pad', ['x', 'p'], ['a']), node('Conv', ['a', 'w'], ['y'], [['strides', [2, 2]]])],
      inputs: [['x', [1, 1, 3, 3]]],
      outputs: ['y'],
      constants: [constant('p', [8], [0, 0, 0, 0, 0, 0, 1, 1], 'int64'), constant('w', [1, 1, 2, 2], [1, 1, 1, 1])],
    },
    expected: { operators: 'RESHAPE CONV_2D RESHAPE', shape: [1, 1, 2, 2], values: [12, 9, 15, 9] },
  },
  {
    name: 'transposes that undo each other',
    input: {
      nodes: [
        node('Transpose', ['x'], ['a'], [['perm', [0, 2, 3, 1]]]),
        node('Neg', ['a'], ['b']),
        node('Transpose', ['b'], ['y'], [['perm', [0, 3, 1, 2]]]),
      ],
      inputs: [picture],
      outputs: ['y'],
    },
    expected: { operators: 'NEG', shape: [1, 2, 2, 2], values: [-1, -2, -3, -4, -5, -6, -7, -8] },
  },
  {
    // The average counts what is there: 1, then 2 and 3, then 4.
    name: 'an average whose padding TFLite has no name for',
    input: {
      nodes: [
        node(
          'AveragePool',
          ['x'],
          ['y'],
          [
            ['kernel_shape', [2]],
            ['strides', [2]],
            ['pads', [1, 1]],
          ],
        ),
      ],
      inputs: [['x', [1, 1, 4]]],
      outputs: ['y'],
    },
    expected: { operators: 'RESHAPE PAD AVERAGE_POOL_2D MUL RESHAPE', shape: [1, 1, 3], values: [1, 2.5, 4] },
  },
  {
    name: 'a shape that the graph computes',
    input: {
      nodes: [
        node('Shape', ['x'], ['s']),
        node('Gather', ['s', 'first'], ['n']),
        node('Unsqueeze', ['n', 'front'], ['m']),
        node('Concat', ['m', 'rest'], ['t'], [['axis', 0]]),
        node('Reshape', ['x', 't'], ['y']),
      ],
      inputs: [picture],
      outputs: ['y'],
      constants: [
        constant('first', [], [0], 'int64'),
        constant('front', [1], [0], 'int64'),
        constant('rest', [1], [-1], 'int64'),
      ],
    },
    expected: { operators: 'RESHAPE', shape: [1, 8], values: [1, 2, 3, 4, 5, 6, 7, 8] },
  },
  {
    // Halves: 1 is 2 steps of 0.5, so 1; 2 and 3 are exact, too. 8 is beyond 127 steps of 0.05, which are 6.35.
    name: 'integers of uint8 become int8 with another zero point',
    input: {
      nodes: [node('QuantizeLinear', ['x', 's', 'z'], ['q']), node('DequantizeLinear', ['q', 's', 'z'], ['y'])],
      inputs: [picture],
      outputs: ['y'],
      constants: [constant('s', [], [0.05]), constant('z', [], [128], 'uint8')],
    },
    expected: { operators: 'QUANTIZE DEQUANTIZE', shape: [1, 2, 2, 2], values: [1, 2, 3, 4, 5, 6, 6.35, 6.35] },
  },
  {
    // As the next, with weights that are transposed before they are quantized: 1 x 2 + 2 x 4 and 1 x 6 + 2 x 8.
    name: 'weights behind a QuantizeLinear of their own',
    input: {
      nodes: [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['a']),
        node('Transpose', ['w'], ['t'], [['perm', [1, 0]]]),
        node('QuantizeLinear', ['t', 's', 'z'], ['u']),
        node('DequantizeLinear', ['u', 's', 'z'], ['b']),
        node('MatMul', ['a', 'b'], ['c']),
        node('QuantizeLinear', ['c', 's', 'z'], ['r']),
        node('DequantizeLinear', ['r', 's', 'z'], ['y']),
      ],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [constant('s', [], [0.5]), constant('z', [], [0], 'int8'), constant('w', [2, 2], [2, 4, 6, 8])],
    },
    expected: { operators: 'QUANTIZE FULLY_CONNECTED DEQUANTIZE', shape: [1, 2], values: [10, 22] },
  },
  {
    // 3 x 2 and 3 x 4, in steps of 0.5.
    name: 'an operator between integers works on them',
    input: {
      nodes: [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['a']),
        node('DequantizeLinear', ['w', 'half', 'z'], ['b']),
        node('Gemm', ['a', 'b'], ['c']),
        node('QuantizeLinear', ['c', 's', 'z'], ['r']),
        node('DequantizeLinear', ['r', 's', 'z'], ['y']),
      ],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [
        ...[constant('s', [], [0.5]), constant('half', [], [0.5]), constant('z', [], [0], 'int8')],
        constant('w', [2, 2], [4, 8, 4, 8], 'int8'),
      ],
    },
    expected: { operators: 'QUANTIZE FULLY_CONNECTED DEQUANTIZE', shape: [1, 2], values: [6, 12] },
  },
]);

const relu = { nodes: [node('Relu', ['x'], ['y'])], inputs: [picture], outputs: ['y'] };
const external = message([
  [1, 1],
  [2, 1],
  [8, 'w'],
  [14, 1],
]);
const text = (bytes: Uint8Array): string =>
  modelOf(bytes)
    .graphs[0].operators.map(({ kind }) => kind)
    .join(' ');
const withNode = (...nodes: OnnxFile['nodes']): Uint8Array => onnxFile({ ...relu, nodes });

check('ONNX: what is not read', text, [
  {
    name: 'a node without an operator in TFLM',
    input: withNode(node('Det', ['x'], ['y'])),
    fails: 'The node "Det of y" (Det) is not converted: TensorFlow Lite Micro has no operator for it.',
  },
  {
    name: 'a node of another domain',
    input: withNode({ ...node('Gelu', ['x'], ['y']), domain: 'com.microsoft' }),
    fails: 'The node "Gelu of y" (com.microsoft.Gelu) is not converted: TensorFlow Lite Micro has no operator for it.',
  },
  {
    name: 'a loop',
    input: withNode(node('Loop', ['x'], ['y'])),
    fails:
      'The node "Loop of y" (Loop) is not converted: TensorFlow Lite Micro needs a graph without loops and branches of ONNX. Export the model with its loops unrolled.',
  },
  {
    name: 'a value that comes later',
    input: withNode(node('Relu', ['z'], ['y']), node('Relu', ['x'], ['z'])),
    fails: 'The node "Relu of y" (Relu) is not converted: nothing before it computes "z".',
  },
  {
    name: 'an opset that is too old',
    input: onnxFile({ ...relu, opset: 8 }),
    fails: 'The file uses opset 8; 9 to 21 are read. Export the model with one of these (opset_version=17).',
  },
  {
    name: 'weights in another file',
    input: message([
      [1, 8],
      [7, message([[5, external]])],
      [8, message([[2, 13]])],
    ]),
    fails:
      'The values of "w" lie in a file beside the model, which is not read. Export the model with its weights inside (external_data=False).',
  },
  {
    name: 'an open size',
    input: onnxFile({ ...relu, inputs: [['x', [1, 'time', 4]]] }),
    fails: 'The input "x" has a dimension without a size: [1, ?, 4]. Export the model with fixed sizes.',
  },
  {
    name: 'weights of another shape',
    input: onnxFile({
      ...relu,
      nodes: [node('Conv', ['x', 'w'], ['y'])],
      constants: [constant('w', [1, 3, 1, 1], [1, 1, 1])],
    }),
    fails:
      'The node "Conv of y" (Conv) is not converted: weights of [1, 3, 1, 1] do not fit its input of [1, 2, 2, 2].',
  },
  {
    name: 'a constant of more elements than bytes',
    input: onnxFile({ ...relu, constants: [constant('w', [1000, 1000], [1])] }),
    fails: 'The constant "w" has fewer or more values than its shape says.',
  },
  {
    name: 'a size that is no size',
    input: onnxFile({ ...relu, constants: [constant('w', [2 ** 40], [1])] }),
    fails: `The constant "w" has a shape that no model has: [${2 ** 40}].`,
  },
  {
    name: 'a file that is cut off',
    input: onnxFile(relu).subarray(0, 40),
    fails: 'The file is cut off or no ONNX model: its fields do not fit into its bytes. Export the model again.',
  },
  {
    name: 'no graph',
    input: message([
      [1, 8],
      [2, 'nobody'],
    ]),
    fails: 'The file is no ONNX model: it has no graph. Export the model again.',
  },
]);
