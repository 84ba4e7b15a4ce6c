import type { LaidValue } from '../draft';
import { sizeOf, shapeOf, type Atom, type Axis } from '../layout';
import type { Known, Lowering } from '../lowering';
import { numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { takeTail, type NodeTail } from '../tail';
import { padTensor } from './pad';
import { balanced, biasTensor, scalingOf, weightsTensor } from './weights';
import { neededPads, paddingName, pictureDimensions, sweepsOf, twoSweeps, type WindowSweep } from './window';

/** A convolution as its node has it. */
interface Convolution {
  readonly node: OnnxNode;
  readonly lowering: Lowering;
  readonly input: LaidValue;
  readonly weights: Known;
  readonly tail: NodeTail;
  readonly sweeps: readonly [WindowSweep, WindowSweep];
  readonly groups: number;
}

/** Conv: CONV_2D, or DEPTHWISE_CONV_2D where every channel has filters of its own. */
export function lowerConvolution(node: OnnxNode, lowering: Lowering): void {
  const [name, weightName] = node.inputs;
  const given = lowering.known(weightName);
  if (given === undefined) throw refused(node, 'its weights are computed; only constants are taken.');
  const weights = balanced(given, 0);
  const isReady = weights.quantization !== undefined && weights.quantization.zeroPoints.every((zero) => zero === 0);
  const padding = lowering.paddings.get(name);
  const tail = takeTail(lowering, node, { reads: [name], fuses: true, scales: true, isReady });
  const input = lowering.read(node, name, tail.isInteger);
  const shape = shapeOf(input.layout);
  const groups = numberOf(node, 'group', 1);
  if (shape.length !== weights.shape.length || shape[1] !== weights.shape[1] * groups) {
    throw refused(node, `weights of [${weights.shape.join(', ')}] do not fit its input of [${shape.join(', ')}].`);
  }
  const sweeps = twoSweeps(node, sweepsOf(node, shape.slice(2), { lengths: weights.shape.slice(2), padding }));
  const convolution = { node, lowering, input, weights, tail, sweeps, groups };
  emit(convolution);
}

function emit(convolution: Convolution): void {
  const { node, lowering, input, weights, tail, sweeps, groups } = convolution;
  const { draft } = lowering;
  const shape = shapeOf(input.layout);
  const [channels, isDepthwise] = [weights.shape[0], groups > 1 && groups === shape[1]];
  const order = groups === 1 ? inMemory(input, 1) : undefined;
  const dimensions = pictureDimensions(shape.length);
  const atoms: Axis[] = dimensions.map((axes) => axes.flatMap((axis) => input.layout.axes[axis]));
  if (order !== undefined) atoms[3] = order.atoms;
  const [y, x] = sweeps;
  const padding = paddingName(sweeps);
  const placed = draft.placed(input, atoms);
  const from =
    padding === undefined ? padTensor(lowering, placed, { pads: [[0, 0], ...neededPads(sweeps), [0, 0]] }) : placed;
  const { factors, offsets } = scalingOf(lowering, tail, channels);
  const filter = weightsTensor(lowering, weights, {
    name: node.inputs[1],
    turning: {
      permutation: weightPermutation(weights.shape.length, isDepthwise),
      shape: isDepthwise ? [1, y.length, x.length, channels] : [channels, y.length, x.length, weights.shape[1]],
      channelAxis: isDepthwise ? [0, 3] : [0, 0],
      ...(order?.places && { inputOrder: order.places, inputAxis: 1 }),
    },
    ...(!tail.isInteger && { factors }),
  });
  const bias = biasOf(convolution, { factors, offsets, input: placed, filter });
  const next = [shape[0], channels, ...sweeps.slice(4 - shape.length).map(({ count }) => count)];
  const output = lowering.made(tail.name, next, dimensions, tail.content);
  lowering.set(tail.name, output, !tail.isInteger);
  draft.emit({
    kind: isDepthwise ? 'DEPTHWISE_CONV_2D' : 'CONV_2D',
    version: tail.isInteger ? 3 : 1,
    inputs: [from, filter, bias],
    outputs: [output.tensor],
    table: isDepthwise ? 'DepthwiseConv2DOptions' : 'Conv2DOptions',
    values: {
      padding: padding ?? 'VALID',
      ...{ strideW: x.stride, strideH: y.stride, dilationWFactor: x.dilation, dilationHFactor: y.dilation },
      ...(isDepthwise && { depthMultiplier: channels / groups }),
      fusedActivationFunction: tail.activation,
    },
  });
}

function weightPermutation(rank: number, isDepthwise: boolean): readonly number[] {
  if (rank === 4) return isDepthwise ? [1, 2, 3, 0] : [0, 2, 3, 1];
  return isDepthwise ? [1, 2, 0] : [0, 2, 1];
}

/** The bias of a convolution, with what is folded into it. */
export function biasOf(
  { node, lowering, weights, tail }: Pick<Convolution, 'node' | 'lowering' | 'weights' | 'tail'>,
  made: {
    readonly factors: Float64Array;
    readonly offsets: Float64Array;
    readonly input: number;
    readonly filter: number;
  },
): number {
  const { draft } = lowering;
  const channels = made.factors.length;
  const given = lowering.numbers(node.inputs.at(2))?.values;
  if (given !== undefined && given.length !== channels)
    throw refused(node, 'its bias does not have one number for each channel.');
  const values = Float64Array.from(
    made.offsets,
    (offset, channel) => (given?.[channel] ?? 0) * made.factors[channel] + offset,
  );
  const name = node.inputs.at(2) ?? `${node.name}/bias`;
  const input = draft.contentOf(made.input);
  const scales = tail.isInteger ? ([input.quantization!, weights.quantization!] as const) : undefined;
  return biasTensor(lowering, { name, values, channels, scales, wide: input.type === 'int16' });
}

/**
 * The atoms of an axis as they lie in memory, and which place of the axis lies at each place there: weights that are
 * read along it can be put into that order, so that nothing has to move. Absent where it is the axis's own.
 */
export function inMemory(
  { layout }: LaidValue,
  axis: number,
): { readonly atoms: readonly Atom[]; readonly places: readonly number[] } | undefined {
  const own = layout.axes[axis];
  const atoms = [...own].sort((a, b) => layout.order.indexOf(a) - layout.order.indexOf(b));
  if (atoms.every((atom, index) => atom === own[index])) return undefined;
  const strides = new Map(own.map((atom, index) => [atom, sizeOf(own.slice(index + 1))]));
  let places: number[] = [0];
  for (const atom of atoms) {
    const stride = strides.get(atom) ?? 0;
    places = places.flatMap((place) => Array.from({ length: atom.size }, (_, step) => place + step * stride));
  }
  return { atoms, places };
}
