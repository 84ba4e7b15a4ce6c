import { converterBytes } from '../../src/core/formats/tflite/converterSize';
import { convertKeras } from '../../src/core/keras/lower/convert';
import { check } from '../support/check';
import { functional, operatorShapes, sequential, type LayerRow } from '../support/kerasModels';

interface Conversion {
  readonly input: readonly number[];
  readonly layers: readonly LayerRow[];
  readonly batch?: 'open' | 1;
  readonly flavour?: 'keras2' | 'keras3';
  readonly numbers?: 'int8';
  readonly manner?: 'official' | 'ours';
  readonly inputType?: 'float32' | 'uint8';
  readonly outputType?: 'float32' | 'uint8';
}

/** The operators of a conversion, each with the shape of its output. */
function operatorsOf(conversion: Conversion): string {
  const { input, layers, batch = 'open', flavour, manner = 'official', ...types } = conversion;
  const { model } = convertKeras(sequential(input, layers, flavour), { manner, batch, ...types });
  return operatorShapes(model);
}

const conv = (config = {}): LayerRow => ['Conv2D', { filters: 4, kernel_size: [3, 3], ...config }];

check('the official converter makes of layers', operatorsOf, [
  {
    name: 'a convolution with its bias, normalization and activation: one operator',
    input: {
      input: [8, 8, 1],
      layers: [conv({ padding: 'same' }), ['BatchNormalization'], ['Activation', { activation: 'relu' }]],
    },
    expected: 'CONV_2D+RELU -1x8x8x4',
  },
  {
    name: 'a normalization after pooling: a factor and a summand',
    input: { input: [8, 8, 1], layers: [['MaxPooling2D'], ['BatchNormalization']] },
    expected: 'MAX_POOL_2D -1x4x4x1, MUL -1x4x4x1, ADD -1x4x4x1',
  },
  {
    name: 'Flatten of an open batch: the shape at run time',
    input: { input: [2, 2, 3], layers: [['Flatten'], ['Dense', { units: 2 }]] },
    expected: 'SHAPE 4, STRIDED_SLICE , PACK 2, RESHAPE -1x12, FULLY_CONNECTED -1x2',
  },
  {
    name: 'Flatten of Keras 2: a constant shape',
    input: { input: [2, 2, 3], flavour: 'keras2', layers: [['Flatten'], ['Dense', { units: 2 }]] },
    expected: 'RESHAPE -1x12, FULLY_CONNECTED -1x2',
  },
  {
    name: 'Flatten of one pixel with the batch fixed: nothing',
    input: { input: [1, 1, 3], batch: 1, layers: [['Flatten'], ['Dense', { units: 2, activation: 'softmax' }]] },
    expected: 'FULLY_CONNECTED 1x2, SOFTMAX 1x2',
  },
  {
    name: 'Dense of rank 3 with an open batch: eleven operators',
    input: { input: [5, 3], layers: [['Dense', { units: 2, activation: 'relu' }]] },
    expected:
      'SHAPE 3, GATHER 1, REDUCE_PROD , GATHER 2, REDUCE_PROD , PACK 2, CONCATENATION 3, RESHAPE -1x-1, FULLY_CONNECTED -1x2, RESHAPE -1x5x2, ADD+RELU -1x5x2',
  },
  {
    name: 'Dense of rank 3 with the batch fixed: one',
    input: { input: [5, 3], batch: 1, layers: [['Dense', { units: 2, activation: 'relu' }]] },
    expected: 'FULLY_CONNECTED+RELU 1x5x2',
  },
  {
    name: 'Conv1D with an open batch',
    input: {
      input: [10, 3],
      layers: [['Conv1D', { filters: 4, kernel_size: 3, padding: 'causal', activation: 'relu' }]],
    },
    expected: 'PAD -1x12x3, EXPAND_DIMS -1x1x12x3, CONV_2D+RELU -1x1x10x4, RESHAPE -1x10x4',
  },
  {
    name: 'Conv1D and pooling with the batch fixed: reshaped once',
    input: { input: [10, 3], batch: 1, layers: [['Conv1D', { filters: 4, kernel_size: 3 }], ['MaxPooling1D']] },
    expected: 'RESHAPE 1x1x10x3, CONV_2D 1x1x8x4, MAX_POOL_2D 1x1x4x4, RESHAPE 1x4x4',
  },
  {
    name: 'a dilation with an open batch: blocks, and the bias apart',
    input: { input: [8, 8, 2], layers: [conv({ dilation_rate: 2 })] },
    expected: 'SPACE_TO_BATCH_ND -1x4x4x2, CONV_2D -1x2x2x4, BATCH_TO_SPACE_ND -1x4x4x4, ADD -1x4x4x4',
  },
  {
    name: 'a dilation with the batch fixed: an option',
    input: { input: [8, 8, 2], batch: 1, layers: [conv({ dilation_rate: 2 })] },
    expected: 'CONV_2D 1x4x4x4',
  },
  {
    name: 'zeros that SAME puts there, too: absorbed; others: PAD',
    input: {
      input: [8, 8, 1],
      layers: [
        [
          'ZeroPadding2D',
          {
            padding: [
              [0, 1],
              [0, 1],
            ],
          },
        ],
        conv({ strides: 2 }),
        ['ZeroPadding2D', { padding: 1 }],
        conv({ strides: 2 }),
      ],
    },
    expected: 'CONV_2D -1x4x4x4, PAD -1x6x6x4, CONV_2D -1x2x2x4',
  },
  {
    name: 'a rescaling without offset: in the next convolution; with one: two operators',
    input: { input: [8, 8, 1], layers: [['Rescaling', { scale: 0.5, offset: -1 }], conv({ padding: 'same' })] },
    expected: 'MUL -1x8x8x1, ADD -1x8x8x1, CONV_2D -1x8x8x4',
  },
  {
    name: 'layers of training: nothing',
    input: {
      input: [4],
      layers: [
        ['Dense', { units: 3 }],
        ['Dropout', { rate: 0.5 }],
        ['GaussianNoise', { stddev: 1 }],
        ['Dense', { units: 1 }],
      ],
    },
    expected: 'FULLY_CONNECTED -1x3, FULLY_CONNECTED -1x1',
  },
  {
    name: 'separable and transposed convolutions',
    input: {
      input: [4, 4, 2],
      batch: 1,
      layers: [
        ['SeparableConv2D', { filters: 4, kernel_size: 3, activation: 'relu' }],
        ['Conv2DTranspose', { filters: 2, kernel_size: 2, strides: 2, activation: 'relu' }],
      ],
    },
    expected: 'DEPTHWISE_CONV_2D 1x2x2x2, CONV_2D+RELU 1x2x2x4, TRANSPOSE_CONV+RELU 1x4x4x2',
  },
  {
    name: 'global pooling and normalizations',
    input: { input: [6, 4], batch: 1, layers: [['LayerNormalization'], ['GlobalMaxPooling1D']] },
    expected:
      'MEAN 1x6x1, NEG 1x6x1, SQUARED_DIFFERENCE 1x6x4, MEAN 1x6x1, ADD 1x6x1, RSQRT 1x6x1, MUL 1x6x4, MUL 1x6x4, ADD 1x6x4, MUL 1x6x4, ADD 1x6x4, REDUCE_MAX 1x4',
  },
  {
    name: 'an operator without an integer kernel: an island',
    input: { input: [4], batch: 1, numbers: 'int8', layers: [['Dense', { units: 3, activation: 'elu' }]] },
    expected: 'FULLY_CONNECTED 1x3, DEQUANTIZE 1x3, ELU 1x3, QUANTIZE 1x3',
  },
]);

