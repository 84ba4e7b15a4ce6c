import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { fuse } from '../../../src/core/compress/fit/steps/fuse';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import type { Rounding } from '../../../src/core/execute/executable';
import { prepare } from '../../../src/core/execute/prepare';
import { seededInputs } from '../../../src/core/execute/seededInputs';
import type { DataType } from '../../../src/core/model/dataType';
import type { Model, Operator, Quantization, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { arenaTarget } from '../../runtimes/tflm/targets';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { mulberry32 } from '../../support/random';

const target = arenaTarget();
const integers = (name: string, values: readonly number[], shape: readonly number[] = [values.length]): Tensor =>
  tensor(name, 'int32', shape, { data: encode('int32', values) });

function fused(source: Model): Model | undefined {
  return fuse.apply(source, target, () => false).model;
}

/** Operators in one line each, with padding and the shape of what they make; `unchanged` where nothing was fused. */
function outcome(source: Model): readonly string[] | 'unchanged' {
  const result = fused(source);
  if (result === undefined) return 'unchanged';
  assertEqualOutputs(source, result, 1);
  const { operators, tensors } = result.graphs[0];
  return operators.map(({ kind, options: own, outputs }) => {
    const padding = own?.values.padding;
    return `${kind}${typeof padding === 'string' ? ` ${padding}` : ''} ${tensors[outputs[0]].shape.join('x')}`;
  });
}

function assertEqualOutputs(source: Model, result: Model, seed: number): void {
  const inputs = source.graphs[0].inputs.map((index) => source.graphs[0].tensors[index]);
  const answers = (of: Model, rounding: Rounding): readonly Uint8Array[] =>
    prepare(fileOf(of).model, { rounding })
      .invoke(seededInputs(inputs, seed))
      .map(({ bytes }) => bytes.slice());
  for (const rounding of ['double', 'single'] as const) {
    assert.deepEqual(answers(result, rounding), answers(source, rounding));
  }
}

interface Padded {
  readonly type?: DataType;
  readonly kind?: string;
  /** Height and width of the image, of the filter. */
  readonly image?: readonly [number, number];
  readonly filter?: readonly [number, number];
  /** Top, bottom, left, right; or all eight. */
  readonly pads: readonly number[];
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: 'SAME' | 'VALID';
  /** Of what is padded; as the image by default. */
  readonly zeroPoint?: number;
  /** PADV2 with this stored value. */
  readonly value?: number;
  readonly weight?: number;
  readonly readTwice?: boolean;
}

/** An image of two channels, padded, and a convolution of three, all of random numbers. */
function padded(how: Padded): Model {
  const { type = 'int8', kind = 'CONV_2D', image = [6, 6], filter = [3, 3], stride = 1, dilation = 1 } = how;
  const { padding = 'VALID', zeroPoint = 7, value, weight, readTwice = false } = how;
  const pads = how.pads.length === 4 ? [0, 0, ...how.pads, 0, 0] : how.pads;
  const sizeAt = (axis: number, size: number): number => size + pads[2 * axis] + pads[2 * axis + 1];
  const [batch, high, wide, deep] = [1, ...image, 2].map((size, axis) => sizeAt(axis, size));
  const placesOf = (size: number, taps: number): number => {
    const reach = padding === 'SAME' ? 1 : (taps - 1) * dilation + 1;
    return Math.max(0, Math.ceil((size - reach + 1) / stride));
  };
  const isDeep = kind === 'DEPTHWISE_CONV_2D';
  const channels = isDeep ? deep : 3;
  const [shape, taps] = [[1, ...image, 2], isDeep ? [1, ...filter, channels] : [3, ...filter, deep]];
  const made = [batch, placesOf(high, filter[0]), placesOf(wide, filter[1]), channels];
  const of = (scale: number, zero: number): { readonly quantization?: Quantization } =>
    type === 'float32' ? {} : { quantization: quantized(scale, type === 'int16' ? 0 : zero) };
  const random = mulberry32(3);
  const weights = Array.from({ length: taps.reduce((a, b) => a * b) }, () => Math.floor(random() * 200) - 100);
  if (weight !== undefined) weights[0] = weight;
  const filterType = type === 'float32' ? 'float32' : 'int8';
  const tensors = [
    tensor('x', type, shape, of(0.05, 7)),
    integers('pads', pads, [4, 2]),
    tensor('padded', type, [batch, high, wide, deep], of(0.05, zeroPoint)),
    tensor('w', filterType, taps, {
      data: encode(filterType, weights),
      ...(type !== 'float32' && { quantization: quantized(0.01) }),
    }),
    tensor('y', type, made, of(0.4, -3)),
    tensor('value', type, [1], { data: encode(type, [value ?? 0]), ...of(0.05, 7) }),
    tensor('other', type, [batch, high, wide, deep], of(0.05, zeroPoint)),
  ];
  const pad = value === undefined ? operator('PAD', [0, 1], [2]) : operator('PADV2', [0, 1, 5], [2]);
  const table = isDeep ? 'DepthwiseConv2DOptions' : 'Conv2DOptions';
  const strides = { strideH: stride, strideW: stride, dilationHFactor: dilation, dilationWFactor: dilation };
  const convolution = operator(kind, [2, 3], [4], {
    version: type === 'float32' ? 1 : 3,
    options: options(table, { padding, ...strides, ...(isDeep && { depthMultiplier: 1 }) }),
  });
  const more: readonly Operator[] = readTwice ? [operator('RELU', [2], [6])] : [];
  return model(graph(tensors, [pad, convolution, ...more], { inputs: [0], outputs: readTwice ? [4, 6] : [4] }));
}

check('fuse: PAD before a convolution', (how: Padded) => outcome(padded(how)), [
  { name: 'all around, as SAME does', input: { pads: [1, 1, 1, 1] }, expected: ['CONV_2D SAME 1x6x6x3'] },
  { name: 'of floats', input: { type: 'float32', pads: [1, 1, 1, 1] }, expected: ['CONV_2D SAME 1x6x6x3'] },
  { name: 'of 16 bits', input: { type: 'int16', pads: [1, 1, 1, 1] }, expected: ['CONV_2D SAME 1x6x6x3'] },
  {
    name: 'below and right alone, with stride 2',
    input: { kind: 'DEPTHWISE_CONV_2D', pads: [0, 1, 0, 1], stride: 2 },
    expected: ['DEPTHWISE_CONV_2D SAME 1x3x3x2'],
  },
  {
    // SAME begins its windows at the image's first place, the padded ones one before it.
    name: 'above and left with stride 2 stays',
    input: { pads: [1, 1, 1, 1], stride: 2 },
    expected: 'unchanged',
  },
  {
    name: 'with stride 2 of an odd image',
    input: { image: [7, 7], pads: [1, 1, 1, 1], stride: 2 },
    expected: ['CONV_2D SAME 1x4x4x3'],
  },
  { name: 'by more than SAME pads stays', input: { pads: [2, 2, 2, 2] }, expected: 'unchanged' },
  { name: 'by less than SAME pads stays', input: { filter: [5, 5], pads: [1, 1, 1, 1] }, expected: 'unchanged' },
  { name: 'of height alone stays', input: { pads: [1, 1, 0, 0] }, expected: 'unchanged' },
  {
    name: 'of height alone, with a filter of one column',
    input: { filter: [3, 1], pads: [1, 1, 0, 0] },
    expected: ['CONV_2D SAME 1x6x6x3'],
  },
  {
    name: 'that no window reaches',
    input: { image: [7, 7], pads: [0, 1, 0, 1], stride: 2 },
    expected: ['CONV_2D VALID 1x3x3x3'],
  },
  {
    name: 'with dilation 2',
    input: { pads: [2, 2, 2, 2], dilation: 2 },
    expected: ['CONV_2D SAME 1x6x6x3'],
  },
  {
    // 8 rows of the padded image with a filter of 5 have 2 before them: 3 before the image, of which SAME has 2.
    name: 'before padding SAME of its own stays',
    input: { filter: [5, 5], pads: [1, 1, 1, 1], padding: 'SAME' },
    expected: 'unchanged',
  },
  {
    name: 'before padding SAME that is not needed',
    input: { filter: [1, 1], pads: [0, 1, 0, 1], padding: 'SAME', image: [5, 5], stride: 2 },
    expected: ['CONV_2D VALID 1x3x3x3'],
  },
  { name: 'of channels stays', input: { pads: [0, 0, 1, 1, 1, 1, 0, 1] }, expected: 'unchanged' },
  { name: 'of the batch stays', input: { pads: [0, 1, 1, 1, 1, 1, 0, 0] }, expected: 'unchanged' },
  { name: 'by less than nothing stays', input: { pads: [-1, 1, 1, 1] }, expected: 'unchanged' },
  { name: 'to another zero point stays', input: { pads: [1, 1, 1, 1], zeroPoint: 8 }, expected: 'unchanged' },
  { name: 'with the zero point', input: { pads: [1, 1, 1, 1], value: 7 }, expected: ['CONV_2D SAME 1x6x6x3'] },
  { name: 'with another value stays', input: { pads: [1, 1, 1, 1], value: 0 }, expected: 'unchanged' },
  {
    name: 'before infinite weights stays',
    input: { type: 'float32', pads: [1, 1, 1, 1], weight: Infinity },
    expected: 'unchanged',
  },
  { name: 'that another operator reads stays', input: { pads: [1, 1, 1, 1], readTwice: true }, expected: 'unchanged' },
]);

it('fuse: random paddings before random convolutions give the same bits', () => {
  let changed = 0;
  const pad = fc.nat(2);
  const hows = fc.record({
    type: fc.constantFrom<DataType>('int8', 'int16', 'float32'),
    kind: fc.constantFrom('CONV_2D', 'DEPTHWISE_CONV_2D'),
    image: fc.tuple(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 3, max: 8 })),
    filter: fc.constantFrom([1, 1], [3, 3], [2, 3]),
    pads: fc.oneof(fc.tuple(pad, pad, pad, pad), fc.constantFrom([1, 1, 1, 1], [0, 1, 0, 1], [0, 0, 0, 0])),
    stride: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom<'SAME' | 'VALID'>('SAME', 'VALID'),
  });
  fc.assert(
    fc.property(hows, fc.nat(1000), (how, seed) => {
      const source = padded(how);
      const result = fused(source);
      if (result === undefined) return;
      changed++;
      assertEqualOutputs(source, result, seed);
    }),
    { seed: 20_261_129, numRuns: 600 },
  );
  assert.ok(changed > 30, `${changed} of 600 were fused.`);
});

