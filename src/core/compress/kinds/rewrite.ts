import type { CompressionKind } from '../kind';
import { defaultRewriteOptions, type RewriteOptions } from '../tflm/request';

/** The same model in operators and shapes that TFLM takes and answers right, without questions and samples. */
export const rewriting: CompressionKind<RewriteOptions> = {
  id: 'rewrite',
  defaults: defaultRewriteOptions,
  settings: [],
  graceMs: 5000,
  convertsTo: () => 'float32',
  needs: ({ onSamples }) => (onSamples ? ['float engine', 'samples'] : []),
  title: () => 'Rewrite for TFLM',
  suffix: () => 'tflm',
  words: () => ({
    learned: 'rewritten',
    unmeasured:
      'Outputs are compared with what TF Lite makes of the source, on random inputs, where both can be executed.',
  }),
  alternatives: ({ onSamples }) =>
    onSamples ? [] : [{ text: 'Compare outputs on samples of your own…', change: { option: 'onSamples' } }],
  changed: (options) => ({ ...options, onSamples: true }),
  load: async () => (await import('../tflm/rewriteWork')).rewriteWork,
};