check('our own conversion makes of layers', operatorsOf, [
  {
    name: 'nearest upsampling: one operator, and shapes are known',
    input: { input: [4, 4, 2], manner: 'ours', layers: [['UpSampling2D', { size: 2 }], ['Flatten']] },
    expected: 'RESIZE_NEAREST_NEIGHBOR 1x8x8x2, RESHAPE 1x128',
  },
  {
    name: 'a dilated convolution: an option',
    input: { input: [8, 8, 2], manner: 'ours', layers: [conv({ dilation_rate: 2, activation: 'relu' })] },
    expected: 'CONV_2D+RELU 1x4x4x4',
  },
  {
    name: '1D convolutions with functions between them: none is taken apart',
    input: {
      input: [8, 2],
      manner: 'ours',
      layers: [
        ['Conv1D', { filters: 3, kernel_size: 2, activation: 'tanh' }],
        ['Conv1D', { filters: 4, kernel_size: 2, activation: 'sigmoid' }],
      ],
    },
    expected: 'RESHAPE 1x1x8x2, CONV_2D 1x1x7x3, TANH 1x1x7x3, CONV_2D 1x1x6x4, LOGISTIC 1x1x6x4, RESHAPE 1x6x4',
  },
]);

check('recurrent layers become', operatorsOf, [
  {
    name: 'of Keras 2 with the batch fixed: one operator and its last step',
    input: { input: [5, 3], batch: 1, flavour: 'keras2', layers: [['LSTM', { units: 4 }]] },
    expected: 'UNIDIRECTIONAL_SEQUENCE_LSTM+TANH 1x5x4, STRIDED_SLICE 1x4',
  },
  {
    name: 'by our own conversion the same of Keras 3',
    input: { input: [5, 3], manner: 'ours', layers: [['LSTM', { units: 4, return_sequences: true }]] },
    expected: 'UNIDIRECTIONAL_SEQUENCE_LSTM+TANH 1x5x4',
  },
  {
    name: 'by our own conversion step by step, the first without a state',
    input: { input: [2, 3], manner: 'ours', layers: [['SimpleRNN', { units: 4 }]] },
    expected:
      'RESHAPE 2x1x3, UNPACK 1x3, FULLY_CONNECTED 1x4, TANH 1x4, FULLY_CONNECTED 1x4, FULLY_CONNECTED 1x4, ADD 1x4, TANH 1x4',
  },
  {
    name: 'by our own conversion a loop where the last of six steps or more is wanted',
    input: { input: [6, 3], manner: 'ours', layers: [['SimpleRNN', { units: 4 }]] },
    expected: 'RESHAPE 6x1x3, WHILE , STRIDED_SLICE 1x4',
  },
  {
    name: 'by our own conversion no loop where all steps are wanted, which TFLM answers wrongly',
    input: {
      input: [6, 3],
      manner: 'ours',
      layers: [['SimpleRNN', { units: 4, return_sequences: true }]],
    },
    expected:
      'RESHAPE 6x1x3, UNPACK 1x3, FULLY_CONNECTED 1x4, TANH 1x4, FULLY_CONNECTED 1x4, FULLY_CONNECTED 1x4, FULLY_CONNECTED 1x4, FULLY_CONNECTED 1x4, FULLY_CONNECTED 1x4, FULLY_CONNECTED 1x4, ADD 1x4, TANH 1x4, FULLY_CONNECTED 1x4, ADD 1x4, TANH 1x4, FULLY_CONNECTED 1x4, ADD 1x4, TANH 1x4, FULLY_CONNECTED 1x4, ADD 1x4, TANH 1x4, FULLY_CONNECTED 1x4, ADD 1x4, TANH 1x4, PACK 6x1x4, RESHAPE 1x6x4',
  },
  {
    name: 'nothing where the official converter refuses',
    input: { input: [5, 3], layers: [['GRU', { name: 'memory', units: 4 }]] },
    fails:
      'The official converter refuses the recurrent layer "memory" with an open batch. Fix the batch, or set unroll=True.',
  },
]);

