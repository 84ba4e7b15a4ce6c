import { isMap, textOf } from '../../keras/configValues';
import { parseKerasJson } from '../../keras/files/jsonValue';
import { withNamedWeights } from '../../keras/files/namedWeights';
import { readConfiguration } from '../../keras/files/readConfig';
import type { KerasConfig, KerasModel } from '../../keras/kerasModel';
import { ModelError } from '../../model/problem';
import type { ModelSource } from '../source';
import { manifestArrays } from './manifest';

/** What every such file has; the name of the file says nothing. */
const mark = '"modelTopology"';

/** True for a JSON object that holds the topology of a model. */
export function isTensorFlowJs({ bytes }: Pick<ModelSource, 'bytes'>): boolean {
  const begin = bytes.findIndex((byte) => byte > 0x20);
  return bytes[begin] === 0x7b && new TextDecoder().decode(bytes).includes(mark);
}

/**
 * The model of a `model.json` of TensorFlow.js with its weights, which lie in files beside it.
 * @throws ModelError for a graph model, and where weights are missing or do not fit.
 */
export function readTensorFlowJs(source: ModelSource): KerasModel {
  const root = parsed(source);
  const topology = root.get('modelTopology');
  if (textOf(root, 'format') === 'graph-model' || !isMap(topology) || topology.has('node')) throw graphModel();
  // The converter keeps what the .h5 file said; the library itself writes the configuration alone.
  const model = readConfiguration(topology.get('model_config') ?? topology, flavourOf(topology));
  const manifest = root.get('weightsManifest');
  return manifest === undefined ? model : withNamedWeights(model, manifestArrays(manifest, source));
}

function parsed({ bytes }: ModelSource): KerasConfig {
  const root = isTensorFlowJs({ bytes }) ? parseKerasJson(new TextDecoder().decode(bytes)) : undefined;
  if (isMap(root)) return root;
  throw new ModelError(
    'tfjs-none',
    'The JSON file holds no TensorFlow.js model: it has no "modelTopology". Choose the file that model.save() wrote.',
  );
}

/** What the library writes itself is as Keras 2 has it. */
function flavourOf(topology: KerasConfig): KerasModel['flavour'] {
  return textOf(topology, 'keras_version')?.startsWith('3') === true ? 'keras3' : 'keras2';
}

function graphModel(): ModelError {
  return new ModelError(
    'tfjs-graph',
    'This is a graph model of TensorFlow.js, a graph of TensorFlow without layers, which is not read. ' +
      'Convert the Keras model that it was made of (.keras or .h5), or export it as a layers model.',
  );
}
