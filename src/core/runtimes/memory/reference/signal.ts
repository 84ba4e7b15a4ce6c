import { dimension, elementsOf, inputOf } from '../../operands';
import {
  everyTensor,
  kernelsByState,
  type PreparedOperator,
  type KernelMemory,
  type PrepareRequests,
} from '../kernelMemory';
import { readFlexMap } from '../../../operators/flexbuffer';
import { fftBuffers, fftLength, fftValueBytes } from './fourier';

/**
 * Custom operators of the audio front end. Options are read by position, in the order of their sorted names, as the
 * kernels do. Source: tensorflow/tflite-micro 90b983c2, signal/micro/kernels/*.cc.
 */
export const signalKernels: readonly (readonly [string, KernelMemory])[] = [
  ...kernelsByState(
    [
      ['SignalEnergy', 'SignalEnergy'],
      ['SignalFftAutoScale', undefined],
      ['SignalFilterBankLog', 'SignalFilterBankLog'],
      ['SignalFilterBankSquareRoot', undefined],
      ['SignalPCAN', 'SignalPcan'],
      ['SignalWindow', 'SignalWindow'],
    ],
    everyTensor,
  ),
  ['SignalDelay', { state: 'SignalDelay', temporaries: everyTensor, prepare: delay }],
  [
    'SignalFilterBank',
    { state: 'SignalFilterBank', temporaries: everyTensor, initBuffers: (call) => channels(call, 0, 8, 1) },
  ],
  [
    'SignalFilterBankSpectralSubtraction',
    { state: 'SignalSpectralSubtraction', temporaries: everyTensor, initBuffers: (call) => channels(call, 4, 4, 0) },
  ],
  ['SignalFramer', { state: 'SignalFramer', temporaries: everyTensor, prepare: framer }],
  [
    'SignalIrfft',
    { state: 'SignalIrfft', temporaries: everyTensor, initBuffers: (call) => fftBuffers(call, 'inverse') },
  ],
  ['SignalOverlapAdd', { state: 'SignalOverlapAdd', temporaries: everyTensor, prepare: overlapAdd }],
  [
    'SignalRfft',
    {
      state: 'SignalRfft',
      temporaries: everyTensor,
      initBuffers: (call) => fftBuffers(call, 'forward'),
      prepare: transformScratch,
    },
  ],
  ['SignalStacker', { state: 'SignalStacker', temporaries: everyTensor, initBuffers: stacker }],
];

/** The integer options of a custom operator by position; `undefined` when one is missing. */
function integers(call: PreparedOperator, positions: readonly number[]): readonly number[] | undefined {
  const map = readFlexMap(call.operator.customOptions);
  const values = positions.map((position) => map?.integerAt(position));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function channels(
  call: PreparedOperator,
  position: number,
  bytesEach: number,
  spare: number,
): readonly number[] | undefined {
  const [count] = integers(call, [position]) ?? [];
  return count === undefined ? undefined : [(count + spare) * bytesEach];
}

/** A ring of 16-bit values that can be read in one piece: twice its capacity. */
function ringBytes(call: PreparedOperator, capacity: number): number {
  return call.bytesOf('CircularBuffer') + 4 * capacity;
}

/** Two tables of pointers and a ring for every row of the input. */
function rings(call: PreparedOperator, rows: number, capacity: number): PrepareRequests {
  const pointers = rows * call.bytesOf('pointer');
  return { persistent: [pointers, pointers, ...Array<number>(rows).fill(ringBytes(call, capacity))] };
}

/**
 * Rows and length of a row of the input; refused where they are not sensible, so that hostile shapes ask for no memory.
 */
function rowsOf(call: PreparedOperator): { readonly rows: number; readonly length: number } | undefined {
  const input = inputOf(call, 0);
  if (input === undefined) return undefined;
  const length = dimension(input, -1);
  const rows = elementsOf(input) / length;
  return Number.isInteger(rows) && rows <= mostRows ? { rows, length } : undefined;
}

/** Far above what fits a microcontroller: each row takes at least 16 bytes of the arena. */
const mostRows = 100_000;

function delay(call: PreparedOperator): PrepareRequests | undefined {
  const shape = rowsOf(call);
  const [length] = integers(call, [0]) ?? [];
  if (shape === undefined || length === undefined) return undefined;
  return rings(call, shape.rows, shape.length + length);
}

function framer(call: PreparedOperator): PrepareRequests | undefined {
  const shape = rowsOf(call);
  const [size, step] = integers(call, [0, 1]) ?? [];
  if (shape === undefined || size === undefined || step === undefined || step === 0) return undefined;
  return rings(call, shape.rows, Math.ceil(size / step) * step);
}

function stacker(call: PreparedOperator): readonly number[] | undefined {
  const [count, left, right] = integers(call, [0, 1, 2]) ?? [];
  if (count === undefined || left === undefined || right === undefined) return undefined;
  return [ringBytes(call, count * (left + right + 1))];
}

function overlapAdd(call: PreparedOperator): PrepareRequests | undefined {
  const shape = rowsOf(call);
  const input = inputOf(call, 0);
  if (shape === undefined || input === undefined) return undefined;
  const rows = shape.rows / dimension(input, -2);
  if (!Number.isInteger(rows)) return undefined;
  const row = shape.length * (input.type === 'float32' ? 4 : 2);
  return { persistent: [rows * call.bytesOf('pointer'), ...Array<number>(rows).fill(row)] };
}

function transformScratch(call: PreparedOperator): PrepareRequests | undefined {
  const length = fftLength(call);
  const bytes = fftValueBytes(call);
  return length === undefined || bytes === undefined ? undefined : { scratch: [length * bytes] };
}
