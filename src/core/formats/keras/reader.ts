import { convertKeras } from '../../keras/lower/convert';
import type { KerasModel } from '../../keras/kerasModel';
import type { Model } from '../../model/model';
import type { ReadResult } from '../readResult';

/** A trained Keras model as what our own conversion makes of it: float, one sample at a time. */
export function trainedModel(model: KerasModel, format: Model['format']): ReadResult {
  const converted = convertKeras(model, { manner: 'ours', batch: 1 });
  return { model: { ...converted.model, format }, problems: [] };
}
