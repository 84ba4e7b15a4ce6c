import type { Operator, Tensor } from '../../../model/model';
import { enumOption, numberOption } from '../../../model/options';
import { storedValues } from '../../../model/values/stored';
import { constantIntegers } from '../../../operators/shapes';
import { zeroPointOf } from '../../clean/ranges/zeroPoint';
import { holdsSame } from '../../clean/equalTensors';
import type { GraphView } from '../../tflm/graphView';
import { patternRewrite } from '../../tflm/patternRewrite';

const convolutions: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D']);
const types: ReadonlySet<string> = new Set(['float32', 'int8', 'int16']);

/** A PAD before a convolution whose own padding leaves the same places out. */
export const padIntoConvolution = patternRewrite({
  id: 'pad-into-convolution',
  exactWhen:
    'Height and width alone are padded, with what stands for zero, and padding SAME or VALID of the image without them makes each window ' +
    'begin at the same place: what is multiplied with a padded zero adds nothing to a sum.',
  kinds: ['PAD', 'PADV2'],
  match: (pad, view) => {
    const convolution = view.onlyReader(pad.outputs[0]);
    if (convolution === undefined || !convolutions.has(convolution.kind)) return undefined;
    const [image, padded] = [view.tensor(pad.inputs[0]), view.tensor(pad.outputs[0])];
    const [filter, output] = [view.tensor(convolution.inputs[1]), view.tensor(convolution.outputs[0])];
    if (image === undefined || padded === undefined || filter === undefined || output === undefined) return undefined;
    const isRead = convolution.inputs[0] === pad.outputs[0] && !image.isVariable;
    const isImage = [image, padded, filter, output].every(({ shape }) => shape.length === 4);
    const isPlain = isRead && isImage && types.has(image.type) && holdsSame(image, padded);
    if (!isPlain || !padsZeros(pad, padded, view) || !isFinite(filter)) return undefined;
    const padding = paddingOf(convolution, constantIntegers(view.tensor(pad.inputs[1])) ?? [], {
      ...{ image, padded, filter, output },
    });
    if (padding === undefined || convolution.options === undefined) return undefined;
    const options = { ...convolution.options, values: { ...convolution.options.values, padding } };
    const inputs = [pad.inputs[0], ...convolution.inputs.slice(1)];
    return {
      ...{ removed: [pad, convolution], inserted: [{ ...convolution, inputs, options }] },
      sentence: (name) =>
        `${convolution.kind} pads its image itself (padding ${padding}), in place of ${pad.kind} "${name}".`,
    };
  },
});

/** PAD writes what stands for zero, PADV2 what it is told. */
function padsZeros(pad: Operator, padded: Tensor, view: GraphView): boolean {
  if (pad.kind === 'PAD') return true;
  const value = view.tensor(pad.inputs[2]);
  const zero = padded.type === 'float32' ? 0 : zeroPointOf(padded);
  return value?.type === padded.type && storedValues(value)?.every((each) => each === zero) === true;
}

/** Zero times an infinite weight is no zero. A weight that is not known could be one. */
function isFinite(filter: Tensor): boolean {
  if (filter.type !== 'float32') return true;
  return storedValues(filter)?.every(Number.isFinite) ?? false;
}

interface Shapes {
  readonly image: Tensor;
  readonly padded: Tensor;
  readonly filter: Tensor;
  readonly output: Tensor;
}

/** Padding of the convolution that does both; `undefined` where none does. */
function paddingOf(
  convolution: Operator,
  pads: readonly number[],
  { image, padded, filter, output }: Shapes,
): 'SAME' | 'VALID' | undefined {
  const isPlane = pads.length === 8 && pads.every((size, place) => size >= 0 && (isInPlane(place) || size === 0));
  if (!isPlane) return undefined;
  const sides = (['H', 'W'] as const).map((side, place): Side => {
    const axis = place + 1;
    const stride = numberOption(convolution, `stride${side}`, 1);
    const reach = (filter.shape[axis] - 1) * numberOption(convolution, `dilation${side}Factor`, 1) + 1;
    const span = (output.shape[axis] - 1) * stride + reach;
    const isSame = enumOption(convolution, 'padding', 'SAME') === 'SAME';
    const own = isSame ? sameBefore(span, padded.shape[axis]) : 0;
    return { size: image.shape[axis], places: output.shape[axis], before: pads[2 * axis] + own, stride, reach, span };
  });
  if (sides.every(isValid)) return 'VALID';
  return sides.every(isSame) ? 'SAME' : undefined;
}

/** Paddings are pairs: of batch, height, width, channels. */
function isInPlane(place: number): boolean {
  return place >= 2 && place < 6;
}

/** Height or width. */
interface Side {
  readonly size: number;
  readonly places: number;
  /** Places before the image at which the first window begins. */
  readonly before: number;
  readonly stride: number;
  readonly reach: number;
  /** From the first place of the first window to behind the last one of the last. */
  readonly span: number;
}

function isValid({ size, places, before, stride, reach }: Side): boolean {
  return before === 0 && Math.floor((size - reach) / stride) + 1 === places;
}

function isSame({ size, places, before, stride, span }: Side): boolean {
  return Math.ceil(size / stride) === places && sameBefore(span, size) === before;
}

/** Source: ComputePaddingHeightWidth() in tensorflow/lite/kernels/padding.h. */
function sameBefore(span: number, size: number): number {
  return Math.max(0, Math.floor((span - size) / 2));
}
