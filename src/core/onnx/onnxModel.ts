import type { DataType } from '../model/dataType';
import { elementCount, storedBytes } from '../model/dataType';
import { spendSteps } from '../model/budget';
import { ModelError } from '../model/problem';
import { encode } from '../model/values/stored';
import { fieldIn, fieldsIn, isFields, numberIn, numbersIn, textIn, textsIn } from './fields';
import { readMessage, type Fields } from './protobuf';
import { modelMessage } from './schema';

/** A tensor whose values are in the file. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
  /** Little-endian and row-major, as TFLite has them: a view into the file where it holds them so. */
  readonly data: Uint8Array;
}

export type AttributeValue =
  | number
  | readonly number[]
  | string
  | OnnxTensor
  | { readonly texts: readonly string[] }
  | { readonly graph: OnnxGraph };

/** One operation of the file. */
export interface OnnxNode {
  /** Its name, else that of its first output: for people. */
  readonly name: string;
  readonly kind: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

/** An input or output of the graph; -1 for a dimension without a size. */
export interface OnnxValue {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
}

/** Nodes over values, whose names those of an outer graph may be. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  readonly outputs: readonly string[];
  /** Names of constants that are texts. */
  readonly texts: ReadonlySet<string>;
}

export interface OnnxModel extends OnnxGraph {
  readonly opset: number;
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
}

/** Files beside the model, by a name relative to its folder; `undefined` where there is none. */
export interface FilesBeside {
  read(name: string): Uint8Array | undefined;
}

const oldestOpset = 9;
const newestOpset = 21;
/** A dimension beyond this is no tensor of a microcontroller, and would be work without bytes. */
const mostElements = 2 ** 28;

/** Types by their number in ONNX. Source: onnx/onnx.proto, TensorProto.DataType. */
const types: ReadonlyMap<number, DataType> = new Map<number, DataType>([
  [1, 'float32'],
  [2, 'uint8'],
  [3, 'int8'],
  [4, 'uint16'],
  [5, 'int16'],
  [6, 'int32'],
  [7, 'int64'],
  [9, 'bool'],
  [10, 'float16'],
  [11, 'float64'],
  [12, 'uint32'],
  [13, 'uint64'],
]);

const mostBesideZero = 2 ** 12;

const textType = 8;

/** True where the bytes begin as a model of ONNX does: its version, then a producer or a graph. */
export function isOnnx(bytes: Uint8Array): boolean {
  return (
    bytes.length > 4 && bytes[0] === 8 && bytes[1] >= 3 && bytes[1] <= 20 && (bytes[2] === 0x12 || bytes[2] === 0x3a)
  );
}

/** Reads a file. @throws ModelError where it is none, or of a version or form that is not read. */
export function readOnnxModel(bytes: Uint8Array, siblings?: FilesBeside): OnnxModel {
  spendSteps(bytes.length);
  const file = readMessage(bytes, modelMessage);
  const graph = file.get('graph');
  if (!isFields(graph)) {
    throw new ModelError('onnx-no-graph', 'The file is no ONNX model: it has no graph. Export the model again.');
  }
  const opset = opsetOf(file);
  const whole = graphOf(graph, siblings);
  return {
    opset,
    name: textIn(graph, 'name'),
    ...whole,
    // Files of old exporters list weights among the inputs.
    inputs: fieldsIn(graph, 'inputs')
      .filter((fields) => !whole.constants.has(textIn(fields, 'name')))
      .map(valueOf),
  };
}

function graphOf(graph: Fields, siblings: FilesBeside | undefined): OnnxGraph {
  const given = fieldsIn(graph, 'constants');
  const isText = (fields: Fields): boolean => numberIn(fields, 'type') === textType;
  const constants = given.filter((fields) => !isText(fields)).map((fields) => tensorOf(fields, siblings));
  return {
    texts: new Set(given.filter(isText).map((fields) => textIn(fields, 'name'))),
    nodes: fieldsIn(graph, 'nodes').map((fields) => nodeOf(fields, siblings)),
    constants: new Map(constants.map((constant) => [constant.name, constant])),
    outputs: fieldsIn(graph, 'outputs').map((fields) => textIn(fields, 'name')),
  };
}

function opsetOf(file: Fields): number {
  const sets = fieldsIn(file, 'operatorSets');
  const own = sets.find((fields) => ['', 'ai.onnx'].includes(textIn(fields, 'domain')));
  // A file that names only other sets has no node of this one.
  const none = sets.length === 0 ? 1 : newestOpset;
  const opset = own === undefined ? none : numberIn(own, 'version');
  if (opset >= oldestOpset && opset <= newestOpset) return opset;
  throw new ModelError(
    'onnx-opset',
    `The file uses opset ${opset}; ${oldestOpset} to ${newestOpset} are read. Export the model with one of these (opset_version=17).`,
  );
}