interface Loop extends Conversion {
  /** The batch stands in the source. */
  readonly isFixed?: boolean;
}

/** The operators of each graph, with the shapes of what they give. */
function graphsOf({ input, layers, flavour, batch = 'open', numbers, isFixed = false }: Loop): readonly string[] {
  const model = sequential(input, layers, flavour, isFixed ? 1 : null);
  const { graphs } = convertKeras(model, { manner: 'official', batch, numbers }).model;
  return graphs.map(({ operators, tensors }) =>
    operators
      .map(({ kind, outputs }) => {
        const shapes = outputs.map((index) => (tensors[index].shapeSignature ?? tensors[index].shape).join('x'));
        return `${kind} ${shapes.join('/')}`.trim();
      })
      .join(', '),
  );
}

// What TensorFlow 2.21 wrote of these layers, made for this test.
check('the official converter makes a loop of', graphsOf, [
  {
    name: 'a sequence of steps, each written into the list of all',
    input: { input: [7, 3], batch: 1, layers: [['SimpleRNN', { units: 5, return_sequences: true }]] },
    expected: [
      'RESHAPE 7x1x3, WHILE //7x1x5/1x5/7x1x3, RESHAPE 1x7x5',
      'LESS, LESS, LOGICAL_AND',
      'ADD, ADD, FULLY_CONNECTED 1x5, GATHER 1x3, FULLY_CONNECTED 1x5, ADD 1x5, TANH 1x5, RESHAPE 1, CONCATENATION 3, SLICE -1x-1x-1, RESHAPE 1, CONCATENATION 3, SLICE -1x1x5, RESHAPE 1x1x5, CONCATENATION 7x1x5',
    ],
  },
  {
    name: 'a memory of Keras 3 without bias: the product of the state without its batch',
    input: { input: [7, 3], batch: 1, layers: [['LSTM', { units: 4, use_bias: false }]] },
    expected: [
      'RESHAPE 7x1x3, WHILE //1x1x4/1x4/1x4/7x1x3, STRIDED_SLICE 1x4',
      'LESS, LESS, LOGICAL_AND',
      'ADD, ADD, FULLY_CONNECTED 1x16, RESHAPE 16, GATHER 1x3, FULLY_CONNECTED 1x16, ADD 1x16, SPLIT 1x4/1x4/1x4/1x4, LOGISTIC 1x4, LOGISTIC 1x4, MUL 1x4, LOGISTIC 1x4, TANH 1x4, MUL 1x4, ADD 1x4, TANH 1x4, MUL 1x4, RESHAPE 1x1x4',
    ],
  },
  {
    name: 'a unit of Keras 2 without bias, which has no fast form',
    input: { input: [7, 3], batch: 1, flavour: 'keras2', layers: [['GRU', { units: 5, use_bias: false }]] },
    expected: [
      'RESHAPE 7x1x3, WHILE //1x1x5/1x5/7x1x3, STRIDED_SLICE 1x5',
      'LESS',
      'ADD, ADD, FULLY_CONNECTED 1x15, SPLIT_V 1x5/1x5/1x5, GATHER 1x3, FULLY_CONNECTED 1x15, SPLIT 1x5/1x5/1x5, ADD 1x5, LOGISTIC 1x5, MUL 1x5, SUB 1x5, ADD 1x5, LOGISTIC 1x5, MUL 1x5, ADD 1x5, TANH 1x5, MUL 1x5, ADD 1x5, RESHAPE 1x1x5',
    ],
  },
  {
    name: 'a state that stays: variables, set once and after the loop',
    input: {
      input: [4, 3],
      isFixed: true,
      layers: [
        ['GRU', { units: 5, stateful: true }],
        ['Dense', { units: 2 }],
      ],
    },
    expected: [
      'CALL_ONCE, VAR_HANDLE, RESHAPE 4x1x3, READ_VARIABLE 1x5, WHILE //1x1x5/1x5/4x1x3, ASSIGN_VARIABLE, STRIDED_SLICE 1x5, FULLY_CONNECTED 1x2',
      'VAR_HANDLE, ASSIGN_VARIABLE',
      'LESS, LESS, LOGICAL_AND',
      'ADD, FULLY_CONNECTED 1x15, STRIDED_SLICE 1x5, STRIDED_SLICE 1x5, STRIDED_SLICE 1x5, ADD, GATHER 1x3, FULLY_CONNECTED 1x15, SPLIT 1x5/1x5/1x5, ADD 1x5, LOGISTIC 1x5, MUL 1x5, SUB 1x5, ADD 1x5, LOGISTIC 1x5, MUL 1x5, ADD 1x5, TANH 1x5, MUL 1x5, ADD 1x5, RESHAPE 1x1x5',
    ],
  },
  {
    name: 'a state that stays, in the fast form of Keras 2: set after all that follows',
    input: {
      input: [4, 3],
      isFixed: true,
      flavour: 'keras2',
      layers: [
        ['LSTM', { name: 'lstm', units: 5, stateful: true }],
        ['Dense', { name: 'dense', units: 2 }],
      ],
    },
    expected: [
      'CALL_ONCE, VAR_HANDLE, VAR_HANDLE, READ_VARIABLE 1x5, READ_VARIABLE 1x5, RESHAPE 4x1x3, WHILE //1x1x5/1x5/1x5/4x1x3, STRIDED_SLICE 1x5, FULLY_CONNECTED 1x2, ASSIGN_VARIABLE, ASSIGN_VARIABLE',
      'VAR_HANDLE, ASSIGN_VARIABLE, VAR_HANDLE, ASSIGN_VARIABLE',
      'LESS',
      'ADD, FULLY_CONNECTED 1x20, GATHER 1x3, FULLY_CONNECTED 1x20, ADD 1x20, ADD 1x20, SPLIT 1x5/1x5/1x5/1x5, LOGISTIC 1x5, LOGISTIC 1x5, MUL 1x5, LOGISTIC 1x5, TANH 1x5, MUL 1x5, ADD 1x5, TANH 1x5, MUL 1x5, RESHAPE 1x1x5, ADD',
    ],
  },
  {
    name: 'nothing where it quantizes: its process ends',
    input: { input: [7, 3], batch: 1, numbers: 'int8', layers: [['GRU', { name: 'memory', units: 4 }]] },
    fails:
      'The official converter makes a loop of the recurrent layer "memory" and ends while it quantizes that. Set unroll=True, or quantize the model here.',
  },
]);

