import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { originText } from '../../src/core/model/origin';
import { check } from '../support/check';
import { computedOnnx, tfliteOfOnnx } from '../support/computedOnnx';
import { constant, message, node, onnxFile, valueProto, type OnnxFile } from '../support/onnxFile';

addForeignFormats();

const halves = [constant('s', [], [0.5]), constant('z', [], [0], 'int8')];

const nearestBelow = [
  ['mode', 'nearest'],
  ['coordinate_transformation_mode', 'asymmetric'],
  ['nearest_mode', 'floor'],
  ['axes', [2, 3]],
] as const;

const picture = ['x', [1, 2, 2, 2]] as const;
/** Both channels as they are. */
const same = constant('w', [2, 2, 1, 1], [1, 0, 0, 1]);
const powers = constant('k', [1, 8], [1, 2, 4, 8, 16, 32, 64, 128]);

// The picture's first channel is 1, 2, 3, 4, its second 5, 6, 7, 8.
check('ONNX: what nodes become, and what that computes', computedOnnx, [
  {
    name: 'a constant of the type that a value has',
    input: {
      nodes: [node('CastLike', ['c', 'x'], ['a']), node('Add', ['x', 'a'], ['y'])],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [constant('c', [], [3], 'int64')],
    },
    expected: { operators: 'ADD', shape: [1, 2], values: [4, 5] },
  },
  {
    name: 'a value of the type that it has, and of one of a constant',
    input: {
      nodes: [
        node('Greater', ['x', 'c'], ['a']),
        node('CastLike', ['a', 'x'], ['b']),
        node('CastLike', ['b', 'c'], ['y']),
      ],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [constant('c', [], [1])],
    },
    expected: { operators: 'GREATER CAST', shape: [1, 2], values: [0, 1] },
  },
  {
    name: 'a vector of zeros brought to the length 1 stays one',
    input: {
      nodes: [node('Sub', ['x', 'c'], ['a']), node('LpNormalization', ['a'], ['y'])],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [constant('c', [1, 2], [1, 2])],
    },
    expected: { operators: 'SUB MUL SUM SQRT MAXIMUM DIV', shape: [1, 2], values: [0, 0] },
  },
  {
    // Of 4 x 6 a square fills 4 x 4.
    name: 'a size that is not to be passed, with the ratio kept',
    input: {
      nodes: [node('Resize', ['x', '', '', 's'], ['y'], [['keep_aspect_ratio_policy', 'not_larger'], ...nearestBelow])],
      inputs: [['x', [1, 1, 2, 2]]],
      outputs: ['y'],
      constants: [constant('s', [2], [4, 6], 'int64')],
    },
    expected: {
      operators: 'RESHAPE RESIZE_NEAREST_NEIGHBOR RESHAPE',
      shape: [1, 1, 4, 4],
      values: [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4],
    },
  },
  {
    name: 'a size that is to be reached, with the ratio kept',
    input: {
      nodes: [
        node('Resize', ['x', '', '', 's'], ['y'], [['keep_aspect_ratio_policy', 'not_smaller'], ...nearestBelow]),
      ],
      inputs: [['x', [1, 1, 1, 2]]],
      outputs: ['y'],
      constants: [constant('s', [2], [2, 2], 'int64')],
    },
    expected: {
      operators: 'RESHAPE RESIZE_NEAREST_NEIGHBOR RESHAPE',
      shape: [1, 1, 2, 4],
      values: [1, 1, 2, 2, 1, 1, 2, 2],
    },
  },
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
  {
    // Integers 2, 4, 6 … of 0.5, times 4 of 0.5, and a bias of 8 quarters: 2 x + 2.
    name: 'a convolution that ONNX itself has on integers',
    input: {
      nodes: [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('QLinearConv', ['q', 's', 'z', 'w', 's', 'z', 's', 'z', 'b'], ['r']),
        node('DequantizeLinear', ['r', 's', 'z'], ['y']),
      ],
      inputs: [['x', [1, 1, 1, 3]]],
      outputs: ['y'],
      constants: [...halves, constant('w', [1, 1, 1, 1], [4], 'int8'), constant('b', [1], [8], 'int32')],
    },
    expected: { operators: 'QUANTIZE RESHAPE CONV_2D RESHAPE DEQUANTIZE', shape: [1, 1, 1, 3], values: [4, 6, 8] },
  },
  {
    // Weights of uint8 around 130: 2 and -4 halves, which are 1 and -2; 1 x 1 - 2 x 2.
    name: 'weights of uint8 whose zero is not in the middle',
    input: {
      nodes: [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['a']),
        node('DequantizeLinear', ['w', 's', 'wz'], ['b']),
        node('MatMul', ['a', 'b'], ['c']),
        node('QuantizeLinear', ['c', 's', 'z'], ['r']),
        node('DequantizeLinear', ['r', 's', 'z'], ['y']),
      ],
      inputs: [['x', [1, 2]]],
      outputs: ['y'],
      constants: [...halves, constant('wz', [], [130], 'uint8'), constant('w', [2, 1], [132, 126], 'uint8')],
    },
    expected: { operators: 'QUANTIZE FULLY_CONNECTED DEQUANTIZE', shape: [1, 1], values: [-3] },
  },
  {
    // h = x + h / 2, behind rectifiers: 1, 2.5, 4.25.
    name: 'a recurrent layer step by step',
    input: {
      nodes: [node('RNN', ['x', 'w', 'r'], ['s', 'y'], [['activations', { texts: ['Relu'] }]])],
      inputs: [['x', [3, 1, 1]]],
      outputs: ['y'],
      constants: [constant('w', [1, 1, 1], [1]), constant('r', [1, 1, 1], [0.5])],
    },
    expected: {
      operators:
        'RESHAPE FULLY_CONNECTED RESHAPE UNPACK RELU FULLY_CONNECTED ADD RELU FULLY_CONNECTED ADD RELU RESHAPE',
      shape: [1, 1, 1],
      values: [4.25],
    },
  },
  {
    // z is sigmoid(0) and n is 2 x. The last step comes first: 1/2 x 4 = 2, then 1/2 x 2 + 1/2 x 2 = 2.
    name: 'a GRU with rectifiers, from the last step to the first',
    input: {
      nodes: [
        node(
          'GRU',
          ['x', 'w', 'r'],
          ['y'],
          [
            ['activations', { texts: ['Sigmoid', 'Relu'] }],
            ['direction', 'reverse'],
          ],
        ),
      ],
      inputs: [['x', [2, 1, 1]]],
      outputs: ['y'],
      constants: [constant('w', [1, 3, 1], [0, 0, 2]), constant('r', [1, 3, 1], [0, 0, 0])],
    },
    expected: {
      operators:
        'RESHAPE FULLY_CONNECTED RESHAPE UNPACK FULLY_CONNECTED RESHAPE UNPACK LOGISTIC SPLIT RELU MUL SUB FULLY_CONNECTED ADD LOGISTIC SPLIT MUL FULLY_CONNECTED ADD RELU SUB MUL ADD PACK RESHAPE',
      shape: [2, 1, 1, 1],
      values: [2, 2],
    },
  },
  {
    name: 'a branch that is always taken',
    input: {
      nodes: [
        node(
          'If',
          ['never'],
          ['y'],
          [
            ['then_branch', { graph: [node('Abs', ['x'], ['a'])] }],
            ['else_branch', { graph: [node('Neg', ['x'], ['b'])] }],
          ],
        ),
      ],
      inputs: [['x', [3]]],
      outputs: ['y'],
      constants: [constant('never', [], [0], 'bool')],
    },
    expected: { operators: 'NEG', shape: [3], values: [-1, -2, -3] },
  },
  {
    // Rows 1 2 and 3 4, and columns of the same: 1 x 1 + 2 x 2, 1 x 3 + 2 x 4, 3 x 3 + 4 x 4.
    name: 'a product that an equation names',
    input: {
      nodes: [node('Einsum', ['x', 'x'], ['y'], [['equation', 'ij,kj->ki']])],
      inputs: [['x', [2, 2]]],
      outputs: ['y'],
    },
    expected: { operators: 'BATCH_MATMUL TRANSPOSE', shape: [2, 2], values: [5, 11, 11, 25] },
  },
  {
    name: 'a value repeated, and its outermost places',
    input: {
      nodes: [node('Tile', ['x', 'n'], ['a']), node('Pad', ['a', 'p'], ['y'], [['mode', 'edge']])],
      inputs: [['x', [2]]],
      outputs: ['y'],
      constants: [constant('n', [1], [2], 'int64'), constant('p', [2], [1, 2], 'int64')],
    },
    expected: {
      operators: 'CONCATENATION STRIDED_SLICE STRIDED_SLICE CONCATENATION',
      shape: [7],
      values: [1, 1, 2, 1, 2, 2, 2],
    },
  },
  {
    // The largest of 1, 2 and 3, times each.
    name: 'a value that is spread for a product spreads by itself',
    input: {
      nodes: [
        node('ReduceMax', ['x'], ['a'], [['axes', [1]]]),
        node('Expand', ['a', 's'], ['b']),
        node('Mul', ['x', 'b'], ['y']),
      ],
      inputs: [['x', [1, 3]]],
      outputs: ['y'],
      constants: [constant('s', [2], [1, 3], 'int64')],
    },
    expected: { operators: 'REDUCE_MAX MUL', shape: [1, 3], values: [3, 6, 9] },
  },
  {
    name: 'rows written over others',
    input: {
      nodes: [node('ScatterND', ['x', 'at', 'u'], ['y'])],
      inputs: [['x', [3, 2]]],
      outputs: ['y'],
      constants: [constant('at', [1, 1], [1], 'int64'), constant('u', [1, 2], [8, 9])],
    },
    expected: { operators: 'CONCATENATION GATHER', shape: [3, 2], values: [1, 2, 8, 9, 5, 6] },
  },
  {
    // Channels 1, 2, 3, 4 by one dense layer of twice its input, laid as a picture of two channels.
    name: 'a dense layer that gives a picture gives it with its channels last',
    input: {
      nodes: [
        node('MatMul', ['x', 'w'], ['a']),
        node('Reshape', ['a', 'shape'], ['b']),
        node('Conv', ['b', 'k'], ['y']),
      ],
      inputs: [['x', [1, 1]]],
      outputs: ['y'],
      constants: [
        ...[constant('w', [1, 4], [1, 2, 3, 4]), constant('shape', [4], [1, 2, 1, 2], 'int64')],
        constant('k', [1, 2, 1, 1], [1, 10]),
      ],
    },
    expected: { operators: 'FULLY_CONNECTED RESHAPE CONV_2D RESHAPE', shape: [1, 1, 1, 2], values: [31, 42] },
  },
  {
    // Channels 1, 2, 3, 4 are row and column by row: C of CRD is one channel here, so that both orders are one.
    name: 'channels in the order CRD behind a convolution are those of its weights',
    input: {
      nodes: [
        node('Conv', ['x', 'w'], ['a']),
        node(
          'DepthToSpace',
          ['a'],
          ['y'],
          [
            ['blocksize', 2],
            ['mode', 'CRD'],
          ],
        ),
      ],
      inputs: [['x', [1, 1, 1, 1]]],
      outputs: ['y'],
      constants: [constant('w', [8, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8])],
    },
    expected: {
      operators: 'CONV_2D DEPTH_TO_SPACE TRANSPOSE',
      shape: [1, 2, 2, 2],
      values: [1, 2, 3, 4, 5, 6, 7, 8],
    },
  },
]);

