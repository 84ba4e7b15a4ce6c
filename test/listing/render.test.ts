import type { Report } from '../../src/core/estimate/report';
import type { Model } from '../../src/core/model/model';
import { renderListing } from '../../src/core/listing/render';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

const conv = options('Conv2DOptions', {
  padding: 'SAME',
  strideW: 2,
  strideH: 2,
  fusedActivationFunction: 'RELU',
  dilationWFactor: 1,
  dilationHFactor: 1,
});

/** One convolution and a reshape whose new shape is a constant. */
const small: Model = model(
  graph(
    [
      tensor('input', 'int8', [1, 4, 4, 1], { quantization: quantized(0.5, 83) }),
      tensor('conv/w', 'int8', [2, 3, 3, 1], { data: new Uint8Array(18), quantization: quantized([0.1, 0.2]) }),
      tensor('conv/b', 'int32', [2], { data: new Uint8Array(8) }),
      tensor('model/conv/Relu;model/conv/BiasAdd', 'int8', [1, 2, 2, 2], { quantization: quantized(0.25, -128) }),
      tensor('shape', 'int32', [2], { data: new Uint8Array(new Int32Array([-1, 8]).buffer) }),
      tensor('Identity', 'int8', [1, 8], { quantization: quantized(0.25, -128) }),
    ],
    [
      operator('CONV_2D', [0, 1, 2], [3], { options: conv }),
      operator('RESHAPE', [3, 4], [5], { options: options('ReshapeOptions', { newShape: [-1, 8] }) }),
    ],
    { inputs: [0], outputs: [5] },
  ),
  { fileBytes: 1234 },
);

const costs: Report = {
  model: { path: 'a.tflite', format: 'tflite', bytes: 1234, operators: 2, macs: 72, parameters: 20 },
  target: { runtime: 'tflm-reference', tflmVersion: 'x', optimization: 'O2', rounding: 'double' },
  layers: [
    { index: 0, graph: 0, position: 0, operator: 'CONV_2D', name: 'conv', ramBytes: 24, flashBytes: 5000, cycles: 900 },
    { index: 1, graph: 0, position: 1, operator: 'RESHAPE', name: 'Identity', ramBytes: 16, cycles: 100 },
  ],
  findings: [],
};

check(
  'listing: text',
  (report: Report | undefined) =>
    renderListing({ model: small, title: 'a.tflite', macs: 72, bytes: 1234, costs: report }).lines,
  [
    {
      name: 'one operator a line, operands last',
      input: undefined,
      expected: [
        'model  a.tflite   TFLite 3 · 1,234 bytes · 2 operators · 72 MACs',
        'in   input     int8[1,4,4,1]            q 0.5 +83',
        '  #  name      operator  output         options               (inputs)',
        '  0  conv      CONV_2D   int8[1,2,2,2]  stride 2x2 same relu  (input, w[2,3,3,1] per-channel, b)',
        '  1  Identity  RESHAPE   int8[1,8]                            (conv, [-1,8])',
        'out  Identity  int8[1,8]                q 0.25 -128',
      ],
    },
    {
      name: 'with costs as text columns',
      input: costs,
      expected: [
        'model  a.tflite   TFLite 3 · 1,234 bytes · 2 operators · 72 MACs',
        'in                                input     int8[1,4,4,1]            q 0.5 +83',
        '  #      RAM  flash cycles share  name      operator  output         options               (inputs)',
        '  0       24  4.88K    900   90%  conv      CONV_2D   int8[1,2,2,2]  stride 2x2 same relu  (input, w[2,3,3,1] per-channel, b)',
        '  1       16      -    100   10%  Identity  RESHAPE   int8[1,8]                            (conv, [-1,8])',
        'out                               Identity  int8[1,8]                q 0.25 -128',
      ],
    },
  ],
);

/** The text under every span of the listing of a model. */
function texts(input: Model): readonly string[] {
  const { lines, tensors, operators } = renderListing({ model: input, title: 'a.tflite', macs: 0, bytes: 0 });
  const under = ({ line, column, endColumn }: { line: number; column: number; endColumn: number }): string =>
    lines[line].slice(column, endColumn);
  return [
    ...operators.map(({ nameSpan, kindSpan }) => `${under(nameSpan)} is ${under(kindSpan)}`),
    ...tensors.map(({ role, tensor: index, span }) => `${role} ${index} ${under(span)}`),
  ];
}

check('listing: spans', texts, [
  {
    name: 'every mention of a tensor has its place',
    input: small,
    expected: [
      'conv is CONV_2D',
      'Identity is RESHAPE',
      'definition 0 input',
      'definition 3 conv',
      'use 0 input',
      'use 1 w[2,3,3,1] per-channel',
      'use 2 b',
      'definition 5 Identity',
      'use 3 conv',
      'use 4 [-1,8]',
      'output 5 Identity',
    ],
  },
  {
    name: 'further outputs stand on lines of their own, absent inputs are dashes',
    input: model(
      graph(
        [
          tensor('x', 'float32', [4]),
          floats('axis', [1], [0]),
          tensor('y:0', 'float32', [2]),
          tensor('y:1', 'float32', [2]),
        ],
        [operator('SPLIT', [-1, 0], [2, 3])],
      ),
    ),
    expected: ['y is SPLIT', 'definition 2 y', 'use 0 x', 'definition 3 y~2'],
  },
  { name: 'a graph without operators', input: model(graph([], [])), expected: [] },
]);

check(
  'listing: several graphs fold',
  (input: Model) => renderListing({ model: input, title: 'a.tflite', macs: 0, bytes: 0 }).folds,
  [
    { name: 'one graph needs no fold', input: small, expected: [] },
    {
      name: 'two graphs',
      input: model([small.graphs[0], graph([], [], { name: 'body' })]),
      expected: [
        { line: 1, endLine: 6 },
        { line: 7, endLine: 8 },
      ],
    },
  ],
);
