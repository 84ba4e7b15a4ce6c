import { Tail } from '../../../src/core/runtimes/tflm/tail';
import { check } from '../../support/check';

type Step = (tail: Tail) => void;

const four = { bytes: 6, alignment: 4 };

check(
  'the end of the arena: bytes after each step, and what they are for',
  (steps: readonly Step[]) => {
    const tail = new Tail();
    const used = steps.map((step) => {
      step(tail);
      return tail.usedBytes;
    });
    return { used, parts: tail.parts().map(({ kind, bytes, count }) => [kind, bytes, count]) };
  },
  [
    { name: 'nothing', input: [], expected: { used: [], parts: [] } },
    {
      // 6 to 8; 8 + 12 = 20.
      name: 'structures in one piece are aligned once',
      input: [
        (tail) => tail.allocate('operator parameters', four),
        (tail) => tail.allocate('tensor structures', four, 2),
      ],
      expected: {
        used: [8, 20],
        parts: [
          ['operator parameters', 8, 1],
          ['tensor structures', 12, 1],
        ],
      },
    },
    {
      // 5 to 16; 16 + 6 = 22 to 24; 24 + 1 = 25 to 32: what alignment loses counts with what was asked for.
      name: 'buffers at 16, kinds in the order of the first',
      input: [
        (tail) => tail.allocateBuffer('operator state', 5),
        (tail) => tail.allocate('operator parameters', four),
        (tail) => tail.allocateBuffer('operator state', 1),
      ],
      expected: {
        used: [16, 24, 32],
        parts: [
          ['operator state', 24, 2],
          ['operator parameters', 8, 1],
        ],
      },
    },
    {
      name: 'a buffer of no bytes is aligned too',
      input: [
        (tail) => tail.allocate('operator parameters', four),
        (tail) => tail.allocateBuffer('operator buffers', 0),
      ],
      expected: {
        used: [8, 16],
        parts: [
          ['operator parameters', 8, 1],
          ['operator buffers', 8, 1],
        ],
      },
    },
  ],
);
