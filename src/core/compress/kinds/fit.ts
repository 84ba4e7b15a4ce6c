import { defaultFitOptions, type FitOptions } from '../fit/request';
import type { CompressionKind } from '../kind';

/** Less RAM by steps that change no output: nothing is asked and no samples are needed. */
export const fitting: CompressionKind<FitOptions> = {
  id: 'fit',
  defaults: defaultFitOptions,
  settings: [],
  graceMs: 5000,
  keepsOutputs: true,
  needs: () => [],
  title: () => 'Save RAM with the same weights and outputs',
  suffix: () => 'fit',
  words: () => ({ learned: 'planned', unmeasured: 'Every step keeps all outputs as they are, bit for bit.' }),
  alternatives: () => [],
  changed: (options) => options,
  load: async () => (await import('../fit/fitWork')).fitWork,
};
