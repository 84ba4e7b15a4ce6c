import { isList, isMap } from '../../keras/configValues';
import { parseKerasJson } from '../../keras/files/jsonValue';
import { withListedArrays } from '../../keras/files/listedWeights';
import { readConfiguration } from '../../keras/files/readConfig';
import type { FileArray } from '../../keras/files/weights';
import type { KerasConfig, KerasLayer, KerasModel, KerasValue } from '../../keras/kerasModel';
import { ModelError } from '../../model/problem';
import { readMessage, type Fields } from '../../onnx/protobuf';
import { siblingOf, type ModelSource } from '../source';
import { fieldsIn, numberIn, openBundle, textIn, unbroken, type Bundle } from './bundle';
import { kerasMetadata } from './messages';

/** The version of the schema, which has been 1 ever since, and the first of the graphs. */
const begin = [0x08, 0x01, 0x12];

const metadataName = 'keras_metadata.pb';

export function isSavedModel({ bytes }: Pick<ModelSource, 'bytes'>): boolean {
  return begin.every((byte, index) => bytes[index] === byte);
}

/**
 * The model of a SavedModel that Keras 2 wrote, with its weights: layers by what Keras notes of them, variables by the
 * objects that hold them. The graph itself is not read, and functions in it are never run.
 * @throws ModelError where nothing describes the layers, and where variables are missing or do not fit
 */
export function readSavedModel(source: ModelSource): KerasModel {
  if (!isSavedModel(source)) {
    throw new ModelError('saved-model-broken', 'The file is no SavedModel. Save the model again.');
  }
  const model = readConfiguration(described(source), 'keras2');
  const bundle = openBundle(source);
  const [root] = fieldsIn(bundle.objects, 'nodes');
  return root === undefined ? model : withVariables(model, root, bundle);
}

/** What Keras notes of the model as a whole. */
function described(source: ModelSource): KerasConfig {
  const bytes = siblingOf(source, metadataName);
  if (bytes === undefined) throw withoutLayers();
  const objects = fieldsIn(
    unbroken(() => readMessage(bytes, kerasMetadata)),
    'objects',
  );
  const root = objects.find((object) => textIn(object, 'path') === 'root');
  const config = root && withLists(parseKerasJson(textIn(root, 'metadata')));
  if (isMap(config)) return config;
  throw withoutLayers();
}

/** Tuples and shapes are objects there, of which the items count. */
function withLists(value: KerasValue | undefined): KerasValue | undefined {
  if (isList(value)) return value.map(withLists);
  if (!isMap(value)) return value;
  const [kind, items] = [value.get('class_name'), value.get('items')];
  if ((kind === '__tuple__' || kind === 'TensorShape') && isList(items)) return items.map(withLists);
  return new Map([...value].map(([name, each]) => [name, withLists(each)]));
}

function withoutLayers(): ModelError {
  return new ModelError(
    'saved-model-layers',
    `The SavedModel has a graph and does not say of which layers it is made (no ${metadataName}): model.export() of ` +
      'Keras 3 leaves them out. Save the model with model.save("model.keras"), and open that file.',
  );
}

/** Children called `layer-0`, `layer-1` … are the layers in the model's order. */
function withVariables(model: KerasModel, node: Fields, bundle: Bundle): KerasModel {
  const layers = model.layers.map((layer, index): KerasLayer => {
    const own = childOf(node, `layer-${index}`, bundle);
    if (layer.kind === 'op' || own === undefined) return layer;
    if (layer.model !== undefined) return { ...layer, model: withVariables(layer.model, own, bundle) };
    return withListedArrays(model, layer, variablesOf(own, bundle));
  });
  return { ...model, layers };
}

/** As `layer.weights` lists them; layers that prepare data have no list, and hold their variables one by one. */
function variablesOf(layer: Fields, bundle: Bundle): readonly FileArray[] {
  const children = fieldsIn(childOf(layer, 'variables', bundle) ?? layer, 'children');
  const nodes = [...new Set(children.map((child) => numberIn(child, 'node')))];
  return nodes.flatMap((index) =>
    fieldsIn(nodeAt(index, bundle), 'variables').map((variable) =>
      bundle.array(textIn(variable, 'key'), textIn(variable, 'fullName')),
    ),
  );
}

function childOf(node: Fields, name: string, bundle: Bundle): Fields | undefined {
  const child = fieldsIn(node, 'children').find((each) => textIn(each, 'name') === name);
  return child && nodeAt(numberIn(child, 'node'), bundle);
}

function nodeAt(index: number, { objects }: Bundle): Fields {
  return fieldsIn(objects, 'nodes').at(index) ?? new Map();
}
