import { unitsOf } from '../../firmware/arrays/units';
import type { FoundModel, SourceText } from '../foundModel';
import { sourceModels } from './sourceModels';

/** The models of the arrays of a source, in its order. */
export function modelsInText({ path, content: given, siblings }: SourceText): readonly FoundModel[] {
  const { models } = sourceModels({ path, bytes: typeof given === 'string' ? unitsOf(given) : given, siblings });
  return models.map(({ id, array: { name, nameSpan }, content }) => ({
    id,
    nameSpan,
    ...(content.kind === 'model'
      ? { bytes: content.bytes.length }
      : { problem: { code: content.code, message: `${name} ${content.reason}` } }),
  }));
}
