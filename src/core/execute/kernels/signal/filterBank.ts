import { input, output, type KernelMaker } from '../../kernel';
import { signalOptions } from './options';

/** SignalFilterBank: weighted sums of energies; each frequency counts for two neighbouring channels. */
export const filterBank: KernelMaker = (call) => {
  const energies = input(call, 0).uint32;
  const [weights, unweights, frequencies, starts, widths] = [1, 2, 3, 4, 5].map(
    (position) => input(call, position).int16,
  );
  const out = output(call).uint64;
  const channels = signalOptions(call)('num_channels');
  return () => {
    let carried = 0n;
    for (let channel = 0; channel <= channels; channel++) {
      let sum = carried;
      carried = 0n;
      for (let index = 0; index < widths[channel]; index++) {
        const energy = BigInt(energies[frequencies[channel] + index] ?? 0);
        sum += BigInt(weights[starts[channel] + index] ?? 0) * energy;
        carried += BigInt(unweights[starts[channel] + index] ?? 0) * energy;
      }
      // The sum before the first channel is only what it leaves for it.
      if (channel > 0 && channel <= out.length) out[channel - 1] = BigInt.asUintN(64, sum);
    }
  };
};

/** SignalFilterBankSquareRoot: square roots, rounded, then shifted right. */
export const filterBankSquareRoot: KernelMaker = (call) => {
  const [values, bits, out] = [input(call, 0).uint64, input(call, 1).int32, output(call).uint32];
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = roundedSquareRoot(values[index]) >>> bits[0];
  };
};

/** Of up to 64 bits to the nearest integer; the largest result is all ones of half as many bits. */
export function roundedSquareRoot(value: bigint): number {
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root--;
  while ((root + 1n) * (root + 1n) <= value) root++;
  const most = value >> 32n === 0n ? 0xffffn : 0xffffffffn;
  return Number(value - root * root > root && root !== most ? root + 1n : root);
}

/** SignalFilterBankSpectralSubtraction: takes a running estimate of the noise away. */
export const filterBankSpectralSubtraction: KernelMaker = (call) => {
  const [values, out, shown] = [input(call, 0).uint32, output(call).uint32, output(call, 1).uint32];
  const option = signalOptions(call);
  const channels = option('num_channels');
  const factors = [
    [option('smoothing'), option('one_minus_smoothing')],
    [option('alternate_smoothing'), option('alternate_one_minus_smoothing')],
  ] as const;
  const [smoothingBits, bits] = [option('smoothing_bits'), option('spectral_subtraction_bits')];
  const [leastRemaining, isClamped] = [option('min_signal_remaining'), option('clamping') !== 0];
  const noise = new Uint32Array(channels);
  call.machine.onReset(() => {
    noise.fill(0);
  });
  return () => {
    for (let channel = 0; channel < channels; channel++) {
      const [smoothing, rest] = factors[channel % 2];
      const scaled = (values[channel] << smoothingBits) >>> 0;
      noise[channel] = Math.floor((scaled * smoothing + noise[channel] * rest) / 2 ** bits);
      const estimate = Math.min(noise[channel], scaled);
      if (isClamped) noise[channel] = estimate;
      const least = Math.floor((values[channel] * leastRemaining) / 2 ** bits);
      out[channel] = Math.max((scaled - estimate) >>> smoothingBits, least);
    }
    shown.set(noise.subarray(0, shown.length));
  };
};

/** SignalPCAN: an automatic gain by the noise, looked up in a table of curves. */
export const pcan: KernelMaker = (call) => {
  const [values, noise, table, out] = [
    input(call, 0).uint32,
    input(call, 1).uint32,
    input(call, 2).int16,
    output(call).uint32,
  ];
  const shift = BigInt(signalOptions(call)('snr_shift'));
  return () => {
    for (let index = 0; index < out.length; index++) {
      const gain = gainOf(noise[index], table) >>> 0;
      const ratio = Number(BigInt.asUintN(32, (BigInt(values[index]) * BigInt(gain)) >> shift));
      out[index] = shrunk(ratio);
    }
  };
};

const ratioBits = 12;
const outputBits = 6;

/** Source: WideDynamicFunction() in TFLM's signal/src/pcan_argc_fixed.cc. */
function gainOf(noise: number, table: Int16Array): number {
  if (noise <= 2) return table[noise];
  const interval = 32 - Math.clz32(noise);
  const at = 4 * interval - 6;
  const fraction = (interval < 11 ? noise << (11 - interval) : noise >>> (interval - 11)) & 0x3ff;
  const slope = ((table[at + 2] * fraction) >> 5) + (table[at + 1] << 5);
  return ((((Math.imul(slope, fraction) + (1 << 14)) >> 15) + table[at]) << 16) >> 16;
}

/** A square for small ratios, then a line. */
function shrunk(ratio: number): number {
  if (ratio < 2 << ratioBits) return Math.imul(ratio, ratio) >>> (2 + 2 * ratioBits - outputBits);
  return (ratio >>> (ratioBits - outputBits)) - (1 << outputBits);
}

/** SignalFilterBankLog: natural logarithms, scaled. */
export const filterBankLog: KernelMaker = (call) => {
  const [values, out] = [input(call, 0).uint32, output(call).int16];
  const option = signalOptions(call);
  const [bits, scale] = [option('input_correction_bits'), option('output_scale')];
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = (values[index] << bits) >>> 0;
      out[index] = value > 1 ? Math.min(scaledLogarithm(value, scale), 32767) : 0;
    }
  };
};

/** 65536 x log2(1 + i / 128), less the straight line. */
const logarithmTable = Int32Array.from({ length: 130 }, (_none, index) =>
  index > 128 ? 0 : Math.round(65536 * Math.log2(1 + index / 128) - 512 * index),
);

/** Source: Log32() in TFLM's signal/src/log.cc. */
export function scaledLogarithm(value: number, scale: number): number {
  const whole = 31 - Math.clz32(value);
  const beyond = value - 2 ** whole;
  const fraction = whole < 16 ? beyond << (16 - whole) : beyond >>> (whole - 16);
  const segment = fraction >> 9;
  const [low, high] = [logarithmTable[segment], logarithmTable[segment + 1]];
  const binary = whole * 65536 + fraction + low + (((high - low) * (fraction - 512 * segment)) >> 16);
  const natural = Math.floor((45426 * binary + 32768) / 65536);
  return ((Math.imul(scale, natural) + 32768) >>> 0) >>> 16;
}
