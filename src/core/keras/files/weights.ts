import { ModelError } from '../../model/problem';
import { isOn } from '../configValues';
import type { KerasLayer, KerasModel, KerasWeight } from '../kerasModel';
import { weightShapesOf } from '../parameters';
import type { WeightShape } from '../layers/layerKind';

/** A variable as a file has it. */
export interface FileArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: () => Float32Array;
}

/**
 * The layer with the values that a file has for it, in Keras's order.
 * @throws ModelError `keras-weights` where they do not fit it.
 */
export function withValues(model: KerasModel, layer: KerasLayer, arrays: readonly FileArray[]): KerasLayer {
  const shapes = expectedShapes(model, layer, arrays);
  if (shapes.length !== arrays.length) {
    throw misfit(layer, `takes ${shapes.length} arrays of weights, and the file has ${arrays.length} for it`);
  }
  const weights = arrays.map((array, index): KerasWeight => {
    const { name, shape, isTrainable } = shapes[index];
    if (shape.length !== array.shape.length || shape.some((length, axis) => length !== array.shape[axis])) {
      throw misfit(
        layer,
        `takes a ${name} of [${shape.join(',')}], and the file has one of [${array.shape.join(',')}]`,
      );
    }
    return { name, shape, isTrainable, values: array.values() };
  });
  return { ...layer, weights };
}

/** As the layer's class says; of a class that is not known, what the file has. */
export function expectedShapes(
  model: KerasModel,
  layer: KerasLayer,
  arrays: readonly FileArray[],
): readonly WeightShape[] {
  const shapes = weightShapesOf(model, layer);
  if (shapes !== undefined) return shapes;
  return arrays.map(({ shape }, index) => ({ name: `${index}`, shape, isTrainable: true }));
}

export function isFrozen(layer: KerasLayer): boolean {
  return isOn(layer.config, 'trainable') === false;
}

function misfit({ name, className }: KerasLayer, what: string): ModelError {
  return new ModelError(
    'keras-weights',
    `The weights do not fit the layer "${name}" (${className}): it ${what}. Save model and weights again together.`,
  );
}
