import type { KerasFlavour, KerasModel } from '../kerasModel';

/**
 * How TensorFlow's names of a layer's operations begin, for each layer and each call. Keras 3 traces a model a second
 * time, so that names get a number behind: `conv2d_1`, and where that is a layer's name itself, `conv2d_1_2`.
 */
export function scopeNames(model: KerasModel, flavour: KerasFlavour): readonly (readonly string[])[] {
  const names = new Set(model.layers.map(({ name }) => name));
  return model.layers.map(({ name, calls }) =>
    calls.map((_, call) => {
      if (flavour === 'keras2') return call === 0 ? name : `${name}_${call}`;
      if (call > 0) return `${name}_${2 * call + 1}`;
      const base = name.replace(/_1$/, '');
      return base !== name && names.has(base) ? `${name}_2` : `${name}_1`;
    }),
  );
}
