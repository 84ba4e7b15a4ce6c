import { isList, numberOf, textOf } from '../configValues';
import type { KerasShape } from '../kerasModel';
import { dataFormat, parameter, required, sizes, type LayerKind } from './layerKind';
import { withSpatial } from './spatial';

function encodedShape(input: KerasShape, mode: string | undefined, count: number | undefined): KerasShape {
  if (input === undefined || mode === undefined) return undefined;
  if (mode === 'int') return input;
  if (mode !== 'one_hot' || input.at(-1) === 1) return [...input.slice(0, -1), count];
  return [...input, count];
}

const categoryEncoding: LayerKind = {
  className: 'CategoryEncoding',
  parameters: [parameter('num_tokens', null), parameter('output_mode', 'multi_hot'), parameter('sparse', false)],
  outputs: ({ config, inputs: [input] }) => [
    encodedShape(input, textOf(config, 'output_mode'), numberOf(config, 'num_tokens')),
  ],
};

const discretization: LayerKind = {
  className: 'Discretization',
  parameters: [
    parameter('bin_boundaries', null),
    parameter('num_bins', null),
    parameter('epsilon', 0.01),
    parameter('output_mode', 'int'),
  ],
  outputs({ config, inputs: [input] }) {
    const bins = config.get('bin_boundaries');
    return [encodedShape(input, textOf(config, 'output_mode'), isList(bins) ? bins.length + 1 : undefined)];
  },
};

/** Pooling to a size that is asked for, whatever goes in. */
const adaptivePooling = (name: 'Max' | 'Average', axes: number): LayerKind => ({
  className: `Adaptive${name}Pooling${axes}D`,
  parameters: [required('output_size', sizes(axes)), dataFormat],
  outputs({ config, inputs: [input] }) {
    const size = config.get('output_size');
    const lengths = isList(size) ? size : [];
    return [
      withSpatial(input, { config, axes }, (_, axis) => {
        const length = lengths[axis];
        return typeof length === 'number' ? length : undefined;
      }),
    ];
  },
});

export const categories: readonly LayerKind[] = [categoryEncoding, discretization];

export const adaptivePoolings: readonly LayerKind[] = [1, 2, 3].flatMap((axes) => [
  adaptivePooling('Max', axes),
  adaptivePooling('Average', axes),
]);
