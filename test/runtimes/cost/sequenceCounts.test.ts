import type { DataType } from '../../../src/core/model/dataType';
import { check } from '../../support/check';
import { callOf, type Case, countsOf } from './callOf';

/** The variant, and the counts that are not 0. */
function calls(input: Case): unknown {
  return [callOf(input)?.variant, countsOf(input)];
}

function dense(rows: number, depth: number, more: Partial<Case> = {}, type: DataType = 'int8'): Case {
  return {
    kind: 'FULLY_CONNECTED',
    inputs: [
      [type, [rows, depth]],
      ['int8', [5, depth]],
    ],
    output: [type, [rows, 5]],
    ...more,
  };
}

/** Two rows of a three-dimensional input. */
function dense3(depth: number, more: Partial<Case> = {}): Case {
  return {
    kind: 'FULLY_CONNECTED',
    inputs: [
      ['int8', [1, 2, depth]],
      ['int8', [5, depth]],
    ],
    output: ['int8', [1, 2, 5]],
    ...more,
  };
}

check('Loop counts of a dense layer of 5 outputs', calls, [
  {
    name: 'plain C: three outputs at once, two left',
    input: dense(2, 10, { path: 'none' }),
    expected: [
      'dense s8',
      { call: 1, row: 2, block: 2, blockEnters1: 2, blockDepth1: 20, last: 4, lastEnters1: 4, lastDepth1: 40 },
    ],
  },
  {
    name: 'Helium: four outputs at once, one left',
    input: dense(2, 10, { path: 'mve' }),
    expected: [
      'dense s8',
      { call: 1, row: 2, block: 2, blockEnters16: 2, blockDepth16: 2, last: 2, lastEnters16: 2, lastDepth16: 2 },
    ],
  },
  {
    name: '16 bits in plain C: one output after the other',
    input: dense(2, 10, { path: 'none' }, 'int16'),
    expected: ['dense s16', { call: 1, row: 2, block: 10, blockEnters1: 10, blockDepth1: 100 }],
  },
  {
    name: '16 bits with DSP: of 520 products 512 in fours, 8 one by one',
    input: dense(1, 520, {}, 'int16'),
    expected: [
      'dense s16',
      {
        call: 1,
        row: 1,
        block: 2,
        blockEnters1: 2,
        blockDepth1: 16,
        blockEnters4: 2,
        blockDepth4: 256,
        last: 1,
        lastEnters1: 1,
        lastDepth1: 8,
        lastEnters4: 1,
        lastDepth4: 128,
      },
    ],
  },
  {
    name: '16 bits with Helium: of 520 products 512 in eights, 8 one by one',
    input: dense(1, 520, { path: 'mve' }, 'int16'),
    expected: [
      'dense s16',
      {
        call: 1,
        row: 1,
        block: 1,
        blockEnters1: 1,
        blockDepth1: 8,
        blockEnters8: 1,
        blockDepth8: 64,
        last: 1,
        lastEnters1: 1,
        lastDepth1: 8,
        lastEnters8: 1,
        lastDepth8: 64,
      },
    ],
  },
  {
    name: 'as a 1x1 convolution, its one scale copied for each output',
    input: dense3(8),
    expected: [
      'dense as conv 1x1 s8',
      {
        call: 1,
        scaleCopied: 5,
        outputPair: 2,
        outputPairDepth: 16,
        block: 2,
        blockEnters4: 2,
        blockDepth4: 4,
        lastOutput: 2,
        lastOutputDepth: 16,
      },
    ],
  },
  {
    name: 'as a 1x1 convolution with a scale for each output',
    input: dense3(8, { scales: 5, path: 'none' }),
    expected: [
      'dense as conv 1x1 s8',
      {
        call: 1,
        outputPair: 2,
        outputPairDepth: 16,
        block: 2,
        blockEnters1: 2,
        blockDepth1: 16,
        lastOutput: 2,
        lastOutputDepth: 16,
      },
    ],
  },
  {
    name: 'plain loops',
    input: dense(3, 10, { library: 'reference' }, 'int16'),
    expected: ['dense reference s16', { call: 1, row: 3, output: 15, mac: 150 }],
  },
  { name: 'unsigned bytes were not counted', input: dense(1, 4, {}, 'uint8'), expected: [undefined, {}] },
  {
    name: 'weights of one dimension',
    input: dense(1, 4, {
      inputs: [
        ['int8', [1, 4]],
        ['int8', [20]],
      ],
    }),
    expected: [undefined, {}],
  },
]);

