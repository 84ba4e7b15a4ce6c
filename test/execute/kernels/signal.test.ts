import { prepare } from '../../../src/core/execute/prepare';
import type { DataType } from '../../../src/core/model/dataType';
import { heldValues } from '../../../src/core/model/values/real';
import { encode } from '../../../src/core/model/values/stored';
import { graph, model, operator, tensor } from '../../support/build';
import { check } from '../../support/check';
import { flexMap } from '../../support/flexbuffer';

/** Custom operators on signals, with numbers so small that they are worked out by hand. */

type Numbers = readonly number[];
type Values = readonly [type: DataType, values: Numbers];

interface Signal {
  readonly code: string;
  readonly options?: Readonly<Record<string, number>>;
  /** The values of the first input, inference after inference. */
  readonly runs: readonly Numbers[];
  readonly type: DataType;
  /** Inputs behind the first one. */
  readonly constants?: readonly Values[];
  readonly outputs: readonly (readonly [type: DataType, length: number])[];
}

/** One value is a scalar. */
const shapeOf = (length: number): Numbers => (length === 1 ? [] : [length]);

/** All outputs of each inference; floats to six digits. */
function computed({
  code,
  options = {},
  runs,
  type,
  constants = [],
  outputs,
}: Signal): readonly (readonly Numbers[])[] {
  const tensors = [
    tensor('x', type, [runs[0].length]),
    ...constants.map(([of, values]) => tensor('c', of, shapeOf(values.length), { data: encode(of, values) })),
    ...outputs.map(([of, length]) => tensor('y', of, shapeOf(length))),
  ];
  const first = 1 + constants.length;
  const given = [...Array(first).keys()];
  const made = outputs.map((_, index) => first + index);
  const only = operator('CUSTOM', given, made, { customCode: code, customOptions: flexMap(options) });
  const executable = prepare(model(graph(tensors, [only], { inputs: [0], outputs: made })), { rounding: 'double' });
  return runs.map((values) =>
    executable.invoke([encode(type, values)!]).map((value) => {
      return Array.from(heldValues(value), (each) => Math.round(each * 1e6) / 1e6 + 0);
    }),
  );
}

check('samples and energies', computed, [
  {
    // 800 / 4, -9 / 4 downwards, and what is too large for 16 bits.
    name: 'SignalWindow',
    input: {
      code: 'SignalWindow',
      options: { shift: 2 },
      runs: [[100, -3, 30000]],
      type: 'int16',
      constants: [['int16', [8, 3, 16]]],
      outputs: [['int16', 3]],
    },
    expected: [[[200, -3, 32767]]],
  },
  {
    // 300 takes 9 bits: 6 more leave room for the sign.
    name: 'SignalFftAutoScale, by the largest magnitude; zeros are left as they are',
    input: {
      code: 'SignalFftAutoScale',
      runs: [
        [100, -300, 5],
        [0, 0, 0],
        [20000, 1, 0],
      ],
      type: 'int16',
      outputs: [
        ['int16', 3],
        ['int32', 1],
      ],
    },
    expected: [
      [[6400, -19200, 320], [6]],
      [[0, 0, 0], [0]],
      [[20000, 1, 0], [0]],
    ],
  },
  {
    name: 'SignalEnergy between two indices',
    input: {
      code: 'SignalEnergy',
      options: { start_index: 1, end_index: 3 },
      runs: [[1, 2, 3, 4, -5, 6, 7, 8]],
      type: 'int16',
      outputs: [['uint32', 4]],
    },
    expected: [[[0, 25, 61, 0]]],
  },
  {
    name: 'SignalDelay by two samples',
    input: {
      code: 'SignalDelay',
      options: { delay_length: 2 },
      runs: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      type: 'int16',
      outputs: [['int16', 3]],
    },
    expected: [[[0, 0, 1]], [[2, 3, 4]]],
  },
]);

const subtraction = {
  num_channels: 2,
  smoothing: 4,
  one_minus_smoothing: 12,
  alternate_smoothing: 8,
  alternate_one_minus_smoothing: 8,
  smoothing_bits: 2,
  spectral_subtraction_bits: 4,
  min_signal_remaining: 2,
};

