import { quantizeModel } from '../../src/core/compress/quantize/quantize';
import { sourceModelOf } from '../../src/core/compress/quantize/sourceModel';
import { defaultQuantizeOptions } from '../../src/core/compress/quantize/request';
import { liftedClamps, withClamps } from '../../src/core/compress/lift/clamps';
import { dequantizeModel, floatModelOf } from '../../src/core/compress/rewrite/dequantizeModel';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { DataType } from '../../src/core/model/dataType';
import type { Model } from '../../src/core/model/model';
import { enumOption } from '../../src/core/model/options';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

type Affine = readonly [scale: number, zeroPoint: number];

interface Layer {
  readonly kind: string;
  readonly type?: DataType;
  readonly from?: Affine;
  readonly to: Affine;
  readonly activation?: string;
  /** Stored weights of a layer of one input and as many outputs; scales by output. */
  readonly weights?: readonly number[];
  readonly weightScales?: readonly number[];
}

const tables: Readonly<Record<string, string>> = {
  FULLY_CONNECTED: 'FullyConnectedOptions',
  ADD: 'AddOptions',
  MUL: 'MulOptions',
  AVERAGE_POOL_2D: 'Pool2DOptions',
};

/** One operator from a quantized value (or two equal ones) to another. */
function layer({ kind, type = 'int8', from = [0.1, 0], to, activation = 'NONE', ...more }: Layer): Model {
  const { weights, weightScales = [0.01] } = more;
  const data =
    weights && (type === 'uint8' ? Uint8Array.from(weights) : new Uint8Array(Int8Array.from(weights).buffer));
  const zeroPoints = type === 'uint8' ? [128] : weightScales.map(() => 0);
  const size = weights?.length ?? 1;
  const tensors = [
    tensor('x', type, [1, 1], { quantization: quantized(...from) }),
    tensor('y', type, [1, size], { quantization: quantized(...to) }),
    ...(data === undefined
      ? []
      : [
          tensor('w', type === 'uint8' ? 'uint8' : 'int8', [size, 1], {
            data,
            quantization: quantized(weightScales, zeroPoints),
          }),
        ]),
  ];
  const inputs = data !== undefined ? [0, 2] : ['ADD', 'MUL'].includes(kind) ? [0, 0] : [0];
  const table = tables[kind];
  const own = table === undefined ? {} : { options: options(table, { fusedActivationFunction: activation }) };
  return model(graph(tensors, [operator(kind, inputs, [1], own)], { inputs: [0], outputs: [1] }));
}

const dense = { kind: 'FULLY_CONNECTED', weights: [127] } as const;

check('what the range of an output clamps', (input: Layer) => liftedClamps(layer(input).graphs[0]).get(1), [
  { name: 'int8 from 0 on: RELU', input: { ...dense, to: [0.1, -128] }, expected: { fused: 'RELU' } },
  { name: 'int8 from 0 to 6: RELU6', input: { ...dense, to: [6 / 255, -128] }, expected: { fused: 'RELU6' } },
  {
    name: 'uint8 from 0 to almost 6: RELU6',
    input: { ...dense, type: 'uint8', from: [0.1, 128], weights: [255], to: [0.02352847, 0] },
    expected: { fused: 'RELU6' },
  },
  {
    name: 'from -1 to 1',
    input: { ...dense, to: [2 / 255, 0] },
    expected: { fused: 'RELU_N1_TO_1' },
  },
  {
    name: 'RELU that ends at 6 becomes RELU6',
    input: { ...dense, to: [6 / 255, -128], activation: 'RELU' },
    expected: { fused: 'RELU6' },
  },
  {
    name: 'an end elsewhere is left to operators',
    input: { ...dense, to: [0.02, -128] },
    expected: { fused: 'RELU', rest: { most: 0.02 * 255 } },
  },
  {
    name: 'both ends elsewhere',
    input: { ...dense, to: [0.03, 3] },
    expected: { rest: { least: 0.03 * -131, most: 0.03 * 124 } },
  },
  {
    name: 'from -1 to elsewhere',
    input: { ...dense, to: [0.006, 39] },
    expected: { rest: { least: 0.006 * -167, most: 0.006 * 88 } },
  },
  {
    name: 'from elsewhere to 1',
    input: { ...dense, to: [0.006, -40] },
    expected: { rest: { least: 0.006 * -88, most: 0.006 * 167 } },
  },
  { name: 'a range that does not clip', input: { ...dense, to: [0.2, 0] }, expected: undefined },
  {
    name: 'weights of several scales, none of which can leave the range',
    input: { ...dense, weights: [127, 1], weightScales: [0.001, 0.1], to: [0.02, 0] },
    expected: undefined,
  },
  {
    name: 'weights of several scales, one of which can',
    input: { ...dense, weights: [127, 1], weightScales: [0.001, 0.3], to: [0.02, -128] },
    expected: { fused: 'RELU' },
  },
  {
    name: 'int16 is symmetric',
    input: { ...dense, type: 'int16', from: [0.001, 0], to: [0.00001, 0] },
    expected: { rest: { least: -0.32768, most: 0.00001 * 32767 } },
  },
  { name: 'ADD', input: { kind: 'ADD', to: [0.1, -128] }, expected: { fused: 'RELU' } },
  { name: 'ADD that has room', input: { kind: 'ADD', to: [0.2, 0] }, expected: undefined },
  {
    name: 'a square is never below 0',
    input: { kind: 'SQUARE', from: [0.01, 0], to: [0.01, -128] },
    expected: undefined,
  },
  { name: 'a pool copies the range', input: { kind: 'AVERAGE_POOL_2D', to: [0.1, 0] }, expected: undefined },
  { name: 'RESHAPE copies', input: { kind: 'RESHAPE', to: [0.1, 0] }, expected: undefined },
  { name: 'LOGISTIC has its own range', input: { kind: 'LOGISTIC', to: [1 / 256, -128] }, expected: undefined },
  { name: 'TANH has its own range', input: { kind: 'TANH', to: [1 / 128, 0] }, expected: undefined },
  { name: 'LEAKY_RELU from 0 on', input: { kind: 'LEAKY_RELU', to: [0.1, -128] }, expected: { rest: { least: 0 } } },
]);

