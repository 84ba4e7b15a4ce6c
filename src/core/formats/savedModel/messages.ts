import { message } from '../../onnx/protobuf';

/** Messages of TensorFlow as far as weights and layers need them: number, name and contents of each field. */

const reference = message([
  [1, 'node', 'integer'],
  [2, 'name', 'text'],
]);

const variable = message([
  [2, 'fullName', 'text'],
  [3, 'key', 'text'],
]);

const object = message([
  [1, 'children', reference, 'list'],
  [2, 'variables', variable, 'list'],
]);

/** Which object holds which. Source: tensorflow, core/protobuf/trackable_object_graph.proto. */
export const objectGraph = message([[1, 'nodes', object, 'list']]);

const dimension = message([[1, 'size', 'integer']]);
const shape = message([[2, 'dimensions', dimension, 'list']]);

/** Where a variable lies. Source: tensorflow, core/protobuf/tensor_bundle.proto. */
export const bundleEntry = message([
  [1, 'type', 'integer'],
  [2, 'shape', shape],
  [3, 'shard', 'integer'],
  [4, 'offset', 'integer'],
  [5, 'size', 'integer'],
]);

export const bundleHeader = message([
  [1, 'shards', 'integer'],
  [2, 'endianness', 'integer'],
]);

const savedObject = message([
  [2, 'node', 'integer'],
  [3, 'path', 'text'],
  [4, 'kind', 'text'],
  [5, 'metadata', 'text'],
]);

/** What Keras 2 keeps of its layers. Source: keras 2.15, protobuf/saved_metadata.proto. */
export const kerasMetadata = message([[1, 'objects', savedObject, 'list']]);
