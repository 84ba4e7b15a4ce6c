import { indexImages, mergedBytes, setBytes, totalBytes } from '../../../src/core/runtimes/tflm/codeImages';
import { check } from '../../support/check';

/** Three operators: A and B share a helper, all share strings; C is alone with a library function. */
const table = indexImages({
  operators: ['A', 'B', 'C'],
  groups: [[0], [1], [2], [0, 1], [0, 1, 2]],
  images: {
    'core|build': {
      base: 1000,
      parts: { kernels: [0, 100, 1, 200, 2, 400, 3, 10], libraries: [2, 50], strings: [0, 8, 1, 16, 4, 4] },
    },
  },
});

check(
  'bytes of a set of operators',
  (names: readonly string[]) => {
    const set = new Set(names.map((name) => table.operators.indexOf(name)));
    return setBytes(table, table.images.get('core|build')!, set);
  },
  [
    {
      name: 'none',
      input: [],
      expected: {
        byOrigin: { kernels: 0, kernelLibrary: 0, libraries: 0, registration: 0, strings: 0 },
        largestStrings: 0,
      },
    },
    {
      name: 'one: its own and the shared ones',
      input: ['A'],
      expected: {
        byOrigin: { kernels: 110, kernelLibrary: 0, libraries: 0, registration: 0, strings: 12 },
        largestStrings: 12,
      },
    },
    {
      name: 'two: what they share counts once',
      input: ['A', 'B'],
      expected: {
        byOrigin: { kernels: 310, kernelLibrary: 0, libraries: 0, registration: 0, strings: 28 },
        largestStrings: 20,
      },
    },
    {
      name: 'all',
      input: ['C', 'A', 'B'],
      expected: {
        byOrigin: { kernels: 710, kernelLibrary: 0, libraries: 50, registration: 0, strings: 28 },
        largestStrings: 20,
      },
    },
  ],
);

check(
  'bytes after equal strings are merged',
  (overlap: number) => {
    const image = table.images.get('core|build')!;
    return totalBytes(mergedBytes(setBytes(table, image, new Set([0, 1])), overlap));
  },
  [
    { name: 'nothing in common', input: 0, expected: 338 },
    { name: 'half of the 28 - 20 bytes beyond the largest', input: 0.5, expected: 334 },
    { name: 'all of them', input: 1, expected: 330 },
  ],
);