const external = message([
  [1, 1],
  [2, 1],
  [8, 'w'],
  [
    13,
    message([
      [1, 'location'],
      [2, 'w.bin'],
    ]),
  ],
  [14, 1],
]);

check(
  'ONNX: which node each operator came from',
  (file: OnnxFile): readonly string[] => {
    const { origins } = readModel({ path: 'm.onnx', bytes: onnxFile(file) });
    return (origins?.operators[0] ?? []).map((origin) => (origin === undefined ? 'none' : originText(origin)));
  },
  [
    {
      // A TRANSPOSE for the convolution, with the function in it; one of the output is of no node.
      name: 'of what is fused the first, of what moves an output none',
      input: {
        nodes: [node('Conv', ['x', 'w'], ['a']), node('Relu', ['a'], ['b']), node('Abs', ['b'], ['y'])],
        inputs: [picture],
        outputs: ['y'],
        constants: [same],
      },
      expected: ['Conv "Conv of a"', 'Conv "Conv of a"', 'Abs "Abs of y"', 'none'],
    },
  ],
);

/** A file whose weights lie beside it. */
const beside = message([
  [1, 8],
  [
    7,
    message([
      [
        1,
        message([
          [1, 'x'],
          [1, 'w'],
          [2, 'y'],
          [4, 'Mul'],
        ]),
      ],
      [5, external],
      [11, valueProto('x', [2])],
      [12, valueProto('y', [])],
    ]),
  ],
  [8, message([[2, 13]])],
]);

