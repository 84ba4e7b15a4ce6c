import { ModelError } from '../../model/problem';

/** A configuration that makes no model, and why: the end of a sentence. */
export function unreadable(why: string): ModelError {
  return new ModelError(
    'keras-config',
    `The configuration in the Keras file cannot be read: ${why}. Save the whole model again with model.save().`,
  );
}
