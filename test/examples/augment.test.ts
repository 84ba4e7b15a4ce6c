import { writeVaried } from '../../examples/digits/augment';
import { imagePixels, imageSize } from '../../examples/digits/data';
import { check } from '../support/check';

/**
 * Where a single dark pixel in row 10, column 5 goes: [row, column, grey to three places]. Draws in turn: turn, scale,
 * shift to the right, shift down; 0.5 leaves everything as it is.
 */
function moved(draws: readonly number[]): number[][] {
  const image = new Float32Array(imagePixels);
  image[10 * imageSize + 5] = 1;
  const target = new Float32Array(imagePixels);
  let next = 0;
  writeVaried(image, () => draws[next++], target);
  return [...target.entries()]
    .filter(([, grey]) => grey > 0.0005)
    .map(([index, grey]) => [Math.floor(index / imageSize), index % imageSize, Number(grey.toFixed(3))]);
}

check('a varied image', moved, [
  { name: 'the middle of every range changes nothing', input: [0.5, 0.5, 0.5, 0.5], expected: [[10, 5, 1]] },
  { name: 'two thirds of the way to the right: one pixel', input: [0.5, 0.5, 5 / 6, 0.5], expected: [[10, 6, 1]] },
  { name: 'one pixel up', input: [0.5, 0.5, 0.5, 1 / 6], expected: [[9, 5, 1]] },
  {
    name: 'half a pixel to the left: shared between two',
    input: [0.5, 0.5, 1 / 3, 0.5],
    expected: [
      [10, 4, 0.5],
      [10, 5, 0.5],
    ],
  },
  { name: 'out of the image', input: [0.5, 0.5, -3, 0.5], expected: [] },
]);
