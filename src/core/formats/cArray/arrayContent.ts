import { arrayBytes } from '../../firmware/arrays/decode';
import { scanBareNumbers } from '../../firmware/arrays/scan';
import type { SourceArray } from '../../firmware/arrays/sourceArray';
import { siblingOf, type ModelSource } from '../source';
import { isTflite } from '../tflite/reader';

/** What the elements of an array are: a model, no model, or what cannot be told, as the end of a sentence. */
export type ArrayContent =
  | { readonly kind: 'model'; readonly bytes: Uint8Array }
  /** `code` is stable; `reason` follows the array's name: `is cut off: …`. */
  | { readonly kind: 'unreadable'; readonly code: string; readonly reason: string }
  | { readonly kind: 'other' };

/** TFLite's mark is in the first bytes; an array that has it is meant to be a model. */
const headElements = 8;

/** Arrays below this many bytes hold no model, and say nothing about being scrambled. */
const leastModelBytes = 64;

/** What an array of a source holds. Elements are decoded only where its first ones bear TFLite's mark. */
export function arrayContent(source: ModelSource, array: SourceArray): ArrayContent {
  const { bytes: units } = source;
  const { flaw } = array;
  if (flaw?.kind === 'included') return includedContent(source, array, flaw.file);
  if (!isTflite(arrayBytes(units, array, headElements))) return otherContent(units, array);
  if (flaw === undefined) return { kind: 'model', bytes: modelBytes(arrayBytes(units, array), array) };
  switch (flaw.kind) {
    case 'cut':
      return unreadable('array-cut', 'is cut off: its closing brace is missing. Write the array again.');
    case 'conditional':
      return unreadable(
        'array-conditional',
        'has elements that depend on an #if between its braces. Give each variant an array of its own.',
      );
    default:
      return unreadable('array-not-numeric', `holds "${flaw.word}" where a number is expected. Write the array again.`);
  }
}

/** The zero that ends a string literal is no part of a model. */
function modelBytes(bytes: Uint8Array, { form }: SourceArray): Uint8Array {
  return form === 'strings' ? bytes.subarray(0, -1) : bytes;
}

/** `#include "model.inc"` between the braces: the numbers of that file, where it can be read. */
function includedContent(source: ModelSource, { name, elements }: SourceArray, file: string): ArrayContent {
  const included = siblingOf(source, file);
  if (included === undefined || elements > 0) {
    if (!namesModel.test(name)) return { kind: 'other' };
    return unreadable(
      'array-included',
      `takes its contents from "${file}", which cannot be read from here. Open that file, or the .tflite file it was made from.`,
    );
  }
  const bare = scanBareNumbers(included);
  if (bare === undefined) return { kind: 'other' };
  const bytes = arrayBytes(included, bare);
  return isTflite(bytes) ? { kind: 'model', bytes } : { kind: 'other' };
}

/** First bytes of what is packed, and what packs it. Sources: RFC 1952, RFC 1950, RFC 8878, APPNOTE.TXT, LZ4, XZ. */
const packers: readonly (readonly [name: string, head: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zlib', [0x78, 0x01]],
  ['zlib', [0x78, 0x5e]],
  ['zlib', [0x78, 0x9c]],
  ['zlib', [0x78, 0xda]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
  ['LZ4', [0x04, 0x22, 0x4d, 0x18]],
  ['XZ', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
];

/** Names of arrays that are meant to hold a model. */
const namesModel = /model|tflite|network/i;

function otherContent(units: Uint8Array, array: SourceArray): ArrayContent {
  if (array.flaw !== undefined || array.type.bytes !== 1 || array.elements < leastModelBytes) return { kind: 'other' };
  // What is packed is a web page or a font as often: only the name says what was meant.
  if (!namesModel.test(array.name)) return { kind: 'other' };
  const head = arrayBytes(units, array, headElements);
  const packer = packers.find(([, mark]) => mark.every((byte, index) => head[index] === byte));
  if (packer !== undefined) {
    return unreadable('array-packed', `is packed by ${packer[0]}. Open the .tflite file that was packed.`);
  }
  if (!looksRandom(arrayBytes(units, array))) return { kind: 'other' };
  return unreadable(
    'array-scrambled',
    'bears no mark of TFLite, and its bytes look encrypted or compressed. Open the .tflite file before that was done.',
  );
}

/** Fewer bytes say nothing about their distribution. */
const leastRandomBytes = 2048;

/**
 * Whether bytes are spread as evenly as those of a cipher: chi-squared of 256 equally likely values below 400, where
 * 255 is expected, with a standard deviation of 22.6. Weights and tables are in the thousands.
 */
function looksRandom(bytes: Uint8Array): boolean {
  if (bytes.length < leastRandomBytes) return false;
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  const expected = bytes.length / 256;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) < 400;
}

function unreadable(code: string, reason: string): ArrayContent {
  return { kind: 'unreadable', code, reason };
}
