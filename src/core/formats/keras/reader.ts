import { convertKeras } from '../../keras/lower/convert';
import { readKerasFile } from '../../keras/files/kerasFile';
import type { Model } from '../../model/model';
import type { Problem } from '../../model/problem';

/** A trained Keras file as the model that our own conversion makes of it: float, one sample at a time. */
export function readKerasModel(bytes: Uint8Array): { readonly model: Model; readonly problems: readonly Problem[] } {
  const { model } = convertKeras(readKerasFile(bytes), { manner: 'ours', batch: 1 });
  return { model, problems: [] };
}
