import type { OptionValue } from '../../../model/model';
import { ModelError } from '../../../model/problem';
import {
  scalarBytes,
  type ElementType,
  type Field,
  type FieldType,
  type Schema,
  type TableType,
} from '../schema/notation';
import { GrowingBytes } from './growingBytes';
import { scalarValue } from './scalarValue';

/** Fields of a table by name, as `TableView.values` gives them. Absent fields take their defaults. */
export type TableValues = Readonly<Record<string, OptionValue>>;

/**
 * Offsets in a FlatBuffers file are signed 32-bit in places, so no file may be larger. Source: FlatBuffers internals.
 */
const largestFileBytes = 2 ** 31 - 1;

/** A field as it goes into a table: its bytes there, and what is stored in them. */
interface Slot {
  readonly slot: number;
  readonly bytes: number;
  readonly store: (at: number) => void;
}

/** Something that an offset at `from` must lead to. */
interface Pending {
  readonly from: number;
  readonly type: FieldType;
  readonly value: OptionValue;
  readonly field: Field;
  readonly what: string;
}

/**
 * Writes a FlatBuffers file with `values` as its root table. Tables come first and vectors of aligned bytes (the
 * weights) last, so that these are copied once. Empty vectors are left out unless the schema marks them; equal field
 * lists are stored once. Throws `ModelError` for values that the schema does not know or the format cannot hold.
 */
export function writeTables(schema: Schema, values: TableValues): Uint8Array {
  return new TableWriter(schema).write(values);
}