check('a model that cannot be converted says why', operatorsOf, [
  {
    name: 'a layer of which nobody knows what it computes',
    input: { input: [4], layers: [['Lambda', { name: 'twice', function: 'code', output_shape: [4] }]] },
    fails:
      'The layer "twice" (Lambda) is code of Python in the file, which is never run here, so the model is not converted. Build it of layers that Keras has.',
  },
]);

/** Operators of a model with branches, by the names of their layers. */
function branched(batch: 'open' | 1): string {
  const model = functional(
    [4],
    [
      ['Dense', 'zebra', ['x'], { units: 3 }],
      ['Dense', 'apple', ['x'], { units: 2 }],
      ['Concatenate', 'joined', ['zebra', 'apple']],
    ],
  );
  const [{ operators, tensors }] = convertKeras(model, { manner: 'official', batch }).model.graphs;
  return operators.map(({ outputs }) => tensors[outputs[0]].shape.join('x')).join(' ');
}

check('branches are sorted by names, as TensorFlow sorts them', branched, [
  { name: 'open', input: 'open', expected: '1x2 1x3 1x5' },
  { name: 'fixed', input: 1, expected: '1x2 1x3 1x5' },
]);

/** Names of all tensors, with the model's own name left out of each. */
function tensorNames(conversion: Conversion): readonly string[] {
  const { input, layers, batch = 'open', flavour, numbers } = conversion;
  const { model } = convertKeras(sequential(input, layers, flavour), { manner: 'official', batch, numbers });
  return model.graphs[0].tensors.map(({ name }) => name.replaceAll('sequential_1/', '').replaceAll('sequential/', ''));
}

