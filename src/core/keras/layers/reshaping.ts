import { dimensionsIn, isList, numberOf, numbersIn, numbersOf } from '../configValues';
import { mapDimension, productOf } from '../dimensions';
import type { KerasConfig, KerasDimension } from '../kerasModel';
import { dataFormat, margins, parameter, required, sizes, without, type LayerKind } from './layerKind';
import { withSpatial } from './spatial';

const flatten: LayerKind = {
  className: 'Flatten',
  parameters: [dataFormat],
  outputs: ({ inputs: [input] }) => [input && [input[0], productOf(input.slice(1))]],
};

const reshape: LayerKind = {
  className: 'Reshape',
  parameters: [required('target_shape')],
  outputs({ config, inputs: [input] }) {
    const target = dimensionsIn(config.get('target_shape'));
    return [input && target && [input[0], ...reshaped(input.slice(1), target)]];
  },
};

/** `target` with its -1 worked out of the elements of `input`. */
export function reshaped(
  input: readonly KerasDimension[],
  target: readonly KerasDimension[],
): readonly KerasDimension[] {
  if (!target.includes(-1)) return target;
  const [all, others] = [productOf(input), productOf(target.filter((length) => length !== -1))];
  const rest = typeof others === 'number' && others > 0 ? mapDimension(all, (count) => count / others) : others;
  return target.map((length) => (length === -1 ? rest : length));
}

const permute: LayerKind = {
  className: 'Permute',
  parameters: [required('dims')],
  outputs({ config, inputs: [input] }) {
    const order = numbersOf(config, 'dims');
    return [input && order && [input[0], ...order.map((axis) => input[axis])]];
  },
};

const repeatVector: LayerKind = {
  className: 'RepeatVector',
  parameters: [required('n')],
  outputs({ config, inputs: [input] }) {
    return [input && [input[0], numberOf(config, 'n'), input[1]]];
  },
};

/** Two numbers for each spatial axis: what is added, or cut off, before and behind. */
export function marginsOf(config: KerasConfig, name: string, axes: number): readonly (readonly number[] | undefined)[] {
  const value = config.get(name);
  if (axes === 1) return [numbersIn(value)];
  return isList(value) ? value.map((pair) => numbersIn(pair)) : Array<undefined>(axes).fill(undefined);
}

const edged = (verb: 'ZeroPadding' | 'Cropping', axes: number): LayerKind => {
  const [name, sign] = verb === 'ZeroPadding' ? ['padding', 1] : ['cropping', -1];
  const standard = axes === 1 || verb === 'ZeroPadding' ? 1 : 0;
  return {
    className: `${verb}${axes}D`,
    parameters: [parameter(name, standard, margins(axes)), ...(axes === 1 && sign < 0 ? [] : [dataFormat])],
    outputs({ config, inputs: [input] }) {
      const pairs = marginsOf(config, name, axes);
      const shape = withSpatial(input, { config, axes }, (length, axis) => {
        const pair = pairs.at(axis);
        if (pair === undefined) return undefined;
        return mapDimension(length, (known) => known + sign * (pair[0] + (pair.at(1) ?? pair[0])));
      });
      return [shape];
    },
  };
};

const upSampling = (axes: number): LayerKind => ({
  className: `UpSampling${axes}D`,
  parameters: [
    parameter('size', 2, axes === 1 ? undefined : sizes(axes)),
    ...(axes === 1 ? [] : [dataFormat]),
    ...(axes === 2 ? [parameter('interpolation', 'nearest')] : []),
  ],
  outputs({ config, inputs: [input] }) {
    const factors = numbersOf(config, 'size');
    const shape = withSpatial(input, { config, axes }, (length, axis): KerasDimension => {
      const factor = factors?.at(axis);
      return factor === undefined ? undefined : mapDimension(length, (known) => known * factor);
    });
    return [shape];
  },
});

const resized = (className: string): LayerKind => ({
  className,
  parameters: [
    required('height'),
    required('width'),
    ...(className === 'Resizing' ? [parameter('interpolation', 'bilinear')] : []),
    ...without('crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'fill_mode', 'fill_value', 'antialias'),
    dataFormat,
  ],
  outputs({ config, inputs: [input] }) {
    const lengths = [numberOf(config, 'height'), numberOf(config, 'width')];
    if (input?.length === 3) return [[...lengths, input[2]]];
    return [withSpatial(input, { config, axes: 2 }, (_, axis) => lengths[axis])];
  },
});

export const reshapings: readonly LayerKind[] = [
  flatten,
  reshape,
  permute,
  repeatVector,
  ...[1, 2, 3].flatMap((axes) => [edged('ZeroPadding', axes), edged('Cropping', axes), upSampling(axes)]),
  ...['Resizing', 'CenterCrop', 'RandomCrop'].map(resized),
];
