import { check } from '../support/check';
import type { ScaleOfRow } from './boardScales';
import { reachOfBoards } from './openKinds';

type Run = readonly [board: string, level: string, ratio: number];

const rows = new Map<ScaleOfRow, string>();

/** Runs on boards with one core. */
function runsOf(runs: readonly Run[]): readonly ScaleOfRow[] {
  return runs.map(([board, level, ratio]) => {
    const row = { board, key: 'core', ratio } as ScaleOfRow;
    rows.set(row, level);
    return row;
  });
}

check(
  'how far runs lie from what the other boards with their core say, as a ratio',
  (runs: readonly Run[]) => {
    const reach = reachOfBoards(runsOf(runs), (row) => rows.get(row) ?? '');
    return reach && Number(Math.exp(reach).toFixed(4));
  },
  [
    {
      name: 'three boards, each beside the middle of the two others: 1.1 / 0.95, 1 / 1, 1.05 / 0.9 = 1.1667',
      input: [
        ['a', 'O3', 1.1],
        ['b', 'O3', 1],
        ['c', 'O3', 0.9],
      ],
      expected: 1.1667,
    },
    {
      name: 'the same level first: 1 / 1 and 1 / 1; a board alone with its level beside all others: 1.5 / 1',
      input: [
        ['a', 'O3', 1],
        ['b', 'O3', 1],
        ['c', 'Os', 1.5],
      ],
      expected: 1.5,
    },
    {
      name: 'two boards tell none',
      input: [
        ['a', 'O3', 1.1],
        ['b', 'O3', 1],
      ],
      expected: undefined,
    },
  ],
);
