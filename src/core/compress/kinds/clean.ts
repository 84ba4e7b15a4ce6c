import type { CompressionKind } from '../kind';

/** Only what makes no difference to any output goes: proved, so that nothing is asked and no samples are needed. */
export const cleaning: CompressionKind = {
  id: 'clean',
  defaults: {},
  settings: [],
  graceMs: 5000,
  keepsOutputs: true,
  needs: () => [],
  title: () => 'Remove what makes no difference',
  suffix: () => 'clean',
  words: () => ({ learned: 'tuned', unmeasured: 'Every change was proved equal for all inputs.' }),
  alternatives: () => [],
  changed: (options) => options,
  load: async () => (await import('../prune/cleanWork')).cleanWork,
};
