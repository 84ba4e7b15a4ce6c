import { digitCount, imageOf, imagePixels } from './data';
import type { Digits } from './data';

/** Anything that executes a model: bytes of its inputs to bytes of its outputs. */
export interface Classifier {
  run(inputs: readonly Uint8Array[]): Promise<Uint8Array[]>;
}

/**
 * How many of `digits` a float model names right: the digit of the largest output, the lower one of two that are equal.
 */
export async function countCorrect(classifier: Classifier, digits: Digits): Promise<number> {
  let correct = 0;
  for (let index = 0; index < digits.count; index++) {
    const image = imageOf(digits, index);
    const [output] = await classifier.run([new Uint8Array(image.buffer, image.byteOffset, imagePixels * 4)]);
    const values = new Float32Array(output.slice().buffer, 0, digitCount);
    if (values.indexOf(Math.max(...values)) === digits.labels[index]) correct++;
  }
  return correct;
}