check('channels of a filter bank', computed, [
  {
    // 5 x 10 is carried to the first channel: 50 + 2 x 20; 6 x 20 to the second: 120 + 3 x 30 + 4 x 40.
    name: 'SignalFilterBank',
    input: {
      code: 'SignalFilterBank',
      options: { num_channels: 2 },
      runs: [[10, 20, 30, 40]],
      type: 'uint32',
      constants: [
        ['int16', [1, 2, 3, 4]],
        ['int16', [5, 6, 7, 8]],
        ['int16', [0, 1, 2]],
        ['int16', [0, 1, 2]],
        ['int16', [1, 1, 2]],
      ],
      outputs: [['uint64', 2]],
    },
    expected: [[[90, 370]]],
  },
  {
    name: 'SignalFilterBankSquareRoot to the nearest',
    input: {
      code: 'SignalFilterBankSquareRoot',
      runs: [[0, 1, 2, 3, 4, 6, 7, 12, 13, 1e12]],
      type: 'uint64',
      constants: [['int32', [0]]],
      outputs: [['uint32', 10]],
    },
    expected: [[[0, 1, 1, 2, 2, 2, 3, 3, 4, 1e6]]],
  },
  {
    name: 'SignalFilterBankSquareRoot, halved downwards',
    input: {
      code: 'SignalFilterBankSquareRoot',
      runs: [[1, 4, 9, 1e12]],
      type: 'uint64',
      constants: [['int32', [1]]],
      outputs: [['uint32', 4]],
    },
    expected: [[[0, 1, 1, 500_000]]],
  },
  {
    // In quarters 400: a quarter of that is the noise of the first channel, half of it that of the second. Then 1600 +
    // 1200 and 3200 + 1600 of 16; then of 32 quarters nothing is left but an eighth of 8.
    name: 'SignalFilterBankSpectralSubtraction',
    input: {
      code: 'SignalFilterBankSpectralSubtraction',
      options: { ...subtraction, clamping: 0 },
      runs: [
        [100, 100],
        [100, 100],
        [8, 8],
      ],
      type: 'uint32',
      outputs: [
        ['uint32', 2],
        ['uint32', 2],
      ],
    },
    expected: [
      [
        [75, 50],
        [100, 200],
      ],
      [
        [56, 25],
        [175, 300],
      ],
      [
        [1, 1],
        [139, 166],
      ],
    ],
  },
  {
    // The noise is cut to what there is: 32 quarters.
    name: 'SignalFilterBankSpectralSubtraction that clamps',
    input: {
      code: 'SignalFilterBankSpectralSubtraction',
      options: { ...subtraction, clamping: 1 },
      runs: [
        [100, 100],
        [8, 8],
      ],
      type: 'uint32',
      outputs: [
        ['uint32', 2],
        ['uint32', 2],
      ],
    },
    expected: [
      [
        [75, 50],
        [100, 200],
      ],
      [
        [1, 1],
        [32, 32],
      ],
    ],
  },
]);

/** Real and imaginary parts of 5 frequencies of 8 samples. */
function spectrum(samples: Numbers, type: DataType = 'float32'): Numbers {
  const rfft: Signal = {
    ...{ code: 'SignalRfft', options: { fft_length: 8 }, runs: [samples], type },
    outputs: [[type, 10]],
  };
  return computed(rfft)[0][0];
}

check('spectra of 8 samples', (samples: Numbers) => spectrum(samples), [
  {
    name: 'an impulse has all frequencies alike',
    input: [1, 0, 0, 0, 0, 0, 0, 0],
    expected: [1, 0, 1, 0, 1, 0, 1, 0, 1, 0],
  },
  { name: 'a constant has none', input: [1, 1, 1, 1, 1, 1, 1, 1], expected: [8, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
  { name: 'the fastest change', input: [1, -1, 1, -1, 1, -1, 1, -1], expected: [0, 0, 0, 0, 0, 0, 0, 0, 8, 0] },
  { name: 'a cosine twice', input: [1, 0, -1, 0, 1, 0, -1, 0], expected: [0, 0, 0, 0, 4, 0, 0, 0, 0, 0] },
  { name: 'a sine twice', input: [0, 1, 0, -1, 0, 1, 0, -1], expected: [0, 0, 0, 0, 0, -4, 0, 0, 0, 0] },
  {
    // 1, -i, -1, i and so on: an impulse that comes two samples late.
    name: 'an impulse that comes late',
    input: [0, 0, 1, 0, 0, 0, 0, 0],
    expected: [1, 0, 0, -1, -1, 0, 0, 1, 1, 0],
  },
  { name: 'fewer samples are filled up with zeros', input: [2, 0, 0], expected: [2, 0, 2, 0, 2, 0, 2, 0, 2, 0] },
]);

check('spectra of 8 samples of 16 bits are an eighth', (samples: Numbers) => spectrum(samples, 'int16'), [
  { name: 'an impulse', input: [8192, 0, 0, 0, 0, 0, 0, 0], expected: [1024, 0, 1024, 0, 1024, 0, 1024, 0, 1024, 0] },
  { name: 'a constant', input: Array<number>(8).fill(800), expected: [800, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
]);
