import { ModelError } from '../../model/problem';
import type { TableView, TableVector } from './flatbuffer/tableView';

/**
 * The buffers of a file as views into it. One buffer gives one `Uint8Array` object, however many tensors use it, so
 * that a writer can keep it shared.
 */
export class BufferTable {
  readonly #bytes: Uint8Array;
  readonly #tables: TableVector;
  readonly #read = new Map<number, Uint8Array | undefined>();

  constructor(bytes: Uint8Array, tables: TableVector) {
    this.#bytes = bytes;
    this.#tables = tables;
  }

  get length(): number {
    return this.#tables.length;
  }

  /**
   * Contents of a buffer; absent when it is empty. Buffer 0 means "none" even where a file has no buffers. `user` says
   * in an error who asked: `Tensor 3 of graph 0`.
   */
  data(index: number, user: string): Uint8Array | undefined {
    if (this.#read.has(index)) return this.#read.get(index);
    if (index === 0 && this.#tables.length === 0) return undefined;
    if (index >= this.#tables.length) {
      throw new ModelError(
        'buffer-index',
        `${user} names buffer ${index}, but the file has ${this.#tables.length} buffers. The file is damaged: export the model again.`,
      );
    }
    const table = this.#tables.at(index);
    const data =
      table.bytes('data') ??
      appendedBytes(this.#bytes, table.number('offset'), table.number('size'), `Buffer ${index}`);
    this.#read.set(index, data);
    return data;
  }

  /** Buffers with contents that nothing asked for: some metadata (TFLM's compression) names buffers by index. */
  unreferenced(): readonly { readonly index: number; readonly data: Uint8Array }[] {
    const found: { index: number; data: Uint8Array }[] = [];
    for (let index = 0; index < this.#tables.length; index += 1) {
      if (this.#read.has(index)) continue;
      const data = this.data(index, 'The file');
      if (data !== undefined) found.push({ index, data });
    }
    return found;
  }
}

/**
 * Bytes that lie behind the tables of the file, by their place in it; absent when there are none. An offset of 0 or 1
 * stands for "none": converters write 1 before they know the place. Source: TFLite `interpreter_builder.cc`.
 */
export function appendedBytes(bytes: Uint8Array, offset: number, size: number, user: string): Uint8Array | undefined {
  if (offset <= 1 || size === 0) return undefined;
  if (offset + size > bytes.byteLength) {
    throw new ModelError(
      'damaged-file',
      `${user} lies at byte ${offset} and takes ${size} bytes, but the file has ${bytes.byteLength}. The file is cut short: export or download the model again.`,
      Math.min(offset, bytes.byteLength),
    );
  }
  return bytes.subarray(offset, offset + size);
}

/** Contents of a buffer named by metadata, which may be empty but is never absent. */
export function metadataBytes(buffers: BufferTable, table: TableView, name: string): Uint8Array {
  return buffers.data(table.number('buffer'), `The metadata entry "${name}"`) ?? new Uint8Array(0);
}
