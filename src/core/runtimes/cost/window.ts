import { dimension } from '../operands';
import { enumOption, numberOption } from '../../model/options';
import type { Graph, Operator, Tensor } from '../../model/model';

/** One axis of a sliding window: sizes in elements. `pad` is what lies before the input, as TFLM computes it. */
export interface WindowAxis {
  readonly input: number;
  readonly output: number;
  readonly filter: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: number;
}

/** A filter sliding over an image in NHWC order. */
export interface SlidingWindow {
  readonly batches: number;
  readonly y: WindowAxis;
  readonly x: WindowAxis;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Output positions of one image. */
  readonly pixels: number;
  /** Filter positions visited over all pixels of one image, in and outside the input. */
  readonly taps: number;
  /** Those of `taps` that lie inside the input. */
  readonly insideTaps: number;
  /** Filter rows inside the input, summed over the output rows. */
  readonly insideRows: number;
  /** Filter columns inside the input, summed over the output columns. */
  readonly insideColumns: number;
}

/** Filters longer than this along one axis do not occur on microcontrollers; their cost is not computed. */
const longestFilter = 4096;

/**
 * The window of a convolution or pooling whose filter is `filter` (height, width); `undefined` where a size makes no
 * sense.
 */
export function slidingWindowOf(
  context: { readonly operator: Operator },
  input: Tensor,
  output: Tensor,
  filter: readonly [height: number, width: number],
): SlidingWindow | undefined {
  if (input.shape.length !== 4 || output.shape.length !== 4) return undefined;
  const y = axisOf(context, [dimension(input, 1), dimension(output, 1), filter[0]], 'H');
  const x = axisOf(context, [dimension(input, 2), dimension(output, 2), filter[1]], 'W');
  if (y === undefined || x === undefined) return undefined;
  const insideRows = insideTaps(y);
  const insideColumns = insideTaps(x);
  return {
    batches: dimension(output, 0),
    y,
    x,
    inputChannels: dimension(input, 3),
    outputChannels: dimension(output, 3),
    pixels: y.output * x.output,
    taps: y.output * y.filter * x.output * x.filter,
    insideTaps: insideRows * insideColumns,
    insideRows,
    insideColumns,
  };
}

function axisOf(
  context: { readonly operator: Operator },
  sizes: readonly [input: number, output: number, filter: number],
  letter: 'H' | 'W',
): WindowAxis | undefined {
  const [input, output, filter] = sizes;
  const stride = numberOption(context.operator, `stride${letter}`, 1);
  const dilation = numberOption(context.operator, `dilation${letter}Factor`, 1);
  if (stride < 1 || dilation < 1 || filter < 1 || filter > longestFilter) return undefined;
  const same = enumOption(context.operator, 'padding', 'SAME') === 'SAME';
  const needed = (output - 1) * stride + (filter - 1) * dilation + 1 - input;
  return { input, output, filter, stride, dilation, pad: same ? Math.floor(Math.max(needed, 0) / 2) : 0 };
}

/** Sum over the outputs of one axis of the filter positions that fall inside the input, in closed form per position. */
export function insideTaps(axis: WindowAxis): number {
  let sum = 0;
  for (let tap = 0; tap < axis.filter; tap++) {
    const first = Math.max(0, Math.ceil((axis.pad - tap * axis.dilation) / axis.stride));
    const last = Math.min(axis.output - 1, Math.floor((axis.input - 1 + axis.pad - tap * axis.dilation) / axis.stride));
    sum += Math.max(0, last - first + 1);
  }
  return sum;
}

/**
 * Share of a convolution's filter positions, over all pixels, that lie inside the input, or of a transposed one's
 * inside the output: it is the convolution that leads from its output to its input. 1 for any other operator.
 */
export function insideShare(operator: Operator, { tensors }: Graph): number {
  const { kind, inputs, outputs } = operator;
  const isTransposed = kind === 'TRANSPOSE_CONV';
  if (!isTransposed && !kind.endsWith('CONV_2D')) return 1;
  const filter = tensors[inputs[1]];
  const wide = tensors[isTransposed ? outputs[0] : inputs[0]];
  const narrow = tensors[isTransposed ? inputs[2] : outputs[0]];
  if (wide === undefined || filter === undefined || narrow === undefined) return 1;
  const window = slidingWindowOf({ operator }, wide, narrow, [dimension(filter, 1), dimension(filter, 2)]);
  return window === undefined || window.taps === 0 ? 1 : window.insideTaps / window.taps;
}
