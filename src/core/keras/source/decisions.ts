import type { Decision } from '../../python/evaluate/machine';

/** What was taken for granted, as a sentence. */
export function decisionText({ kind, place, taken }: Decision): string {
  const text = place.unit.text.slice(place.from, place.to).replace(/\s+/g, ' ').slice(0, 80);
  switch (kind) {
    case 'condition':
      return `\`${text}\` is taken for ${taken ? 'true' : 'false'}.`;
    case 'rounds':
      return `How often the loop over \`${text}\` runs is not known: ${taken ? 'two rounds are' : 'one round is'} shown.`;
    case 'cut':
      return `The loop over \`${text}\` has more rounds than are followed.`;
    case 'missing':
      return `What \`${text}\` imports is taken for ${taken ? 'missing' : 'there'}.`;
  }
}
