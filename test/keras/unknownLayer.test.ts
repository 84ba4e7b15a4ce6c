import { readKerasFile } from '../../src/core/keras/files/kerasFile';
import { convertKeras } from '../../src/core/keras/lower/convert';
import { floatOutputs } from '../support/floatOutputs';
import { check } from '../support/check';
import { kerasArchive } from '../support/kerasArchive';

interface Given {
  readonly className: string;
  readonly options: object;
  readonly shape?: readonly number[];
}

/** What a layer alone makes of -1, 0.25, 0.5 and 2, or the code of the refusal. */
function answer({ className, options, shape = [4] }: Given): readonly number[] | string {
  const layers = [
    { class_name: 'InputLayer', config: { name: 'input', batch_shape: [null, ...shape], dtype: 'float32' } },
    { class_name: className, config: { name: 'layer', ...options } },
  ];
  const file = kerasArchive({ class_name: 'Sequential', config: { name: 'net', layers } });
  try {
    const { model } = convertKeras(readKerasFile(file), { manner: 'ours', batch: 1 });
    return [...floatOutputs(model, [[-1, 0.25, 0.5, 2]])[0]].map((value) => Math.round(value * 1e5) / 1e5);
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message?: string };
    return code === 'keras-layer' ? (/^.*?(?=, so the model)/.exec(message ?? '')?.[0] ?? '') : (code ?? String(error));
  }
}

const image = [2, 2, 1];
const volume = [2, 1, 2, 1];