/** Operators in order, with their fused activation functions. */
function kindsOf({ graphs: [{ operators }] }: Model): readonly string[] {
  return operators.map((each) => `${each.kind} ${enumOption(each, 'fusedActivationFunction', 'NONE')}`);
}

check(
  'a quantized model as a float one',
  ({ how, ...input }: Layer & { readonly how: 'twin' | 'base' | 'uint8' }) => {
    const one = layer(input);
    if (how === 'twin') return kindsOf(dequantizeModel(one));
    if (how === 'base') return kindsOf(floatModelOf(one));
    const { model: float, clamps } = sourceModelOf(one);
    return [...kindsOf(float), ...kindsOf(withClamps(float, clamps))];
  },
  [
    {
      name: 'the twin fuses, and keeps its operators',
      input: { ...dense, to: [0.1, -128], how: 'twin' },
      expected: ['FULLY_CONNECTED RELU'],
    },
    {
      name: 'what is trained gets operators where nothing can be fused',
      input: { kind: 'LEAKY_RELU', to: [0.1, -128], how: 'base' },
      expected: ['LEAKY_RELU NONE', 'RELU NONE'],
    },
    {
      name: 'uint8: what is quantized fuses, what it is compared with clamps everywhere',
      input: { ...dense, type: 'uint8', from: [0.1, 128], weights: [255], to: [0.02, 0], how: 'uint8' },
      expected: ['FULLY_CONNECTED RELU', 'FULLY_CONNECTED RELU', 'MINIMUM NONE'],
    },
  ],
);

async function quantizedWith(
  input: Layer,
  keepFloat: readonly string[],
): Promise<{ kinds: readonly string[]; db: number }> {
  const { engine } = await loadWasmTfjs();
  const values = { source: 'x', isSynthetic: false, count: 4, inputs: [Float32Array.of(-12, -1, 1, 12)], remarks: [] };
  const { bytes, proof } = await quantizeModel(
    {
      ...{ path: 'm.tflite', bytes: writeTflite(layer(input)), resultPath: 'o.tflite' },
      ...{ target: resolveTarget({}).target, limits: {}, samples: { calibration: values, test: values } },
      options: { ...defaultQuantizeOptions, keepFloat },
    },
    { engine },
  );
  return { kinds: kindsOf(readTflite(bytes).model), db: Math.min(40, Math.round(proof.fidelity!.sqnrDb)) };
}

const uint8 = { ...dense, type: 'uint8', from: [0.1, 128], weights: [255] } as const;

check(
  'a model in uint8 answers as before, quantized or kept float',
  ({ keepFloat, ...input }: Layer & { readonly keepFloat: readonly string[] }) => quantizedWith(input, keepFloat),
  [
    {
      name: 'clamped at both ends',
      input: { ...uint8, to: [0.02, 0], keepFloat: [] },
      expected: { kinds: ['FULLY_CONNECTED RELU'], db: 40 },
    },
    {
      name: 'kept float with ReLU6',
      input: { ...uint8, to: [6 / 255, 0], keepFloat: ['y'] },
      expected: { kinds: ['DEQUANTIZE NONE', 'FULLY_CONNECTED RELU6', 'QUANTIZE NONE'], db: 40 },
    },
    {
      name: 'kept float with an end elsewhere',
      input: { ...uint8, to: [0.02, 0], keepFloat: ['y'] },
      expected: { kinds: ['DEQUANTIZE NONE', 'FULLY_CONNECTED RELU', 'MINIMUM NONE', 'QUANTIZE NONE'], db: 40 },
    },
    {
      name: 'kept float in a range that does not clip',
      input: { ...uint8, to: [0.2, 128], keepFloat: ['y'] },
      expected: { kinds: ['DEQUANTIZE NONE', 'FULLY_CONNECTED NONE', 'QUANTIZE NONE'], db: 40 },
    },
  ],
);
