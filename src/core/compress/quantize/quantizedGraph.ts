import type { Model } from '../../model/model';
import type { ActivationType, Affine, Range } from './affine';

/** A model whose graph was rewritten with integers, and where its parts came from. */
export interface QuantizedGraph {
  readonly model: Model;
  /** Type of quantized activations. */
  readonly activations: ActivationType;
  /** For every operator of the result, the operator of the source that it computes; -1 for a conversion. */
  readonly origins: readonly number[];
  /** Operators of the source that stay float, with the reason as a complete sentence. */
  readonly islands: ReadonlyMap<number, string>;
  /** The quantization of float values of the source that are quantized in the result. */
  readonly affines: ReadonlyMap<number, Affine>;
  /** What readers need of values of the source, where that is less than all of it. */
  readonly needed?: ReadonlyMap<number, Range>;
}