class TableWriter {
  readonly #schema: Schema;
  readonly #out = new GrowingBytes();
  readonly #vtables = new Map<string, number>();
  readonly #pending: Pending[] = [];
  readonly #blobs: { readonly from: number; readonly bytes: Uint8Array; readonly alignment: number }[] = [];

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  write(values: TableValues): Uint8Array {
    this.#out.reserve(4);
    this.#out.append(new TextEncoder().encode(this.#schema.identifier));
    this.#point(0, this.#table(this.#schema.root, values, this.#schema.root));
    for (const pending of this.#pending) this.#point(pending.from, this.#child(pending));
    return this.#withBlobs();
  }

  /** The finished file: what is written so far, then the aligned vectors. */
  #withBlobs(): Uint8Array {
    let end = this.#out.length;
    const places = this.#blobs.map(({ from, bytes, alignment }) => {
      const start = Math.ceil((end + 4) / alignment) * alignment;
      end = start + bytes.byteLength;
      this.#checkSize(end);
      this.#point(from, start - 4);
      return { bytes, start };
    });
    const file = new Uint8Array(end);
    file.set(this.#out.written());
    const view = new DataView(file.buffer);
    for (const { bytes, start } of places) {
      view.setUint32(start - 4, bytes.byteLength, true);
      file.set(bytes, start);
    }
    return file;
  }

  /** Writes a table and returns where it is; what it refers to is written later. */
  #table(tableName: string, values: TableValues, what: string): number {
    const type = this.#tableType(tableName, values, what);
    const slots: Slot[] = [];
    for (const field of type.fields.values()) this.#collect(field, values[field.name], `${what}.${field.name}`, slots);
    slots.sort((first, second) => second.bytes - first.bytes || first.slot - second.slot);
    let tableBytes = 4;
    const offsets = new Map<number, number>();
    for (const { slot, bytes } of slots) {
      tableBytes = Math.ceil(tableBytes / bytes) * bytes;
      offsets.set(slot, tableBytes);
      tableBytes += bytes;
    }
    const vtable = this.#vtable(offsets, tableBytes);
    this.#out.align(slots[0]?.bytes === 8 ? 8 : 4);
    const position = this.#out.reserve(tableBytes);
    this.#checkSize(this.#out.length);
    this.#out.put('int', position, position - vtable);
    for (const slot of slots) slot.store(position + offsets.get(slot.slot)!);
    return position;
  }

  #tableType(tableName: string, values: TableValues, what: string): TableType {
    const type = this.#schema.tables.get(tableName);
    if (type === undefined) {
      throw new ModelError('schema-table', `${what} is to be a "${tableName}", which the format does not have.`);
    }
    const unknown = Object.keys(values).find((name) => !type.fields.has(name));
    if (unknown === undefined) return type;
    throw new ModelError('schema-field', `${what} is to hold "${unknown}", but ${tableName} has no such field.`);
  }

  /** Where the field list with these offsets is: each is written once. */
  #vtable(offsets: ReadonlyMap<number, number>, tableBytes: number): number {
    const slotCount = Math.max(-1, ...offsets.keys()) + 1;
    const entries = Array.from({ length: slotCount }, (_none, slot) => offsets.get(slot) ?? 0);
    const key = [tableBytes, ...entries].join();
    const known = this.#vtables.get(key);
    if (known !== undefined) return known;
    this.#out.align(2);
    const position = this.#out.reserve(4 + 2 * slotCount);
    this.#out.put('ushort', position, 4 + 2 * slotCount);
    this.#out.put('ushort', position + 2, tableBytes);
    entries.forEach((offset, slot) => this.#out.put('ushort', position + 4 + 2 * slot, offset));
    this.#vtables.set(key, position);
    return position;
  }

  #collect(field: Field, value: OptionValue, what: string, slots: Slot[]): void {
    const { type, slot } = field;
    if (type.kind === 'scalar') {
      const number = value === undefined ? field.otherwise : scalarValue(type, value, what);
      if (Object.is(number, field.otherwise) || (typeof number === 'bigint' && number === BigInt(field.otherwise)))
        return;
      slots.push({ slot, bytes: scalarBytes[type.scalar], store: (at) => this.#out.put(type.scalar, at, number) });
      return;
    }
    if (type.kind === 'vector' && !field.always && elementsOf(value, what).length === 0) return;
    if (type.kind !== 'vector' && value === undefined) return;
    if (type.kind === 'union') {
      const tag = type.members.indexOf(unionOf(value, what).table) + 1;
      if (tag === 0) {
        throw new ModelError(
          'schema-table',
          `${what} cannot hold a "${unionOf(value, what).table}". Use a table of its union.`,
        );
      }
      slots.push({ slot: slot - 1, bytes: 1, store: (at) => this.#out.put('ubyte', at, tag) });
    }
    slots.push({ slot, bytes: 4, store: (from) => this.#pending.push({ from, type, value, field, what }) });
  }

  /** Writes what an offset leads to and returns where it is; 0 when it is among the vectors that come last. */
  #child({ from, type, value, field, what }: Pending): number {
    switch (type.kind) {
      case 'string':
        return this.#text(value, what);
      case 'table':
        return this.#table(type.table, tableOf(value, what), what);
      case 'union':
        return this.#table(unionOf(value, what).table, unionOf(value, what).values, what);
      case 'vector':
        if (field.alignment === undefined) return this.#vector(type.of, elementsOf(value, what), field, what);
        this.#blobs.push({ from, bytes: bytesOf(value, what), alignment: field.alignment });
        return 0;
      case 'scalar':
        throw new Error(`${what} is stored in its table.`);
    }
  }

  #text(value: OptionValue, what: string): number {
    if (typeof value !== 'string') throw new ModelError('value-type', `${what} takes a text. Correct the value.`);
    const bytes = new TextEncoder().encode(value);
    this.#out.align(4);
    const position = this.#out.reserve(4);
    this.#out.put('uint', position, bytes.byteLength);
    this.#out.append(bytes);
    this.#out.reserve(1);
    this.#checkSize(this.#out.length);
    return position;
  }

  #vector(type: ElementType, elements: ArrayLike<OptionValue>, field: Field, what: string): number {
    const elementBytes = type.kind === 'scalar' ? scalarBytes[type.scalar] : 4;
    this.#out.align(Math.max(4, elementBytes), 4);
    const position = this.#out.reserve(4 + elements.length * elementBytes);
    this.#checkSize(this.#out.length);
    this.#out.put('uint', position, elements.length);
    for (let index = 0; index < elements.length; index += 1) {
      const at = position + 4 + index * elementBytes;
      const value = elements[index];
      if (type.kind === 'scalar') this.#out.put(type.scalar, at, scalarValue(type, value, what));
      else this.#pending.push({ from: at, type, value, field, what: `${what}[${index}]` });
    }
    return position;
  }

  #point(from: number, to: number): void {
    if (to !== 0) this.#out.put('uint', from, to - from);
  }

  #checkSize(bytes: number): void {
    if (bytes <= largestFileBytes) return;
    throw new ModelError(
      'file-too-large',
      'The model takes more than 2 GB, which a .tflite file cannot hold. Make it smaller, or keep its weights in external files.',
    );
  }
}

function elementsOf(value: OptionValue, what: string): ArrayLike<OptionValue> {
  if (value === undefined) return [];
  if (value instanceof Uint8Array || Array.isArray(value)) return value as ArrayLike<OptionValue>;
  throw new ModelError('value-type', `${what} takes a list. Correct the value.`);
}

function bytesOf(value: OptionValue, what: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new ModelError('value-type', `${what} takes bytes. Correct the value.`);
}

function tableOf(value: OptionValue, what: string): TableValues {
  if (typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array)) return value as TableValues;
  throw new ModelError('value-type', `${what} takes a table. Correct the value.`);
}

function unionOf(value: OptionValue, what: string): { readonly table: string; readonly values: TableValues } {
  const { table, values } = tableOf(value, what);
  if (typeof table === 'string') return { table, values: tableOf(values ?? {}, what) };
  throw new ModelError('value-type', `${what} takes the name of a table and its values. Correct the value.`);
}
