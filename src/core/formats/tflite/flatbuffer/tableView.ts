import type { OptionValue } from '../../../model/model';
import { ModelError } from '../../../model/problem';
import { scalarBytes, type ElementType, type Field, type Schema, type TableType } from '../schema/notation';
import type { BoundedBytes, VectorSpan } from './boundedBytes';
import { readNumbers } from './numberVectors';
import { readNumber, readScalar } from './scalars';

/** A vector of tables, each looked at only when asked for. */
export interface TableVector {
  readonly length: number;
  at(index: number): TableView;
}

/** A table that a union holds. */
interface UnionValue {
  readonly table: string;
  readonly values: Readonly<Record<string, OptionValue>>;
}

/**
 * A table of a FlatBuffers file, read field by field where it lies. Every method throws `ModelError` for what leads out
 * of the file. The nesting of tables is bounded by the schema, in which no table contains itself.
 */
export class TableView {
  readonly type: TableType;
  /** Byte at which the table begins. */
  readonly position: number;
  readonly #file: BoundedBytes;
  readonly #schema: Schema;
  readonly #vtable: number;
  readonly #vtableBytes: number;
  readonly #tableBytes: number;

  constructor(file: BoundedBytes, schema: Schema, tableName: string, position: number) {
    this.#file = file;
    this.#schema = schema;
    this.position = position;
    this.type = schema.tables.get(tableName)!;
    file.charge(16 + 8 * this.type.slots, position);
    file.need(position, 4, `the table ${tableName}`);
    this.#vtable = position - file.int32(position);
    file.need(this.#vtable, 4, `the field list of the table ${tableName}`);
    this.#vtableBytes = file.uint16(this.#vtable);
    this.#tableBytes = file.uint16(this.#vtable + 2);
    file.need(this.#vtable, Math.max(this.#vtableBytes, 4), `the field list of the table ${tableName}`);
    file.need(position, this.#tableBytes, `the table ${tableName}`);
    if (file.isNewVtable(this.type, this.#vtable)) this.#noteUnknownSlots();
  }

  /** The root table of a file. */
  static root(file: BoundedBytes, schema: Schema): TableView {
    return new TableView(file, schema, schema.root, file.follow(0, `the table ${schema.root}`));
  }

  /** True when the file itself holds the field. */
  has(name: string): boolean {
    return this.#find(this.#field(name).slot, 1) !== 0;
  }

  /** A number, an enumeration's number, or a flag as 0 or 1; the schema's default when absent. */
  number(name: string): number {
    const field = this.#field(name);
    if (field.type.kind !== 'scalar') throw new Error(`${this.type.name}.${name} is no scalar.`);
    const at = this.#find(field.slot, scalarBytes[field.type.scalar]);
    return at === 0 ? field.otherwise : readNumber(this.#file, field.type.scalar, at);
  }

  text(name: string): string | undefined {
    const at = this.#target(this.#field(name));
    return at === 0 ? undefined : this.#file.text(at, this.#what(name));
  }

  /** A view of a vector of bytes; absent when it is empty. */
  bytes(name: string): Uint8Array | undefined {
    const { start, length } = this.#vector(name, 1);
    return length === 0 ? undefined : this.#file.bytes.subarray(start, start + length);
  }

  /** A vector of numbers, empty when absent; 64-bit integers beyond 2^53 - 1 are given as this largest exact one. */
  numbers(name: string): readonly number[] {
    const field = this.#field(name);
    if (field.type.kind !== 'vector' || field.type.of.kind !== 'scalar') {
      throw new Error(`${this.type.name}.${name} is no vector of numbers.`);
    }
    const { scalar } = field.type.of;
    const { start, length } = this.#vector(name, scalarBytes[scalar]);
    this.#file.charge(8 + 4 * length, start);
    return readNumbers(this.#file, scalar, { start, length });
  }

  table(name: string): TableView | undefined {
    const field = this.#field(name);
    if (field.type.kind !== 'table') throw new Error(`${this.type.name}.${name} is no table.`);
    const at = this.#target(field);
    return at === 0 ? undefined : new TableView(this.#file, this.#schema, field.type.table, at);
  }

  tables(name: string): TableVector {
    const { type } = this.#field(name);
    if (type.kind !== 'vector' || type.of.kind !== 'table') {
      throw new Error(`${this.type.name}.${name} is no vector of tables.`);
    }
    const { table } = type.of;
    const { start, length } = this.#vector(name, 4);
    this.#file.charge(2 * length, start);
    return {
      length,
      at: (index) =>
        new TableView(this.#file, this.#schema, table, this.#file.follow(start + 4 * index, this.#what(name))),
    };
  }

  /**
   * The table that a union holds, with all its fields; absent when it holds none or one that the schema does not know.
   */
  union(name: string): UnionValue | undefined {
    const field = this.#field(name);
    if (field.type.kind !== 'union') throw new Error(`${this.type.name}.${name} is no union.`);
    const tagAt = this.#find(field.slot - 1, 1);
    const tag = tagAt === 0 ? 0 : this.#file.uint8(tagAt);
    if (tag === 0) return undefined;
    const table = field.type.members[tag - 1];
    const at = this.#target(field);
    if (table === undefined) this.#file.unknownSlots.set(`${this.type.name}.${name}`, tag);
    if (table === undefined || at === 0) return undefined;
    return { table, values: new TableView(this.#file, this.#schema, table, at).values() };
  }

  /**
   * All fields: scalars with their defaults filled in, vectors empty when absent; strings, tables and unions only when
   * present.
   */
  values(): Readonly<Record<string, OptionValue>> {
    const values: Record<string, OptionValue> = {};
    for (const field of this.type.fields.values()) {
      const value = this.#value(field);
      if (value !== undefined) values[field.name] = value;
    }
    return values;
  }

  #value(field: Field): OptionValue {
    const { type, name } = field;
    switch (type.kind) {
      case 'scalar': {
        const at = this.#find(field.slot, scalarBytes[type.scalar]);
        return readScalar(this.#file, type, at === 0 ? { otherwise: field.otherwise } : { at });
      }
      case 'string':
        return this.text(name);
      case 'table':
        return this.table(name)?.values();
      case 'union':
        return this.union(name) as OptionValue;
      case 'vector':
        return this.#elements(name, type.of);
    }
  }

  #elements(name: string, type: ElementType): OptionValue {
    if (type.kind === 'scalar' && type.scalar === 'ubyte') return this.bytes(name) ?? new Uint8Array(0);
    const elementBytes = type.kind === 'scalar' ? scalarBytes[type.scalar] : 4;
    const { start, length } = this.#vector(name, elementBytes);
    this.#file.charge(8 + 4 * length, start);
    return Array.from({ length }, (_none, index): OptionValue => {
      const at = start + elementBytes * index;
      if (type.kind === 'scalar') return readScalar(this.#file, type, { at });
      const target = this.#file.follow(at, this.#what(name));
      if (type.kind === 'string') return this.#file.text(target, this.#what(name));
      return new TableView(this.#file, this.#schema, type.table, target).values();
    });
  }

  #vector(name: string, elementBytes: number): VectorSpan {
    const at = this.#target(this.#field(name));
    return at === 0 ? { start: 0, length: 0 } : this.#file.vector(at, elementBytes, this.#what(name));
  }

  #target(field: Field): number {
    const at = this.#find(field.slot, 4);
    return at === 0 ? 0 : this.#file.follow(at, this.#what(field.name));
  }

  /** The byte at which a field is stored, or 0 when the table does not hold it. */
  #find(slot: number, bytes: number): number {
    const entry = 4 + 2 * slot;
    if (entry + 2 > this.#vtableBytes) return 0;
    const offset = this.#file.uint16(this.#vtable + entry);
    if (offset === 0) return 0;
    if (offset < 4 || offset + bytes > this.#tableBytes) {
      throw new ModelError(
        'damaged-file',
        `The file is damaged: a field of the table ${this.type.name} at byte ${this.position} lies outside of it. Export or download the model again.`,
        this.position,
      );
    }
    return this.position + offset;
  }

  #field(name: string): Field {
    const field = this.type.fields.get(name);
    if (field === undefined) throw new Error(`The table ${this.type.name} has no field ${name}.`);
    return field;
  }

  #noteUnknownSlots(): void {
    const slots = Math.max(0, (this.#vtableBytes - 4) >> 1);
    this.#file.charge(Math.max(0, slots - this.type.slots), this.#vtable);
    for (let slot = this.type.slots; slot < slots; slot += 1) {
      if (this.#file.uint16(this.#vtable + 4 + 2 * slot) === 0) continue;
      const lowest = this.#file.unknownSlots.get(this.type.name) ?? slot;
      this.#file.unknownSlots.set(this.type.name, Math.min(lowest, slot));
    }
  }

  #what(name: string): string {
    return `${this.type.name}.${name}`;
  }
}
