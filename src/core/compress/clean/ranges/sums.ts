import type { Graph, Operator, Tensor } from '../../../model/model';
import type { ChannelRange } from './channelRange';
import { channelCount } from './channelRange';
import { zeroPointOf } from './zeroPoint';
import { tapWindows } from './taps';
import type { TapWindow } from './taps';
import { storedValues } from '../../../model/values/stored';
import { lookup } from '../../../text/lookup';

/** A layer whose outputs are weighted sums of its inputs, as far as its sums matter. */
export interface SummingLayer {
  readonly operator: Operator;
  readonly image: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor | undefined;
  readonly output: Tensor;
  /** `depthwise`: weights [1, h, w, output]; `mixing`: [output, h, w, input], of a dense layer [output, input]. */
  readonly form: 'mixing' | 'depthwise';
}

const forms: Readonly<Record<string, SummingLayer['form']>> = lookup({
  CONV_2D: 'mixing',
  DEPTHWISE_CONV_2D: 'depthwise',
  FULLY_CONNECTED: 'mixing',
});

/**
 * The operator as a summing layer; `undefined` where it is none whose sums can be followed (grouped, weights computed
 * at run time).
 */
export function summingLayer(operator: Operator, { tensors }: Graph): SummingLayer | undefined {
  const form = forms[operator.kind];
  const [image, weights, bias] = operator.inputs.map((index) => tensors[index] as Tensor | undefined);
  const output = tensors[operator.outputs[0]];
  if (form === undefined || image === undefined || weights?.data === undefined) return undefined;
  if (bias !== undefined && bias.data === undefined) return undefined;
  const isDense = operator.kind === 'FULLY_CONNECTED';
  if (weights.shape.length !== (isDense ? 2 : 4) || (!isDense && image.shape.length !== 4)) return undefined;
  const inputs = channelCount(image);
  const isWhole =
    form === 'mixing'
      ? weights.shape.at(-1)! % inputs === 0 && (isDense || weights.shape[3] === inputs)
      : weights.shape[3] % inputs === 0;
  return isWhole ? { operator, image, weights, bias, output, form } : undefined;
}

/**
 * Bounds of the sums, bias included, of each output channel over all inputs within `range`: exact for integers, since
 * each input may take either end by itself. Of floats the bounds are those of real arithmetic. `undefined` where the
 * values cannot be read.
 */
export function sumBounds(layer: SummingLayer, range: ChannelRange): ChannelRange | undefined {
  const values = storedValues(layer.weights);
  const bias = layer.bias === undefined ? undefined : storedValues(layer.bias);
  if (values === undefined || (layer.bias !== undefined && bias === undefined)) return undefined;
  const taps = tapBounds(layer, values, range);
  const outputs = channelCount(layer.output);
  const low = new Float64Array(outputs).fill(Infinity);
  const high = new Float64Array(outputs).fill(-Infinity);
  for (const window of windowsOf(layer)) {
    for (let output = 0; output < outputs; output++) {
      const [least, most] = sumWindow(taps, window, output);
      low[output] = Math.min(low[output], least + (bias?.[output] ?? 0));
      high[output] = Math.max(high[output], most + (bias?.[output] ?? 0));
    }
  }
  return { low, high };
}

function windowsOf({ operator, image, weights, output }: SummingLayer): readonly TapWindow[] {
  if (weights.shape.length === 2) return [{ rows: [0, 1], columns: [0, 1] }];
  return tapWindows(operator, image, weights, output);
}

/** Bounds of what each tap adds to each output, summed over the inputs. */
interface TapBounds {
  readonly width: number;
  readonly taps: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function tapBounds(layer: SummingLayer, values: Float64Array, { low, high }: ChannelRange): TapBounds {
  const outputs = channelCount(layer.output);
  const [height, width] = layer.weights.shape.length === 2 ? [1, 1] : layer.weights.shape.slice(1, 3);
  const taps = height * width;
  const bounds = { width, taps, low: new Float64Array(outputs * taps), high: new Float64Array(outputs * taps) };
  const zero = zeroPointOf(layer.image);
  const zeroWeight = zeroPointOf(layer.weights);
  const depth = layer.form === 'mixing' ? layer.weights.shape.at(-1)! : 1;
  const inputs = channelCount(layer.image);
  const copies = outputs / inputs;
  for (let index = 0; index < values.length; index++) {
    const weight = values[index] - zeroWeight;
    if (weight === 0) continue;
    const isMixing = layer.form === 'mixing';
    const input = isMixing ? (index % depth) % inputs : Math.floor((index % outputs) / copies);
    const target = isMixing ? Math.floor(index / depth) : (index % outputs) * taps + Math.floor(index / outputs);
    const [a, b] = [(low[input] - zero) * weight, (high[input] - zero) * weight];
    bounds.low[target] += Math.min(a, b);
    bounds.high[target] += Math.max(a, b);
  }
  return bounds;
}

function sumWindow(bounds: TapBounds, { rows, columns }: TapWindow, output: number): readonly [number, number] {
  let [least, most] = [0, 0];
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let column = columns[0]; column < columns[1]; column++) {
      const at = output * bounds.taps + row * bounds.width + column;
      least += bounds.low[at];
      most += bounds.high[at];
    }
  }
  return [least, most];
}
