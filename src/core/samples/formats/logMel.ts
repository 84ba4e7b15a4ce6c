import { hannWindow, magnitudes } from './fourier';

/**
 * Features of the MLPerf Tiny anomaly detection benchmark: frames of 1024 samples every 512, periodic Hann window,
 * power of a Fourier transform, 128 mel triangles of equal area from 0 to 8000 Hz (Slaney mel scale), 10 log10(x +
 * 2.2e-16). The sound is filled up by half a frame of its mirror image at both ends. Source: mlcommons/tiny,
 * anomaly_detection/common.py, and the defaults of librosa that it uses.
 */
export const logMelFacts = { hertz: 16000, frame: 1024, hop: 512, mels: 128, high: 8000 } as const;

/** One row of 128 values a frame. */
export function logMel(samples: Float32Array): Float32Array {
  const { frame, hop, mels } = logMelFacts;
  const padded = mirrorSamples(samples, frame / 2);
  const frames = samples.length === 0 ? 0 : 1 + Math.floor((padded.length - frame) / hop);
  const features = new Float32Array(frames * mels);
  for (let row = 0; row < frames; row++) {
    const part = padded.subarray(row * hop, row * hop + frame);
    const spectrum = magnitudes(
      Float64Array.from(part, (value, index) => value * hann[index]),
      frame,
    );
    features.set(logPowers(spectrum), row * mels);
  }
  return features;
}

/** `count` more samples at both ends, as if there were mirrors on the first and the last one. */
function mirrorSamples(samples: Float32Array, count: number): Float32Array {
  const period = Math.max(1, 2 * (samples.length - 1));
  return Float32Array.from({ length: samples.length + 2 * count }, (_, place) => {
    const index = (((place - count) % period) + period) % period;
    return samples[Math.min(index, period - index)];
  });
}

const hann = hannWindow(logMelFacts.frame);

function logPowers(spectrum: Float64Array): Float64Array {
  return Float64Array.from(melMatrix, ({ first, weights }) => {
    const power = weights.reduce((sum, weight, place) => sum + weight * spectrum[first + place] ** 2, 0);
    return 10 * Math.log10(power + 2.2e-16);
  });
}

interface MelRow {
  /** Bin of the first weight. */
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * Slaney's mel scale is linear below 1000 Hz (200 / 3 Hz a mel) and logarithmic above (27 mels for a factor of 6.4).
 */
const linear = 200 / 3;
const bend = 1000;
const step = Math.log(6.4) / 27;

const melMatrix: readonly MelRow[] = makeMelMatrix();

function makeMelMatrix(): readonly MelRow[] {
  const { mels, high, hertz, frame } = logMelFacts;
  const edges = Array.from({ length: mels + 2 }, (_, index) => hertzOf((melOf(high) * index) / (mels + 1)));
  return Array.from({ length: mels }, (_, index) => {
    const [left, middle, right] = edges.slice(index, index + 3);
    const all = Float64Array.from({ length: frame / 2 + 1 }, (_, bin) => {
      const position = (bin * hertz) / frame;
      const height = Math.min((position - left) / (middle - left), (right - position) / (right - middle));
      return (Math.max(0, height) * 2) / (right - left);
    });
    const used = [...all.keys()].filter((bin) => all[bin] > 0);
    const first = used[0] ?? 0;
    return { first, weights: all.subarray(first, first + used.length) };
  });
}

function melOf(frequency: number): number {
  return frequency < bend ? frequency / linear : bend / linear + Math.log(frequency / bend) / step;
}

function hertzOf(mel: number): number {
  const mels = mel - bend / linear;
  return mels < 0 ? mel * linear : bend * Math.exp(step * mels);
}