function product(left: readonly number[], right: readonly number[], more: Partial<Case> = {}): Case {
  return {
    kind: 'BATCH_MATMUL',
    inputs: [
      ['int8', left],
      ['int8', right],
    ],
    output: ['int8', [2, 3, 5]],
    ...more,
  };
}

// Depth 4 is one block; 5 outputs are two pairs and one; 2 matrices of 3 rows.
const sixRows = {
  call: 1,
  matrix: 2,
  row: 6,
  block: 12,
  blockEnters4: 12,
  blockDepth4: 12,
  last: 6,
  lastEnters4: 6,
  lastDepth4: 6,
};

check('Loop counts of products of matrices with CMSIS-NN', calls, [
  {
    name: 'the right one is transposed',
    input: product([2, 3, 4], [2, 4, 5]),
    expected: ['batch matmul s8', { ...sixRows, transpose: 1, transposedRow: 10, transposedElement: 40 }],
  },
  {
    name: 'both are transposed',
    input: product([2, 4, 3], [2, 4, 5], { options: { adjX: true, adjY: false } }),
    expected: ['batch matmul s8', { ...sixRows, transpose: 2, transposedRow: 16, transposedElement: 64 }],
  },
  {
    name: 'none is transposed',
    input: product([2, 3, 4], [2, 5, 4], { options: { adjX: false, adjY: true } }),
    expected: ['batch matmul s8', sixRows],
  },
  { name: 'a vector', input: product([4], [4, 5]), expected: [undefined, {}] },
  {
    name: 'types that differ',
    input: product([2, 3, 4], [2, 4, 5], {
      inputs: [
        ['int16', [2, 3, 4]],
        ['int8', [2, 4, 5]],
      ],
    }),
    expected: [undefined, {}],
  },
]);

/** 6 filters over 10 features with 5 steps of memory, two filters a unit. */
function svdf(more: Partial<Case> = {}): Case {
  return {
    kind: 'SVDF',
    options: { rank: 2 },
    inputs: [['int8', [1, 10]], ['int8', [6, 10]], ['int8', [6, 5]], null, ['int8', [1, 30]]],
    output: ['int8', [1, 3]],
    ...more,
  };
}

const svdfShared = { call: 1, batch: 1, stateValue: 30, time: 6, unit: 3 };

check('Loop counts of SVDF', calls, [
  {
    name: 'plain loops',
    input: svdf({ library: 'reference' }),
    expected: ['svdf int8, state int8', { ...svdfShared, feature: 6, featureMac: 60, timeMac: 30 }],
  },
  {
    name: 'DSP: features as a dense layer, 5 steps of memory are a four and one',
    input: svdf(),
    expected: [
      'svdf int8, state int8',
      {
        ...svdfShared,
        'feature block': 3,
        'feature blockEnters1': 3,
        'feature blockDepth1': 6,
        'feature blockEnters4': 3,
        'feature blockDepth4': 6,
        timeBlock4: 6,
        timeMac: 6,
      },
    ],
  },
  {
    name: 'Helium: four filters at once, two left',
    input: svdf({ path: 'mve' }),
    expected: [
      'svdf int8, state int8',
      {
        ...svdfShared,
        'feature block': 1,
        'feature blockEnters16': 1,
        'feature blockDepth16': 1,
        'feature last': 2,
        'feature lastEnters16': 2,
        'feature lastDepth16': 2,
        timeMac: 30,
      },
    ],
  },
  {
    name: 'a rank of 0 counts as one',
    input: svdf({ library: 'reference', options: { rank: 0 } }),
    expected: ['svdf int8, state int8', { ...svdfShared, feature: 6, featureMac: 60, timeMac: 30, unit: 6 }],
  },
]);

