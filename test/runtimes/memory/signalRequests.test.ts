import type { DataType } from '../../../src/core/model/dataType';
import type { PreparedOperator } from '../../../src/core/runtimes/memory/kernelMemory';
import { signalKernels } from '../../../src/core/runtimes/memory/reference/signal';
import { graph, operator, tensor } from '../../support/build';
import { check } from '../../support/check';
import { flexMap } from '../../support/flexbuffer';

interface Case {
  readonly kind: string;
  readonly options?: Readonly<Record<string, number>>;
  readonly type?: DataType;
  readonly shape?: readonly number[];
}

/** Round numbers in place of the sizes by the ABI, so that each part of a sum can be told. */
const sizes: Readonly<Record<string, number>> = {
  pointer: 4,
  CircularBuffer: 1000,
  KissFft: 2000,
  KissFftReal: 300,
  IrfftFloatState: 70,
};

/** What Init and Prepare ask for: buffers of Init (I), kept ones (P) and scratch (S). */
function requests({ kind, options, type = 'int16', shape = [1, 100] }: Case): string {
  const customOptions = options && flexMap(options);
  const only = { ...operator('CUSTOM', [0], [1]), customCode: kind, customOptions };
  const call: PreparedOperator = {
    operator: only,
    graph: graph([tensor('x', type, shape), tensor('y', type, shape)], [only]),
    isa: 'none',
    bytesOf: (structure) => sizes[structure],
  };
  const kernel = new Map(signalKernels).get(kind)!;
  const [init, prepare] = [kernel.initBuffers?.(call), kernel.prepare?.(call)];
  const isUnknown = (kernel.initBuffers && init === undefined) ?? (kernel.prepare && prepare === undefined) ?? false;
  if (isUnknown) return 'unknown';
  const list = (letter: string, all: readonly number[] = []): readonly string[] =>
    all.map((each) => `${letter}${each}`);
  return [...list('I', init), ...list('P', prepare?.persistent), ...list('S', prepare?.scratch)].join(' ');
}

check('audio front end: what Init and Prepare ask for', requests, [
  { name: 'without buffers', input: { kind: 'SignalEnergy' }, expected: '' },
  {
    name: 'filter bank: a sum of 8 bytes by channel and one more',
    input: { kind: 'SignalFilterBank', options: { num_channels: 40 } },
    expected: `I${41 * 8}`,
  },
  { name: 'filter bank without its option', input: { kind: 'SignalFilterBank' }, expected: 'unknown' },
  {
    name: 'spectral subtraction: a word by channel, the fifth option by name',
    input: {
      kind: 'SignalFilterBankSpectralSubtraction',
      options: {
        alternate_one_minus_smoothing: 1,
        alternate_smoothing: 2,
        clamping: 3,
        min_signal_remaining: 4,
        num_channels: 40,
        one_minus_smoothing: 5,
      },
    },
    expected: 'I160',
  },
  {
    // Pointers of 2 rows twice; rings of 100 and 5 values of 16 bits, twice.
    name: 'delay: a ring for each row',
    input: { kind: 'SignalDelay', options: { delay_length: 5 }, shape: [2, 100] },
    expected: 'P8 P8 P1420 P1420',
  },
  {
    name: 'delay of rows that no device holds',
    input: { kind: 'SignalDelay', options: { delay_length: 5 }, shape: [100_001, 1] },
    expected: 'unknown',
  },
  {
    name: 'delay without rows',
    input: { kind: 'SignalDelay', options: { delay_length: 5 }, shape: [2, 0] },
    expected: 'unknown',
  },
  {
    // Frames of 25 by steps of 10 need three steps.
    name: 'framer: a ring of whole steps',
    input: { kind: 'SignalFramer', options: { frame_size: 25, frame_step: 10 } },
    expected: 'P4 P4 P1120',
  },
  {
    name: 'framer that does not step',
    input: { kind: 'SignalFramer', options: { frame_size: 25, frame_step: 0 } },
    expected: 'unknown',
  },
  {
    // 40 channels by 3 + 1 + 1 frames.
    name: 'stacker: a ring of all frames',
    input: {
      kind: 'SignalStacker',
      options: { num_channels: 40, stacker_left_context: 3, stacker_right_context: 1, stacker_step: 2 },
    },
    expected: 'I1800',
  },
  {
    // 2 outer rows of 3 frames of 8.
    name: 'overlap and add of int16: a row of 8 x 2 bytes',
    input: { kind: 'SignalOverlapAdd', shape: [2, 3, 8] },
    expected: 'P8 P16 P16',
  },
  {
    name: 'overlap and add of float32: 8 x 4 bytes',
    input: { kind: 'SignalOverlapAdd', type: 'float32', shape: [2, 3, 8] },
    expected: 'P8 P32 P32',
  },
  {
    // Complex values of 4 bytes: 256 twiddle factors, 384 of buffer and further factors.
    name: 'transform of 512 values of int16',
    input: { kind: 'SignalRfft', options: { T: 7, fft_length: 512 } },
    expected: `I${300 + 2000 + 4 * 256 + 4 * 384} S1024`,
  },
  {
    name: 'inverse transform of 8 floats, with a structure of its own',
    input: { kind: 'SignalIrfft', options: { T: 0, fft_length: 8 } },
    expected: `I${70 + 300 + 2000 + 8 * 4 + 8 * 6}`,
  },
  {
    name: 'inverse transform of 8 values of int32',
    input: { kind: 'SignalIrfft', options: { T: 2, fft_length: 8 } },
    expected: `I${300 + 2000 + 8 * 4 + 8 * 6}`,
  },
  {
    name: 'transform of a type that there is no kernel for',
    input: { kind: 'SignalRfft', options: { T: 9, fft_length: 512 } },
    expected: 'unknown',
  },
]);
