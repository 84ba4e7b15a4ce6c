import { enumOption } from '../../model/options';
import { floatRange } from '../activationRange';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { storeOf, storeWide } from '../requantize';
import { windowOf } from '../window';
import { dotFloat32, dotInt16, dotInt8, type RowRange } from './dot';
import { isPointwise, sweep, type Activations, type Sweep } from './sweep';
import { allConstant, bias32, bias64, foldZeroPoint, requantization } from './weights';

/** CONV_2D, also with groups of channels. Weights are [channels out, height, width, channels of a group]. */
export const conv2d = byType(inputType, { int8: convInt8, int16: convInt16, float32: convFloat32 });

interface Plan<Values extends Activations> {
  readonly sweep: Sweep<Values>;
  /** Elements of a window's channels of one group: the length of a row of weights. */
  readonly depth: number;
  readonly channels: number;
  readonly ranges: readonly RowRange[];
}

function plan<Values extends Activations>(call: KernelInvocation, image: Values, fill: number): Plan<Values> {
  const filter = input(call, 1);
  const [channels, height, width, groupDepth] = filter.shape;
  const window = windowOf(call, input(call, 0), output(call), { height, width });
  const groups = Math.max(1, Math.floor(window.inDepth / groupDepth));
  const depth = height * width * groupDepth;
  const needsPatch = !isPointwise(window) || groups > 1;
  return {
    sweep: {
      window,
      image,
      ...(needsPatch ? { patch: newLike(image, depth) } : {}),
      fill,
      groups,
      depth: groupDepth,
    },
    depth,
    channels,
    ranges: Array.from({ length: groups }, (_none, group) => ({
      from: (group * channels) / groups,
      to: ((group + 1) * channels) / groups,
    })),
  };
}

function newLike<Values extends Activations>(values: Values, length: number): Values {
  return new (values.constructor as new (length: number) => Values)(length);
}

function convInt8(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0), input(call, 1), call.inputs[2]];
  const { sweep: how, channels, depth, ranges } = plan(call, image.int8, image.zeroPoint);
  const rows = { weights: filter.int8, bias: new Int32Array(channels), depth };
  const fold = (): void => foldZeroPoint(rows.weights, bias32(bias, channels), image.zeroPoint, rows.bias);
  const isFolded = allConstant(filter, bias);
  if (isFolded) fold();
  const result = output(call).int8;
  const sums = new Int32Array(channels);
  const store = storeOf(call.rounding);
  const target = requantization(call, channels);
  return () => {
    if (!isFolded) fold();
    sweep(how, (source, group, at) => {
      dotInt8(rows, ranges[group], source, sums);
      if (group === ranges.length - 1) store(target, sums, result, at);
    });
  };
}

/** Sums are kept in 64 bits, or in 32 that wrap where the bias, or without one the option, says int32. */
function convInt16(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0), input(call, 1), call.inputs[2]];
  const { sweep: how, channels, depth, ranges } = plan(call, image.int16, 0);
  const isNarrow = hasNarrowSums(call);
  const result = output(call).int16;
  const sums = new Float64Array(channels);
  const narrow = new Int32Array(channels);
  const store = storeOf(call.rounding);
  const target = { ...requantization(call, channels), zeroPoint: 0 };
  return () => {
    const addend = isNarrow ? Float64Array.from(bias32(bias, channels)) : bias64(bias, channels);
    const rows = { weights: filter.int8, bias: addend, depth };
    sweep(how, (source, group, at) => {
      dotInt16(rows, ranges[group], source, sums);
      if (group < ranges.length - 1) return;
      if (isNarrow) narrow.set(sums);
      if (isNarrow) store(target, narrow, result, at);
      else storeWide(target, sums, result, at);
    });
  };
}

/** Whether a kernel for int16 activations keeps its sums in 32 bits: its bias decides, or without one the option. */
export function hasNarrowSums(call: KernelInvocation): boolean {
  const bias = call.inputs[2];
  if (bias !== undefined) return bias.type === 'int32';
  return enumOption(call.operator, 'quantizedBiasType', 'FLOAT32') === 'INT32';
}

function convFloat32(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0), input(call, 1), call.inputs[2]];
  const { sweep: how, channels, depth, ranges } = plan(call, image.float32, 0);
  const rows = { weights: filter.float32, bias: bias?.float32 ?? new Float32Array(channels), depth };
  const result = output(call).float32;
  const sums = new Float32Array(channels);
  const { least, most } = floatRange(call);
  return () => {
    sweep(how, (source, group, at) => {
      dotFloat32(rows, ranges[group], source, sums);
      if (group < ranges.length - 1) return;
      for (let channel = 0; channel < channels; channel++) {
        result[at + channel] = Math.min(Math.max(sums[channel], least), most);
      }
    });
  };
}