/** 2 sequences of 3 steps of 4 values, a state of 5. */
function lstm(type: DataType, more: Partial<Case> = {}): Case {
  return {
    kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
    options: { timeMajor: false },
    inputs: [[type, [2, 3, 4]], null, [type, [5, 4]]],
    output: [type, [2, 3, 5]],
    ...more,
  };
}

check('Loop counts of an LSTM', calls, [
  {
    // 4 gates x 6 rows x 5 x 4, and x 5 x 5.
    name: 'plain loops',
    input: lstm('float32'),
    expected: ['lstm float32', { call: 1, step: 6, row: 6, cell: 30, inputMac: 480, stateMac: 600 }],
  },
  {
    name: 'time first: 2 steps of 3 sequences',
    input: lstm('float32', { options: { timeMajor: true } }),
    expected: ['lstm float32', { call: 1, step: 2, row: 6, cell: 30, inputMac: 480, stateMac: 600 }],
  },
  {
    // 24 products with the input, of depth 4; 16 with the state, of depth 5: none in the first step.
    name: 'CMSIS-NN has no product with the state in the first step of a sequence',
    input: lstm('int8'),
    expected: [
      'lstm int8',
      {
        call: 1,
        step: 6,
        row: 6,
        cell: 30,
        block: 80,
        blockEnters1: 32,
        blockDepth1: 32,
        blockEnters4: 80,
        blockDepth4: 80,
        last: 40,
        lastEnters1: 16,
        lastDepth1: 16,
        lastEnters4: 40,
        lastDepth4: 40,
      },
    ],
  },
]);

function reduced(kind: string, shape: readonly number[], axes: readonly number[], more: Partial<Case> = {}): Case {
  return {
    kind,
    inputs: [
      ['float32', shape],
      ['int32', [axes.length], axes],
    ],
    output: ['float32', [1, 1, 1, 3]],
    ...more,
  };
}

const keptDimensions = { options: { keepDims: true } };
// Compared: batch and channels with both axes, height with the first, width with both.
// Carries: 60 / 3 + 60 / 15 + 60 / 60.
const walked = { call: 1, output: 3, element: 60, elementAxis: 240, elementCompared: 420, elementKept: 120, carry: 25 };

check('Loop counts of reductions of 4 x 5 pixels of 3 channels', calls, [
  {
    name: 'the mean of an image',
    input: reduced('MEAN', [1, 4, 5, 3], [1, 2], keptDimensions),
    expected: ['mean image float32', { call: 1, output: 3, row: 12, element: 60 }],
  },
  {
    name: 'the mean of an image by negative axes, the wrong way round',
    input: reduced('MEAN', [1, 4, 5, 3], [-2, -3], keptDimensions),
    expected: ['mean image float32', { call: 1, output: 3, row: 12, element: 60 }],
  },
  {
    name: 'the mean without its dimensions kept',
    input: reduced('MEAN', [1, 4, 5, 3], [1, 2]),
    expected: ['mean float32', walked],
  },
  {
    name: 'a sum',
    input: reduced('SUM', [1, 4, 5, 3], [1, 2], keptDimensions),
    expected: ['sum float32', walked],
  },
  {
    // Each axis is compared with one; the last is found at once.
    name: 'an axis that is named twice counts once',
    input: reduced('REDUCE_MAX', [1, 4, 5, 3], [3, -1], { output: ['float32', [1, 4, 5]] }),
    expected: [
      'reduce max float32',
      { call: 1, output: 20, element: 60, elementAxis: 240, elementCompared: 240, elementKept: 180, carry: 25 },
    ],
  },
  {
    name: 'axes that are computed',
    input: reduced('SUM', [1, 4, 5, 3], [1], {
      inputs: [
        ['float32', [1, 4, 5, 3]],
        ['int32', [1]],
      ],
    }),
    expected: [undefined, {}],
  },
]);
