import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ByteRing } from '../../src/worker/monitor/byteRing';
import { check } from '../support/check';

const limit = 1024 * 1024;

/** Pushes chunks of so many bytes, one a millisecond; each byte is the low part of its place. */
function filled(chunkBytes: number, chunks: number): ByteRing {
  const ring = new ByteRing(limit);
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    ring.push(
      Uint8Array.from({ length: chunkBytes }, (_, index) => chunk * chunkBytes + index),
      chunk,
    );
  }
  return ring;
}

check(
  'bytes and their times',
  ({ chunkBytes, chunks, at }: { chunkBytes: number; chunks: number; at: number }) => {
    const ring = filled(chunkBytes, chunks);
    return [[...ring.read(at, at + 3)], ring.timeAt(at), ring.endOffset];
  },
  [
    { name: 'a few', input: { chunkBytes: 2, chunks: 3, at: 1 }, expected: [[1, 2, 3], 0, 6] },
    { name: 'the last', input: { chunkBytes: 2, chunks: 3, at: 5 }, expected: [[5], 2, 6] },
    { name: 'over the end', input: { chunkBytes: 2, chunks: 3, at: 6 }, expected: [[], 2, 6] },
    {
      name: 'over the edge of a block',
      input: { chunkBytes: 5, chunks: 20_000, at: 65_535 },
      expected: [[255, 0, 1], 13_107, 100_000],
    },
    {
      name: 'in a chunk larger than a block',
      input: { chunkBytes: 100_000, chunks: 2, at: 131_071 },
      expected: [[255, 0, 1], 1, 200_000],
    },
  ],
);

describe('a ring of bytes', () => {
  it('stays within its limit and keeps most of it, whatever the chunks', () => {
    for (const [chunkBytes, share] of [
      [1, 0],
      [16, 0.4],
      [64, 0.7],
      [4096, 0.9],
      [1_000_000, 0.9],
    ]) {
      const ring = filled(chunkBytes, Math.min(100_000, Math.ceil(3e6 / chunkBytes)));
      const kept = ring.endOffset - ring.firstOffset;
      assert.ok(ring.allocatedBytes <= limit, `${ring.allocatedBytes} bytes for chunks of ${chunkBytes}`);
      assert.ok(kept >= share * limit, `${kept} bytes are kept of chunks of ${chunkBytes}`);
      const [first] = ring.read(ring.firstOffset, ring.firstOffset + 1);
      assert.equal(first, ring.firstOffset & 0xff);
    }
  });

  it('goes on counting after it was cleared', () => {
    const ring = filled(10, 10);
    ring.clear();
    ring.push(Uint8Array.of(7), 99);
    assert.deepEqual([ring.firstOffset, ring.endOffset, ring.timeAt(100), [...ring.read(0, 200)]], [100, 101, 99, [7]]);
  });
});
