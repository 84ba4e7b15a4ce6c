import { findChannels } from '../../src/core/compress/channels/findChannels';
import { Atoms } from '../../src/core/compress/channels/atoms';
import { checkWorkable, unworkableText } from '../../src/core/compress/claims';
import { patchesOf } from '../../src/core/compress/patches';
import { dequantizeModel, floatModelOf, isQuantizedModel } from '../../src/core/compress/rewrite/dequantizeModel';
import { draftOf } from '../../src/core/compress/rewrite/graphDraft';
import { metadataSentences, whyNotRedrawn } from '../../src/core/compress/rewrite/metadata';
import { redraw, redrawTracked } from '../../src/core/compress/rewrite/redraw';
import { outlineTensor, sliceTensor } from '../../src/core/compress/rewrite/sliceTensor';
import { elementLayout, packElements, unpackElements } from '../../src/core/compress/rewrite/storedElements';
import type { DataType } from '../../src/core/model/dataType';
import type { Graph, Model, Operator, Signature, Tensor } from '../../src/core/model/model';
import { realValues } from '../../src/core/model/values/real';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

const int8 = (
  name: string,
  shape: readonly number[],
  scale: number | readonly number[] = 0.5,
  more: Partial<Tensor> = {},
): Tensor => tensor(name, 'int8', shape, { quantization: quantized(scale), ...more });
const float = (name: string, shape: readonly number[] = [1, 2]): Tensor => tensor(name, 'float32', shape);

/** Operators and tensors of a model as text. */
function drawn({ graphs: [{ operators, tensors }] }: Model): readonly string[] {
  return [
    ...operators.map(
      ({ kind, version, inputs, outputs }) => `${kind}.${version} ${inputs.join()} -> ${outputs.join()}`,
    ),
    ...tensors.map(
      (each) =>
        `${each.name} ${each.type}${each.data === undefined ? '' : ` ${[...realValues(each)!].join()}`}${each.quantization === undefined ? '' : ' quantized'}`,
    ),
  ];
}

const dense = model(
  graph(
    [
      float('in'),
      int8('x', [1, 2]),
      int8('w', [2, 2], [0.5, 2], { data: new Uint8Array([1, 2, 3, 4]) }),
      tensor('b', 'int32', [2], {
        data: new Uint8Array(Int32Array.of(4, -2).buffer),
        quantization: quantized([0.25, 1]),
      }),
      int8('y', [1, 2]),
      float('out'),
    ],
    [
      operator('QUANTIZE', [0], [1], { version: 2 }),
      operator('FULLY_CONNECTED', [1, 2, 3], [4], {
        version: 4,
        options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }),
      }),
      operator('DEQUANTIZE', [4], [5]),
    ],
    { inputs: [0], outputs: [5] },
  ),
);

check('the float twin of a quantized model', (source: Model) => drawn(dequantizeModel(source)), [
  {
    name: 'conversions become copies, constants the numbers that they stand for',
    input: dense,
    expected: [
      'RESHAPE.1 0 -> 1',
      'FULLY_CONNECTED.1 1,2,3 -> 4',
      'RESHAPE.1 4 -> 5',
      'in float32',
      'x float32',
      'w float32 0.5,1,6,8',
      'b float32 1,-2',
      'y float32',
      'out float32',
    ],
  },
  {
    name: 'a constant that cannot be read',
    input: model(
      graph(
        [int8('x', [1, 2]), int8('w', [1, 2], 0.5, { data: new Uint8Array(1) }), int8('y', [1, 1])],
        [operator('FULLY_CONNECTED', [0, 1, -1], [2])],
        { inputs: [0], outputs: [2] },
      ),
    ),
    fails:
      'The constant "w" is quantized in a way that cannot be undone, so that the model cannot be trained. Prune it without repair.',
  },
]);

