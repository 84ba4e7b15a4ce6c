import { converterTroubles } from '../../src/core/keras/converterTrouble';
import { check } from '../support/check';
import { sequential, type LayerRow } from '../support/kerasModels';

interface Planned {
  readonly input: readonly number[];
  readonly layer: LayerRow;
  readonly flavour?: 'keras2' | 'keras3';
  readonly isBatchOpen?: boolean;
  readonly numbers?: 'float32' | 'int8' | 'int16x8';
}

function codesOf({
  input,
  layer,
  flavour = 'keras3',
  isBatchOpen = false,
  numbers = 'float32',
}: Planned): readonly string[] {
  return converterTroubles(sequential(input, [layer], flavour), { flavour, isBatchOpen, numbers }).map(
    ({ code }) => code,
  );
}

const lstm = (config = {}): LayerRow => ['LSTM', { units: 4, ...config }];

check('the converter has trouble with', codesOf, [
  {
    name: 'a recurrent layer with an open batch',
    input: { input: [5, 3], layer: lstm(), isBatchOpen: true },
    expected: ['keras-recurrent-open-batch'],
  },
  {
    name: 'not where it is unrolled',
    input: { input: [5, 3], layer: lstm({ unroll: true }), isBatchOpen: true },
    expected: [],
  },
  {
    name: 'a loop that is quantized: nothing comes of it that could go wrong later',
    input: { input: [5, 3], layer: lstm({ return_sequences: true }), numbers: 'int8' },
    expected: ['keras-recurrent-int8'],
  },
  {
    name: 'a loop in float that grows a tensor',
    input: { input: [5, 3], layer: lstm({ return_sequences: true }) },
    expected: ['keras-recurrent-grows'],
  },
  {
    name: 'not with the LSTM of Keras 2',
    input: { input: [5, 3], layer: lstm({ return_sequences: true }), numbers: 'int8', flavour: 'keras2' },
    expected: [],
  },
  {
    name: 'a layer in both directions',
    input: {
      input: [5, 3],
      layer: ['Bidirectional', { layer: { class_name: 'GRU', config: { name: 'gru', units: 2 } } }],
      isBatchOpen: true,
    },
    expected: ['keras-recurrent-open-batch'],
  },
  {
    name: 'Dense of rank 3 with an open batch',
    input: { input: [5, 3], layer: ['Dense', { units: 2 }], isBatchOpen: true },
    expected: ['keras-dense-open-batch'],
  },
  { name: 'not of rank 2', input: { input: [3], layer: ['Dense', { units: 2 }], isBatchOpen: true }, expected: [] },
  {
    name: 'a dilation with an open batch',
    input: { input: [8, 8, 1], layer: ['Conv2D', { filters: 1, kernel_size: 3, dilation_rate: 2 }], isBatchOpen: true },
    expected: ['keras-dilated-open-batch'],
  },
  {
    name: 'nearest upsampling of Keras 3',
    input: { input: [4, 4, 1], layer: ['UpSampling2D'] },
    expected: ['keras-nearest-tile'],
  },
  { name: 'not of Keras 2', input: { input: [4, 4, 1], layer: ['UpSampling2D'], flavour: 'keras2' }, expected: [] },
  {
    name: 'a repeated vector',
    input: { input: [4], layer: ['RepeatVector', { n: 2 }] },
    expected: ['keras-repeat-tile'],
  },
  { name: 'GELU', input: { input: [4], layer: ['Dense', { units: 2, activation: 'gelu' }] }, expected: ['keras-gelu'] },
  {
    name: 'SELU',
    input: { input: [4], layer: ['Dense', { units: 2, activation: 'selu' }] },
    expected: ['keras-select'],
  },
  {
    name: 'a layer normalization in int8 and int16',
    input: { input: [4], layer: ['LayerNormalization'], numbers: 'int8' },
    expected: ['keras-island'],
  },
  {
    name: 'and in int16',
    input: { input: [4], layer: ['LayerNormalization'], numbers: 'int16x8' },
    expected: ['keras-int16-refused'],
  },
]);
