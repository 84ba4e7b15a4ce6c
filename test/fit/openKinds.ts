import type { ScaleOfRow } from './boardScales';
import { median } from './statistics';

/** Of boards that were left out, so much of their runs lies within the reach; each board counts the same. */
const covered = 0.9;

/** Fewer boards that another one with their core predicts tell no reach. */
const fewestBoards = 3;

/**
 * How far runs of a board lie from what the other boards with its core say, as a logarithm: what nine tenths of them
 * keep to. `undefined` where too few boards tell.
 */
export function reachOfBoards(plain: readonly ScaleOfRow[], levelOf: (row: ScaleOfRow) => string): number | undefined {
  const boards = [...new Set(plain.map(({ board }) => board))];
  const left = boards.flatMap((board) => {
    const others = plain.filter((row) => row.board !== board);
    const logs = plain
      .filter((row) => row.board === board)
      .flatMap((row) => {
        const factor = factorOf(others, levelOf, levelOf(row)) ?? factorOf(others, ({ key }) => key, row.key);
        return factor === undefined ? [] : [Math.abs(Math.log(row.ratio / factor))];
      });
    return logs.length === 0 ? [] : [logs];
  });
  if (left.length < fewestBoards) return undefined;
  const weighted = left.flatMap((logs) => logs.map((log) => ({ log, weight: 1 / (logs.length * left.length) })));
  weighted.sort((a, b) => a.log - b.log);
  let share = 0;
  for (const { log, weight } of weighted) {
    share += weight;
    if (share >= covered - 1e-9) return log;
  }
  return weighted.at(-1)?.log;
}

/** The median of boards of one kind, as scales of reference kernels are. */
function factorOf(rows: readonly ScaleOfRow[], kindOf: (row: ScaleOfRow) => string, kind: string): number | undefined {
  const own = rows.filter((row) => kindOf(row) === kind);
  const boards = [...new Set(own.map(({ board }) => board))];
  if (boards.length === 0) return undefined;
  return median(boards.map((board) => median(own.filter((row) => row.board === board).map(({ ratio }) => ratio))));
}