interface Dense {
  readonly from?: readonly number[];
  readonly rows?: readonly number[];
  readonly kind?: string;
  readonly type?: DataType;
  readonly keepNumDims?: boolean;
  readonly scale?: number;
  readonly isOutput?: boolean;
  readonly reader?: string;
}

/** An activation, another shape of it, and a dense layer of two units. */
function dense(how: Dense): Model {
  const { from = [1, 2, 2, 3], rows = [1, 12], kind = 'RESHAPE', type = 'int8', scale = 0.05 } = how;
  const of = (own: number): { readonly quantization?: Quantization } =>
    type === 'float32' ? {} : { quantization: quantized(own, 3) };
  const depth = rows[rows.length - 1];
  const weights = Array.from({ length: 2 * depth }, (_, index) => ((index * 7) % 19) - 9);
  const w =
    type === 'float32'
      ? floats('w', [2, depth], weights)
      : tensor('w', 'int8', [2, depth], { data: encode('int8', weights), quantization: quantized(0.1) });
  const count = rows.slice(0, -1).reduce((a, b) => a * b, 1);
  const made = how.keepNumDims === true ? [...rows.slice(0, -1), 2] : [count, 2];
  const tensors = [
    tensor('in', type, from, of(0.05)),
    tensor('x', type, from, of(0.05)),
    integers('shape', rows),
    tensor('rows', type, rows, of(scale)),
    w,
    tensor('y', type, made, of(0.5)),
    tensor('other', type, rows, of(scale)),
  ];
  const layer = operator('FULLY_CONNECTED', [3, 4, -1], [5], {
    version: 5,
    options: options('FullyConnectedOptions', { keepNumDims: how.keepNumDims === true }),
  });
  const inputs = kind === 'RESHAPE' ? [1, 2] : [1];
  const more = how.reader === undefined ? [] : [operator(how.reader, [3], [6])];
  return model(
    graph(tensors, [operator('ABS', [0], [1]), operator(kind, inputs, [3]), layer, ...more], {
      inputs: [0],
      outputs: [5, ...(how.isOutput === true ? [3] : []), ...(how.reader === undefined ? [] : [6])],
    }),
  );
}

