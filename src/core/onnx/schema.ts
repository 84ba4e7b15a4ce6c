import { message, type Message } from './protobuf';

/**
 * Messages of ONNX as far as a model needs them: number, name and contents of each field.
 * Source: onnx/onnx, onnx/onnx.proto (IR version 3 to 10).
 */
const outside = message([
  [1, 'key', 'text'],
  [2, 'value', 'text'],
]);

const tensor = message([
  [1, 'dims', 'integers'],
  [2, 'type', 'integer'],
  [4, 'floats', 'floats'],
  [5, 'ints', 'integers'],
  [7, 'longs', 'integers'],
  [8, 'name', 'text'],
  [9, 'raw', 'bytes'],
  [10, 'doubles', 'doubles'],
  [13, 'outside', outside, 'list'],
  [14, 'location', 'integer'],
]);

const attribute: Message = message([
  [1, 'name', 'text'],
  [2, 'f', 'float'],
  [3, 'i', 'integer'],
  [4, 's', 'bytes'],
  [5, 't', tensor],
  // A graph holds nodes, and they attributes.
  [6, 'g', (): Message => graph],
  [7, 'floats', 'floats'],
  [8, 'ints', 'integers'],
  [9, 'strings', 'bytes', 'list'],
]);

const node = message([
  [1, 'inputs', 'text', 'list'],
  [2, 'outputs', 'text', 'list'],
  [3, 'name', 'text'],
  [4, 'kind', 'text'],
  [5, 'attributes', attribute, 'list'],
  [7, 'domain', 'text'],
]);

const dimension = message([
  [1, 'size', 'integer'],
  [2, 'name', 'text'],
]);
const shape = message([[1, 'dimensions', dimension, 'list']]);
const tensorType = message([
  [1, 'element', 'integer'],
  [2, 'shape', shape],
]);
const type = message([[1, 'tensor', tensorType]]);
const valueInfo = message([
  [1, 'name', 'text'],
  [2, 'type', type],
]);

const graph: Message = message([
  [1, 'nodes', node, 'list'],
  [2, 'name', 'text'],
  [5, 'constants', tensor, 'list'],
  [11, 'inputs', valueInfo, 'list'],
  [12, 'outputs', valueInfo, 'list'],
]);

const operatorSet = message([
  [1, 'domain', 'text'],
  [2, 'version', 'integer'],
]);

/** A file. */
export const modelMessage = message([
  [1, 'irVersion', 'integer'],
  [2, 'producer', 'text'],
  [7, 'graph', graph],
  [8, 'operatorSets', operatorSet, 'list'],
]);
