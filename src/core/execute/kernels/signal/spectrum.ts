import { byType, input, inputType, output, type KernelInvocation, type Kernel, type KernelMaker } from '../../kernel';
import { numbersOf } from '../../numbers';
import { float32, int16, int32, type Arithmetic } from './arithmetic';
import { inverseRealTransform, realTransform } from './fourier';
import { signalOptions } from './options';

/** SignalRfft: each row of samples, filled up with zeros, to complex numbers. */
export const rfft = byType(inputType, {
  int16: (call) => forward(call, int16),
  int32: (call) => forward(call, int32),
  float32: (call) => forward(call, float32),
});

export const irfft = byType(inputType, {
  int16: (call) => backward(call, int16),
  int32: (call) => backward(call, int32),
  float32: (call) => backward(call, float32),
});

function forward(call: KernelInvocation, arithmetic: Arithmetic): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [numbersOf(call, from), numbersOf(call, to)];
  const length = signalOptions(call)('fft_length');
  const transform = realTransform(length, arithmetic);
  const inLength = from.shape.at(-1) ?? 1;
  const outLength = to.shape.at(-1) ?? 2;
  const [samples, spectrum] = [new Float64Array(length), new Float64Array(length + 2)];
  return () => {
    for (let row = 0; row * inLength < values.length; row++) {
      samples.fill(0);
      samples.set(values.subarray(row * inLength, row * inLength + Math.min(inLength, length)));
      transform(samples, spectrum);
      out.set(spectrum.subarray(0, outLength), row * outLength);
    }
  };
}

function backward(call: KernelInvocation, arithmetic: Arithmetic): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [numbersOf(call, from), numbersOf(call, to)];
  const length = signalOptions(call)('fft_length');
  const transform = inverseRealTransform(length, arithmetic);
  // Integers are divided on their way. Source: IrfftFloatApply() in TFLM's signal/src/irfft_float.cc.
  const divisor = from.type === 'float32' ? length : 1;
  const inLength = from.shape.at(-1) ?? 2;
  const outLength = to.shape.at(-1) ?? 1;
  const [spectrum, samples] = [new Float64Array(length + 2), new Float64Array(length)];
  return () => {
    for (let row = 0; row * inLength < values.length; row++) {
      spectrum.fill(0);
      spectrum.set(values.subarray(row * inLength, row * inLength + Math.min(inLength, length + 2)));
      transform(spectrum, samples);
      out.set(
        samples.subarray(0, outLength).map((sample) => sample / divisor),
        row * outLength,
      );
    }
  };
}

/** SignalFftAutoScale: shifts samples left as far as the largest allows, and tells by how much. */
export const fftAutoScale: KernelMaker = (call) => {
  const [values, out, bits] = [input(call, 0).int16, output(call).int16, output(call, 1).int32];
  return () => {
    let most = 0;
    for (const value of values.subarray(0, out.length)) most = Math.max(most, Math.min(Math.abs(value), 32767));
    bits[0] = most === 0 ? 0 : Math.max(0, Math.clz32(most) - 17);
    for (let index = 0; index < out.length; index++) out[index] = values[index] << bits[0];
  };
};

/** SignalWindow: samples times a window, shifted right. */
export const window: KernelMaker = (call) => {
  const [values, weights, out] = [input(call, 0).int16, input(call, 1).int16, output(call).int16];
  const shift = signalOptions(call)('shift');
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = Math.imul(values[index], weights[index % weights.length]) >> shift;
      out[index] = Math.min(Math.max(value, -32768), 32767);
    }
  };
};

/** SignalEnergy: squares of magnitudes between two indices; the others keep what they were. */
export const energy: KernelMaker = (call) => {
  const [values, out] = [input(call, 0).int16, output(call).uint32];
  const option = signalOptions(call);
  const [start, end] = [option('start_index'), Math.min(option('end_index'), out.length)];
  return () => {
    for (let index = start; index < end; index++) {
      const [real, imaginary] = [values[2 * index], values[2 * index + 1]];
      out[index] = real * real + imaginary * imaginary;
    }
  };
};
