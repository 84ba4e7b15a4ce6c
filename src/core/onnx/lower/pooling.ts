import { shapeOf } from '../layout';
import { requantized } from '../quantization';
import type { Lowering } from '../lowering';
import { listOf, numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { isSameQuantization, takeTail } from '../tail';
import { padTensor } from './pad';
import { neededPads, paddingName, pictureDimensions, sweepsOf, twoSweeps, type WindowSweep } from './window';

/** Windows that get a factor each where their padding counts or not. */
const mostWindows = 2 ** 20;

const lowestFloat = -3.4028234663852886e38;

/** MaxPool: MAX_POOL_2D, around it the lowest number where its padding has no name in TFLite. */
export function lowerMaxPool(node: OnnxNode, lowering: Lowering): void {
  if (node.outputs.length > 1 && lowering.readersOf(node.outputs[1]).length > 0)
    throw refused(node, 'TensorFlow Lite Micro gives no places of the largest.');
  lowerPool(node, lowering, 'MAX_POOL_2D');
}

/** AveragePool: AVERAGE_POOL_2D. */
export function lowerAveragePool(node: OnnxNode, lowering: Lowering): void {
  lowerPool(node, lowering, 'AVERAGE_POOL_2D');
}

function lowerPool(node: OnnxNode, lowering: Lowering, kind: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D'): void {
  const { draft } = lowering;
  const [name] = node.inputs;
  const shape = shapeOf(lowering.followed(node, name).value.layout);
  const lengths = listOf(node, 'kernel_shape');
  if (lengths === undefined || shape.length < 3) throw refused(node, 'its kernel has no shape.');
  const sweeps = twoSweeps(node, sweepsOf(node, shape.slice(2), { lengths }));
  if (sweeps.some(({ dilation }) => dilation !== 1))
    throw refused(node, 'TensorFlow Lite Micro pools without dilation only.');
  const padding = poolPadding(node, sweeps, kind);
  const correction = kind === 'AVERAGE_POOL_2D' && padding === undefined ? correctionOf(node, sweeps) : undefined;
  const tail = takeTail(lowering, node, { reads: [name], isReady: correction === undefined });
  const input = lowering.read(node, name, tail.isInteger);
  const dimensions = pictureDimensions(shape.length);
  const placed = lowering.placed(input, dimensions);
  const own = draft.contentOf(placed);
  const lowest =
    own.quantization === undefined ? lowestFloat : (-128 - own.quantization.zeroPoints[0]) * own.quantization.scales[0];
  const value = kind === 'MAX_POOL_2D' ? lowest : 0;
  const from =
    padding === undefined
      ? padTensor(lowering, placed, { pads: [[0, 0], ...neededPads(sweeps), [0, 0]], value })
      : placed;
  const next = [shape[0], shape[1], ...sweeps.slice(4 - shape.length).map(({ count }) => count)];
  const [y, x] = sweeps;
  const isKept = tail.isInteger && isSameQuantization(own.quantization, tail.content.quantization);
  const pooled = lowering.made(tail.isInteger && !isKept ? `${tail.name}/pooled` : tail.name, next, dimensions, own);
  draft.emit({
    kind,
    version: tail.isInteger ? 2 : 1,
    inputs: [from],
    outputs: [pooled.tensor],
    table: 'Pool2DOptions',
    values: {
      padding: padding ?? 'VALID',
      ...{ strideW: x.stride, strideH: y.stride, filterWidth: x.length, filterHeight: y.length },
      fusedActivationFunction: 'NONE',
    },
  });
  const corrected =
    correction === undefined
      ? pooled.tensor
      : corrected2d(lowering, pooled.tensor, { name: tail.name, correction, sweeps });
  const tensor =
    isKept || !tail.isInteger
      ? corrected
      : requantized(lowering, corrected, { name: tail.name, content: tail.content });
  lowering.set(tail.name, { tensor, layout: pooled.layout }, !tail.isInteger);
}

/** TFLite leaves its own padding out of an average, so that SAME is no name for one that counts. */
function poolPadding(
  node: OnnxNode,
  sweeps: readonly [WindowSweep, WindowSweep],
  kind: string,
): 'SAME' | 'VALID' | undefined {
  const name = paddingName(sweeps);
  const counts = numberOf(node, 'count_include_pad', 0) === 1;
  return name === 'SAME' && kind === 'AVERAGE_POOL_2D' && counts ? undefined : name;
}

/** By how much the average over a whole window differs from the one that is meant, for each window. */
function correctionOf(node: OnnxNode, sweeps: readonly [WindowSweep, WindowSweep]): Float64Array | undefined {
  const counts = numberOf(node, 'count_include_pad', 0) === 1;
  // Where nothing lies beyond the borders, each window is whole.
  if (
    sweeps.every(
      ({ before, after, size, length, stride, count }) => before + after === 0 && (count - 1) * stride + length <= size,
    )
  )
    return undefined;
  if (sweeps[0].count * sweeps[1].count > mostWindows)
    throw refused(node, `it has more windows than ${mostWindows}, which no microcontroller holds a factor for.`);
  const shares = sweeps.map(({ size, length, stride, before, after, count }) =>
    Array.from({ length: count }, (_, at) => {
      const [start, most] = [at * stride - before, counts ? size + after : size];
      return Math.min(start + length, most) - Math.max(start, counts ? -before : 0);
    }),
  );
  const whole = sweeps[0].length * sweeps[1].length;
  const factors = shares[0].flatMap((rows) => shares[1].map((columns) => whole / (rows * columns)));
  return factors.every((factor) => factor === 1) ? undefined : Float64Array.from(factors);
}

function corrected2d(
  { draft }: Lowering,
  from: number,
  {
    name,
    correction,
    sweeps,
  }: { readonly name: string; readonly correction: Float64Array; readonly sweeps: readonly [WindowSweep, WindowSweep] },
): number {
  const factors = draft.numbers(`${name}/share`, correction, [1, sweeps[0].count, sweeps[1].count, 1]);
  const tensor = draft.add(`${name}/average`, draft.tensor(from).shape, draft.contentOf(from));
  draft.emit({
    ...{ kind: 'MUL', inputs: [from, factors], outputs: [tensor], table: 'MulOptions' },
    values: { fusedActivationFunction: 'NONE' },
  });
  return tensor;
}
