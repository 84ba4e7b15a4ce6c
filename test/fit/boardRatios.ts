import { median } from './statistics';
import type { ScaleRow } from './timingRows';

/** What the runs of several engines say of boards, told apart from what is peculiar to an engine. */
export interface BoardRatios {
  /** Cycles of a board over those of the reference board's formula. */
  readonly factors: ReadonlyMap<string, number>;
  /**
   * The ratio of a run without what its engine does with this model on the reference board (1 where no other board
   * tells).
   */
  readonly corrected: (row: ScaleRow) => number;
}

const rounds = 50;

/**
 * Median polish of the logarithms: ratio of a run = ratio of the board x peculiarity of the engine with the model. An
 * engine that is slow with a model on the reference board makes every other board look fast, by the same factor. Boards
 * are medians; peculiarities are means over boards, drawn towards none by one board that shows none (n / (n + 1)). Runs
 * of TFLM itself have none.
 */
export function boardRatios(rows: readonly ScaleRow[]): BoardRatios {
  const boards = new Map<string, number>();
  const engines = new Map<string, number>();
  const rest = (row: ScaleRow): number => Math.log(row.ratio) - (engines.get(keyOf(row)) ?? 0);
  for (let round = 0; round < rounds; round++) {
    for (const [board, own] of grouped(rows, (row) => row.board)) boards.set(board, median(own.map(rest)));
    const others = rows.filter((row) => !row.isTflm);
    for (const [key, own] of grouped(others, keyOf)) engines.set(key, peculiarity(own, boards));
  }
  return {
    factors: new Map([...boards].map(([board, log]) => [board, Math.exp(log)])),
    corrected: (row) => Math.exp(rest(row)),
  };
}

function peculiarity(rows: readonly ScaleRow[], boards: ReadonlyMap<string, number>): number {
  const ofBoards = [...grouped(rows, ({ board }) => board).values()].map((own) =>
    mean(own.map(({ board, ratio }) => Math.log(ratio) - (boards.get(board) ?? 0))),
  );
  return ofBoards.reduce((sum, each) => sum + each, 0) / (ofBoards.length + 1);
}

function keyOf({ engine, benchmark }: ScaleRow): string {
  return `${engine} ${benchmark}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function grouped(rows: readonly ScaleRow[], keyOfRow: (row: ScaleRow) => string): ReadonlyMap<string, ScaleRow[]> {
  const groups = new Map<string, ScaleRow[]>();
  for (const row of rows) groups.set(keyOfRow(row), [...(groups.get(keyOfRow(row)) ?? []), row]);
  return groups;
}
