import type { Board } from '../../core/boards/board';
import { knownCore } from '../../core/boards/cores';
import { bytesText, hertzText } from '../../core/text/units';
import type { DetectedBoard } from './detectedBoards';

/** One row of the board picker: a heading, a board, or the choice of none. */
export type BoardItem =
  | { readonly type: 'heading'; readonly label: string }
  | {
      readonly type: 'board';
      /** Absent for "no board". */
      readonly board?: string;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
      readonly isChosen: boolean;
    };

/** The rows of the picker: what is plugged in first, then the boards of each vendor. */
export function boardItems(
  boards: readonly Board[],
  chosen: string | undefined,
  detected: readonly DetectedBoard[],
): readonly BoardItem[] {
  const plugged = detected.flatMap(({ board: id, port }) => {
    const board = boards.find((each) => each.id === id);
    return board === undefined ? [] : [boardItem(board, chosen, `on ${port}`)];
  });
  const vendors = [...new Set(boards.map(({ vendor }) => vendor))];
  return [
    ...(plugged.length === 0 ? [] : [{ type: 'heading' as const, label: 'Plugged in' }, ...plugged]),
    ...vendors.flatMap((vendor): BoardItem[] => [
      { type: 'heading', label: vendor },
      ...boards.filter((board) => board.vendor === vendor).map((board) => boardItem(board, chosen)),
    ]),
    { type: 'heading', label: 'None' },
    {
      type: 'board',
      label: 'No board',
      description: '',
      detail: 'Costs without a budget, for the reference core',
      isChosen: chosen === undefined,
    },
  ];
}

function boardItem(board: Board, chosen: string | undefined, place?: string): BoardItem {
  const core = knownCore(board.core).name;
  const memory = [
    `${bytesText(board.largestContiguousRamBytes.value)} RAM in one piece`,
    ...(board.flashBytes === undefined ? [] : [`${bytesText(board.flashBytes.value)} flash`]),
  ];
  return {
    type: 'board',
    board: board.id,
    label: board.name,
    description: [board.mcu, ...(place === undefined ? [] : [place])].join(' '),
    detail: [core, hertzText(board.clockHz.value), ...memory].join(' · '),
    isChosen: board.id === chosen,
  };
}
