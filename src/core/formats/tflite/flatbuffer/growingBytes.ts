import type { ScalarType } from '../schema/notation';

/** Bytes that grow while they are written, little-endian. */
export class GrowingBytes {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends `count` zero bytes and returns where they begin. */
  reserve(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.byteLength) this.#grow();
    return at;
  }

  /** Appends zero bytes until what comes `ahead` bytes later lies on a multiple of `alignment`. */
  align(alignment: number, ahead = 0): void {
    this.reserve((alignment - ((this.#length + ahead) % alignment)) % alignment);
  }

  append(bytes: Uint8Array): void {
    const at = this.reserve(bytes.byteLength);
    this.#bytes.set(bytes, at);
  }

  /** Writes a scalar at a place that is reserved. */
  put(scalar: ScalarType, at: number, value: number | bigint): void {
    writers[scalar](this.#view, at, value);
  }

  /** A view of what is written so far. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(): void {
    const bytes = new Uint8Array(Math.max(this.#length, this.#bytes.byteLength * 2));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

type ScalarWriter = (view: DataView, at: number, value: number | bigint) => void;

const writers: Readonly<Record<ScalarType, ScalarWriter>> = {
  bool: (view, at, value) => view.setUint8(at, Number(value)),
  byte: (view, at, value) => view.setInt8(at, Number(value)),
  ubyte: (view, at, value) => view.setUint8(at, Number(value)),
  short: (view, at, value) => view.setInt16(at, Number(value), true),
  ushort: (view, at, value) => view.setUint16(at, Number(value), true),
  int: (view, at, value) => view.setInt32(at, Number(value), true),
  uint: (view, at, value) => view.setUint32(at, Number(value), true),
  long: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
  ulong: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
  float: (view, at, value) => view.setFloat32(at, Number(value), true),
  double: (view, at, value) => view.setFloat64(at, Number(value), true),
};
