import { assemble, type Part } from '../support/assemble';

/** Files made to break readers: each claims or repeats far more than it holds. */
export function hostileFiles(): readonly Uint8Array[] {
  return [
    new Uint8Array(0),
    ...Array.from({ length: 16 }, (_none, length) => assemble(['u32', 8], 'TFL3', ['u32', 0, 0]).subarray(0, length)),
    assemble(['u32', 0x40000000], 'TFL3'),
    assemble(['u32', 0xffffffff], 'TFL3'),
    ...[2 ** 28, 2 ** 30, 2 ** 31, 2 ** 32 - 1].flatMap((count) => [claimedVector(count, 2), claimedVector(count, 4)]),
    ...[10, 1000, 40_000].flatMap((count) => [
      sharedGraphs(count, count),
      sharedGraphs(count, 1),
      overlappingVtables(count),
    ]),
    rootWithinItself(),
  ];
}

/** A model whose vector in vtable slot `slot` (2: graphs, 4: buffers) claims `count` elements in a file of 40 bytes. */
function claimedVector(count: number, slot: number): Uint8Array {
  const entries = Array.from({ length: slot + 1 }, (_none, index) => (index === slot ? 4 : 0));
  const vtableBytes = 4 + 2 * entries.length;
  const table = 8 + Math.ceil(vtableBytes / 4) * 4;
  const padding: Part = ['u8', ...Array.from({ length: table - 8 - vtableBytes }, () => 0)];
  return assemble(
    ['u32', table],
    'TFL3',
    ['u16', vtableBytes, 8, ...entries],
    padding,
    ['i32', table - 8],
    ['u32', 4, count],
  );
}

/** `graphs` times the same graph of `tensors` times the same tensor: the square of what the file holds. */
function sharedGraphs(graphs: number, tensors: number): Uint8Array {
  const rootTable = 20;
  const graphVector = rootTable + 8;
  const graphTable = graphVector + 4 + 4 * graphs + 8;
  const tensorVector = graphTable + 8;
  const tensorTable = tensorVector + 4 + 4 * tensors + 4;
  return assemble(
    ['u32', rootTable],
    'TFL3',
    ['u16', 10, 8, 0, 0, 4, 0],
    ['i32', rootTable - 8],
    ['u32', 4, graphs],
    ['u32', ...Array.from({ length: graphs }, (_none, index) => graphTable - (graphVector + 4 + 4 * index))],
    ['u16', 6, 8, 4, 0],
    ['i32', 8],
    ['u32', 4, tensors],
    ['u32', ...Array.from({ length: tensors }, (_none, index) => tensorTable - (tensorVector + 4 + 4 * index))],
    ['u16', 4, 4],
    ['i32', 4],
  );
}

/**
 * A vector of `count` tables one after the other, each with a field list of its own of 60,000 bytes, which lie over
 * each other.
 */
function overlappingVtables(count: number): Uint8Array {
  const rootTable = 20;
  const graphVector = rootTable + 8;
  const tables = graphVector + 4 + 4 * count;
  return assemble(
    ['u32', rootTable],
    'TFL3',
    ['u16', 10, 8, 0, 0, 4, 0],
    ['i32', rootTable - 8],
    ['u32', 4, count],
    ['u32', ...Array.from({ length: count }, () => tables - (graphVector + 4))],
    ...Array.from({ length: count }, (): Part => ['i32', -4]),
    ['u16', ...Array.from({ length: 32_000 }, () => 60_000)],
  );
}

/** A root whose every vector leads back into the root table. */
function rootWithinItself(): Uint8Array {
  return assemble(
    ['u32', 36],
    'TFL3',
    ['u16', 24, 44, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40],
    ['u32', 0],
    ['i32', 28],
    ['u32', ...Array.from({ length: 10 }, () => 4)],
  );
}
