/**
 * Features of the MLPerf Tiny keyword spotting benchmark: the clip divided by its largest sample; frames of 480 samples every 320;
 * periodic Hann window; magnitudes of a Fourier transform of 512; 40 mel triangles from 20 to 4000 Hz (HTK mel scale, without DC);
 * ln(x + 1e-6); DCT-II times sqrt(2/40), the first ten. Source: mlcommons/tiny, keyword_spotting/get_dataset.py.
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
  const { frame, hop, kept } = mfccFacts;
  const frames = Math.max(0, 1 + Math.floor((samples.length - frame) / hop));
  const largest = samples.reduce((most, value) => Math.max(most, value), 0);
  const factor = largest === 0 ? 0 : 1 / largest;
  const features = new Float32Array(frames * kept);
  for (let row = 0; row < frames; row++) {
    const magnitudes = spectrum(samples.subarray(row * hop, row * hop + frame), factor);
    features.set(cosineTransform(logMels(magnitudes)), row * kept);
  }
  return features;
}

const hann = Float64Array.from(
  { length: mfccFacts.frame },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / mfccFacts.frame),
);

/** Magnitudes of the first half of the transform, by the radix-2 algorithm in place (Cooley and Tukey). */
function spectrum(samples: Float32Array, factor: number): Float64Array {
  const size = mfccFacts.transform;
  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
  samples.forEach((value, index) => {
    real[reversed(index)] = value * factor * hann[index];
  });
  for (let half = 1; half < size; half *= 2) {
    for (let start = 0; start < size; start += 2 * half) {
      for (let offset = 0; offset < half; offset++) butterfly(real, imaginary, { low: start + offset, half, offset });
    }
  }
  return Float64Array.from({ length: size / 2 + 1 }, (_, bin) => Math.hypot(real[bin], imaginary[bin]));
}

function butterfly(
  real: Float64Array,
  imaginary: Float64Array,
  { low, half, offset }: { readonly low: number; readonly half: number; readonly offset: number },
): void {
  const high = low + half;
  const angle = (-Math.PI * offset) / half;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turnedReal = real[high] * cosine - imaginary[high] * sine;
  const turnedImaginary = real[high] * sine + imaginary[high] * cosine;
  real[high] = real[low] - turnedReal;
  imaginary[high] = imaginary[low] - turnedImaginary;
  real[low] += turnedReal;
  imaginary[low] += turnedImaginary;
}

/** The nine bits of an index in reverse. */
function reversed(index: number): number {
  let result = 0;
  for (let bit = 0; bit < 9; bit++) result |= ((index >> bit) & 1) << (8 - bit);
  return result;
}

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

function logMels(magnitudes: Float64Array): Float64Array {
  return Float64Array.from(melMatrix, (row) =>
    Math.log(row.reduce((sum, weight, bin) => sum + weight * magnitudes[bin], 0) + 1e-6),
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
