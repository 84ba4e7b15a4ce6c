import type { FileStamp, StillFileSource } from '../../src/host/analysis/stillFile';
import { waitUntilStill, workWhileStill } from '../../src/host/analysis/stillFile';
import { check } from '../support/check';

/**
 * A file whose size at each look is given; the last one stays. Its time is the number of the first look with that size.
 */
function fileWithSizes(sizes: readonly number[]): StillFileSource & { readonly pauses: () => number } {
  let looks = 0;
  let pauses = 0;
  return {
    stat: () => {
      const size = sizes[Math.min(looks, sizes.length - 1)];
      looks++;
      return Promise.resolve({ size, mtime: sizes.indexOf(size) });
    },
    pause: () => {
      pauses++;
      return Promise.resolve();
    },
    pauses: () => pauses,
  };
}

check(
  'wait until still',
  async (sizes: readonly number[]) => {
    const file = fileWithSizes(sizes);
    const { size } = await waitUntilStill(file);
    return { size, pauses: file.pauses() };
  },
  [
    { name: 'a file that rests is waited for once', input: [7], expected: { size: 7, pauses: 1 } },
    { name: 'a growing file is waited for until it rests', input: [1, 2, 3, 4], expected: { size: 4, pauses: 4 } },
    {
      name: 'a file that never rests is given up after two hundred pauses',
      input: Array.from({ length: 300 }, (_unused, index) => index),
      expected: { size: 200, pauses: 200 },
    },
  ],
);

/** Works on a file: notes the sizes it was asked to work on, and fails on those in `failing`. */
async function worked(sizes: readonly number[], failing: readonly number[] = []): Promise<unknown> {
  const seen: number[] = [];
  const result = await workWhileStill(fileWithSizes(sizes), (stamp: FileStamp) => {
    seen.push(stamp.size);
    if (failing.includes(stamp.size)) throw new Error(`cut short at ${stamp.size}`);
    return Promise.resolve(stamp.size);
  });
  return { seen, result };
}

check('work while still', (run: () => Promise<unknown>) => run(), [
  { name: 'work on a still file is done once', input: () => worked([5]), expected: { seen: [5], result: 5 } },
  {
    name: 'work on a file that changed meanwhile is done again once it rests',
    input: () => worked([1, 2, 3, 3]),
    expected: { seen: [1, 3], result: 3 },
  },
  {
    name: 'a failure on a half-written file does not count',
    input: () => worked([1, 2, 2], [1]),
    expected: { seen: [1, 2], result: 2 },
  },
  { name: 'a failure on a still file counts', input: () => worked([4], [4]), fails: 'cut short at 4' },
]);