check('the official converter names tensors after all that was joined', tensorNames, [
  {
    name: 'a convolution with its normalization and activation',
    input: {
      input: [4, 4, 1],
      layers: [conv({ use_bias: false }), ['BatchNormalization'], ['Activation', { activation: 'relu' }], ['Flatten']],
      flavour: 'keras2',
    },
    expected: [
      'serving_default_input:0',
      'conv2d_2/Conv2D',
      'activation_4/Relu;batchnormalization_3/FusedBatchNormV3;conv2d_2/Conv2D',
      'arith.constant',
      'activation_4/Relu;batchnormalization_3/FusedBatchNormV3;conv2d_2/Conv2D1',
      'StatefulPartitionedCall:0',
    ],
  },
  {
    name: 'dense layers of Keras 3',
    input: { input: [3], layers: [['Dense', { units: 2, activation: 'relu' }], ['Softmax']] },
    expected: [
      'serving_default_keras_tensor_10:0',
      'dense_2_1/MatMul',
      'dense_2_1/Relu;dense_2_1/BiasAdd',
      'dense_2_1/MatMul;dense_2_1/Relu;dense_2_1/BiasAdd',
      'StatefulPartitionedCall_1:0',
    ],
  },
]);

/** Bytes of the official converter's file. */
function fileBytes({ input, layers, batch = 'open', flavour, numbers, manner = 'official' }: Conversion): number {
  return converterBytes(convertKeras(sequential(input, layers, flavour), { manner, batch, numbers }).model);
}

