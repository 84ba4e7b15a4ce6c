import { lookup } from '../../text/lookup';
import type { SourceType } from './sourceArray';

/**
 * Sizes in bytes on 32-bit microcontrollers (ILP32, as the ARM and RISC-V ABIs have it), of types of C and the usual
 * names.
 */
const sizes = lookup<number>({
  char: 1,
  bool: 1,
  int8_t: 1,
  uint8_t: 1,
  char8_t: 1,
  byte: 1,
  BYTE: 1,
  u8: 1,
  s8: 1,
  uint8: 1,
  int8: 1,
  uchar: 1,
  short: 2,
  int16_t: 2,
  uint16_t: 2,
  char16_t: 2,
  u16: 2,
  int: 4,
  long: 4,
  int32_t: 4,
  uint32_t: 4,
  char32_t: 4,
  size_t: 4,
  u32: 4,
  float: 4,
  double: 8,
  int64_t: 8,
  uint64_t: 8,
});

/** Words that a type may consist of, besides its name. */
const signs = new Set(['unsigned', 'signed']);

/** True for a word that is part of a type's name. */
export function isTypeWord(word: string): boolean {
  return signs.has(word) || sizes[word] !== undefined;
}

/** The type that these words name, in their order: `unsigned`, `char`. */
export function elementType(words: readonly string[]): SourceType {
  const text = words.join(' ').replace(/ ?:: ?/g, '::');
  const names = words.map((word) => word.replace(/^.*::/, ''));
  const longs = names.filter((word) => word === 'long').length;
  const isFloat = names.includes('float') || names.includes('double');
  const size = (): number | undefined => {
    if (isFloat) return names.includes('double') ? 8 : 4;
    if (longs > 1) return 8;
    const known = names.filter((name) => name !== 'int' && !signs.has(name)).map((name) => sizes[name]);
    if (known.length > 0) return known.at(-1);
    return names.length > 0 ? sizes.int : undefined;
  };
  const bytes = size();
  return { text, ...(bytes === undefined ? {} : { bytes }), isFloat };
}