const floatModel = model(graph([float('x'), float('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] }));
const hybrid = model(
  graph(
    [float('x'), int8('w', [1, 2], 0.5, { data: new Uint8Array(2) }), float('y')],
    [operator('FULLY_CONNECTED', [0, 1, -1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

check(
  'quantized models, and float ones that come back as they are',
  (source: Model) => [isQuantizedModel(source), dequantizeModel(source) === source, floatModelOf(source) === source],
  [
    { name: 'quantized', input: dense, expected: [true, false, false] },
    { name: 'float', input: floatModel, expected: [false, true, true] },
    { name: 'float with integer weights', input: hybrid, expected: [false, true, true] },
    {
      name: 'indices without a scale',
      input: model(
        graph([tensor('x', 'int32', [1]), tensor('y', 'int32', [1])], [operator('ADD', [0, 0], [1])], {
          inputs: [0],
          outputs: [1],
        }),
      ),
      expected: [false, true, true],
    },
  ],
);

interface Redrawing {
  readonly operators?: readonly Operator[];
  readonly signature?: Signature;
}

const three = model(
  graph(
    ['x', 'unused', 'm', 'y'].map((name) => float(name)),
    [operator('ABS', [0], [2], { intermediates: [] }), operator('NEG', [2], [3])],
    { inputs: [0], outputs: [3] },
  ),
);

check(
  'a graph drawn anew',
  ({ operators, signature }: Redrawing) => {
    const source: Model = { ...three, signatures: signature === undefined ? [] : [signature] };
    const { model: result, tensorIndices } = redrawTracked(
      source,
      draftOf(source.graphs[0], operators && { operators }),
    );
    const [{ tensors, inputs, outputs, operators: after }] = result.graphs;
    return {
      names: tensors.map(({ name, index }) => `${index} ${name}`),
      ends: [inputs, outputs],
      operators: after.map(
        ({ index, kind, inputs: from, outputs: to }) => `${index} ${kind} ${from.join()} ${to.join()}`,
      ),
      indices: [...tensorIndices],
      signatures: result.signatures.map(({ inputs: from, outputs: to }) => [
        from.map(({ tensor: at }) => at),
        to.map(({ tensor: at }) => at),
      ]),
    };
  },
  [
    {
      name: 'without what nothing names',
      input: {},
      expected: {
        names: ['0 x', '1 m', '2 y'],
        ends: [[0], [2]],
        operators: ['0 ABS 0 1', '1 NEG 1 2'],
        indices: [0, -1, 1, 2],
        signatures: [],
      },
    },
    {
      name: 'operators are numbered anew, inputs that are left out stay so',
      input: { operators: [operator('NEG', [0, -1], [3], { index: 7 })] },
      expected: {
        names: ['0 x', '1 y'],
        ends: [[0], [1]],
        operators: ['0 NEG 0,-1 1'],
        indices: [0, -1, -1, 1],
        signatures: [],
      },
    },
    {
      name: 'intermediates are named as well',
      input: { operators: [operator('NEG', [0], [3], { intermediates: [1] })] },
      expected: {
        names: ['0 x', '1 unused', '2 y'],
        ends: [[0], [2]],
        operators: ['0 NEG 0 2'],
        indices: [0, 1, -1, 2],
        signatures: [],
      },
    },
    {
      name: 'a signature follows its place, and keeps what it alone names',
      input: {
        signature: {
          key: 's',
          graph: 0,
          inputs: [{ name: 'a', tensor: 0 }],
          outputs: [
            { name: 'b', tensor: 3 },
            { name: 'c', tensor: 1 },
          ],
        },
      },
      expected: {
        names: ['0 x', '1 unused', '2 m', '3 y'],
        ends: [[0], [3]],
        operators: ['0 ABS 0 2', '1 NEG 2 3'],
        indices: [0, 1, 2, 3],
        signatures: [[[0], [3, 1]]],
      },
    },
    {
      name: 'a signature of another graph is left alone',
      input: {
        signature: { key: 's', graph: 1, inputs: [{ name: 'a', tensor: 1 }], outputs: [{ name: 'b', tensor: 3 }] },
      },
      expected: {
        names: ['0 x', '1 m', '2 y'],
        ends: [[0], [2]],
        operators: ['0 ABS 0 1', '1 NEG 1 2'],
        indices: [0, -1, 1, 2],
        signatures: [[[1], [3]]],
      },
    },
  ],
);

check(
  'other graphs stay',
  (which: number) => {
    const two = model([three.graphs[0], floatModel.graphs[0]]);
    return redraw(two, draftOf(two.graphs[which])).graphs.map(({ tensors }, index) =>
      tensors === two.graphs[index].tensors ? 'same' : tensors.length,
    );
  },
  [
    { name: 'the first is drawn', input: 0, expected: [3, 'same'] },
    { name: 'the second is drawn', input: 1, expected: ['same', 2] },
  ],
);

interface Cut {
  readonly tensor: Tensor;
  readonly kept: readonly (readonly number[] | undefined)[];
}

const row = (values: readonly number[], shape: readonly number[], more: Partial<Tensor> = {}): Tensor =>
  tensor('t', 'int8', shape, { data: new Uint8Array(Int8Array.from(values).buffer), ...more });

check(
  'tensors that are cut',
  ({ tensor: whole, kept }: Cut) => {
    const { shape, data, quantization, shapeSignature } = sliceTensor(whole, kept);
    const outline = outlineTensor(whole, kept);
    return {
      shape,
      bytes: data && [...data],
      scales: quantization?.scales,
      zeroPoints: quantization?.zeroPoints,
      signature: shapeSignature,
      outline: outline.data && [outline.data.length, outline.data.every((byte) => byte === 0)],
    };
  },
  [
    {
      name: 'rows',
      input: { tensor: row([1, 2, 3, 4, 5, 6], [3, 2]), kept: [[0, 2], undefined] },
      expected: {
        shape: [2, 2],
        bytes: [1, 2, 5, 6],
        scales: undefined,
        zeroPoints: undefined,
        signature: undefined,
        outline: [4, true],
      },
    },
    {
      name: 'columns',
      input: { tensor: row([1, 2, 3, 4, 5, 6], [2, 3]), kept: [undefined, [1]] },
      expected: {
        shape: [2, 1],
        bytes: [2, 5],
        scales: undefined,
        zeroPoints: undefined,
        signature: undefined,
        outline: [2, true],
      },
    },
    {
      name: 'both',
      input: { tensor: row([1, 2, 3, 4, 5, 6], [2, 3]), kept: [[1], [0, 2]] },
      expected: {
        shape: [1, 2],
        bytes: [4, 6],
        scales: undefined,
        zeroPoints: undefined,
        signature: undefined,
        outline: [2, true],
      },
    },
    {
      name: 'an axis in the middle',
      input: { tensor: row([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]), kept: [undefined, [1], undefined] },
      expected: {
        shape: [2, 1, 2],
        bytes: [3, 4, 7, 8],
        scales: undefined,
        zeroPoints: undefined,
        signature: undefined,
        outline: [4, true],
      },
    },
    {
      name: 'scales along the axis that is cut',
      input: { tensor: row([1, 2, 3], [3], { quantization: quantized([0.1, 0.2, 0.3]) }), kept: [[0, 2]] },
      expected: {
        shape: [2],
        bytes: [1, 3],
        scales: [0.1, 0.3],
        zeroPoints: [0, 0],
        signature: undefined,
        outline: [2, true],
      },
    },
    {
      name: 'one zero point for many scales',
      input: {
        tensor: row([1, 2, 3], [3], { quantization: { scales: [0.1, 0.2, 0.3], zeroPoints: [0], axis: 0 } }),
        kept: [[1]],
      },
      expected: { shape: [1], bytes: [2], scales: [0.2], zeroPoints: [0], signature: undefined, outline: [1, true] },
    },
    {
      name: 'scales along another axis',
      input: {
        tensor: row([1, 2, 3, 4], [2, 2], { quantization: quantized([0.1, 0.2], 0, 0) }),
        kept: [undefined, [1]],
      },
      expected: {
        shape: [2, 1],
        bytes: [2, 4],
        scales: [0.1, 0.2],
        zeroPoints: [0, 0],
        signature: undefined,
        outline: [2, true],
      },
    },
    {
      name: 'an open batch stays open',
      input: { tensor: tensor('t', 'float32', [1, 4], { shapeSignature: [-1, 4] }), kept: [undefined, [0, 1, 3]] },
      expected: {
        shape: [1, 3],
        bytes: undefined,
        scales: undefined,
        zeroPoints: undefined,
        signature: [-1, 3],
        outline: undefined,
      },
    },
    // 1, 2 and 3 as halves of bytes, of which the middle one goes.
    {
      name: 'four bits',
      input: { tensor: tensor('t', 'int4', [3], { data: new Uint8Array([0x21, 0x03]) }), kept: [[0, 2]] },
      expected: {
        shape: [2],
        bytes: [0x31],
        scales: undefined,
        zeroPoints: undefined,
        signature: undefined,
        outline: [1, true],
      },
    },
    {
      name: 'texts',
      input: { tensor: tensor('t', 'string', [2], { data: new Uint8Array(8) }), kept: [[0]] },
      fails: '"t" is a constant of type string, from which no channels can be cut. Leave its layer as it is.',
    },
  ],
);

check('how elements lie in a file', (type: DataType) => elementLayout(type), [
  { name: 'a byte', input: 'int8', expected: { bytes: 1, packed: false } },
  { name: 'a float', input: 'float32', expected: { bytes: 4, packed: false } },
  { name: 'eight bytes', input: 'int64', expected: { bytes: 8, packed: false } },
  { name: 'half a byte', input: 'int4', expected: { bytes: 1, packed: true } },
  { name: 'texts', input: 'string', expected: undefined },
]);

check(
  'elements taken out of their packing and put back',
  (bytes: readonly number[]) => {
    const layout = { bytes: 1, packed: true };
    const unpacked = unpackElements(Uint8Array.from(bytes), 3, layout);
    return [[...unpacked], [...packElements(unpacked, layout)]];
  },
  [
    {
      name: 'three in two bytes: the first in the low half',
      input: [0x21, 0x03],
      expected: [
        [1, 2, 3],
        [0x21, 0x03],
      ],
    },
  ],
);

check(
  'classes of indices',
  (run: (atoms: Atoms, of: Graph) => unknown) => {
    const of = graph([float('a', [3]), float('b', [3])], []);
    return run(new Atoms(of), of);
  },
  [
    {
      name: 'each by itself',
      input: (atoms, { tensors: [a, b] }) => [atoms.classOf(a, 0, 0), atoms.classOf(a, 0, 2), atoms.classOf(b, 0, 0)],
      expected: [0, 2, 3],
    },
    {
      name: 'joined over a third',
      input: (atoms, { tensors: [a, b] }) => {
        atoms.join(0, 5);
        atoms.join(5, 2);
        return [atoms.classOf(a, 0, 2), atoms.classOf(b, 0, 2), atoms.classOf(b, 0, 1)];
      },
      expected: [0, 0, 4],
    },
    {
      name: 'the first reason is kept, also where classes join',
      input: (atoms) => {
        atoms.fix(4, 'first');
        atoms.fix(0, 'second');
        atoms.fix(4, 'third');
        atoms.join(0, 4);
        return [atoms.reasonOf(0), atoms.reasonOf(4), atoms.reasonOf(1)];
      },
      expected: ['first', 'first', undefined],
    },
    {
      name: 'in the other order',
      input: (atoms) => {
        atoms.fix(0, 'first');
        atoms.fix(4, 'second');
        atoms.join(4, 0);
        return [atoms.reasonOf(0), atoms.reasonOf(4)];
      },
      expected: ['first', 'first'],
    },
    {
      name: 'a class that joins takes its reason along',
      input: (atoms) => {
        atoms.fix(5, 'stays');
        atoms.join(1, 5);
        atoms.join(1, 1);
        return [atoms.reasonOf(1), atoms.reasonOf(5), atoms.reasonOf(2)];
      },
      expected: ['stays', 'stays', undefined],
    },
  ],
);

check(
  'how many indices are followed',
  (size: number) => new Atoms(graph([float('a', [size])], [])).classOf(tensor('a', 'float32', [size]), 0, 1),
  [
    { name: 'four million', input: 4_000_000, expected: 1 },
    {
      name: 'one more',
      input: 4_000_001,
      fails:
        "The dimensions of the model's tensors come to more than 4000000: too many to follow its channels. Prune a smaller model.",
    },
  ],
);

check(
  'what a model claims',
  (shapes: readonly (readonly number[])[]) =>
    unworkableText(
      model(
        graph(
          shapes.map((shape, index) => float(`t${index}`, shape)),
          [],
        ),
      ),
    )?.split('"')[1],
  [
    { name: '2^27 values', input: [[2 ** 13, 2 ** 14]], expected: undefined },
    { name: 'one more, in another tensor', input: [[2 ** 13, 2 ** 14], [1]], expected: 't1' },
    { name: '2^24 indices', input: [[2 ** 24]], expected: undefined },
    { name: 'one more', input: [[2 ** 24], [1]], expected: 't1' },
  ],
);

check(
  'a model that claims too much is refused',
  (shape: readonly number[]) => checkWorkable(model(graph([float('t', shape)], []))),
  [
    { name: 'it does not', input: [1, 2], expected: undefined },
    {
      name: 'it does',
      input: [2 ** 28],
      fails:
        'The shapes of this model name more values than any microcontroller holds ("t" is [268435456]), so that it cannot be changed here. Convert it again with the shapes that are meant.',
    },
  ],
);

check(
  'why a model is not drawn anew',
  (names: readonly string[]) =>
    whyNotRedrawn({ ...three, metadata: names.map((name) => ({ name, data: new Uint8Array(0) })) }),
  [
    { name: 'other metadata', input: ['labels.txt', 'min_runtime_version'], expected: undefined },
    {
      name: 'compressed weights',
      input: ['labels.txt', 'COMPRESSION_METADATA'],
      expected:
        'The weights of this model are compressed for TFLM. Take the model that it was made from, then compress again.',
    },
  ],
);

const noted = (bytes: Readonly<Record<string, readonly number[]>>): Model => ({
  ...three,
  metadata: Object.entries(bytes).map(([name, list]) => ({ name, data: Uint8Array.from(list) })),
});

check('what became of metadata', ([source, result]: readonly [Model, Model]) => metadataSentences(source, result), [
  {
    name: 'the same',
    input: [noted({ min_runtime_version: [1] }), noted({ min_runtime_version: [1] })],
    expected: { decisions: [], warnings: [] },
  },
  {
    name: 'of others nothing is said',
    input: [noted({ labels: [1] }), noted({})],
    expected: { decisions: [], warnings: [] },
  },
  {
    name: 'left out',
    input: [noted({ min_runtime_version: [1] }), noted({})],
    expected: {
      decisions: [],
      warnings: [
        'The metadata "min_runtime_version", which names the versions of the operators, would be wrong after the change and was left out: TFLite Micro does not read it.',
      ],
    },
  },
  {
    name: 'rewritten',
    input: [noted({ min_runtime_version: [1] }), noted({ min_runtime_version: [2] })],
    expected: {
      decisions: [
        'The metadata "min_runtime_version", which names the versions of the operators, was rewritten for the changed graph.',
      ],
      warnings: [],
    },
  },
  {
    name: 'longer than before is rewritten as well',
    input: [noted({ min_runtime_version: [1] }), noted({ min_runtime_version: [1, 0] })],
    expected: {
      decisions: [
        'The metadata "min_runtime_version", which names the versions of the operators, was rewritten for the changed graph.',
      ],
      warnings: [],
    },
  },
]);

check(
  'what weights are multiplied with',
  ([kind, image, filter]: readonly [string, readonly number[], readonly number[]]) => {
    const of = graph(
      [
        float('x', image),
        floats('w', filter, new Array<number>(filter.reduce((a, b) => a * b, 1)).fill(0)),
        float('y', [1, 1, 1, 4]),
      ],
      [],
    );
    const own = operator(kind, [0, 1, -1], [2], {
      options: options('Conv2DOptions', { padding: 'VALID', strideH: 1, strideW: 1 }),
    });
    const patches = patchesOf(own, of);
    return (
      patches && {
        groups: patches.groups,
        length: patches.length,
        channels: patches.channels,
        place: patches.place(1, 1),
      }
    );
  },
  [
    {
      name: 'a convolution',
      input: ['CONV_2D', [1, 2, 1, 3], [4, 2, 1, 3]],
      expected: { groups: 1, length: 6, channels: 4, place: 7 },
    },
    {
      name: 'in three groups',
      input: ['CONV_2D', [1, 2, 1, 3], [4, 2, 1, 1]],
      expected: { groups: 3, length: 2, channels: 4, place: 3 },
    },
    {
      name: 'a depthwise one: a group for each output',
      input: ['DEPTHWISE_CONV_2D', [1, 2, 1, 2], [1, 2, 1, 4]],
      expected: { groups: 4, length: 2, channels: 4, place: 5 },
    },
    {
      name: 'a dense one',
      input: ['FULLY_CONNECTED', [1, 6], [4, 6]],
      expected: { groups: 1, length: 6, channels: 4, place: 7 },
    },
    { name: 'of a batch of two: none', input: ['CONV_2D', [2, 2, 1, 3], [4, 2, 1, 3]], expected: undefined },
    { name: 'another operator: none', input: ['ADD', [1, 6], [6]], expected: undefined },
  ],
);

check('layers without channels', (source: Model) => findChannels(source).layers.length, [
  { name: 'none', input: floatModel, expected: 0 },
]);
