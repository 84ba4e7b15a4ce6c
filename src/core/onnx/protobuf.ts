import { PbfReader } from 'pbf';
import { ModelError } from '../model/problem';

/** How the fields of a message are read. `packed…` take one value or a run of them. */
type FieldKind = 'text' | 'bytes' | 'integer' | 'integers' | 'float' | 'floats' | 'doubles' | Message;

/** A message of a schema: by number, each field's name, what it holds, and whether it may come several times. */
export interface Message {
  readonly fields: ReadonlyMap<number, Field>;
}

interface Field {
  readonly name: string;
  readonly kind: FieldKind | (() => Message);
  readonly isList?: boolean;
}

/** A field of a schema: its number, its name, what it holds, and whether it may come several times. */
type Row = readonly [number: number, name: string, kind: FieldKind | (() => Message), isList?: 'list'];

/** A message of these fields; the others that it has are passed over. */
export function message(rows: readonly Row[]): Message {
  return {
    fields: new Map(rows.map(([number, name, kind, list]) => [number, { name, kind, isList: list !== undefined }])),
  };
}

/** What a message was read as; a field that is absent has no entry, lists are arrays. */
export type Fields = ReadonlyMap<string, FieldValue>;

export type FieldValue = string | number | Uint8Array | Fields | readonly FieldValue[];

/** Messages in messages beyond this depth are no model: those of ONNX nest a dozen deep, a graph in a graph more. */
const mostDepth = 64;

/**
 * Reads a message by its schema; fields that the schema does not name are passed over. Strings and bytes are views or
 * copies of their own bytes, so that no more is taken than the file has.
 * @throws ModelError `onnx-broken` where the bytes are no such message.
 */
export function readMessage(bytes: Uint8Array, message: Message): Fields {
  try {
    return fieldsOf(new PbfReader(bytes), bytes.length, { message, depth: 0 });
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw broken();
  }
}

function broken(): ModelError {
  return new ModelError(
    'onnx-broken',
    'The file is cut off or no ONNX model: its fields do not fit into its bytes. Export the model again.',
  );
}

interface Place {
  readonly message: Message;
  readonly depth: number;
}

function fieldsOf(pbf: PbfReader, end: number, { message, depth }: Place): Fields {
  if (depth > mostDepth) throw broken();
  const found = new Map<string, FieldValue>();
  const lists = new Map<string, FieldValue[]>();
  while (pbf.pos < end) {
    const tag = pbf.readVarint();
    const wire = tag & 7;
    const field = message.fields.get(Math.floor(tag / 8));
    if (field === undefined) {
      pbf.skip(tag);
      if (pbf.pos > end) throw broken();
      continue;
    }
    const kind = typeof field.kind === 'function' ? field.kind() : field.kind;
    const value = valueOf(pbf, { kind, wire, end, depth });
    if (field.isList === true || Array.isArray(value)) append(lists, field.name, value);
    else found.set(field.name, value);
  }
  if (pbf.pos !== end) throw broken();
  for (const [name, list] of lists) found.set(name, list);
  return found;
}

function append(lists: Map<string, FieldValue[]>, name: string, value: FieldValue): void {
  const list = lists.get(name) ?? [];
  if (list.length === 0) lists.set(name, list);
  if (!Array.isArray(value)) list.push(value);
  else for (const each of value as readonly FieldValue[]) list.push(each);
}

interface ValuePlace {
  readonly kind: FieldKind;
  readonly wire: number;
  readonly end: number;
  readonly depth: number;
}

/** Wire types: 0 a varint, 1 eight bytes, 2 a length and so many bytes, 5 four bytes. */
function valueOf(pbf: PbfReader, { kind, wire, end, depth }: ValuePlace): FieldValue {
  if (wire === 2) {
    const length = pbf.readVarint();
    const stop = pbf.pos + length;
    if (!(length >= 0 && stop <= end)) throw broken();
    if (typeof kind === 'object') return fieldsOf(pbf, stop, { message: kind, depth: depth + 1 });
    if (kind === 'bytes' || kind === 'text') {
      const bytes = pbf.buf.subarray(pbf.pos, stop);
      pbf.pos = stop;
      return kind === 'bytes' ? bytes : new TextDecoder().decode(bytes);
    }
    const values: number[] = [];
    while (pbf.pos < stop) values.push(numberOf(pbf, kind));
    if (pbf.pos !== stop) throw broken();
    return values;
  }
  if (typeof kind === 'object' || kind === 'bytes' || kind === 'text') throw broken();
  if (wire !== wireOf(kind)) throw broken();
  const value = numberOf(pbf, kind);
  if (pbf.pos > end) throw broken();
  return kind === 'integer' || kind === 'float' ? value : [value];
}

type NumberKind = Exclude<FieldKind, Message | 'text' | 'bytes'>;

function wireOf(kind: NumberKind): number {
  if (kind === 'doubles') return 1;
  return kind === 'float' || kind === 'floats' ? 5 : 0;
}

function numberOf(pbf: PbfReader, kind: NumberKind): number {
  if (kind === 'doubles') return pbf.readDouble();
  return kind === 'float' || kind === 'floats' ? pbf.readFloat() : pbf.readVarint(true);
}
