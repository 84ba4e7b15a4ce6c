import { bitsPerElement } from '../../model/dataType';
import type { DataType } from '../../model/dataType';
import { decode, encode } from '../../model/values/stored';

/** How the elements of a constant lie in a model file, as far as whole elements are moved and none is computed with. */
interface ElementLayout {
  /** Bytes of one element once it is taken out of its packing. */
  readonly bytes: number;
  /** True for 4-bit elements, two a byte, the first in the low half. */
  readonly packed: boolean;
}

/**
 * The layout of a type; `undefined` for elements that have no fixed size or share bytes in a way that is not known
 * here.
 */
export function elementLayout(type: DataType): ElementLayout | undefined {
  const bits = bitsPerElement[type];
  if (bits === 4) return { bytes: 1, packed: true };
  return bits >= 8 ? { bytes: bits / 8, packed: false } : undefined;
}

/** The bytes with one element a byte or more: the same array where nothing is packed. */
export function unpackElements(data: Uint8Array, elements: number, layout: ElementLayout): Uint8Array {
  if (!layout.packed) return data;
  return Uint8Array.from(decode('uint4', data, elements) ?? []);
}

/** The inverse of `unpacked`. */
export function packElements(elements: Uint8Array, layout: ElementLayout): Uint8Array {
  if (!layout.packed) return elements;
  return encode('uint4', elements)!;
}
