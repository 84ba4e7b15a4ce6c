import type { OptionValue } from '../../../model/model';
import { scalarBytes, type ElementType, type Field, type Schema } from '../schema/notation';
import { scalarValue } from './scalarValue';
import type { TableValues } from './tableWriter';

/**
 * Bytes of the file that FlatBuffers' own builder makes of `values`: from its end to its beginning, what a table refers
 * to before the table, in the order of the schema's fields. A list that is given is written even when it is empty.
 * Source: the builder and the generated classes of FlatBuffers for Python (`builder.py`, `Pack`).
 */
export function builtBytes(schema: Schema, values: TableValues): number {
  const builder = new SizeBuilder(schema);
  builder.addTable(schema.root, values);
  return builder.finished();
}

const identifierBytes = 4;

class SizeBuilder {
  readonly #schema: Schema;
  readonly #vtables = new Set<string>();
  #bytes = 0;
  #largestAlignment = 1;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  finished(): number {
    this.#align(this.#largestAlignment, 4 + identifierBytes);
    this.#bytes += 4 + identifierBytes;
    return this.#bytes;
  }

  addTable(name: string, values: TableValues): void {
    const fields = [...(this.#schema.tables.get(name)?.fields.values() ?? [])];
    for (const field of fields) if (values[field.name] !== undefined) this.#addChild(field, values[field.name]);
    const end = this.#bytes;
    const slots = new Map<number, number>();
    const put = (slot: number, bytes: number): void => {
      this.#put(bytes);
      slots.set(slot, this.#bytes);
    };
    for (const { name: fieldName, type, slot, otherwise } of fields) {
      const value = values[fieldName];
      if (value === undefined) continue;
      if (type.kind === 'scalar') {
        if (Number(scalarValue(type, value, fieldName)) !== otherwise) put(slot, scalarBytes[type.scalar]);
        continue;
      }
      if (type.kind === 'union') put(slot - 1, 1);
      put(slot, 4);
    }
    this.#put(4);
    const start = this.#bytes;
    const count = Math.max(-1, ...slots.keys()) + 1;
    const places = Array.from({ length: count }, (_, slot) => start - (slots.get(slot) ?? start));
    const key = [start - end, ...places].join();
    if (this.#vtables.has(key)) return;
    this.#vtables.add(key);
    this.#bytes += 2 * (count + 2);
  }

  /** What an offset leads to. */
  #addChild({ type }: Field, value: OptionValue): void {
    switch (type.kind) {
      case 'string':
        this.#addText(value);
        return;
      case 'table':
        this.addTable(type.table, value as TableValues);
        return;
      case 'union': {
        const { table, values } = value as { readonly table: string; readonly values?: TableValues };
        this.addTable(table, values ?? {});
        return;
      }
      case 'vector':
        this.#addVector(type.of, value as ArrayLike<OptionValue>);
        return;
      case 'scalar':
    }
  }

  #addText(value: OptionValue): void {
    const bytes = new TextEncoder().encode(typeof value === 'string' ? value : '').byteLength + 1;
    this.#align(4, bytes);
    this.#bytes += bytes + 4;
  }

  #addVector(type: ElementType, elements: ArrayLike<OptionValue>): void {
    if (type.kind === 'table') {
      for (let index = 0; index < elements.length; index++) this.addTable(type.table, elements[index] as TableValues);
    }
    if (type.kind === 'string') for (let index = 0; index < elements.length; index++) this.#addText(elements[index]);
    const each = type.kind === 'scalar' ? scalarBytes[type.scalar] : 4;
    const bytes = each * elements.length;
    this.#align(4, bytes);
    this.#align(each, bytes);
    this.#bytes += bytes + 4;
  }

  #put(bytes: number): void {
    this.#align(bytes, 0);
    this.#bytes += bytes;
  }

  /** Fills up so that what has `bytes` more ends on a multiple of `alignment`, counted from the file's end. */
  #align(alignment: number, bytes: number): void {
    this.#largestAlignment = Math.max(this.#largestAlignment, alignment);
    this.#bytes += (alignment - ((this.#bytes + bytes) % alignment)) % alignment;
  }
}
