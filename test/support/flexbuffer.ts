/**
 * A FlexBuffer with a map of whole numbers below 65,536, as the options of custom operators are stored: keys, their
 * vector, values of 16 bits, types, root. Source: flatbuffers, include/flatbuffers/flexbuffers.h.
 */
export function flexMap(values: Readonly<Record<string, number>>): Uint8Array {
  const names = Object.keys(values).sort();
  const bytes: number[] = [];
  const starts = names.map((name) => {
    const start = bytes.length;
    bytes.push(...new TextEncoder().encode(name), 0);
    return start;
  });
  bytes.push(names.length);
  const keys = bytes.length;
  for (const start of starts) bytes.push(bytes.length - start);
  if (bytes.length % 2 === 1) bytes.push(0);
  const pushShort = (value: number): void => void bytes.push(value & 255, value >> 8);
  pushShort(bytes.length - keys);
  pushShort(1);
  pushShort(names.length);
  const first = bytes.length;
  for (const name of names) pushShort(values[name]);
  const [integer, map] = [1, 9];
  bytes.push(...names.map(() => (integer << 2) | 1));
  return Uint8Array.of(...bytes, bytes.length - first, (map << 2) | 1, 1);
}
