import type { FixMaker } from './fix';

/** What a board said goes with its next good run, or at once. */
export const forgetBoard: FixMaker = {
  id: 'forget-board',
  isFor: ({ code }) => code.startsWith('board-'),
  make: () => [{ title: 'Forget what the board reported', command: { id: 'clearBoardProblems' } }],
};