check(
  'ONNX: weights beside the file',
  (length: number): readonly number[] => {
    const siblings = { read: (name: string) => (name === 'w.bin' ? new Uint8Array(length).fill(64) : undefined) };
    const { graphs } = readModel({ path: 'm.onnx', bytes: beside, siblings }).model;
    const data = graphs[0].tensors.find(({ name }) => name === 'w')?.data;
    return [...(data ?? [])];
  },
  [
    { name: 'are read from there', input: 4, expected: [64, 64, 64, 64] },
    { name: 'have to fit', input: 8, fails: 'The constant "w" has fewer or more values than its shape says.' },
  ],
);

const relu = { nodes: [node('Relu', ['x'], ['y'])], inputs: [picture], outputs: ['y'] };
const text = (bytes: Uint8Array): string =>
  tfliteOfOnnx(bytes)
    .graphs[0].operators.map(({ kind }) => kind)
    .join(' ');
const withNode = (...nodes: OnnxFile['nodes']): Uint8Array => onnxFile({ ...relu, nodes });

check('ONNX: what is not read', text, [
  {
    name: 'an option that is not followed',
    input: withNode(
      node(
        'SpaceToDepth',
        ['x'],
        ['y'],
        [
          ['blocksize', 2],
          ['mode', 'CRD'],
        ],
      ),
    ),
    fails:
      'The node "SpaceToDepth of y" (SpaceToDepth) is not converted: its option mode is "CRD". TensorFlow Lite Micro has the order "DCR" only.',
  },
  {
    name: 'smoothing while resizing',
    input: withNode(node('Resize', ['x'], ['y'], [['antialias', 1]])),
    fails:
      'The node "Resize of y" (Resize) is not converted: its option antialias is 1. TensorFlow Lite Micro resizes without smoothing.',
  },
  {
    name: 'a node without an operator in TFLM',
    input: withNode(node('Det', ['x'], ['y'])),
    fails: 'The node "Det of y" (Det) is not converted: TensorFlow Lite Micro has no operator for it.',
  },
  {
    name: 'a node of another domain',
    input: withNode({ ...node('Trie', ['x'], ['y']), domain: 'com.microsoft' }),
    fails: 'The node "Trie of y" (com.microsoft.Trie) is not converted: TensorFlow Lite Micro has no operator for it.',
  },
  {
    name: 'a loop',
    input: withNode(node('Loop', ['x'], ['y'])),
    fails:
      'The node "Loop of y" (Loop) is not converted: TensorFlow Lite Micro has it unrolled only: export the model with its loops unrolled.',
  },
  {
    name: 'all nodes without an operator, by kind',
    input: withNode(
      node('Det', ['x'], ['a']),
      node('TopK', ['a'], ['b']),
      node('Relu', ['b'], ['c']),
      node('Det', ['x'], ['d']),
      node('Det', ['d'], ['e']),
      node('Det', ['e'], ['f']),
      node('Add', ['c', 'f'], ['y']),
    ),
    fails:
      '5 nodes are not converted. 4 of Det ("Det of a", "Det of d", "Det of e", …): TensorFlow Lite Micro has no operator for it. 1 of TopK ("TopK of b"): TensorFlow Lite Micro has no TOPK. Use ArgMax, or pick the largest in the firmware.',
  },
  {
    name: 'a branch whose condition is computed',
    input: withNode(node('Greater', ['x', 'x'], ['c']), node('If', ['c'], ['y'])),
    fails:
      'The node "If of y" (If) is not converted: Its condition is computed, and only one branch can be converted. Export the model with a constant condition.',
  },
  {
    name: 'a GRU of more steps than are written out',
    input: onnxFile({
      nodes: [node('GRU', ['x', 'w', 'r'], ['y'])],
      inputs: [['x', [300, 1, 1]]],
      outputs: ['y'],
      constants: [constant('w', [1, 3, 1], [1, 1, 1]), constant('r', [1, 3, 1], [1, 1, 1])],
    }),
    fails:
      'The node "GRU of y" (GRU) is not converted: TensorFlow Lite Micro has no GRU and its 300 steps are too many to be written one after the other (256 at most). Give the model a shorter sequence, or use an LSTM whose state is not read.',
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
    fails: `The values of "w" lie in the file "w.bin" beside the model, which is not there or not read. Put it into the model's folder, or export the model with its weights inside (external_data=False).`,
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
