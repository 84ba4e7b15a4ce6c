import type { MannerNumbers, Manners } from '../keras/manners';
import type { Model } from '../model/model';
import type { Origins } from '../model/origin';
import type { Problem } from '../model/problem';
import type { Program } from '../model/program';

/**
 * What every format gives: a model, what is wrong with it, and where its operators came from as far as that is known.
 */
export interface ReadResult {
  readonly model: Model;
  readonly problems: readonly Problem[];
  readonly origins?: Origins;
  /** Of a program that builds the model. */
  readonly program?: Program;
  /**
   * Of a Keras model: what the official converter makes of it, and ours, in float or in numbers that are asked for.
   * Converts both anew each time.
   */
  readonly manners?: (numbers?: MannerNumbers) => Manners;
}
