import { check } from '../support/check';
import { boardRatios } from './boardRatios';
import type { ScaleRow } from './timingRows';

function row(board: string, engine: string, ratio: number, isTflm = false): ScaleRow {
  return { board, engine, benchmark: 'KWS', ratio, isTflm };
}

check(
  'ratios of boards, apart from what is peculiar to engines',
  (rows: readonly ScaleRow[]) => {
    const { factors, corrected } = boardRatios(rows);
    const rounded = (value: number): number => Number(value.toFixed(3));
    return {
      factors: Object.fromEntries([...factors].map(([board, factor]) => [board, rounded(factor)])),
      corrected: rows.map((each) => rounded(corrected(each))),
    };
  },
  [
    {
      name: 'the median run of a board; one engine on one board tells nothing of itself',
      input: [row('a', 'x', 2, true), row('a', 'y', 2, true), row('a', 'z', 4, true)],
      expected: { factors: { a: 2 }, corrected: [2, 2, 4] },
    },
    {
      name: 'an engine whose run on the reference board was 8 times as slow: two boards against one that shows nothing take (1/8)^(2/3) = 1/4 out',
      input: [
        ...['x', 'y', 'z'].flatMap((engine) => [row('c', engine, 1, true), row('d', engine, 1, true)]),
        row('c', 's', 0.125),
        row('d', 's', 0.125),
      ],
      expected: { factors: { c: 1, d: 1 }, corrected: [1, 1, 1, 1, 1, 1, 0.5, 0.5] },
    },
    {
      name: 'runs of TFLM itself are never corrected',
      input: [row('a', 'tflm', 3, true), row('b', 'tflm', 3, true)],
      expected: { factors: { a: 3, b: 3 }, corrected: [3, 3] },
    },
  ],
);
