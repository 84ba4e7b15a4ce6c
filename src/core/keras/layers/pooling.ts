import { isOn, numbersOf, textOf } from '../configValues';
import { windowLength } from '../dimensions';
import type { KerasShape } from '../kerasModel';
import {
  dataFormat,
  parameter,
  required,
  sizes,
  word,
  type LayerKind,
  type LayerParameter,
  type LayerUse,
} from './layerKind';
import { spatialAxes, withSpatial } from './spatial';

/** Keras 3 gives the average no default for its window, Keras 2 does. */
const windowOf = (name: string, axes: number): LayerParameter =>
  name === 'Max' ? parameter('pool_size', 2, sizes(axes)) : { ...required('pool_size', sizes(axes)), keras2Default: 2 };

const pooling = (name: 'Max' | 'Average', axes: number): LayerKind => ({
  className: `${name}Pooling${axes}D`,
  aliases: [`${name === 'Max' ? 'Max' : 'Avg'}Pool${axes}D`],
  parameters: [
    windowOf(name, axes),
    parameter('strides', null, { kind: 'asOther', other: 'pool_size', count: axes }),
    parameter('padding', 'valid', word),
    dataFormat,
  ],
  outputs: ({ config, inputs: [input] }) => {
    const [window, steps, how] = [
      numbersOf(config, 'pool_size'),
      numbersOf(config, 'strides'),
      textOf(config, 'padding'),
    ];
    const shape = withSpatial(input, { config, axes }, (length, axis) => {
      const [size, stride] = [window?.at(axis), steps?.at(axis)];
      if (size === undefined || stride === undefined || how === undefined) return undefined;
      return windowLength(length, { size, stride, padding: how });
    });
    return [shape];
  },
});

const globalPooling = (name: 'Max' | 'Average', axes: number): LayerKind => ({
  className: `Global${name}Pooling${axes}D`,
  aliases: [`Global${name === 'Max' ? 'Max' : 'Avg'}Pool${axes}D`],
  parameters: [dataFormat, parameter('keepdims', false)],
  outputs: (use) => [reduced(use, axes)],
});

function reduced({ config, inputs: [input] }: LayerUse, axes: number): KerasShape {
  const keeps = isOn(config, 'keepdims');
  if (input?.length !== axes + 2 || keeps === undefined) return undefined;
  const { channels } = spatialAxes(config, axes);
  if (!keeps) return [input[0], input[channels]];
  return input.map((dimension, axis) => (axis === 0 || axis === channels ? dimension : 1));
}

export const poolings: readonly LayerKind[] = [1, 2, 3].flatMap((axes) => [
  pooling('Max', axes),
  pooling('Average', axes),
  globalPooling('Max', axes),
  globalPooling('Average', axes),
]);
