import { dimensionsIn, textOf } from '../configValues';
import type { KerasDimension, KerasShape } from '../kerasModel';
import {
  activationParameter,
  kernelAndBias,
  parameter,
  required,
  trainable,
  type LayerKind,
  type LayerUse,
} from './layerKind';

interface Parts {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
}

/** Letters of the equation, with others in place of `...`: `ab` of it stand for the axes that are not named. */
function partsOf({ config, inputs: [input] }: LayerUse): Parts | undefined {
  const [from, output] = (textOf(config, 'equation') ?? '').replaceAll(/\s/g, '').split('->');
  const [left, kernel] = from.split(',');
  if (input === undefined || kernel === undefined || output === undefined) return undefined;
  const count = input.length - (left.length - 3);
  if (left.includes('...') && count < 0) return undefined;
  const spread = 'ZYXWVU'.slice(0, count);
  return { input: left.replace('...', spread), kernel, output: output.replace('...', spread) };
}

/** Length of each letter: of the input as it is, of the output as `output_shape` says. */
function lengthsOf(use: LayerUse, { input, output }: Parts): ReadonlyMap<string, KerasDimension> {
  const { config, inputs } = use;
  const lengths = new Map<string, KerasDimension>();
  const asked = dimensionsIn(config.get('output_shape')) ?? [];
  const offset = output.length - asked.length;
  Array.from(output).forEach((letter, place) => lengths.set(letter, asked[place - offset] ?? undefined));
  Array.from(input).forEach((letter, place) => {
    if (lengths.get(letter) === undefined) lengths.set(letter, inputs[0]?.at(place));
  });
  return lengths;
}

function shapeBy(letters: string, lengths: ReadonlyMap<string, KerasDimension>): KerasShape {
  return Array.from(letters).map((letter) => lengths.get(letter));
}

/** A product with weights by an equation. */
export const einsumDense: LayerKind = {
  className: 'EinsumDense',
  parameters: [
    required('equation'),
    required('output_shape'),
    activationParameter,
    parameter('bias_axes', null),
    ...kernelAndBias(),
  ],
  outputs(use) {
    const parts = partsOf(use);
    return [parts && shapeBy(parts.output, lengthsOf(use, parts))];
  },
  weights(use) {
    const parts = partsOf(use);
    if (parts === undefined) return undefined;
    const lengths = lengthsOf(use, parts);
    const kernel = Array.from(parts.kernel)
      .map((letter) => lengths.get(letter))
      .filter((length) => typeof length === 'number');
    if (kernel.length < parts.kernel.length) return undefined;
    const axes = textOf(use.config, 'bias_axes');
    if (axes === undefined) return [trainable('kernel', kernel)];
    const first = Math.min(...Array.from(axes).map((letter) => parts.output.indexOf(letter)));
    const bias = Array.from(parts.output.slice(first)).map((letter) =>
      axes.includes(letter) ? lengths.get(letter) : 1,
    );
    const known = bias.filter((length) => typeof length === 'number');
    return known.length < bias.length ? undefined : [trainable('kernel', kernel), trainable('bias', known)];
  },
};
