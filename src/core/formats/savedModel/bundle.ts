import type { FileArray } from '../../keras/files/weights';
import { spendBytes, spendSteps } from '../../model/budget';
import { storedBytes, type DataType } from '../../model/dataType';
import { ModelError } from '../../model/problem';
import { decode } from '../../model/values/stored';
import { readMessage, type Fields } from '../../onnx/protobuf';
import { siblingOf, type ModelSource } from '../source';
import { bundleEntry, bundleHeader, objectGraph } from './messages';
import { Cursor, tableEntries } from './table';

/** The variables of a SavedModel: an index, and files of bytes that it leads into. */
export interface Bundle {
  /** Which object holds which, as the message says it. */
  readonly objects: Fields;
  /** A variable by its key, called `name` for people. @throws ModelError where it is not there or no layer's. */
  readonly array: (key: string, name: string) => FileArray;
}

const prefix = 'variables/variables';
const graphKey = '_CHECKPOINTABLE_OBJECT_GRAPH';

/** Numbers of types. Source: tensorflow, core/framework/types.proto. */
const types: ReadonlyMap<number, DataType> = new Map([
  [1, 'float32'],
  [2, 'float64'],
  [3, 'int32'],
  [4, 'uint8'],
  [5, 'int16'],
  [6, 'int8'],
  [9, 'int64'],
  [10, 'bool'],
  [14, 'bfloat16'],
  [19, 'float16'],
  [22, 'uint32'],
]);

/** @throws ModelError where a file is not there, or is damaged */
export function openBundle(source: ModelSource): Bundle {
  const index = siblingOf(source, `${prefix}.index`);
  if (index === undefined) throw missing(`${prefix}.index`);
  const entries = unbroken(() => tableEntries(index));
  const header = unbroken(() => readMessage(entries.get('') ?? new Uint8Array(), bundleHeader));
  const shards = numberIn(header, 'shards');
  if (numberIn(header, 'endianness') !== 0) {
    throw new ModelError('saved-model-variables', 'The variables are those of a big-endian machine. Save them again.');
  }
  const bytesAt = (entry: Fields, what: string): Uint8Array => {
    const name = `${prefix}.data-${padded(numberIn(entry, 'shard'))}-of-${padded(shards)}`;
    const data = siblingOf(source, name);
    if (data === undefined) throw missing(name);
    const [begin, size] = [numberIn(entry, 'offset'), numberIn(entry, 'size')];
    if (begin >= 0 && size >= 0 && begin + size <= data.length) return data.subarray(begin, begin + size);
    throw new ModelError('saved-model-variables', `${name} ends before the bytes of ${what}. Save the model again.`);
  };
  const entryOf = (key: string, what: string): Fields => {
    const entry = entries.get(key);
    if (entry !== undefined) return unbroken(() => readMessage(entry, bundleEntry));
    throw new ModelError('saved-model-variables', `${prefix}.index names no bytes of ${what}. Save the model again.`);
  };
  const [graph] = textsIn(bytesAt(entryOf(graphKey, 'its objects'), 'its objects'), 1);
  return {
    objects: unbroken(() => readMessage(graph, objectGraph)),
    array(key, name) {
      const what = `the variable "${name}"`;
      const entry = entryOf(key, what);
      return arrayOf(entry, bytesAt(entry, what), what);
    },
  };
}

function arrayOf(entry: Fields, bytes: Uint8Array, what: string): FileArray {
  const type = types.get(numberIn(entry, 'type'));
  if (type === undefined) {
    throw new ModelError(
      'saved-model-variables',
      `The type of ${what} (${numberIn(entry, 'type')}) is one that no layer of Keras has. Save the model again.`,
    );
  }
  const shape = fieldsIn(fieldIn(entry, 'shape'), 'dimensions').map((dimension) => numberIn(dimension, 'size'));
  const elements = shape.reduce((product, length) => product * length, 1);
  if (!shape.every((length) => length >= 0) || storedBytes(type, elements) !== bytes.length) {
    throw new ModelError(
      'saved-model-variables',
      `The shape [${shape.join(',')}] of ${what} does not fit its ${bytes.length} bytes. Save the model again.`,
    );
  }
  return {
    shape,
    values() {
      spendSteps(elements * 4);
      spendBytes(elements * 12);
      return Float32Array.from(decode(type, bytes, elements) ?? []);
    },
  };
}

/** Texts of a tensor: their lengths, a checksum of four bytes, and the texts one after the other. */
function textsIn(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  return unbroken(() => {
    const cursor = new Cursor(bytes, 0, bytes.length);
    const lengths = Array.from({ length: count }, () => cursor.varint());
    cursor.take(4);
    return lengths.map((length) => cursor.take(length));
  });
}

function padded(number: number): string {
  return `${number}`.padStart(5, '0');
}

function missing(name: string): ModelError {
  return new ModelError(
    'saved-model-missing',
    `The file ${name} of the SavedModel is not there. Copy the whole folder, or save the model again.`,
  );
}

/** Whatever does not fit its bytes is a damaged file. */
export function unbroken<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'HumanError') throw error;
    throw new ModelError(
      'saved-model-broken',
      'A file of the SavedModel is damaged: its fields do not fit into its bytes. Save the model again.',
    );
  }
}

/** 0 where the field is absent, as the format has it. */
export function numberIn(fields: Fields, name: string): number {
  const value = fields.get(name);
  return typeof value === 'number' ? value : 0;
}

export function textIn(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

export function fieldsIn(fields: Fields, name: string): readonly Fields[] {
  const value = fields.get(name);
  return Array.isArray(value) ? (value as readonly Fields[]) : [];
}

function fieldIn(fields: Fields, name: string): Fields {
  const value = fields.get(name);
  return value instanceof Map ? (value as Fields) : new Map();
}
