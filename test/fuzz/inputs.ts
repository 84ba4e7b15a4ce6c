import { hostileFiles } from './hostileFiles';

/** One input of the fuzzer, and what was done to make it. */
export interface FuzzInput {
  readonly origin: string;
  readonly bytes: Uint8Array;
}

/** Words that lead readers astray when they stand in place of an offset, a length or an index. */
const hostileWords = [
  0, 1, 2, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x3fffffff, 0x40000000,
];

/**
 * Everything that is tried systematically: hostile files, every truncation, every bit, and every word of the small
 * model replaced.
 */
export function* systematicInputs(small: Uint8Array): Generator<FuzzInput> {
  for (const [index, bytes] of hostileFiles().entries()) yield { origin: `hostile file ${index}`, bytes };
  for (let length = 0; length < small.length; length += 1) {
    yield { origin: `cut to ${length} bytes`, bytes: small.slice(0, length) };
  }
  for (let bit = 0; bit < small.length * 8; bit += 1) {
    yield { origin: `bit ${bit} turned`, bytes: changed(small, bit >> 3, small[bit >> 3] ^ (1 << (bit & 7))) };
  }
  for (let at = 0; at + 4 <= small.length; at += 2) {
    for (const word of [...hostileWords, small.length - at, small.length - at - 1, 2 ** 32 - at]) {
      yield { origin: `word at ${at} set to ${word}`, bytes: withWord(small, at, word) };
    }
  }
}

/** `count` inputs made by chance from `files`: cut, with bits turned, words replaced and stretches copied within. */
export function* randomInputs(files: readonly Uint8Array[], count: number, random: () => number): Generator<FuzzInput> {
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let index = 0; index < count; index += 1) {
    const file = files[below(files.length)];
    let bytes: Uint8Array = file.slice(0, random() < 0.1 ? below(file.length) : file.length);
    const changes = 1 + below(6);
    for (let change = 0; change < changes && bytes.length > 8; change += 1) bytes = mutated(bytes, below);
    yield { origin: `random input ${index}`, bytes };
  }
}

export function mutated(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const at = below(bytes.length - 4);
  switch (below(4)) {
    case 0:
      return changed(bytes, at, bytes[at] ^ (1 << below(8)));
    case 1:
      return withWord(bytes, at & ~3, hostileWords[below(hostileWords.length)]);
    case 2:
      return withWord(bytes, at & ~3, below(bytes.length));
    default: {
      const copy = bytes.slice();
      const length = 1 + below(Math.min(32, bytes.length - at));
      copy.copyWithin(below(bytes.length), at, at + length);
      return copy;
    }
  }
}

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = value;
  return copy;
}

function withWord(bytes: Uint8Array, at: number, word: number): Uint8Array {
  const copy = bytes.slice();
  if (at + 4 <= copy.length) new DataView(copy.buffer).setUint32(at, word >>> 0, true);
  return copy;
}
