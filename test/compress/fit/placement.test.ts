import { placeBuffers } from '../../../src/core/compress/fit/placement/placement';
import type { LiveBuffer } from '../../../src/core/compress/fit/placement/problem';
import { mulberry32 } from '../../../src/core/execute/mulberry32';
import { planGreedily } from '../../../src/core/runtimes/tflm/greedyPlanner';
import { check } from '../../support/check';

/** `[bytes, first step, last step]` */
type Row = readonly [number, number, number];

function live([bytes, first, last]: Row): LiveBuffer {
  return { bytes, first, last };
}

const never = (): boolean => false;

check(
  'placement: end of all buffers, and whether no placement is shorter',
  (rows: readonly Row[]) => {
    const { endBytes, isShortest } = placeBuffers(rows.map(live), never);
    return { endBytes, isShortest };
  },
  [
    { name: 'nothing', input: [], expected: { endBytes: 0, isShortest: true } },
    { name: 'one buffer', input: [[48, 0, 3]], expected: { endBytes: 48, isShortest: true } },
    {
      name: 'a chain takes its two largest neighbours',
      input: chain(32, 64, 16, 80),
      expected: { endBytes: 96, isShortest: true },
    },
    {
      // Alive: 64, 112, 80, 32.
      name: 'a buffer between two that never meet',
      input: [
        [64, 0, 1],
        [48, 1, 2],
        [32, 2, 3],
      ],
      expected: { endBytes: 112, isShortest: true },
    },
    {
      // The interpreter's planner takes the later first: the last two lie at 0, the second above the last at 16, and
      // the first, which meets the third and the second, at 32, so that 48 bytes are needed. Alive are 32.
      name: 'what is short and late is not placed first',
      input: [
        [16, 0, 2],
        [16, 2, 3],
        [16, 1, 1],
        [16, 3, 3],
      ],
      expected: { endBytes: 32, isShortest: true },
    },
    {
      name: 'unused tensors, which live at no step, share all bytes with those that run',
      input: [
        [32, -1, -1],
        [16, 0, 1],
      ],
      expected: { endBytes: 32, isShortest: true },
    },
  ],
);

function chain(...bytes: readonly number[]): readonly Row[] {
  return bytes.map((size, index) => [size, index, index + 1]);
}

check(
  'placement: random buffers',
  (seed: number) => {
    const buffers = randomBuffers(seed);
    const { offsets, endBytes } = placeBuffers(buffers, never);
    const greedy = planGreedily(buffers);
    return {
      overlaps: overlapCount(buffers, offsets),
      end: endOf(buffers, offsets) === endBytes,
      notLongerThanGreedy: endBytes <= endOf(buffers, greedy),
      notBelowAlive: endBytes >= mostAlive(buffers),
    };
  },
  Array.from({ length: 60 }, (_, seed) => ({
    name: `seed ${seed}`,
    input: seed,
    expected: { overlaps: 0, end: true, notLongerThanGreedy: true, notBelowAlive: true },
  })),
);

check(
  'placement: a search that is called off gives what it has',
  (rows: readonly Row[]) => {
    const { offsets, isShortest } = placeBuffers(rows.map(live), () => true);
    return { overlaps: overlapCount(rows.map(live), offsets), isShortest };
  },
  [{ name: 'the best of the plain orders', input: chain(32, 64, 16, 80), expected: { overlaps: 0, isShortest: true } }],
);

check(
  'placement: as short as the best of all orders',
  (seed: number) => {
    const buffers = randomBuffers(seed).slice(0, 6);
    return placeBuffers(buffers, never).endBytes === Math.min(...orders(buffers.length).map(lowestEnd(buffers)));
  },
  Array.from({ length: 25 }, (_, index) => ({ name: `seed ${100 + index}`, input: 100 + index, expected: true })),
);

function orders(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, place) => [...order.slice(0, place), count - 1, ...order.slice(place)]),
  );
}

/** End of the placement in an order, each buffer as low as those before it allow: some order gives the shortest. */
function lowestEnd(buffers: readonly LiveBuffer[]): (order: readonly number[]) => number {
  return (order) => {
    const placed: (LiveBuffer & { readonly offset: number })[] = [];
    for (const index of order) {
      const { bytes, first, last } = buffers[index];
      const beside = placed.filter((other) => other.first <= last && first <= other.last);
      const starts = [0, ...beside.map((other) => other.offset + other.bytes)].sort((a, b) => a - b);
      const offset = starts.find((start) =>
        beside.every((other) => other.offset >= start + bytes || other.offset + other.bytes <= start),
      );
      placed.push({ ...buffers[index], offset: offset ?? 0 });
    }
    return Math.max(...placed.map(({ offset, bytes }) => offset + bytes));
  };
}

function randomBuffers(seed: number): readonly LiveBuffer[] {
  const random = mulberry32(seed);
  return Array.from({ length: 3 + Math.floor(random() * 12) }, () => {
    const first = Math.floor(random() * 10);
    return { bytes: 16 * (1 + Math.floor(random() * 12)), first, last: first + Math.floor(random() * 5) };
  });
}

function overlapCount(buffers: readonly LiveBuffer[], offsets: ArrayLike<number>): number {
  let count = 0;
  buffers.forEach((a, i) =>
    buffers.slice(i + 1).forEach((b, k) => {
      const j = i + 1 + k;
      const together = a.first <= b.last && b.first <= a.last;
      if (together && offsets[i] < offsets[j] + b.bytes && offsets[j] < offsets[i] + a.bytes) count++;
    }),
  );
  return count;
}

function endOf(buffers: readonly LiveBuffer[], offsets: ArrayLike<number>): number {
  return buffers.reduce((end, { bytes }, index) => Math.max(end, offsets[index] + bytes), 0);
}

function mostAlive(buffers: readonly LiveBuffer[]): number {
  const alive = (step: number): number =>
    buffers.filter(({ first, last }) => first <= step && step <= last).reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.max(...buffers.map(({ first }) => alive(first)));
}
