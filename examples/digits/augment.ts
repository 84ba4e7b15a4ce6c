import { imagePixels, imageSize } from './data';

const centre = (imageSize - 1) / 2;

/** How far a training image is moved, turned and scaled at most, each by a uniform draw. */
const shiftPixels = 1.5;
const turnRadians = 0.15;
const scaleChange = 0.1;

/** `image` slightly moved, turned and scaled, as another hand would have written it; written into `target`. */
export function writeVaried(image: Float32Array, random: () => number, target: Float32Array): void {
  const spread = (most: number): number => (2 * random() - 1) * most;
  const turn = spread(turnRadians);
  const scale = 1 + spread(scaleChange);
  const [shiftX, shiftY] = [spread(shiftPixels), spread(shiftPixels)];
  const [along, across] = [Math.cos(turn) / scale, Math.sin(turn) / scale];
  for (let index = 0; index < imagePixels; index++) {
    const x = (index % imageSize) - centre - shiftX;
    const y = Math.floor(index / imageSize) - centre - shiftY;
    target[index] = sample(image, centre + along * x + across * y, centre + along * y - across * x);
  }
}

/** Bilinear interpolation; paper outside the image. */
function sample(image: Float32Array, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - column, y - row];
  const upper = pixel(image, column, row) * (1 - right) + pixel(image, column + 1, row) * right;
  const lower = pixel(image, column, row + 1) * (1 - right) + pixel(image, column + 1, row + 1) * right;
  return upper * (1 - down) + lower * down;
}

function pixel(image: Float32Array, column: number, row: number): number {
  const inside = column >= 0 && row >= 0 && column < imageSize && row < imageSize;
  return inside ? image[row * imageSize + column] : 0;
}
