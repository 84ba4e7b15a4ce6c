import { convertKeras } from '../../keras/lower/convert';
import type { KerasModel } from '../../keras/kerasModel';
import { mannersOf } from '../../keras/manners';
import type { Model } from '../../model/model';
import type { ReadResult } from '../readResult';

/**
 * A trained Keras model as what our own conversion makes of it: float, one sample at a time. Its layers are read again
 * where somebody asks for the official converter's, so that no second copy of the weights is kept.
 */
export function trainedModel(read: () => KerasModel, format: Model['format']): ReadResult {
  const converted = convertKeras(read(), { manner: 'ours', batch: 1 });
  const manners: ReadResult['manners'] = (numbers) => mannersOf(read(), 'ours', { batch: 'open', numbers });
  return { model: { ...converted.model, format }, problems: [], manners };
}