check('options of layers are followed or refused', answer, [
  {
    name: 'a threshold: what is not above it is 0',
    input: { className: 'ReLU', options: { threshold: 0.25 } },
    expected: [0, 0, 0.5, 2],
  },
  {
    name: 'a slope and a largest value',
    input: { className: 'ReLU', options: { negative_slope: 0.5, max_value: 1 } },
    expected: [-0.5, 0.25, 0.5, 1],
  },
  {
    name: 'a slope below a threshold: 0.5 times the distance from it',
    input: { className: 'ReLU', options: { negative_slope: 0.5, threshold: 0.5 } },
    expected: [-0.75, -0.125, 0, 2],
  },
  {
    name: 'a softmax along an inner axis: 1 / (1 + e^1.5) and 1 / (1 + e^1.75)',
    input: { className: 'Softmax', options: { axis: 1 }, shape: [2, 2] },
    expected: [0.18243, 0.14805, 0.81757, 0.85195],
  },
  {
    name: 'a softmax over all: e^x / (e^-1 + e^0.25 + e^0.5 + e^2)',
    input: { className: 'Softmax', options: { axis: [1, 2] }, shape: [2, 2] },
    expected: [0.03441, 0.12012, 0.15423, 0.69123],
  },
  {
    name: 'bicubic upsampling',
    input: { className: 'UpSampling2D', options: { size: [2, 2], interpolation: 'bicubic' }, shape: image },
    expected: 'The layer "layer" (UpSampling2D) has interpolation="bicubic", which is not followed here',
  },
  {
    name: 'resizing of a part: the first row and column of a square',
    input: { className: 'Resizing', options: { height: 1, width: 2, crop_to_aspect_ratio: true }, shape: image },
    expected: [-1, 0.25],
  },
  {
    name: 'resizing with edges: two rows of 7 on both sides, of six rows the second of each pair',
    input: {
      className: 'Resizing',
      options: { height: 3, width: 1, pad_to_aspect_ratio: true, interpolation: 'nearest', fill_value: 7 },
      shape: image,
    },
    expected: [7, 2, 7],
  },
  {
    name: 'a filter against steps',
    input: { className: 'Resizing', options: { height: 1, width: 1, antialias: true }, shape: image },
    expected: 'The layer "layer" (Resizing) has antialias=true, which is not followed here',
  },
  {
    name: 'channels in front: the mean of each row',
    input: { className: 'GlobalAveragePooling2D', options: { data_format: 'channels_first' }, shape: [2, 1, 2] },
    expected: [-0.375, 1.25],
  },
  {
    name: 'the middle of a picture',
    input: { className: 'CenterCrop', options: { height: 1, width: 2 }, shape: image },
    expected: [-1, 0.25],
  },
  {
    name: 'steps that are masked are 0',
    input: { className: 'Masking', options: { mask_value: 0.25 }, shape: [4, 1] },
    expected: [-1, 0, 0.5, 2],
  },
  {
    name: 'the largest of each pair in two layers of a volume',
    input: { className: 'MaxPooling3D', options: { pool_size: [2, 1, 1] }, shape: volume },
    expected: [0.5, 2],
  },
  {
    name: 'the mean of a volume: 1.75 / 4',
    input: { className: 'AveragePooling3D', options: { pool_size: [2, 1, 2] }, shape: volume },
    expected: [0.4375],
  },
  {
    name: 'the mean of what a window with edges covers: one layer at the end',
    input: {
      className: 'AveragePooling3D',
      options: { pool_size: [2, 1, 1], strides: [1, 1, 1], padding: 'same' },
      shape: volume,
    },
    expected: [-0.25, 1.125, 0.5, 2],
  },
  {
    name: 'each layer of a volume twice',
    input: { className: 'UpSampling3D', options: { size: [2, 1, 1] }, shape: volume },
    expected: [-1, 0.25, -1, 0.25, 0.5, 2, 0.5, 2],
  },
  {
    name: 'the last layer of a volume, and its first column',
    input: {
      className: 'Cropping3D',
      options: {
        cropping: [
          [1, 0],
          [0, 0],
          [0, 1],
        ],
      },
      shape: volume,
    },
    expected: [0.5],
  },
  {
    name: 'two means of two',
    input: { className: 'AdaptiveAveragePooling1D', options: { output_size: 2 }, shape: [4, 1] },
    expected: [-0.375, 1.25],
  },
  {
    name: 'three means of four: windows of two sizes',
    input: { className: 'AdaptiveAveragePooling1D', options: { output_size: 3 }, shape: [4, 1] },
    expected:
      'The layer "layer" (AdaptiveAveragePooling1D) has output_size=3, whose windows are not all of one size, ' +
      'which is not followed here',
  },
  {
    name: 'the bins below 0, below 0.5, and from there on',
    input: { className: 'Discretization', options: { bin_boundaries: [0, 0.5], output_mode: 'one_hot' } },
    expected: [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1],
  },
  {
    name: 'time in front of the batch',
    input: { className: 'SimpleRNN', options: { units: 1, time_major: true }, shape: [4, 1] },
    expected: 'The layer "layer" (SimpleRNN) has time_major=true, which is not followed here',
  },
]);

const functions: readonly (readonly [name: string, expected: readonly number[]])[] = [
  ['celu', [-0.63212, 0.25, 0.5, 2]],
  ['glu', [-0.62246, 0.2202]],
  ['hard_shrink', [-1, 0, 0, 2]],
  ['log_sigmoid', [-1.31326, -0.57594, -0.47408, -0.12693]],
  ['log_softmax', [-3.36928, -2.11928, -1.86928, -0.36928]],
  ['mish', [-0.3034, 0.16957, 0.37525, 1.94396]],
  ['soft_shrink', [-0.5, 0, 0, 1.5]],
  ['softsign', [-0.5, 0.2, 0.33333, 0.66667]],
  ['sparse_plus', [0, 0.39063, 0.5625, 2]],
  ['sparse_sigmoid', [0, 0.625, 0.75, 1]],
  ['sparsemax', [0, 0, 0, 1]],
  ['squareplus', [0.61803, 1.13278, 1.28078, 2.41421]],
  ['tanh_shrink', [-0.23841, 0.00508, 0.03788, 1.03597]],
  ['selu', [-1.11133, 0.26268, 0.52535, 2.1014]],
];

check(
  'activation functions of -1, 0.25, 0.5 and 2',
  answer,
  functions.map(([name, expected]) => ({
    name,
    input: { className: 'Activation', options: { activation: name } },
    expected: expected,
  })),
);
