import type { CompressionKind, OptionChange } from '../kind';
import { goalText } from '../goals/goalKinds';
import { questions } from '../prune/questions';
import type { PruneOptions } from '../prune/request';
import { defaultPruneOptions } from '../prune/request';

/** To another point of the trade-off. */
interface PruneChange extends OptionChange {
  readonly option: 'macsShare';
  /** Share of the multiply-accumulates that are to go. */
  readonly value: number;
}

/** Fewer channels. */
export const pruning: CompressionKind<PruneOptions, PruneChange> = {
  id: 'prune',
  defaults: defaultPruneOptions,
  settings: [],
  expected: 'Prune',
  // It still quantizes and measures the best that it has so far.
  graceMs: 60_000,
  questions,
  needs: () => ['float engine', 'trainer', 'samples'],
  title,
  suffix: ({ quantize }) => (quantize ? 'pruned.int8' : 'pruned'),
  words: () => ({
    learned: 'tuned',
    unmeasured: 'Nothing was executed.',
    next: { text: 'Quantize to int8…', kind: 'quantize' },
  }),
  alternatives: () => [],
  changed: (options, { value }) => ({ ...options, ratio: undefined, layers: [], goal: { macsShare: value } }),
  load: async () => (await import('../prune/pruningWork')).pruningWork,
};

function title({ goal, layers, ratio }: PruneOptions): string {
  if (layers.length > 0) return `Prune ${layers.map(({ name }) => name).join(', ')}`;
  if (ratio !== undefined) return `Prune ${Number((ratio * 100).toFixed(1))} % of the channels`;
  return goal === undefined ? 'Prune' : `Prune to ${goalText(goal)}`;
}
