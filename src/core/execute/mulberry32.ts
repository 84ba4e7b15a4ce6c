/**
 * A small seeded generator of numbers in [0, 1), each a multiple of 2^-32. Equal seeds give equal sequences on every
 * machine. Source: Tommy Ettinger's mulberry32, in the public domain.
 */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The indices 0 … `count` - 1 in an order that `random` decides (Fisher and Yates). */
export function shuffledIndices(count: number, random: () => number): Uint32Array {
  const indices = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = indices[last];
    indices[last] = indices[other];
    indices[other] = moved;
  }
  return indices;
}
