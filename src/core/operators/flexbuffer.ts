/**
 * The few values that kernels of custom operators read from their options, which are a FlexBuffer map.
 * Format: https://flatbuffers.dev/flatbuffers_internals.html (FlexBuffers): from the end, the width of the root, its
 * packed type, the root. A map is a vector of values sorted by key, before which lie the offset of the vector of keys
 * and its width.
 */
interface FlexMap {
  /** The integer at a position in the order of the sorted keys, or `undefined` where there is none. */
  readonly integerAt: (position: number) => number | undefined;
  /** The integer under a key. */
  readonly integer: (key: string) => number | undefined;
}

/** The map that `bytes` hold, or `undefined` when they hold none or are damaged. */
export function readFlexMap(bytes: Uint8Array | undefined): FlexMap | undefined {
  if (bytes === undefined || bytes.length < 3) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rootWidth = view.getUint8(bytes.length - 1);
  const packedType = view.getUint8(bytes.length - 2);
  if (packedType >> 2 !== mapType) return undefined;
  const rootAt = bytes.length - 2 - rootWidth;
  const offset = readUnsigned(view, rootAt, rootWidth);
  return offset === undefined ? undefined : mapAt(view, rootAt - offset, 1 << (packedType & 3));
}

const mapType = 9;
/** Signed and unsigned integers, and truth values. */
const integerTypes: ReadonlySet<number> = new Set([1, 2, 26]);

function mapAt(view: DataView, at: number, width: number): FlexMap | undefined {
  const count = readUnsigned(view, at - width, width);
  const keysAt = readUnsigned(view, at - 3 * width, width);
  const keyWidth = readUnsigned(view, at - 2 * width, width);
  if (count === undefined || keysAt === undefined || keyWidth === undefined || count > view.byteLength)
    return undefined;
  const keys = at - 3 * width - keysAt;
  const integerAt = (position: number): number | undefined => {
    const type = position < count ? readUnsigned(view, at + count * width + position, 1) : undefined;
    return type !== undefined && integerTypes.has(type >> 2)
      ? readUnsigned(view, at + position * width, width)
      : undefined;
  };
  const integer = (key: string): number | undefined => {
    for (let position = 0; position < count; position++) {
      const slot = keys + position * keyWidth;
      const offset = readUnsigned(view, slot, keyWidth);
      if (offset !== undefined && holdsKey(view, slot - offset, key)) return integerAt(position);
    }
    return undefined;
  };
  return { integerAt, integer };
}

function holdsKey(view: DataView, at: number, key: string): boolean {
  for (let index = 0; index < key.length; index++) {
    if (readUnsigned(view, at + index, 1) !== key.charCodeAt(index)) return false;
  }
  return readUnsigned(view, at + key.length, 1) === 0;
}

function readUnsigned(view: DataView, at: number, width: number): number | undefined {
  if (at < 0 || at + width > view.byteLength) return undefined;
  if (width === 1) return view.getUint8(at);
  if (width === 2) return view.getUint16(at, true);
  if (width === 4) return view.getUint32(at, true);
  return width === 8 ? Number(view.getBigUint64(at, true)) : undefined;
}
