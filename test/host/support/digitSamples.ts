import { loadDigits, imagePixels, imageSize } from '../../../examples/digits/data';

/**
 * Digits that the sample model was not trained on, evenly spread over the ten kinds, as one `.npy` file of `count`
 * inputs.
 */
export function digitsNpy(count: number): Uint8Array {
  const { heldOut } = loadDigits();
  const images = new Float32Array(count * imagePixels);
  for (let place = 0; place < count; place++) {
    const from = Math.floor((place * heldOut.count) / count) * imagePixels;
    images.set(heldOut.images.subarray(from, from + imagePixels), place * imagePixels);
  }
  const shape = [count, imageSize, imageSize, 1].join(', ');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape}), }\n`;
  const text = new TextEncoder().encode(header);
  const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8];
  return Buffer.concat([Uint8Array.from(start), text, new Uint8Array(images.buffer)]);
}
