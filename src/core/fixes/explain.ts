import type { FixMaker } from './fix';

/** Shows what a rule is about. */
export const explain: FixMaker = {
  id: 'explain',
  // What a board said explains itself.
  isFor: ({ code }) => !code.startsWith('board-'),
  make: ({ finding: { code } }) => [{ title: `Explain "${code}"`, command: { id: 'explainRule', code } }],
};
