import { readTflite } from '../../formats/tflite/reader';
import { writeTflite } from '../../formats/tflite/writer';
import type { Model } from '../../model/model';

/**
 * The bytes of a model, and the model as whoever opens them will read it: with its size, which flash figures rest on.
 */
export function fileOf(model: Model): { readonly bytes: Uint8Array; readonly model: Model } {
  const bytes = writeTflite(model);
  return { bytes, model: readTflite(bytes).model };
}
