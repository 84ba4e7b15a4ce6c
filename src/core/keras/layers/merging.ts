import { numberOf, numbersOf } from '../configValues';
import { axisFromFront, broadcastShapes, sumOf } from '../dimensions';
import type { KerasShape } from '../kerasModel';
import { parameter, required, type LayerKind } from './layerKind';

const merging = (className: string, name: string): LayerKind => ({
  className,
  functions: [name],
  inputs: ['inputs[]'],
  parameters: [],
  outputs: ({ inputs }) => [broadcastShapes(inputs)],
});

/** Shapes one behind the other along `axis`. */
export function concatenated(shapes: readonly KerasShape[], axis: number | undefined): KerasShape {
  const known = shapes.filter((shape) => shape !== undefined);
  const first = known.at(0);
  const place = first && axis !== undefined ? axisFromFront(axis, first.length) : undefined;
  if (first === undefined || place === undefined || known.length !== shapes.length) return undefined;
  if (known.some((shape) => shape.length !== first.length)) return undefined;
  return first.map((_, each) => {
    const lengths = known.map((shape) => shape[each]);
    if (each === place) return sumOf(lengths);
    return lengths.find((length) => typeof length === 'number') ?? lengths[0];
  });
}

const dot: LayerKind = {
  className: 'Dot',
  functions: ['dot'],
  inputs: ['inputs[]'],
  parameters: [required('axes'), parameter('normalize', false)],
  outputs({ config, inputs: [first, second] }) {
    const axes = numbersOf(config, 'axes');
    if (first === undefined || second === undefined || axes === undefined) return [undefined];
    const [left, right] = [axisFromFront(axes[0], first.length), axisFromFront(axes.at(1) ?? axes[0], second.length)];
    const shape = [
      ...first.filter((_, axis) => axis !== left),
      ...second.filter((_, axis) => axis !== right && axis !== 0),
    ];
    return [shape.length === 1 ? [...shape, 1] : shape];
  },
};

export const mergings: readonly LayerKind[] = [
  merging('Add', 'add'),
  merging('Subtract', 'subtract'),
  merging('Multiply', 'multiply'),
  merging('Average', 'average'),
  merging('Maximum', 'maximum'),
  merging('Minimum', 'minimum'),
  {
    className: 'Concatenate',
    functions: ['concatenate'],
    inputs: ['inputs[]'],
    parameters: [parameter('axis', -1)],
    outputs: ({ config, inputs }) => [concatenated(inputs, numberOf(config, 'axis'))],
  },
  dot,
];
