import { ModelError } from '../../../model/problem';
import type { TableType } from '../schema/notation';

/** Where the elements of a vector lie. */
export interface VectorSpan {
  readonly start: number;
  readonly length: number;
}

/**
 * Bytes that are read with every offset and length checked, and with a limit on the work done in all: a hostile file
 * that points to one table a million times costs no more than an honest one of its size.
 */
export class BoundedBytes {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #workLeft: number;
  /** Fields that a file holds but the schema does not know: the lowest such slot by table. */
  readonly unknownSlots = new Map<string, number>();
  readonly #checkedVtables = new Map<TableType, Set<number>>();

  /** `workLimit` in units as `charge` counts them, each good for about five bytes of memory. */
  constructor(bytes: Uint8Array, workLimit = defaultWorkLimit(bytes.byteLength)) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#workLeft = workLimit;
  }

  /** Notes `units` of work; throws `ModelError` when the limit is passed. */
  charge(units: number, at: number): void {
    this.#workLeft -= units;
    if (this.#workLeft >= 0) return;
    throw new ModelError(
      'damaged-file',
      'The file describes more parts than any model for a microcontroller has, or repeats them to exhaust memory. Export a smaller model, or download it again.',
      at,
    );
  }

  /** Throws `ModelError` unless `count` bytes from `at` lie within the file. */
  need(at: number, count: number, what: string): void {
    if (at >= 0 && at + count <= this.bytes.byteLength) return;
    throw new ModelError(
      'damaged-file',
      `The file is cut short or damaged: ${what} at byte ${at} takes ${count} bytes, but the file has ${this.bytes.byteLength}. Export or download the model again.`,
      at,
    );
  }

  int8(at: number): number {
    return this.#view.getInt8(at);
  }
  uint8(at: number): number {
    return this.#view.getUint8(at);
  }
  int16(at: number): number {
    return this.#view.getInt16(at, true);
  }
  uint16(at: number): number {
    return this.#view.getUint16(at, true);
  }
  int32(at: number): number {
    return this.#view.getInt32(at, true);
  }
  uint32(at: number): number {
    return this.#view.getUint32(at, true);
  }
  float32(at: number): number {
    return this.#view.getFloat32(at, true);
  }
  float64(at: number): number {
    return this.#view.getFloat64(at, true);
  }
  int64(at: number): bigint {
    return this.#view.getBigInt64(at, true);
  }
  uint64(at: number): bigint {
    return this.#view.getBigUint64(at, true);
  }

  /** The place that the offset stored at `at` leads to. */
  follow(at: number, what: string): number {
    this.need(at, 4, what);
    const distance = this.uint32(at);
    if (distance === 0) {
      throw new ModelError(
        'damaged-file',
        `The file is damaged: the offset to ${what} at byte ${at} is zero. Export or download the model again.`,
        at,
      );
    }
    this.need(at + distance, 4, what);
    return at + distance;
  }

  /** The vector whose length is stored at `at`. */
  vector(at: number, elementBytes: number, what: string): VectorSpan {
    this.need(at, 4, what);
    const length = this.uint32(at);
    this.need(at + 4, length * elementBytes, what);
    return { start: at + 4, length };
  }

  /** The string whose length is stored at `at`. */
  text(at: number, what: string): string {
    const { start, length } = this.vector(at, 1, what);
    this.charge(8 + length, at);
    return decodeText(this.bytes.subarray(start, start + length));
  }

  /** True once for each vtable of a table type: what depends on the vtable alone is then looked at. */
  isNewVtable(type: TableType, at: number): boolean {
    const seen = this.#checkedVtables.get(type) ?? new Set<number>();
    if (seen.has(at)) return false;
    this.#checkedVtables.set(type, seen.add(at));
    return true;
  }
}

/**
 * Four units for each byte (real files take up to 3.6 for each byte that is no weight), one million for small files,
 * and at most twelve million, which stays below 64 MB: some fifteen thousand operators, or thirty times what the
 * largest model measured took.
 */
function defaultWorkLimit(fileBytes: number): number {
  return Math.min(12_000_000, 1_000_000 + 4 * fileBytes);
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Short plain names are by far the most frequent, and quicker without the decoder. */
function decodeText(bytes: Uint8Array): string {
  if (bytes.length > 64) return decoder.decode(bytes);
  let text = '';
  for (const byte of bytes) {
    if (byte >= 128) return decoder.decode(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}
