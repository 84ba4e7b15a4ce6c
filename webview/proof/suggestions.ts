import type { Suggestion } from '../../src/protocol/proofPage';

/** More bits for all layers, or float for this one: two things to do, each with its own link. */
export function suggestionsOf(name: string, suggestion: Suggestion): readonly Suggestion[] {
  if (suggestion.option !== '--activations int16') return [suggestion];
  return [
    { text: 'Use 16-bit activations', option: suggestion.option },
    { text: 'keep this layer float', option: `--keep-float ${name}` },
  ];
}
