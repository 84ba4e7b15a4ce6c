import type { Analysis } from '../../core/analysis/analysis';
import type { ModelState } from '../analysis/modelEntry';
import { listingText } from '../../core/listing/listingText';
import { fileNameOf } from '../places';

/** The text of a listing: the last good one, or why there is none. */
export function contentOf({ analysis, error, key }: ModelState): string {
  if (analysis !== undefined) {
    const text =
      texts.get(analysis) ?? listingText(analysis.listing, key.costs === 'text' ? analysis.report : undefined);
    texts.set(analysis, text);
    return text;
  }
  return `model  ${fileNameOf(key.uri)}\nerror  ${error ?? 'The model has not been read yet.'}\n`;
}

/** Every feature compares with the text: it is made once per analysis. */
const texts = new WeakMap<Analysis, string>();

/** Why a listing takes no changes. */
export function refusal({ key }: Pick<ModelState, 'key'>): string {
  return `The listing is generated from ${fileNameOf(key.uri)} and cannot be edited.`;
}
