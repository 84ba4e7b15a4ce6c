import { spendSteps } from '../../model/budget';

/** The last eight bytes of a table. Source: leveldb, doc/table_format.md. */
const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
const footerBytes = 48;
/** Behind each block: how it is compressed, and a checksum. */
const trailerBytes = 5;

/** A table that is broken, in a word or two; never seen by people. */
class BrokenTable extends Error {}

/**
 * The entries of a sorted table of strings (LevelDB's, as TensorFlow writes its indices), in its order: blocks of keys
 * that share their beginnings with the keys before, and an index of the blocks.
 * @throws BrokenTable where it is none, or is compressed
 */
export function tableEntries(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const end = bytes.length - magic.length;
  if (bytes.length < footerBytes || magic.some((byte, index) => bytes[end + index] !== byte)) throw new BrokenTable();
  const footer = new Cursor(bytes, bytes.length - footerBytes, end);
  handleOf(footer);
  const entries = new Map<string, Uint8Array>();
  for (const handle of blockEntries(bytes, handleOf(footer))) {
    const place = handleOf(new Cursor(handle.value, 0, handle.value.length));
    for (const { key, value } of blockEntries(bytes, place)) entries.set(new TextDecoder().decode(key), value);
  }
  return entries;
}

interface Handle {
  readonly offset: number;
  readonly size: number;
}

function handleOf(cursor: Cursor): Handle {
  return { offset: cursor.varint(), size: cursor.varint() };
}

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

function blockEntries(bytes: Uint8Array, { offset, size }: Handle): readonly Entry[] {
  const end = offset + size;
  if (end + trailerBytes > bytes.length || size < 4 || bytes[end] !== 0) throw new BrokenTable();
  const restarts = bytes[end - 4] + bytes[end - 3] * 2 ** 8 + bytes[end - 2] * 2 ** 16 + bytes[end - 1] * 2 ** 24;
  const stop = end - 4 - restarts * 4;
  if (stop < offset) throw new BrokenTable();
  const cursor = new Cursor(bytes, offset, stop);
  const entries: Entry[] = [];
  let before = new Uint8Array();
  while (cursor.at < stop) {
    const [shared, own, length] = [cursor.varint(), cursor.varint(), cursor.varint()];
    if (shared > before.length) throw new BrokenTable();
    // A key may be long and share all of it, so that few bytes would make many.
    spendSteps(1 + shared + own);
    const key = new Uint8Array(shared + own);
    const tail = cursor.take(own);
    key.set(before.subarray(0, shared));
    key.set(tail, shared);
    entries.push({ key, value: cursor.take(length) });
    before = key;
  }
  return entries;
}

/** Reads one thing after the other. */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  at: number;

  constructor(bytes: Uint8Array, begin: number, end: number) {
    this.#bytes = bytes;
    this.at = begin;
    this.#end = end;
  }

  /** Seven bits a byte, the lowest first. */
  varint(): number {
    let [value, weight] = [0, 1];
    for (;;) {
      if (this.at >= this.#end || weight > 2 ** 49) throw new BrokenTable();
      const byte = this.#bytes[this.at++];
      value += (byte & 0x7f) * weight;
      weight *= 128;
      if (byte < 128) return value;
    }
  }

  take(length: number): Uint8Array {
    if (length > this.#end - this.at) throw new BrokenTable();
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}