check('fuse: RESHAPE before a dense layer', (how: Dense) => outcome(dense({ type: 'float32', ...how })), [
  { name: 'goes', input: {}, expected: ['ABS 1x2x2x3', 'FULLY_CONNECTED 1x2'] },
  { name: 'of several rows', input: { rows: [4, 3] }, expected: ['ABS 1x2x2x3', 'FULLY_CONNECTED 4x2'] },
  {
    name: 'as SQUEEZE',
    input: { kind: 'SQUEEZE', from: [1, 1, 1, 12] },
    expected: ['ABS 1x1x1x12', 'FULLY_CONNECTED 1x2'],
  },
  { name: 'that keeps its dimensions stays', input: { rows: [2, 2, 3], keepNumDims: true }, expected: 'unchanged' },
  { name: 'that the model gives out stays', input: { isOutput: true }, expected: 'unchanged' },
  { name: 'that another operator reads stays', input: { reader: 'NEG' }, expected: 'unchanged' },
]);

interface Copied {
  readonly kind: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly more?: Tensor;
  readonly scale?: number;
}

function copied({ kind, from, to, more, scale = 0.05 }: Copied): Model {
  const int8 = (name: string, shape: readonly number[], own = 0.05): Tensor =>
    tensor(name, 'int8', shape, { quantization: quantized(own, 3) });
  const tensors = [int8('x', from), int8('y', to, scale), ...(more === undefined ? [] : [more])];
  const inputs = more === undefined ? [0] : [0, 2];
  return model(graph(tensors, [operator(kind, inputs, [1])], { inputs: [0], outputs: [1] }));
}

