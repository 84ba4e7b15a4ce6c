import type { CompressionKind } from '../kind';

/** The same model in operators and shapes that TFLM takes and answers right, without questions and samples. */
export const rewriting: CompressionKind = {
  id: 'rewrite',
  defaults: {},
  settings: [],
  graceMs: 5000,
  needs: () => [],
  title: () => 'Rewrite for TFLM',
  suffix: () => 'tflm',
  words: () => ({
    learned: 'rewritten',
    unmeasured:
      'Outputs are compared with what TF Lite makes of the source, on random inputs, where both can be executed.',
  }),
  alternatives: () => [],
  changed: (options) => options,
  load: async () => (await import('../tflm/rewriteWork')).rewriteWork,
};
