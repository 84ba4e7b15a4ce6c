import type { OptionValue } from '../../src/core/model/model';
import { definitionOf } from '../../src/core/operators/operators';
import { check } from '../support/check';
import { one } from './literal';

type Asked = readonly [kind: string, graph: string, options?: Readonly<Record<string, OptionValue>>];

const square = { strideW: 2, strideH: 2, padding: 'SAME', fusedActivationFunction: 'RELU' };
const conv = 'int8[1,4,4,2] int8[3,1,1,2]! - -> int8[1,4,4,3]';
const image = 'int8[1,4,4,1] -> int8[1,2,2,1]';

check(
  'options as one short text',
  ([kind, text, values]: Asked) => {
    const { operator, graph } = one(kind, text, values);
    return definitionOf(operator)?.optionsText?.(operator, graph);
  },
  [
    { name: 'convolution', input: ['CONV_2D', conv, square], expected: 'stride 2x2 same relu' },
    {
      name: 'strides and dilations, height first',
      input: [
        'CONV_2D',
        conv,
        {
          strideW: 1,
          strideH: 2,
          padding: 'VALID',
          fusedActivationFunction: 'NONE',
          dilationHFactor: 3,
          dilationWFactor: 1,
        },
      ],
      expected: 'stride 2x1 valid dilation 3x1',
    },
    {
      name: 'convolution in groups',
      input: ['CONV_2D', 'int8[1,4,4,8] int8[6,1,1,4]! - -> int8[1,4,4,6]', square],
      expected: 'stride 2x2 same relu groups 2',
    },
    { name: 'convolution without options', input: ['CONV_2D', conv], expected: 'stride 1x1 same' },
    {
      name: 'several filters a channel',
      input: ['DEPTHWISE_CONV_2D', 'int8[1,4,4,2] int8[1,3,3,8]! - -> int8[1,2,2,8]', square],
      expected: 'stride 2x2 same relu multiplier 4',
    },
    {
      name: 'transposed convolution',
      input: ['TRANSPOSE_CONV', 'int32[4]! int8[3,1,1,2]! int8[1,4,4,2] -> int8[1,4,4,3]', square],
      expected: 'stride 2x2 same relu',
    },
    {
      name: 'dense layer',
      input: [
        'FULLY_CONNECTED',
        'int8[1,4] int8[3,4]! - -> int8[1,3]',
        { fusedActivationFunction: 'RELU6', keepNumDims: true, weightsFormat: 'SHUFFLED4x16INT8' },
      ],
      expected: 'relu6 keep dims shuffled',
    },
    {
      name: 'dense layer without anything special',
      input: [
        'FULLY_CONNECTED',
        'int8[1,4] int8[3,4]! - -> int8[1,3]',
        { fusedActivationFunction: 'NONE', keepNumDims: false, weightsFormat: 'DEFAULT' },
      ],
      expected: '',
    },
    {
      name: 'pooling',
      input: ['MAX_POOL_2D', image, { ...square, filterHeight: 3, filterWidth: 2, padding: 'VALID' }],
      expected: '3x2 stride 2x2 valid relu',
    },
    {
      name: 'matrix product',
      input: ['BATCH_MATMUL', 'float32[3,2] float32[4,3] -> float32[2,4]', { adjX: true, adjY: true }],
      expected: 'adj x adj y',
    },
    {
      name: 'recurrent layer',
      input: [
        'SVDF',
        'float32[1,3] float32[4,3]! float32[4,2]! - float32[1,8]~ -> float32[1,2]',
        { rank: 2, fusedActivationFunction: 'RELU' },
      ],
      expected: 'rank 2 relu',
    },
    { name: 'concatenation', input: ['CONCATENATION', 'int8[1] int8[1] -> int8[2]', { axis: 3 }], expected: 'axis 3' },
    {
      name: 'mean',
      input: ['MEAN', 'int8[1,4,4,2] int32[2]=1,2 -> int8[1,1,1,2]', { keepDims: true }],
      expected: 'axis 1,2 keep dims',
    },
    { name: 'axis that is not constant', input: ['MEAN', 'int8[1,4] int32[1] -> int8[1]'], expected: '' },
    { name: 'split', input: ['SPLIT', 'int32[]=3 int8[4] -> int8[2] int8[2]'], expected: 'axis 3 into 2' },
    {
      name: 'strided slice',
      input: ['STRIDED_SLICE', 'int8[4,4] int32[2]=0,1 int32[2]=4,2 int32[2]=2,1 -> int8[2]', { shrinkAxisMask: 2 }],
      expected: 'begin 0,1 end 4,2 step 2,1 drop 1',
    },
    { name: 'order', input: ['TRANSPOSE', 'int8[2,3] int32[2]=1,0 -> int8[3,2]'], expected: 'order 1,0' },
    {
      name: 'leaky slope',
      input: ['LEAKY_RELU', 'int8[2] -> int8[2]', { alpha: Math.fround(0.3) }],
      expected: 'alpha 0.3',
    },
    { name: 'usual softmax', input: ['SOFTMAX', 'int8[2] -> int8[2]', { beta: 1 }], expected: '' },
    { name: 'steep softmax', input: ['SOFTMAX', 'int8[2] -> int8[2]', { beta: 2 }], expected: 'beta 2' },
    {
      name: 'blocks',
      input: ['SPACE_TO_DEPTH', 'int8[1,4,4,1] -> int8[1,2,2,4]', { blockSize: 2 }],
      expected: 'block 2',
    },
    {
      name: 'mirror',
      input: ['MIRROR_PAD', 'int8[2] int32[1,2]=1,0 -> int8[3]', { mode: 'SYMMETRIC' }],
      expected: 'symmetric by 1,0',
    },
    {
      name: 'gather',
      input: ['GATHER', 'int8[2,3] int32[2] -> int8[2]', { axis: 1, batchDims: 1 }],
      expected: 'axis 1 batch 1',
    },
    {
      name: 'resize',
      input: ['RESIZE_BILINEAR', 'int8[1,2,2,1] int32[2]! -> int8[1,4,4,1]', { halfPixelCenters: true }],
      expected: 'half pixel',
    },
    {
      name: 'branch',
      input: ['IF', 'bool[1] ->', { thenSubgraphIndex: 1, elseSubgraphIndex: 2 }],
      expected: 'then graph 1 else graph 2',
    },
    {
      name: 'loop',
      input: ['WHILE', '->', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }],
      expected: 'while graph 1 do graph 2',
    },
    { name: 'variable', input: ['VAR_HANDLE', '-> resource[]', { sharedName: 'state' }], expected: 'state' },
    { name: 'squeeze', input: ['SQUEEZE', 'int8[1,2] -> int8[2]', { squeezeDims: [0] }], expected: 'axis 0' },
    {
      name: 'running sum',
      input: ['CUMSUM', 'float32[2] int32[]=0 -> float32[2]', { reverse: true }],
      expected: 'axis 0 reverse',
    },
    { name: 'operators without options', input: ['RESHAPE', 'int8[2] -> int8[2]'], expected: undefined },
  ],
);
