import { ModelError } from '../../model/problem';
import type { KerasModel } from '../kerasModel';
import { archiveMembers, isArchive } from './archive';
import { leftInArchive, withArchiveWeights } from './archiveWeights';
import { isHdf5, openHdf5, type Hdf5Group } from './hdf5';
import { weightsMember } from './kerasFile';
import { leftInList, withListedWeights } from './listedWeights';

/**
 * A model that a program builds, with the weights of a file that training left beside it: of a whole model, or of
 * weights alone as either Keras writes them. All of the file's weights belong to it: a part of a larger model fits by
 * chance.
 * @throws ModelError where the file has none, they do not fit the layers, or there are more
 */
export function joinWeights(model: KerasModel, bytes: Uint8Array): KerasModel {
  const { root, isList } = weightsIn(bytes);
  if (!isList && model.kind === 'subclassed' && namesNoLayer(model, root)) throw byAttributes(model);
  const joined = isList ? withListedWeights(model, root) : withArchiveWeights(model, root);
  const left = isList ? leftInList(model, root) : leftInArchive(model, root);
  if (left.length > 0) throw tooMany(left);
  return joined;
}

interface FoundWeights {
  readonly root: Hdf5Group;
  /** Lists by the names of layers; else groups by their classes. */
  readonly isList: boolean;
}

function weightsIn(bytes: Uint8Array): FoundWeights {
  if (isArchive(bytes)) {
    const weights = archiveMembers(bytes, [weightsMember]).get(weightsMember);
    if (weights === undefined) throw withoutWeights();
    return { root: openHdf5(weights), isList: false };
  }
  if (!isHdf5(bytes)) throw withoutWeights();
  const root = openHdf5(bytes);
  const whole = root.group('model_weights');
  if (whole !== undefined) return { root: whole, isList: true };
  return { root, isList: root.texts('layer_names') !== undefined };
}

/** Names of layers that a message shows. */
const mostNames = 3;

function tooMany(left: readonly string[]): ModelError {
  const shown = left.slice(0, mostNames).map((name) => `"${name}"`);
  const names = [...shown, ...(left.length > shown.length ? ['others'] : [])].join(', ');
  const layers = left.length === 1 ? '1 layer' : `${left.length} layers`;
  return new ModelError(
    'keras-weights',
    `The file has weights of ${layers} that the model does not have (${names}). Save the weights of this model alone.`,
  );
}

/** Keras 3 names weights in a class of one's own by the attributes that hold the layers. */
function namesNoLayer(model: KerasModel, root: Hdf5Group): boolean {
  return leftInArchive(model, root).length > 0;
}

function byAttributes({ name }: KerasModel): ModelError {
  return new ModelError(
    'keras-weights',
    `The file keeps the weights of "${name}" by the attributes of its class, which are not followed. ` +
      'Build the same model of layers (keras.Model(inputs, outputs)), load the weights there, and save that.',
  );
}

function withoutWeights(): ModelError {
  return new ModelError(
    'keras-weights',
    `The file has no weights of Keras. Choose one that model.save() or model.save_weights("${weightsMember}") wrote; ` +
      'load a checkpoint of TensorFlow in Python with model.load_weights(), and save it so.',
  );
}
