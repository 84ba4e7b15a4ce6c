import type { CompressionKind } from '../kind';
import type { WithGoal } from '../goals/goal';
import { goalQuestion, goalText, limitKinds } from '../goals/goalKinds';

/** A ladder of compressions, what loses least first, up to the first that meets limits; a person takes one step. */
export const makingFit: CompressionKind<WithGoal> = {
  id: 'makeItFit',
  defaults: {},
  settings: [],
  // Fine-tuning ends with its best so far, which is measured and quantized.
  graceMs: 60_000,
  questions: {
    verb: 'Make fit',
    goal: {
      ...goalQuestion,
      kinds: limitKinds,
      placeHolder: 'What is the model to fit?',
      isOpen: ({ goal }) => goal === undefined,
      reopened: () => ({}),
    },
    syntheticWarning: 'Only steps that change outputs use them: their errors then mean little',
    toggles: [],
  },
  // A step that needs anything asks for itself: the first ones need nothing, and often are enough.
  needs: () => [],
  title: ({ goal }) => (goal === undefined ? 'Make it fit' : `Make it fit ${goalText(goal)}`),
  suffix: () => 'fit',
  words: () => ({
    learned: 'calibrated or tuned',
    unmeasured: 'Every step keeps all outputs as they are, bit for bit.',
  }),
  alternatives: () => [],
  changed: (options) => options,
  load: async () => (await import('../ladder/ladderWork')).ladderWork,
};
