import { ModelError, type Problem } from '../../model/problem';
import type { Model } from '../../model/model';
import { modelPlaceOf } from '../kinds';
import type { ModelSource } from '../source';
import { readTflite } from '../tflite/reader';
import { sourceModels, type SourceModel, type SourceModels } from './sourceModels';

/** True for text in which an array holds a model, or is meant to. */
export function hasArrayModel(source: ModelSource): boolean {
  return looksLikeText(source.bytes) && sourceModels(source).models.length > 0;
}

/**
 * Reads the model of an array: of the one that the source's path names (`model.h#g_model`), else of the only one.
 * Throws `ModelError` where there is none, or several and none is named.
 */
export function readArrayModel(source: ModelSource): { readonly model: Model; readonly problems: readonly Problem[] } {
  return readTflite(arrayModelBytes(source));
}

/** The bytes of that model. Throws `ModelError` as `readArrayModel` does. */
export function arrayModelBytes(source: ModelSource): Uint8Array {
  const { array, content } = chosenModel(source);
  if (content.kind === 'unreadable') throw new ModelError(content.code, `${array.name} ${content.reason}`);
  return content.bytes;
}

/** The model that a source's path names, or its only one. Throws `ModelError` as `readArrayModel` does. */
export function chosenModel(source: ModelSource): SourceModel {
  const found = sourceModels(source);
  const { models } = found;
  const { file, name } = modelPlaceOf(source.path);
  const named = name === undefined ? models : matching(models, name);
  if (named.length === 1) return named[0];
  const fileName = file.split(/[\\/]/).at(-1) ?? file;
  const choices = models.map(({ id }) => `${fileName}#${id}`);
  if (named.length > 1) {
    throw new ModelError(
      'array-choice',
      `${fileName} holds ${named.length} models. Choose one: ${choices.join(', ')}.`,
    );
  }
  if (models.length > 0) {
    const offered = `Choose ${choices.length === 1 ? '' : 'one: '}${choices.join(', ')}.`;
    throw new ModelError('array-unknown', `${fileName} holds no model in an array "${name}". ${offered}`);
  }
  throw new ModelError('no-array-model', noModel(fileName, found));
}

/** By the whole id, else by the name alone. */
function matching(models: readonly SourceModel[], name: string): readonly SourceModel[] {
  const exact = models.filter(({ id }) => id === name);
  return exact.length > 0 ? exact : models.filter(({ array }) => array.name === name);
}

function noModel(fileName: string, { arrays }: SourceModels): string {
  const largest = arrays.reduce((most, { elements }) => Math.max(most, elements), 0);
  const what =
    largest === 0
      ? 'It has no array of numbers'
      : `None of its ${arrays.length === 1 ? '' : `${arrays.length} `}arrays bears the mark "TFL3" at byte 4`;
  return `${fileName} holds no TensorFlow Lite model. ${what}; name the source that defines the array, or the .tflite file.`;
}

/** Sources have no zero bytes. */
function looksLikeText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 1024).includes(0);
}
