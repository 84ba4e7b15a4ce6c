import type { GoalQuestion, Questions, Toggle } from '../kind';
import { toggleValue } from '../toggles';
import { goalKinds, goalQuestion } from '../goals/goalKinds';
import type { PruneOptions } from './request';

const value = toggleValue<PruneOptions, keyof PruneOptions>;

/** What may be chosen about a pruning, the first value of each being the default. */
const toggles: readonly Toggle<PruneOptions>[] = [
  {
    name: 'Fine-tune afterwards',
    values: [
      value('repair', true, 'yes', 'The pruned model learns the original’s answers again, on the samples'),
      value('repair', false, 'no', 'Channels go, and their error stays'),
    ],
  },
  {
    name: 'Quantize the result to int8',
    values: [
      value('quantize', false, 'no', 'The result has the types of the original'),
      value('quantize', true, 'yes', 'Pruned, fine-tuned and quantized in one go'),
    ],
  },
  {
    name: 'Which channels matter least',
    values: [
      value('importance', 'auto', 'the best that the data allow', 'Chosen by what samples and engine allow'),
      value('importance', 'l1', 'L1 of the weights', 'Small weights matter least'),
      value('importance', 'l2', 'L2 of the weights', 'Small weights matter least, large ones count more'),
      value('importance', 'geometric-median', 'geometric median', 'Filters that others can stand in for'),
      value('importance', 'activation', 'activations', 'Channels whose variance the next layers would not miss'),
      value('importance', 'taylor', 'gradients', 'Channels that change the outputs least, to first order'),
    ],
  },
];

/** How far a model is to be pruned. */
const goal: GoalQuestion<PruneOptions> = {
  ...goalQuestion,
  placeHolder: 'How far is the model to be pruned?',
  kinds: goalKinds,
  isOpen: ({ goal: chosen, ratio, layers }) => chosen === undefined && ratio === undefined && layers.length === 0,
  reopened: (options) => ({ ...options, goal: undefined }),
};

/** What is asked before a pruning. */
export const questions: Questions<PruneOptions> = {
  verb: 'Prune',
  goal,
  syntheticWarning: 'Only for trying out: nothing can be fine-tuned on them, and what is measured means little',
  toggles,
};
