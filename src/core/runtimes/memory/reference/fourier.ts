import type { PreparedOperator } from '../kernelMemory';
import { readFlexMap } from '../../../operators/flexbuffer';

/** Bytes of one value, by the tensor type (of the TFLite schema) that the option `T` gives: float32, int32 or int16. */
const valueBytes: ReadonlyMap<number, number> = new Map([
  [0, 4],
  [2, 4],
  [7, 2],
]);
const float32Type = 0;

/** Length of the transform, from the option `fft_length`. */
export function fftLength(call: PreparedOperator): number | undefined {
  return readFlexMap(call.operator.customOptions)?.integer('fft_length');
}

/** Bytes of one value that is transformed. */
export function fftValueBytes(call: PreparedOperator): number | undefined {
  return valueBytes.get(valueType(call) ?? -1);
}

/**
 * Memory of a real transform: its state, a complex transform of half the length with a twiddle factor for each of its
 * values, a buffer of that length, and half as many further twiddle factors. The inverse float kernel puts a structure
 * of its own before it. Source: mborgerding/kissfft v130, tools/kiss_fftr.c and kiss_fft.c; tensorflow/tflite-micro
 * 90b983c2, signal/src/irfft_float.cc.
 */
export function fftBuffers(call: PreparedOperator, direction: 'forward' | 'inverse'): readonly number[] | undefined {
  const length = fftLength(call);
  const bytes = fftValueBytes(call);
  if (length === undefined || bytes === undefined) return undefined;
  const half = Math.floor(length / 2);
  const complex = 2 * bytes;
  const complexTransform = call.bytesOf('KissFft') + complex * half;
  const own = direction === 'inverse' && valueType(call) === float32Type ? call.bytesOf('IrfftFloatState') : 0;
  return [own + call.bytesOf('KissFftReal') + complexTransform + complex * Math.floor((half * 3) / 2)];
}

function valueType(call: PreparedOperator): number | undefined {
  return readFlexMap(call.operator.customOptions)?.integer('T');
}
