import { planGreedily } from '../../../src/core/runtimes/tflm/greedyPlanner';
import { planLinearly } from '../../../src/core/runtimes/tflm/linearPlanner';
import { check } from '../../support/check';

/** `[bytes, first step, last step, offset fixed beforehand]` */
type Row = readonly [number, number, number, number?];

function buffer([bytes, first, last, fixedOffset]: Row): Parameters<typeof planGreedily>[0][number] {
  return { bytes, first, last, ...(fixedOffset === undefined ? {} : { fixedOffset }) };
}

check('greedy planner: offsets in the order of the buffers', (rows: readonly Row[]) => planGreedily(rows.map(buffer)), [
  { name: 'nothing to place', input: [], expected: [] },
  { name: 'one buffer lies at the start', input: [[16, 0, 0]], expected: [0] },
  {
    name: 'buffers that never live together share memory',
    input: [
      [32, 0, 1],
      [32, 2, 3],
    ],
    expected: [0, 0],
  },
  {
    name: 'of equal sizes the later is placed first',
    input: [
      [16, 0, 1],
      [16, 1, 2],
    ],
    expected: [16, 0],
  },
  {
    name: 'larger buffers are placed first, smaller ones after them',
    input: [
      [16, 0, 1],
      [48, 1, 2],
      [32, 2, 3],
    ],
    expected: [48, 0, 48],
  },
  {
    // 64 and 48 take the start; 32 finds no gap in step 1 but one above 48 in step 3, below the end of 64.
    name: 'a gap that is large enough is used',
    input: [
      [64, 0, 1],
      [48, 2, 3],
      [32, 1, 1],
      [16, 3, 3],
    ],
    expected: [0, 0, 64, 48],
  },
  {
    // The fixed buffer leaves 16 bytes free below it: too little for 32, which goes above; the 16 fit.
    name: 'fixed offsets come first and the rest is placed around them',
    input: [
      [32, 0, 1],
      [16, 0, 1],
      [64, 0, 1, 16],
    ],
    expected: [80, 0, 16],
  },
  {
    name: 'a fixed buffer may overlap another fixed one: the file is believed',
    input: [
      [32, 0, 1, 0],
      [32, 0, 1, 16],
    ],
    expected: [0, 16],
  },
  {
    // Kept by offset: 0 … 32 and 64 … 96, whichever was placed first; the gap between them is just large enough.
    name: 'a gap between fixed buffers that were given from above downwards',
    input: [
      [32, 0, 1, 64],
      [32, 0, 1, 0],
      [32, 0, 1],
    ],
    expected: [64, 0, 32],
  },
  {
    // Given in the middle: 0, 128 and then 64.
    name: 'a fixed buffer between two others',
    input: [
      [64, 0, 1, 0],
      [64, 0, 1, 128],
      [32, 0, 1, 64],
      [64, 0, 1],
      [32, 0, 1],
    ],
    expected: [0, 128, 64, 192, 96],
  },
  {
    // The end of the larger counts, though the smaller comes later in the list.
    name: 'behind two that begin at the same place',
    input: [
      [64, 0, 1, 0],
      [16, 0, 1, 0],
      [16, 0, 1],
    ],
    expected: [0, 0, 64],
  },
  {
    name: 'unused tensors (never to never) overlap one another only',
    input: [
      [16, -1, -1],
      [16, -1, -1],
      [16, 0, 5],
    ],
    expected: [16, 0, 0],
  },
]);

check('linear planner: one buffer after the other', (rows: readonly Row[]) => planLinearly(rows.map(buffer)), [
  { name: 'nothing to place', input: [], expected: [] },
  {
    name: 'nothing is shared',
    input: [
      [32, 0, 0],
      [16, 5, 6],
      [48, 1, 2],
    ],
    expected: [0, 32, 48],
  },
]);
