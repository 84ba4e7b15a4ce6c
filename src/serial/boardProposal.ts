import type { Board } from '../core/boards/board';

type Named = Pick<Board, 'id' | 'name'>;

/** What is known when a port is opened. */
interface Connected {
  /** As the user knows it: `ttyACM0`. */
  readonly port: string;
  /** The boards that it may be, by its USB ids. */
  readonly boards: readonly Named[];
  /** The board that models are estimated for. */
  readonly chosen?: Named;
  /** Ids of the boards that were proposed before. */
  readonly proposed: readonly string[];
}

/**
 * The one board that a port may be, where it was not proposed before: what can be told before anything else is looked
 * up. Ids of a bridge chip that many boards have name none.
 */
export function proposable<Each extends Pick<Board, 'id'>>(
  boards: readonly Each[],
  proposed: readonly string[],
): Each | undefined {
  return boards.length === 1 && !proposed.includes(boards[0].id) ? boards[0] : undefined;
}

/**
 * The board to propose as the one to estimate for, and the sentence that does it. Nothing where the ids belong to a
 * bridge chip that many boards have, where the board is chosen already, or where it was proposed before: nobody is
 * asked twice.
 */
export function boardProposal({
  port,
  boards,
  chosen,
  proposed,
}: Connected): { readonly board: string; readonly sentence: string } | undefined {
  const board = proposable(boards, proposed);
  if (board === undefined || board.id === chosen?.id) return undefined;
  const now =
    chosen === undefined ? 'Models are not estimated for a board yet.' : `Models are estimated for ${chosen.name} now.`;
  return { board: board.id, sentence: `${board.name} is connected at ${port}. ${now}` };
}
