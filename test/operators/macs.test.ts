import type { OptionValue } from '../../src/core/model/model';
import { macsOf, operatorDefinitions } from '../../src/core/operators/operators';
import { check } from '../support/check';
import { catalogue } from './catalogue';
import { one } from './literal';

type Asked = readonly [kind: string, graph: string, options?: Readonly<Record<string, OptionValue>>];

function macs([kind, text, values]: Asked): number | undefined {
  const { operator, graph } = one(kind, text, values);
  return macsOf(operator, graph);
}

const lstm = (input: string, matrices: string): string =>
  `${input} ${matrices} - - - - float32[2]! float32[2]! float32[2]! - - float32[3,2]~ float32[3,2]~ - - - - -> float32[3,5,2]`;
const fourGates = Array(4).fill('float32[2,7]!').concat(Array(4).fill('float32[2,2]!')).join(' ');
const threeGates = `- ${Array(3).fill('float32[2,7]!').join(' ')} - ${Array(3).fill('float32[2,2]!').join(' ')}`;

check('multiply-accumulates, worked out by hand', macs, [
  {
    name: 'CONV_2D: 25 x 5 positions x 64 filters of 10 x 4 x 1',
    input: ['CONV_2D', 'int8[1,49,10,1] int8[64,10,4,1]! int32[64]! -> int8[1,25,5,64]'],
    expected: 320_000,
  },
  {
    name: 'CONV_2D: a batch of two',
    input: ['CONV_2D', 'float32[2,4,4,3] float32[5,1,1,3]! float32[5]! -> float32[2,4,4,5]'],
    expected: 2 * 16 * 5 * 3,
  },
  {
    name: 'CONV_2D in groups: each filter sees its own 4 of 8 channels',
    input: ['CONV_2D', 'int8[1,6,6,8] int8[10,3,3,4]! int32[10]! -> int8[1,6,6,10]'],
    expected: 36 * 10 * 3 * 3 * 4,
  },
  {
    name: 'DEPTHWISE_CONV_2D: 25 x 5 x 64 outputs of 3 x 3',
    input: ['DEPTHWISE_CONV_2D', 'int8[1,25,5,64] int8[1,3,3,64]! int32[64]! -> int8[1,25,5,64]'],
    expected: 72_000,
  },
  {
    name: 'DEPTHWISE_CONV_2D: eight filters a channel',
    input: ['DEPTHWISE_CONV_2D', 'float32[1,4,4,1] float32[1,2,2,8]! float32[8]! -> float32[1,2,2,8]'],
    expected: 2 * 2 * 8 * 4,
  },
  {
    name: 'FULLY_CONNECTED: 12 units of 64',
    input: ['FULLY_CONNECTED', 'int8[1,64] int8[12,64]! int32[12]! -> int8[1,12]'],
    expected: 768,
  },
  {
    name: 'FULLY_CONNECTED: every row of all leading dimensions',
    input: ['FULLY_CONNECTED', 'float32[2,16,128] float32[64,128]! - -> float32[2,16,64]'],
    expected: 2 * 16 * 64 * 128,
  },
  {
    name: 'FULLY_CONNECTED: an image that is flattened on the way',
    input: ['FULLY_CONNECTED', 'float32[1,2,2,3] float32[5,12]! - -> float32[1,5]'],
    expected: 60,
  },
  {
    name: 'FULLY_CONNECTED: rows that do not divide',
    input: ['FULLY_CONNECTED', 'float32[1,5] float32[3,4]! - -> float32[1,3]'],
    expected: undefined,
  },
  {
    name: 'FULLY_CONNECTED: weights without depth',
    input: ['FULLY_CONNECTED', 'float32[1,4] float32[3,0]! - -> float32[1,3]'],
    expected: undefined,
  },
  {
    name: 'TRANSPOSE_CONV: 3 x 4 x 64 inputs into 1 x 2 windows of 32 channels',
    input: ['TRANSPOSE_CONV', 'int32[4]=1,3,8,32 int8[32,1,2,64]! int8[1,3,4,64] -> int8[1,3,8,32]'],
    expected: 12 * 64 * 2 * 32,
  },
  {
    name: 'BATCH_MATMUL: 2 x 3 by 3 x 4',
    input: ['BATCH_MATMUL', 'float32[2,3] float32[3,4] -> float32[2,4]'],
    expected: 24,
  },
  {
    name: 'BATCH_MATMUL: transposed on both sides',
    input: ['BATCH_MATMUL', 'float32[3,2] float32[4,3] -> float32[2,4]', { adjX: true, adjY: true }],
    expected: 24,
  },
  {
    name: 'BATCH_MATMUL: leading dimensions broadcast to 2 x 4',
    input: ['BATCH_MATMUL', 'float32[2,4,1,2] float32[1,4,2,4] -> float32[2,4,1,4]'],
    expected: 2 * 4 * 1 * 2 * 4,
  },
  {
    name: 'BATCH_MATMUL: a matrix for every batch',
    input: ['BATCH_MATMUL', 'float32[5,2,3] float32[3,4] -> float32[5,2,4]'],
    expected: 120,
  },
  {
    name: 'BATCH_MATMUL: lengths that differ',
    input: ['BATCH_MATMUL', 'float32[2,3] float32[4,3] -> float32[2,3]'],
    expected: undefined,
  },
  {
    name: 'BATCH_MATMUL: batches that do not broadcast',
    input: ['BATCH_MATMUL', 'float32[2,2,3] float32[4,3,4] -> float32[2,2,4]'],
    expected: undefined,
  },
  {
    name: 'SVDF: 64 filters over 96 inputs and a memory of 8',
    input: ['SVDF', 'float32[1,96] float32[64,96]! float32[64,8]! - float32[1,512]~ -> float32[1,64]', { rank: 1 }],
    expected: 64 * 96 + 64 * 8,
  },
  {
    name: 'LSTM: four gates of 2 cells over 7 inputs, 3 rows of 5 steps',
    input: ['UNIDIRECTIONAL_SEQUENCE_LSTM', lstm('float32[3,5,7]', fourGates)],
    expected: 3 * 5 * 4 * (2 * 7 + 2 * 2),
  },
  {
    name: 'LSTM: three gates, the input gate coupled to the forget gate',
    input: ['UNIDIRECTIONAL_SEQUENCE_LSTM', lstm('float32[3,5,7]', threeGates)],
    expected: 3 * 5 * 3 * (2 * 7 + 2 * 2),
  },
  {
    name: 'SignalFilterBank: widths of 2, 3 and 1, each with weights and unweights',
    input: ['SignalFilterBank', 'uint32[8] int16[6]! int16[6]! int16[3]! int16[3]! int16[3]=2,3,1 -> uint64[2]'],
    expected: 12,
  },
  {
    name: 'SignalFilterBank: widths that are not in the model',
    input: ['SignalFilterBank', 'uint32[8] int16[6]! int16[6]! int16[3]! int16[3]! int16[3] -> uint64[2]'],
    expected: undefined,
  },
  {
    name: 'CONV_2D: a size that is only known at run time',
    input: ['CONV_2D', 'float32[1,-1,4,2] float32[3,1,1,2]! - -> float32[1,-1,4,3]'],
    expected: undefined,
  },
  {
    name: 'CONV_2D: more than a number can hold exactly',
    input: ['CONV_2D', 'int8[1,9,9,9] int8[9,2147483647,2147483647,9]! - -> int8[1,9,9,9]'],
    expected: undefined,
  },
  {
    name: 'CONV_2D: no weights at all',
    input: ['CONV_2D', 'float32[1,4,4,2] -> float32[1,4,4,3]'],
    expected: undefined,
  },
  {
    name: 'an operator that is not known',
    input: ['REVERSE_SEQUENCE', 'float32[4] int32[1] -> float32[4]'],
    expected: undefined,
  },
]);

const multiplying = [
  'BATCH_MATMUL',
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'FULLY_CONNECTED',
  'SVDF',
  'SignalFilterBank',
  'TRANSPOSE_CONV',
  'UNIDIRECTIONAL_SEQUENCE_LSTM',
  'ethos-u',
];

check(
  'all other operators multiply and accumulate nothing',
  (kind: string) => {
    const row = catalogue.find((candidate) => candidate.kind === kind)!;
    return macs([kind, row.runs]);
  },
  operatorDefinitions
    .map(({ kind }) => kind)
    .filter((kind) => !multiplying.includes(kind))
    .map((kind) => ({ name: kind, input: kind, expected: 0 })),
);
