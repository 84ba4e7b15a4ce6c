import { prepare } from '../../../src/core/execute/prepare';
import type { DataType } from '../../../src/core/model/dataType';
import { heldValues } from '../../../src/core/model/values/real';
import { encode } from '../../../src/core/model/values/stored';
import { graph, model, operator, quantized, tensor } from '../../support/build';
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
  /** The first input's shape where it is more than a row. */
  readonly shape?: Numbers;
  /** The inference before which the model is reset. */
  readonly resetBefore?: number;
  /** Inputs behind the first one. */
  readonly constants?: readonly Values[];
  readonly outputs: readonly (readonly [type: DataType, length: number, shape?: Numbers])[];
}

/** One value is a scalar. */
const shapeOf = (length: number): Numbers => (length === 1 ? [] : [length]);

/** All outputs of each inference; floats to six digits. */
function computed({
  code,
  options = {},
  runs,
  type,
  shape = [runs[0].length],
  resetBefore,
  constants = [],
  outputs,
}: Signal): readonly (readonly Numbers[])[] {
  const tensors = [
    tensor('x', type, shape),
    ...constants.map(([of, values]) => tensor('c', of, shapeOf(values.length), { data: encode(of, values) })),
    ...outputs.map(([of, length, shapeThere = shapeOf(length)]) => tensor('y', of, shapeThere)),
  ];
  const first = 1 + constants.length;
  const given = [...Array(first).keys()];
  const made = outputs.map((_, index) => first + index);
  const only = operator('CUSTOM', given, made, { customCode: code, customOptions: flexMap(options) });
  const executable = prepare(model(graph(tensors, [only], { inputs: [0], outputs: made })), { rounding: 'double' });
  return runs.map((values, run) => {
    if (run === resetBefore) executable.reset();
    return executable.invoke([encode(type, values)!]).map((value) => {
      return Array.from(heldValues(value), (each) => Math.round(each * 1e6) / 1e6 + 0);
    });
  });
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

/** 8 samples of 5 complex numbers. */
function samples(spectrumOf: Numbers): Numbers {
  const irfft: Signal = {
    ...{ code: 'SignalIrfft', options: { fft_length: 8 }, runs: [spectrumOf], type: 'float32' },
    outputs: [['float32', 8]],
  };
  return computed(irfft)[0][0];
}

check('samples of a spectrum', samples, [
  { name: 'all frequencies alike', input: [1, 0, 1, 0, 1, 0, 1, 0, 1, 0], expected: [1, 0, 0, 0, 0, 0, 0, 0] },
  { name: 'none but the mean', input: [8, 0, 0, 0, 0, 0, 0, 0, 0, 0], expected: [1, 1, 1, 1, 1, 1, 1, 1] },
  { name: 'the fastest change', input: [0, 0, 0, 0, 0, 0, 0, 0, 8, 0], expected: [1, -1, 1, -1, 1, -1, 1, -1] },
  { name: 'a cosine twice', input: [0, 0, 0, 0, 4, 0, 0, 0, 0, 0], expected: [1, 0, -1, 0, 1, 0, -1, 0] },
  { name: 'a sine twice', input: [0, 0, 0, 0, 0, -4, 0, 0, 0, 0], expected: [0, 1, 0, -1, 0, 1, 0, -1] },
]);

check('streams from one inference to the next', computed, [
  {
    // Frames of 3 every 2 samples: two samples fill none; then 1 2 3, 3 4 5, 5 6 7.
    name: 'SignalFramer',
    input: {
      code: 'SignalFramer',
      options: { frame_size: 3, frame_step: 2 },
      runs: [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      type: 'int16',
      outputs: [
        ['int16', 6, [2, 3]],
        ['bool', 1],
      ],
    },
    expected: [
      [[0, 0, 0, 1, 2, 3], [0]],
      [[3, 4, 5, 5, 6, 7], [1]],
    ],
  },
  {
    name: 'SignalFramer that begins with zeros, and again after a reset',
    input: {
      code: 'SignalFramer',
      options: { frame_size: 3, frame_step: 2, prefill: 1 },
      runs: [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      resetBefore: 1,
      type: 'int16',
      outputs: [
        ['int16', 6, [2, 3]],
        ['bool', 1],
      ],
    },
    expected: [
      [[0, 1, 2, 2, 3, 4], [1]],
      [[0, 5, 6, 6, 7, 8], [1]],
    ],
  },
  {
    // Three frames of two channels every two frames; the first one stands for the one before it. The third inference
    // leaves what was there.
    name: 'SignalStacker',
    input: {
      code: 'SignalStacker',
      options: { num_channels: 2, stacker_left_context: 1, stacker_right_context: 1, stacker_step: 2 },
      runs: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
      type: 'int16',
      outputs: [
        ['int16', 6],
        ['bool', 1],
      ],
    },
    expected: [
      [[0, 0, 0, 0, 0, 0], [0]],
      [[1, 2, 1, 2, 3, 4], [1]],
      [[1, 2, 1, 2, 3, 4], [0]],
      [[3, 4, 5, 6, 7, 8], [1]],
    ],
  },
  {
    name: 'SignalStacker after a reset: the next frame is a first one',
    input: {
      code: 'SignalStacker',
      options: { num_channels: 2, stacker_left_context: 1, stacker_right_context: 0, stacker_step: 1 },
      runs: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      resetBefore: 2,
      type: 'int16',
      outputs: [
        ['int16', 4],
        ['bool', 1],
      ],
    },
    expected: [
      [[1, 2, 1, 2], [1]],
      [[1, 2, 3, 4], [1]],
      [[5, 6, 5, 6], [1]],
    ],
  },
  {
    // Frames of 4 every 2: 3 + 10 and 4 + 20; then 30 + 32,760 is beyond 16 bits, 40 - 32,768 is not.
    name: 'SignalOverlapAdd of two frames saturates',
    input: {
      code: 'SignalOverlapAdd',
      options: { frame_step: 2 },
      runs: [
        [1, 2, 3, 4, 10, 20, 30, 40],
        [32_760, -32_768, 1, 1, 0, 0, 0, 0],
      ],
      type: 'int16',
      shape: [2, 4],
      outputs: [['int16', 4]],
    },
    expected: [[[1, 2, 13, 24]], [[32_767, -32_728, 1, 1]]],
  },
  {
    // Two rows by themselves: 2 + 0.25 and 4 + 0.5, and nothing of it after a reset.
    name: 'SignalOverlapAdd of two rows of floats',
    input: {
      code: 'SignalOverlapAdd',
      options: { frame_step: 1 },
      runs: [
        [1.5, 2, 3, 4],
        [0.25, 1, 0.5, 1],
        [7, 0, 8, 0],
      ],
      resetBefore: 2,
      type: 'float32',
      shape: [2, 1, 2],
      outputs: [['float32', 2, [2, 1]]],
    },
    expected: [[[1.5, 3]], [[2.25, 4.5]], [[7, 8]]],
  },
  {
    name: 'SignalDelay by more than a frame, and again after a reset',
    input: {
      code: 'SignalDelay',
      options: { delay_length: 3 },
      runs: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
      resetBefore: 3,
      type: 'int16',
      outputs: [['int16', 2]],
    },
    expected: [[[0, 0]], [[0, 1]], [[2, 3]], [[0, 0]]],
  },
  {
    name: 'CIRCULAR_BUFFER keeps the last three slices',
    input: {
      code: 'CIRCULAR_BUFFER',
      options: { cycles_max: 1 },
      runs: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
      type: 'int8',
      shape: [1, 1, 1, 2],
      outputs: [['int8', 6, [1, 3, 1, 2]]],
    },
    expected: [[[0, 0, 0, 0, 1, 2]], [[0, 0, 1, 2, 3, 4]], [[1, 2, 3, 4, 5, 6]], [[3, 4, 5, 6, 7, 8]]],
  },
]);

check('gains and logarithms', computed, [
  {
    // Gains of 1, 2 and 4 make 2^12, 2^13 and 2^14: a square of the first, 2^24 / 2^20; then a line, 2^13 / 2^6 - 64.
    name: 'SignalPCAN where noise is in the table',
    input: {
      code: 'SignalPCAN',
      options: { snr_shift: 0 },
      runs: [[4096, 4096, 4096, 8191]],
      type: 'uint32',
      constants: [
        ['uint32', [0, 1, 2, 0]],
        ['int16', [1, 2, 4]],
      ],
      outputs: [['uint32', 4]],
    },
    // 8191^2 is just below 2^26.
    expected: [[[16, 64, 192, 63]]],
  },
  {
    // 4 to 7 begin at place 6. 4 is its beginning: 128 x 100 / 2 is 6400, its square 39.06 x 2^20. 6 is half way: the
    // gain grows by half of 8 and a quarter of 2, in all 4.5, rounded to 5; 6720 has the square 43.07 x 2^20.
    name: 'SignalPCAN between places of the table',
    input: {
      code: 'SignalPCAN',
      options: { snr_shift: 1 },
      runs: [[128, 128]],
      type: 'uint32',
      constants: [
        ['uint32', [4, 6]],
        ['int16', [0, 0, 0, 0, 0, 0, 100, 8, 2]],
      ],
      outputs: [['uint32', 2]],
    },
    expected: [[[39, 43]]],
  },
  {
    // 1600 x ln 2 is 1109.04, ten times that 11,090.4; of 2^31 it is beyond 16 bits.
    name: 'SignalFilterBankLog',
    input: {
      code: 'SignalFilterBankLog',
      options: { input_correction_bits: 0, output_scale: 1600 },
      runs: [[0, 1, 2, 1024, 2 ** 31]],
      type: 'uint32',
      outputs: [['int16', 5]],
    },
    expected: [[[0, 0, 1109, 11_090, 32_767]]],
  },
  {
    // 8 is 2^3: 3327.1. What is shifted beyond 32 bits is lost.
    name: 'SignalFilterBankLog of eight times as much',
    input: {
      code: 'SignalFilterBankLog',
      options: { input_correction_bits: 3, output_scale: 1600 },
      runs: [[0, 1, 2 ** 29]],
      type: 'uint32',
      outputs: [['int16', 3]],
    },
    expected: [[[0, 3327, 0]]],
  },
  {
    name: 'options that are absent',
    input: {
      code: 'SignalFilterBankLog',
      options: { output_scale: 1600 },
      runs: [[1, 2]],
      type: 'uint32',
      outputs: [['int16', 2]],
    },
    fails:
      'Operator 0 (SignalFilterBankLog) cannot be executed: its option input_correction_bits is absent. Remove it or replace it to run this model.',
  },
]);

check(
  'CIRCULAR_BUFFER lets what follows run every second time',
  (runs: readonly Numbers[]) => {
    const one = { quantization: quantized(1) };
    const [slice, kept, after] = [
      tensor('x', 'int8', [1, 1, 1, 1], one),
      tensor('k', 'int8', [1, 2, 1, 1], one),
      tensor('y', 'int8', [1, 2, 1, 1], one),
    ];
    const buffer = operator('CUSTOM', [0], [1], {
      customCode: 'CIRCULAR_BUFFER',
      customOptions: flexMap({ cycles_max: 2 }),
    });
    const whole = graph([slice, kept, after], [buffer, operator('RELU', [1], [2])], { inputs: [0], outputs: [2] });
    const executable = prepare(model(whole), { rounding: 'double' });
    return runs.map((values) => [...heldValues(executable.invoke([encode('int8', values)!])[0])]);
  },
  [
    {
      name: 'the first and the third change nothing',
      input: [[1], [2], [3], [-4]],
      expected: [
        [0, 0],
        [1, 2],
        [1, 2],
        [3, 0],
      ],
    },
  ],
);
