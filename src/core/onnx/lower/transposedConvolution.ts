import { elementCount } from '../../model/dataType';
import { decode, encode } from '../../model/values/stored';
import { newLayout, shapeOf } from '../layout';
import type { Known, Lowering } from '../lowering';
import { listOf, numberOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { takeTail } from '../tail';
import { biasOf } from './convolution';
import { balanced, scalingOf, weightsTensor } from './weights';
import { pictureDimensions } from './window';

/** One spatial axis of a transposed convolution. */
interface Spread {
  readonly size: number;
  readonly length: number;
  readonly stride: number;
  /** Cut off before the first place. */
  readonly before: number;
  /** What is left. */
  readonly wanted: number;
}

/** ConvTranspose: TRANSPOSE_CONV, and what it computes beyond the borders cut off. */
export function lowerTransposedConvolution(node: OnnxNode, lowering: Lowering): void {
  const [name, weightName] = node.inputs;
  const given = lowering.known(weightName);
  if (given === undefined) throw refused(node, 'its weights are computed; only constants are taken.');
  const rank = given.shape.length;
  if (rank !== 3 && rank !== 4) throw refused(node, 'TensorFlow Lite Micro has it for one and two spatial axes only.');
  const weights = widened(node, balanced(given, 1));
  const isReady = weights.quantization !== undefined && weights.quantization.zeroPoints.every((zero) => zero === 0);
  const tail = takeTail(lowering, node, { reads: [name], scales: true, isReady });
  const input = lowering.read(node, name, tail.isInteger);
  const shape = shapeOf(input.layout);
  if (shape.length !== rank || shape[1] !== weights.shape[0]) throw refused(node, 'its weights do not fit its input.');
  const channels = weights.shape[1];
  const own = spreadsOf(node, shape.slice(2), weights.shape.slice(2));
  const one: Spread = { size: 1, length: 1, stride: 1, before: 0, wanted: 1 };
  const spreads = rank === 3 ? [one, ...own] : own;
  const full = spreads.map(({ size, stride, length }) => (size - 1) * stride + length);
  const isSame = spreads.every(
    ({ wanted, size, stride, before }, axis) =>
      wanted === size * stride && before === Math.floor(Math.max(0, full[axis] - wanted) / 2),
  );
  // What is cut off behind lies within what is computed, or holds the bias alone.
  const made = spreads.map(({ wanted, before }, axis) => (isSame ? wanted : Math.max(full[axis], before + wanted)));
  const { factors, offsets } = scalingOf(lowering, tail, channels);
  const filter = weightsTensor(lowering, weights, {
    name: weightName,
    turning: {
      permutation: rank === 4 ? [1, 2, 3, 0] : [1, 2, 0],
      shape: [channels, ...spreads.map(({ length }) => length), shape[1]],
      channelAxis: [1, 0],
    },
    ...(!tail.isInteger && { factors }),
  });
  const dimensions = pictureDimensions(rank);
  const placed = lowering.placed(input, dimensions);
  const bias = biasOf({ node, lowering, weights, tail }, { factors, offsets, input: placed, filter });
  const { draft } = lowering;
  const isCut = made.some((size, axis) => size !== spreads[axis].wanted);
  const sizesOf = (all: readonly number[]): readonly number[] => [shape[0], channels, ...all.slice(4 - rank)];
  const whole = lowering.made(isCut ? `${tail.name}/whole` : tail.name, sizesOf(made), dimensions, tail.content);
  const sizes = draft.integers(`${node.name}/size`, [shape[0], ...made, channels]);
  draft.emit({
    kind: 'TRANSPOSE_CONV',
    version: 3,
    inputs: [sizes, filter, placed, bias],
    outputs: [whole.tensor],
    table: 'TransposeConvOptions',
    values: {
      padding: isSame ? 'SAME' : 'VALID',
      ...{ strideW: spreads[1].stride, strideH: spreads[0].stride, fusedActivationFunction: 'NONE' },
    },
  });
  if (!isCut) {
    lowering.set(tail.name, whole, !tail.isInteger);
    return;
  }
  const layout = newLayout(sizesOf(spreads.map(({ wanted }) => wanted)), dimensions.flat());
  const tensor = lowering.sliced(whole.tensor, {
    begin: [0, ...spreads.map(({ before }) => before), 0],
    end: [shape[0], ...spreads.map(({ before, wanted }) => before + wanted), channels],
    name: tail.name,
  });
  lowering.set(tail.name, { tensor, layout }, !tail.isInteger);
}

/** What is cut off of each axis. Source: ONNX's ConvTranspose. */
function spreadsOf(node: OnnxNode, sizes: readonly number[], lengths: readonly number[]): readonly Spread[] {
  const strides = listOf(node, 'strides') ?? sizes.map(() => 1);
  const pads = listOf(node, 'pads') ?? sizes.flatMap(() => [0, 0]);
  const extra = listOf(node, 'output_padding') ?? sizes.map(() => 0);
  const automatic = textOf(node, 'auto_pad', 'NOTSET');
  const asked = listOf(node, 'output_shape')?.slice(-sizes.length);
  return sizes.map((size, axis) => {
    const [stride, length] = [strides[axis] ?? 1, lengths[axis]];
    const full = (size - 1) * stride + length + (extra[axis] ?? 0);
    const same = automatic.startsWith('SAME') ? size * stride : undefined;
    const target = asked?.[axis] ?? same;
    const total = target === undefined ? undefined : Math.max(0, full - target);
    const before =
      total === undefined
        ? (pads[axis] ?? 0)
        : automatic === 'SAME_UPPER'
          ? Math.floor(total / 2)
          : total - Math.floor(total / 2);
    const wanted = target ?? full - (pads[axis] ?? 0) - (pads[axis + sizes.length] ?? 0);
    if (!(wanted > 0 && before >= 0)) throw refused(node, 'its padding leaves nothing of its result.');
    return { size, length, stride, before, wanted };
  });
}

/** TFLM has neither groups nor dilation here: zeros stand in the weights where groups or steps have none. */
function widened(node: OnnxNode, known: Known): Known {
  const groups = numberOf(node, 'group', 1);
  const [rows, own, ...lengths] = known.shape;
  const dilations = listOf(node, 'dilations') ?? lengths.map(() => 1);
  if (groups === 1 && dilations.every((dilation) => dilation === 1)) return known;
  if (!(groups >= 1 && rows % groups === 0)) throw refused(node, 'its groups do not fit its weights.');
  const reach = lengths.map((length, axis) => (length - 1) * dilations[axis] + 1);
  const shape = [rows, own * groups, ...reach];
  const stored = 'values' in known ? known.values : decode(known.type, known.data, elementCount(known.shape))!;
  const { quantization } = known;
  if (elementCount(shape) > mostWeights)
    throw refused(node, 'its groups or dilations would take more weights than a microcontroller holds.');
  const values = new Float64Array(elementCount(shape));
  const [inner, innerWide] = [elementCount(lengths), elementCount(reach)];
  for (let at = 0; at < stored.length; at++) {
    const [row, column, place] = [Math.floor(at / (own * inner)), Math.floor(at / inner) % own, at % inner];
    const group = Math.floor((row * groups) / rows);
    const width = lengths.at(-1) ?? 1;
    const [y, x] = [Math.floor(place / width), place % width];
    const to = lengths.length === 2 ? y * dilations[0] * reach[1] + x * dilations[1] : x * dilations[0];
    values[(row * own * groups + group * own + column) * innerWide + to] = stored[at];
  }
  if ('values' in known) return { ...known, shape, values };
  // Scales by channel are those of one group, which all groups share.
  const wide = quantization && {
    ...quantization,
    scales: quantization.scales.length === 1 ? quantization.scales : repeated(quantization.scales, groups),
    zeroPoints: quantization.scales.length === 1 ? quantization.zeroPoints : repeated(quantization.zeroPoints, groups),
  };
  return { ...known, shape, data: encode(known.type, values)!, quantization: wide };
}

const mostWeights = 2 ** 20;

function repeated(values: readonly number[], count: number): readonly number[] {
  return Array.from({ length: count }, () => values).flat();
}