function nodeOf(fields: Fields, siblings: FilesBeside | undefined): OnnxNode {
  const [outputs, kind] = [textsIn(fields, 'outputs'), textIn(fields, 'kind')];
  const name = textIn(fields, 'name') || outputs[0] || kind;
  const domain = textIn(fields, 'domain');
  const isOwn = domain === '' || domain === 'ai.onnx';
  const attributes = new Map<string, AttributeValue>();
  for (const each of fieldsIn(fields, 'attributes')) {
    const value = attributeOf(each, siblings);
    if (value !== undefined) attributes.set(textIn(each, 'name'), value);
  }
  return { name, kind: isOwn ? kind : `${domain}.${kind}`, inputs: textsIn(fields, 'inputs'), outputs, attributes };
}

function attributeOf(fields: Fields, siblings: FilesBeside | undefined): AttributeValue | undefined {
  const [tensor, bytes, graph] = [fields.get('t'), fields.get('s'), fields.get('g')];
  if (isFields(tensor)) return tensorOf(tensor, siblings);
  if (isFields(graph)) return { graph: graphOf(graph, siblings) };
  if (bytes instanceof Uint8Array) return new TextDecoder().decode(bytes);
  const number = fields.get('i') ?? fields.get('f');
  if (typeof number === 'number') return number;
  const numbers = numbersIn(fields, 'ints') ?? numbersIn(fields, 'floats');
  const texts = fields.get('strings');
  if (numbers !== undefined || !Array.isArray(texts)) return numbers;
  const decoder = new TextDecoder();
  return { texts: texts.flatMap((each) => (each instanceof Uint8Array ? [decoder.decode(each)] : [])) };
}

function tensorOf(fields: Fields, siblings: FilesBeside | undefined): OnnxTensor {
  const [name, number] = [textIn(fields, 'name'), numberIn(fields, 'type')];
  const type = types.get(number);
  const shape = numbersIn(fields, 'dims') ?? [];
  if (type === undefined) {
    throw new ModelError('onnx-type', `The constant "${name}" has a type that is not read (${number} of ONNX).`);
  }
  const isSize = (size: number): boolean => Number.isInteger(size) && size >= 0 && size <= mostElements;
  // Of a shape with a zero nothing has to be there for what else it says.
  const isEmpty = shape.includes(0) && shape.some((size) => size > mostBesideZero);
  if (!shape.every(isSize) || isEmpty || elementCount(shape) > mostElements) {
    throw new ModelError('onnx-shape', `The constant "${name}" has a shape that no model has: [${shape.join(', ')}].`);
  }
  const data = numberIn(fields, 'location') === 1 ? outsideOf(fields, name, siblings) : dataOf(fields, type);
  if (data?.length !== storedBytes(type, elementCount(shape))) {
    throw new ModelError('onnx-values', `The constant "${name}" has fewer or more values than its shape says.`);
  }
  return { name, type, shape, data };
}

/** Values that lie in a file beside the model. @throws ModelError where they are not there. */
function outsideOf(fields: Fields, name: string, siblings: FilesBeside | undefined): Uint8Array {
  const entries = new Map(fieldsIn(fields, 'outside').map((each) => [textIn(each, 'key'), textIn(each, 'value')]));
  const file = entries.get('location') ?? '';
  const bytes = file === '' ? undefined : siblings?.read(file);
  if (bytes === undefined) {
    throw new ModelError(
      'onnx-external-data',
      `The values of "${name}" lie in the file "${file}" beside the model, which is not there or not read. Put it into the model's folder, or export the model with its weights inside (external_data=False).`,
    );
  }
  const offset = Number(entries.get('offset') ?? 0);
  const end = entries.has('length') ? offset + Number(entries.get('length')) : bytes.length;
  if (!(Number.isInteger(offset) && Number.isInteger(end) && offset >= 0 && offset <= end && end <= bytes.length)) {
    throw new ModelError(
      'onnx-external-data',
      `The values of "${name}" lie beyond the end of the file "${file}" beside the model. Export the model again.`,
    );
  }
  return bytes.subarray(offset, end);
}

function dataOf(fields: Fields, type: DataType): Uint8Array | undefined {
  const raw = fields.get('raw');
  if (raw instanceof Uint8Array) return raw;
  const values = ['floats', 'ints', 'longs', 'doubles'].map((name) => numbersIn(fields, name)).find(Boolean) ?? [];
  // Half floats lie in a list of integers as their bits.
  return encode(type === 'float16' ? 'uint16' : type, values);
}

function valueOf(fields: Fields): OnnxValue {
  const name = textIn(fields, 'name');
  const tensor = fieldIn(fieldIn(fields, 'type'), 'tensor');
  const type = types.get(tensor === undefined ? 0 : numberIn(tensor, 'element'));
  const shape = fieldIn(tensor, 'shape');
  if (type === undefined || shape === undefined) {
    throw new ModelError('onnx-input', `The input "${name}" is no tensor of known type and shape.`);
  }
  const sizes = fieldsIn(shape, 'dimensions').map((each) => (each.has('size') ? numberIn(each, 'size') : -1));
  return { name, type, shape: sizes };
}
