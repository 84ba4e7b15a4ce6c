import type { Picture } from './pictureFile';

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A picture of real numbers, RGB row by row. */
interface ResizedPicture extends PictureSize {
  readonly rgb: Float32Array;
}

/** The largest middle part of a picture that has the proportions of `size`. */
export function cropPicture(picture: Picture, size: PictureSize): Picture {
  const scale = Math.min(picture.width / size.width, picture.height / size.height);
  const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)];
  const [left, top] = [(picture.width - width) >> 1, (picture.height - height) >> 1];
  const rgb = new Uint8ClampedArray(3 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 3 * ((top + row) * picture.width + left);
    rgb.set(picture.rgb.subarray(from, from + 3 * width), 3 * row * width);
  }
  return { width, height, rgb };
}

/**
 * Bilinear interpolation, over a wider triangle where the picture shrinks, so that nothing between the sampled points
 * is lost.
 */
export function resizePicture(picture: Picture, { width, height }: PictureSize): ResizedPicture {
  const columns = weights(picture.width, width);
  const rows = weights(picture.height, height);
  const narrow = new Float32Array(3 * width * picture.height);
  for (let row = 0; row < picture.height; row++) {
    columns.forEach((taps, column) => {
      for (const { index, weight } of taps) {
        for (let channel = 0; channel < 3; channel++) {
          narrow[3 * (row * width + column) + channel] +=
            weight * picture.rgb[3 * (row * picture.width + index) + channel];
        }
      }
    });
  }
  const rgb = new Float32Array(3 * width * height);
  rows.forEach((taps, row) => {
    for (const { index, weight } of taps) {
      for (let at = 0; at < 3 * width; at++) rgb[3 * row * width + at] += weight * narrow[3 * index * width + at];
    }
  });
  return { width, height, rgb };
}

interface Tap {
  readonly index: number;
  readonly weight: number;
}

/** Which of `from` places make up each of `to`, by a triangle around its middle; weights of one place add up to 1. */
function weights(from: number, to: number): readonly (readonly Tap[])[] {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  return Array.from({ length: to }, (_, place) => {
    const middle = (place + 0.5) * ratio;
    const first = Math.max(0, Math.floor(middle - reach));
    const last = Math.min(from - 1, Math.ceil(middle + reach));
    const taps: Tap[] = [];
    for (let index = first; index <= last; index++) {
      const weight = 1 - Math.abs(index + 0.5 - middle) / reach;
      if (weight > 0) taps.push({ index, weight });
    }
    const sum = taps.reduce((total, { weight }) => total + weight, 0);
    return taps.map(({ index, weight }) => ({ index, weight: weight / sum }));
  });
}
