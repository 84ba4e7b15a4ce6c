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

/** What a file of Keras 3 holds beside its weights: what made it, and the layers. */
const layerMembers = ['metadata.json', 'config.json'];
const memberNames = [...layerMembers, weightsMember];

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
  if (!isArchive(bytes)) throw notKeras(bytes);
  const members = archiveMembers(bytes, memberNames);
  const weights = members.get(weightsMember);
  const model = readLayers(members);
  return weights === undefined ? model : withArchiveWeights(model, openHdf5(weights));
}

/**
 * The model of such a file without its weights; nothing where the file has weights alone.
 * @throws ModelError where what it says of the model cannot be read
 */
export function readKerasLayers(bytes: Uint8Array): KerasModel | undefined {
  if (isArchive(bytes)) return readLayers(archiveMembers(bytes, layerMembers));
  const root = isHdf5(bytes) ? openHdf5(bytes) : undefined;
  return root?.text('model_config') === undefined ? undefined : readDescribed(root);
}

function readLayers(members: ReadonlyMap<string, Uint8Array>): KerasModel {
  const [metadata, config] = layerMembers.map((name) => members.get(name));
  if (config === undefined) {
    throw new ModelError(
      'keras-config',
      'The archive has no config.json, so it is no Keras model. Save the model again with model.save().',
    );
  }
  const about = metadata === undefined ? null : parseKerasJson(new TextDecoder().decode(metadata));
  const root = parseKerasJson(new TextDecoder().decode(config));
  return readConfiguration(root, flavourOf(isMap(about) ? about.get('keras_version') : undefined));
}

function readWhole(root: Hdf5Group): KerasModel {
  const model = readDescribed(root);
  const weights = root.group('model_weights');
  return weights === undefined ? model : withListedWeights(model, weights);
}

function readDescribed(root: Hdf5Group): KerasModel {
  const config = root.text('model_config');
  if (config === undefined) {
    throw new ModelError(
      'keras-weights-only',
      'The HDF5 file has weights and no model. Open the program that makes the model, or save the whole model.',
    );
  }
  return readConfiguration(parseKerasJson(config), flavourOf(root.text('keras_version')));
}

/** A pickle begins with its mark and the version of its protocol. */
function notKeras(bytes: Uint8Array): ModelError {
  const isPickle = bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
  return new ModelError(
    'keras-format',
    isPickle
      ? 'The file is a pickle of Python, which runs code when it is loaded, so it never is here. ' +
          'Load it where you trust it, and save the model with model.save("model.keras").'
      : 'The file is neither a Keras archive nor HDF5, whatever its name says. Save the model again with model.save().',
  );
}

/** `tf_keras` numbers its versions as TensorFlow does, so that all of Keras 2 begin with a 2. */
function flavourOf(version: KerasValue | undefined): KerasFlavour {
  return typeof version === 'string' && version.startsWith('2') ? 'keras2' : 'keras3';
}
