import { ModelError } from '../../model/problem';
import type { KerasModel } from '../kerasModel';
import { archiveMembers, isArchive } from './archive';
import { withArchiveWeights } from './archiveWeights';
import { isHdf5, openHdf5 } from './hdf5';
import { weightsMember } from './kerasFile';
import { withListedWeights } from './listedWeights';

/**
 * A model that a program builds, with the weights of a file that training left beside it: of a whole model, or of
 * weights alone as either Keras writes them.
 * @throws ModelError where the file has none, or they do not fit the layers
 */
export function joinWeights(model: KerasModel, bytes: Uint8Array): KerasModel {
  if (isArchive(bytes)) {
    const weights = archiveMembers(bytes, [weightsMember]).get(weightsMember);
    if (weights === undefined) throw withoutWeights();
    return withArchiveWeights(model, openHdf5(weights));
  }
  if (!isHdf5(bytes)) throw withoutWeights();
  const root = openHdf5(bytes);
  const whole = root.group('model_weights');
  if (whole !== undefined) return withListedWeights(model, whole);
  return root.texts('layer_names') === undefined ? withArchiveWeights(model, root) : withListedWeights(model, root);
}

function withoutWeights(): ModelError {
  return new ModelError(
    'keras-weights',
    'The file has no weights of Keras. Choose one that model.save() or model.save_weights() wrote.',
  );
}
