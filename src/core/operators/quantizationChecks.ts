import type { DataType } from '../model/dataType';
import type { Tensor } from '../model/model';
import { dimension } from './shapes';
import { alternatives, capital, inputName, refuse, type Check } from './view';

const again = 'quantize the model again';

/** The scale of a tensor that is quantized as a whole, 0 when it is not quantized: TFLM's own reading. */
export function scaleOf(tensor: Tensor | undefined): number {
  return isQuantized(tensor) ? (tensor?.quantization?.scales[0] ?? 0) : 0;
}

/** The zero point of a tensor that is quantized as a whole, 0 when it is not quantized: TFLM's own reading. */
export function zeroPointOf(tensor: Tensor | undefined): number {
  return isQuantized(tensor) ? (tensor?.quantization?.zeroPoints[0] ?? 0) : 0;
}

/** True when TFLM counts a tensor as quantized: it has scales and zero points. */
export function isQuantized(tensor: Tensor | undefined): boolean {
  const quantization = tensor?.quantization;
  return quantization !== undefined && quantization.scales.length > 0 && quantization.zeroPoints.length > 0;
}

/**
 * Requires input 0 and output 0 to have one scale (within `tolerance`) and zero point, when they are of one of `types`.
 */
export function sameQuantization(types: readonly DataType[], tolerance = 0): Check {
  return (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    if (input === undefined || !types.includes(input.type)) return undefined;
    const close = Math.abs(scaleOf(input) - scaleOf(output)) <= tolerance;
    if (close && zeroPointOf(input) === zeroPointOf(output)) return undefined;
    return refuse(
      'quantization-unsupported',
      `${view.name} has another scale or zero point on its output than on its input, but TFLite Micro needs them equal; ${again} with a current converter.`,
    );
  };
}

/**
 * Requires scales below 1 of int8 inputs: the kernel multiplies by them, and what makes a multiplier of them
 * (QuantizeMultiplierSmallerThanOneExp) ends the program else.
 */
export const int8ScalesBelowOne: Check = (view) => {
  const position = view.operator.inputs.findIndex((_, place) => {
    const tensor = view.input(place);
    return tensor?.type === 'int8' && scaleOf(tensor) >= 1;
  });
  if (position < 0) return undefined;
  return refuse(
    'quantization-unsupported',
    `${capital(inputName(view, position))} of ${view.name} is int8 with the scale ${scaleOf(view.input(position))}, but TFLite Micro ends the program where it is not below 1; ${again} with a smaller range of values.`,
  );
};

/** Requires every activation of type int16 among inputs and outputs to have the zero point 0. */
export const symmetricInt16: Check = (view) => {
  const inputs = view.operator.inputs.map((_, position) => ({
    noun: inputName(view, position),
    tensor: view.input(position),
  }));
  const outputs = view.operator.outputs.map((_, position) => ({
    noun: `output ${position}`,
    tensor: view.output(position),
  }));
  const shifted = [...inputs, ...outputs].find(({ tensor }) => tensor?.type === 'int16' && zeroPointOf(tensor) !== 0);
  if (shifted === undefined) return undefined;
  return refuse(
    'quantization-unsupported',
    `${capital(shifted.noun)} of ${view.name} is int16 with the zero point ${zeroPointOf(shifted.tensor)}, but TFLite Micro needs 0; ${again} with symmetric 16-bit activations.`,
  );
};

/** What TFLM's kernel assumes of an output of one type: a scale (within `tolerance`, a part of it) and a zero point. */
interface FixedOutput {
  readonly input: DataType;
  readonly output: DataType;
  readonly scale?: number;
  /** As a fraction of `scale`; 0 is exactly. */
  readonly tolerance?: number;
  readonly zeroPoint: number;
}

/** Requires the scale and zero point that the kernel assumes on its output. */
export function fixedOutput(rows: readonly FixedOutput[]): Check {
  return (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    const row = rows.find((candidate) => candidate.input === input?.type && candidate.output === output?.type);
    if (row === undefined) return undefined;
    const { scale, zeroPoint, tolerance = 0 } = row;
    const scaled = scale === undefined || Math.abs(scaleOf(output) - scale) <= scale * tolerance;
    if (scaled && zeroPointOf(output) === zeroPoint) return undefined;
    const wanted = scale === undefined ? '' : `the scale 1/${Math.round(1 / scale)} and `;
    return refuse(
      'quantization-unsupported',
      `Output 0 of ${view.name} has other quantization parameters than ${wanted}the zero point ${zeroPoint}, which TFLite Micro's ${row.input} kernel assumes; ${again} with a current converter.`,
    );
  };
}

/** Requires outputs of these types to be quantized. */
export function quantizedOutput(types: readonly DataType[]): Check {
  return (view) => {
    const output = view.output(0);
    if (output === undefined || !types.includes(output.type) || isQuantized(output)) return undefined;
    return refuse(
      'quantization-unsupported',
      `Output 0 of ${view.name} is ${output.type} without scale and zero point, but TFLite Micro needs them; ${again}.`,
    );
  };
}

/** Refuses quantized tensors of type int32, of which the kernel expects plain integers. */
export const plainInt32: Check = (view) => {
  if (view.output(0)?.type !== 'int32') return undefined;
  if (![0, 1].some((position) => isQuantized(view.input(position)))) return undefined;
  return refuse(
    'quantization-unsupported',
    `${view.name} has quantized int32 inputs, but TFLite Micro computes int32 there as plain integers; ${again} with int8 or int16.`,
  );
};

/**
 * What TFLM requires of the weights of a quantized convolution: one scale, or one for each output channel along
 * `channelAxis`; and that its input is quantized. Source: PopulateConvolutionQuantizationParams in
 * kernels/kernel_util.cc.
 */
export function convolutionScales(activation: number, weights: number, channelAxis: number): Check {
  return (view) => {
    const [input, filter] = [view.input(activation), view.input(weights)];
    if (input === undefined || filter === undefined || input.type === 'float32') return undefined;
    const bare = [activation, weights].find((position) => !isQuantized(view.input(position)));
    if (bare !== undefined) {
      return refuse(
        'quantization-unsupported',
        `${capital(inputName(view, bare))} of ${view.name} has no scale and zero point, but TFLite Micro needs them for ${input.type}; ${again}.`,
      );
    }
    const { scales, axis } = filter.quantization!;
    const channels = dimension(filter, channelAxis);
    if (scales.length === 1 || (scales.length === channels && dimension(filter, axis) === channels)) return undefined;
    return refuse(
      'quantization-unsupported',
      `The weights of ${view.name} have ${scales.length} scales along dimension ${axis}, but TFLite Micro needs ${alternatives(['one', `one for each of the ${channels ?? 0} output channels`])}; ${again} per channel.`,
    );
  };
}
