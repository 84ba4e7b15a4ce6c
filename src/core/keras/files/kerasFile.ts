import { ModelError } from '../../model/problem';
import type { KerasFlavour, KerasModel, KerasValue } from '../kerasModel';
import { archiveMembers, isArchive } from './archive';
import { withArchiveWeights } from './archiveWeights';
import { isHdf5, openHdf5, type Hdf5Group } from './hdf5';
import { parseKerasJson } from './jsonValue';
import { withListedWeights } from './listedWeights';
import { readConfiguration } from './readConfig';
import { isMap } from '../configValues';

/** The HDF5 file of weights in an archive. */
export const weightsMember = ['model', 'weights', 'h5'].join('.');

/** What a file of Keras 3 holds: what made it, the layers, and weights. */
const memberNames = ['metadata.json', 'config.json', weightsMember];

/** True for an archive or an HDF5 file: what they hold is known when they are read. */
export function isKerasFile(bytes: Uint8Array): boolean {
  return isArchive(bytes) || isHdf5(bytes);
}

/**
 * The model of a `.keras` or an `.h5` file with its weights. Code in the file is never run: of what it would compute,
 * nothing is known.
 * @throws ModelError where there is none, or where weights do not fit it.
 */
export function readKerasFile(bytes: Uint8Array): KerasModel {
  if (isHdf5(bytes)) return readWhole(openHdf5(bytes));
  const members = archiveMembers(bytes, memberNames);
  const [metadata, config, weights] = memberNames.map((name) => members.get(name));
  if (config === undefined) {
    throw new ModelError(
      'keras-config',
      'The archive has no config.json, so it is no Keras model. Save the model again with model.save().',
    );
  }
  const about = metadata === undefined ? null : parseKerasJson(new TextDecoder().decode(metadata));
  const root = parseKerasJson(new TextDecoder().decode(config));
  const model = readConfiguration(root, flavourOf(isMap(about) ? about.get('keras_version') : undefined));
  return weights === undefined ? model : withArchiveWeights(model, openHdf5(weights));
}

function readWhole(root: Hdf5Group): KerasModel {
  const [config, weights] = [root.text('model_config'), root.group('model_weights')];
  if (config === undefined) {
    throw new ModelError(
      'keras-weights-only',
      'The HDF5 file has weights and no model. Open the program that makes the model, or save the whole model.',
    );
  }
  const model = readConfiguration(parseKerasJson(config), flavourOf(root.text('keras_version')));
  return weights === undefined ? model : withListedWeights(model, weights);
}

/** `tf_keras` numbers its versions as TensorFlow does, so that all of Keras 2 begin with a 2. */
function flavourOf(version: KerasValue | undefined): KerasFlavour {
  return typeof version === 'string' && version.startsWith('2') ? 'keras2' : 'keras3';
}