// Sizes of files that TensorFlow 2.21 wrote of these models.
check('the official file takes', fileBytes, [
  {
    name: 'of one dense layer with the batch fixed',
    input: { input: [3], batch: 1, layers: [['Dense', { name: 'dense', units: 2 }]] },
    expected: 1096,
  },
  {
    name: 'of the same in Keras 2, with the batch open',
    input: { input: [3], flavour: 'keras2', layers: [['Dense', { name: 'dense', units: 2 }]] },
    expected: 1096,
  },
]);

const edges = { batch: 1, numbers: 'int8', inputType: 'float32', outputType: 'float32' } as const;

/** Expected are the operators that TensorFlow 2.21 wrote. */
check('inputs and outputs of another type than activations', operatorsOf, [
  {
    name: 'float: converted at both edges',
    input: { ...edges, input: [8], layers: [['Dense', { units: 5 }]] },
    expected: 'QUANTIZE 1x8, FULLY_CONNECTED 1x5, DEQUANTIZE 1x5',
  },
  {
    name: 'uint8: the same by QUANTIZE',
    input: { ...edges, input: [8], layers: [['Dense', { units: 5 }]], inputType: 'uint8', outputType: 'uint8' },
    expected: 'QUANTIZE 1x8, FULLY_CONNECTED 1x5, QUANTIZE 1x5',
  },
  {
    name: 'a float operator at the end gives the output itself',
    input: { ...edges, input: [8], layers: [['Dense', { units: 5 }], ['ELU']] },
    expected: 'QUANTIZE 1x8, FULLY_CONNECTED 1x5, DEQUANTIZE 1x5, ELU 1x5',
  },
  {
    name: 'a float operator at the beginning reads the input itself',
    input: { ...edges, input: [8], layers: [['ELU'], ['Dense', { units: 5 }]] },
    expected: 'ELU 1x8, QUANTIZE 1x8, FULLY_CONNECTED 1x5, DEQUANTIZE 1x5',
  },
  {
    name: 'a float model has no other edges',
    input: { input: [8], layers: [['Dense', { units: 5 }]], batch: 1, inputType: 'uint8' },
    expected: 'FULLY_CONNECTED 1x5',
  },
]);
