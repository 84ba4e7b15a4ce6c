import { hannWindow, magnitudes } from './fourier';

/**
 * Features of the MLPerf Tiny keyword spotting benchmark: the clip divided by its largest sample; frames of 480 samples
 * every 320; periodic Hann window; magnitudes of a Fourier transform of 512; 40 mel triangles from 20 to 4000 Hz (HTK
 * mel scale, without DC); ln(x + 1e-6); DCT-II times sqrt(2/40), the first ten. Source: mlcommons/tiny,
 * keyword_spotting/get_dataset.py.
 */
export const mfccFacts = {
  hertz: 16000,
  frame: 480,
  hop: 320,
  transform: 512,
  mels: 40,
  low: 20,
  high: 4000,
  kept: 10,
} as const;

/** One row of ten coefficients a frame. */
export function mfcc(samples: Float32Array): Float32Array {
  const { frame, hop, kept, transform } = mfccFacts;
  const frames = Math.max(0, 1 + Math.floor((samples.length - frame) / hop));
  const largest = samples.reduce((most, value) => Math.max(most, value), 0);
  const factor = largest === 0 ? 0 : 1 / largest;
  const features = new Float32Array(frames * kept);
  for (let row = 0; row < frames; row++) {
    const part = samples.subarray(row * hop, row * hop + frame);
    const windowed = Float64Array.from(part, (value, index) => value * factor * hann[index]);
    features.set(cosineTransform(logMels(magnitudes(windowed, transform))), row * kept);
  }
  return features;
}

const hann = hannWindow(mfccFacts.frame);

const melMatrix = makeMelMatrix();

function makeMelMatrix(): readonly Float64Array[] {
  const { mels, low, high, hertz, transform } = mfccFacts;
  const mel = (frequency: number): number => 1127 * Math.log(1 + frequency / 700);
  const edge = (index: number): number => mel(low) + ((mel(high) - mel(low)) * index) / (mels + 1);
  return Array.from({ length: mels }, (_, index) =>
    Float64Array.from({ length: transform / 2 + 1 }, (_, bin) => {
      if (bin === 0) return 0;
      const position = mel((bin * hertz) / transform);
      const [left, middle, right] = [edge(index), edge(index + 1), edge(index + 2)];
      return Math.max(0, Math.min((position - left) / (middle - left), (right - position) / (right - middle)));
    }),
  );
}

function logMels(spectrum: Float64Array): Float64Array {
  return Float64Array.from(melMatrix, (row) =>
    Math.log(row.reduce((sum, weight, bin) => sum + weight * spectrum[bin], 0) + 1e-6),
  );
}

function cosineTransform(values: Float64Array): Float32Array {
  const count = values.length;
  return Float32Array.from(
    { length: mfccFacts.kept },
    (_, order) =>
      values.reduce((sum, value, index) => sum + value * Math.cos((Math.PI * order * (index + 0.5)) / count), 0) *
      Math.sqrt(2 / count),
  );
}