check('fuse: copies that move nothing', (how: Copied) => outcome(copied(how)), [
  { name: 'SQUEEZE', input: { kind: 'SQUEEZE', from: [1, 3, 1, 2], to: [3, 2] }, expected: ['RESHAPE 3x2'] },
  {
    name: 'EXPAND_DIMS',
    input: { kind: 'EXPAND_DIMS', from: [3, 2], to: [3, 1, 2], more: integers('axis', [1], []) },
    expected: ['RESHAPE 3x1x2'],
  },
  {
    name: 'TRANSPOSE of the channels of a grey picture',
    input: { kind: 'TRANSPOSE', from: [1, 1, 3, 2], to: [1, 3, 2, 1], more: integers('order', [0, 2, 3, 1]) },
    expected: ['RESHAPE 1x3x2x1'],
  },
  {
    name: 'TRANSPOSE of the channels of a picture in colour stays',
    input: { kind: 'TRANSPOSE', from: [1, 2, 3, 2], to: [1, 3, 2, 2], more: integers('order', [0, 2, 3, 1]) },
    expected: 'unchanged',
  },
  {
    name: 'of another scale stays',
    input: { kind: 'SQUEEZE', from: [1, 3, 1, 2], to: [3, 2], scale: 0.1 },
    expected: 'unchanged',
  },
]);

/** What `fuse` leaves of a padding that a kernel of ESP-NN 1.2.3 for the ESP32-S3 gets wrong by itself. */
const esp = arenaTarget('xtensa-lx7', { runtime: 'tflm-esp-nn', kernelsVersion: 'esp-nn-1.2.3' });
check(
  'fuse: PAD stays where the kernel would pad amiss',
  (how: Padded) => fuse.apply(padded(how), esp, () => false).model?.graphs[0].operators.map(({ kind }) => kind),
  [
    { name: 'more below than above', input: { pads: [0, 1, 0, 1], filter: [2, 2] }, expected: ['CONV_2D'] },
    { name: 'as much below as above', input: { pads: [1, 1, 1, 1] }, expected: ['CONV_2D'] },
    {
      name: 'one above and two below',
      input: { image: [8, 8], pads: [1, 2, 3, 4], filter: [4, 8] },
      expected: undefined,
    },
  ],
);
