import { integerOf } from '../../firmware/arrays/attributes';
import type { SourceArray } from '../../firmware/arrays/sourceArray';
import { joinBytes } from '../../model/values/join';
import type { ModelSource } from '../source';
import { bodyText, styleOf, xxdStyle } from './arrayStyle';
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

/** Whether a constant is the length of an array by its name: `g_model_len`, `G_MODEL_SIZE`, `g_modelLength`. */
function isLengthOf({ name, lengthText }: SourceArray, constant: string): boolean {
  if (constant === lengthText) return true;
  const [own, other] = [name, constant].map((each) => each.toLowerCase().replaceAll('_', ''));
  return (
    other.startsWith(own) && /^(?:data)?(?:len|length|size|bytes|sizebytes|lenbytes)$/.test(other.slice(own.length))
  );
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

/** A source that holds nothing but a model, aligned and constant, with its length as `xxd -i` names it. */
export function newSource(name: string, bytes: Uint8Array, path: string): Uint8Array {
  const isHeader = /\.(?:h|hh|hpp|inc)$/i.test(path);
  const isPlainC = /\.(?:h|c)$/i.test(path);
  const type = 'const unsigned char';
  const declaration = isPlainC ? `${type} ${name}[] __attribute__((aligned(16)))` : `alignas(16) ${type} ${name}[]`;
  // In C++ a constant is seen by other files only where it was declared extern.
  const seen = isHeader || isPlainC ? [] : [`extern ${type} ${name}[];`, `extern const unsigned int ${name}_len;`, ''];
  const lines = [
    ...(isHeader ? ['#pragma once', ''] : seen),
    `${declaration} = {${bodyText(bytes, xxdStyle)}};`,
    `const unsigned int ${name}_len = ${bytes.length};`,
    '',
  ];
  return new TextEncoder().encode(lines.join('\n'));
}
