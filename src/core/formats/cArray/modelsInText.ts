import type { Stretch } from '../../firmware/arrays/sourceArray';
import { unitsOf } from '../../firmware/arrays/units';
import type { Siblings } from '../source';
import { sourceModels } from './sourceModels';

/** An array of a text that holds a model, or is meant to; places are offsets into the text. */
export interface FoundModel {
  readonly id: string;
  readonly nameSpan: Stretch;
  /** The brace or quote that opens the initialiser: what stands before it is the declaration. */
  readonly bodyStart: number;
  /** Size of the model; absent where it cannot be read. */
  readonly bytes?: number;
  /** Why it cannot be read: a stable code and a whole sentence. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** The models of the arrays of a text, in its order. */
export function modelsInText(path: string, text: string, siblings?: Siblings): readonly FoundModel[] {
  const { models } = sourceModels({ path, bytes: unitsOf(text), siblings });
  return models.map(({ id, array: { name, nameSpan, body }, content }) => ({
    id,
    nameSpan,
    bodyStart: body.start,
    ...(content.kind === 'model'
      ? { bytes: content.bytes.length }
      : { problem: { code: content.code, message: `${name} ${content.reason}` } }),
  }));
}
