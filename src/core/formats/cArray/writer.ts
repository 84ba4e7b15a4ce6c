import { integerOf } from '../../firmware/arrays/attributes';
import type { SourceArray } from '../../firmware/arrays/sourceArray';
import { joinBytes } from '../../model/values/join';
import type { ModelSource } from '../source';
import { bodyText, styleOf } from './arrayStyle';
import { isLengthOf } from './lengths';
import { newSource } from './newSource';
import { chosenModel } from './reader';
import { sourceModels } from './sourceModels';

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The source with the model that its path names, or its only one, replaced by the bytes of another: the array in its
 * own style, its length and the constants that hold it. All else stays byte for byte.
 * @throws ModelError where the source holds no such model
 */
export function withModel(source: ModelSource, bytes: Uint8Array): Uint8Array {
  const { array } = chosenModel(source);
  const style = styleOf(source.bytes, array);
  const elements = Math.ceil(bytes.length / style.elementBytes) + (array.form === 'strings' ? 1 : 0);
  const lengths = sourceModels(source)
    .constants.filter((constant) => isLengthOf(array, constant.name))
    .map(({ name, valueSpan }) => ({
      ...valueSpan,
      text: String(name === array.lengthText ? elements : bytes.length),
    }));
  return replaced(source.bytes, [
    { ...array.body, text: bodyText(bytes, style) },
    ...declaredLength(source.bytes, array, elements),
    ...lengths,
  ]);
}

/** A number between the brackets of a declaration. */
function declaredLength(
  units: Uint8Array,
  { nameSpan, body, lengthText }: SourceArray,
  elements: number,
): Replacement[] {
  const open = units.indexOf(0x5b, nameSpan.end);
  const close = units.indexOf(0x5d, open);
  if (integerOf(lengthText) === undefined || open < 0 || close < 0 || close > body.start) return [];
  return [{ start: open + 1, end: close, text: String(elements) }];
}

function replaced(bytes: Uint8Array, replacements: readonly Replacement[]): Uint8Array {
  const encoder = new TextEncoder();
  const sorted = [...replacements].sort((left, right) => left.start - right.start);
  const pieces: Uint8Array[] = [];
  let kept = 0;
  for (const { start, end, text } of sorted) {
    if (start < kept) continue;
    pieces.push(bytes.subarray(kept, start), encoder.encode(text));
    kept = end;
  }
  return joinBytes([...pieces, bytes.subarray(kept)]);
}

/**
 * What a result that lies beside its source holds: a copy of the source with the other model, where it is data alone;
 * else the array alone, since the functions beside it cannot be there twice.
 */
export function besideModel(source: ModelSource, bytes: Uint8Array, path: string): Uint8Array {
  return sourceModels(source).hasBlocks
    ? newSource(chosenModel(source).array.name, bytes, path)
    : withModel(source, bytes);
}
