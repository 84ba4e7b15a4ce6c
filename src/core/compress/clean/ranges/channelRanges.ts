import { activationRanges } from '../../../execute/activationRange';
import type { Rounding } from '../../../execute/executable';
import type { Graph, Operator, Tensor } from '../../../model/model';
import { elementCount } from '../../../model/dataType';
import { quantizeMultiplier } from '../../../execute/fixedPoint';
import { isConstant } from '../../../model/model';
import { enumOption } from '../../../model/options';
import { channelCount, constantRange, fullRange, hull } from './channelRange';
import type { ChannelRange } from './channelRange';
import { isProbed, probe } from './probe';
import { sumBounds, summingLayer } from './sums';
import type { SummingLayer } from './sums';

/**
 * Operators whose every output grows, or stays, with every input: at the ends of their inputs they are at the ends of
 * what they give.
 */
const growing: ReadonlySet<string> = new Set([
  ...['ADD', 'AVERAGE_POOL_2D', 'BATCH_TO_SPACE_ND', 'CONCATENATION', 'DEQUANTIZE', 'EXPAND_DIMS', 'MAXIMUM'],
  ...[
    'MAX_POOL_2D',
    'MEAN',
    'MINIMUM',
    'PACK',
    'PAD',
    'PADV2',
    'QUANTIZE',
    'REDUCE_MAX',
    'REDUCE_MIN',
    'RELU',
    'RELU6',
  ],
  ...['RESHAPE', 'RESIZE_NEAREST_NEIGHBOR', 'SLICE', 'SPACE_TO_BATCH_ND', 'SQUEEZE', 'STRIDED_SLICE', 'SUM'],
  ...['TRANSPOSE', 'UNPACK'],
]);

/** Those of them, and of the next but one, that treat every place of an image in the same way. */
const elementwise: ReadonlySet<string> = new Set([
  ...['ADD', 'DEQUANTIZE', 'MAXIMUM', 'MINIMUM', 'MUL', 'QUANTIZE', 'RELU', 'RELU6', 'SUB'],
]);

/** Operators on one 8-bit value: all 256 are tried. */
const tableKinds: ReadonlySet<string> = new Set(['HARD_SWISH', 'LEAKY_RELU', 'LOGISTIC', 'TANH']);

/** Operators that are between their values at the four pairs of ends. */
const cornerKinds: ReadonlySet<string> = new Set(['MUL', 'SUB']);

/**
 * What each tensor of `graph` can hold at most, channel by channel, whatever the inputs: proved by interval arithmetic,
 * with the operators' own kernels in this rounding mode. A tensor about which nothing is known can hold all that its
 * type can.
 */
export function channelRanges(
  graph: Graph,
  rounding: Rounding,
  unrounded = new UnroundedRanges(graph),
): readonly ChannelRange[] {
  const ranges = [...unrounded.atFirst];
  for (const operator of graph.operators) {
    const output = graph.tensors[operator.outputs[0]];
    if (operator.outputs.length !== 1 || output.isVariable) continue;
    const range = outputRange({ graph, ranges, rounding, unrounded }, operator);
    if (range !== undefined) ranges[output.index] = range;
  }
  return ranges;
}

/** What no rounding mode changes: found once for a graph that is looked at in several. */
export class UnroundedRanges {
  /** What is known before any operator is followed. */
  readonly atFirst: readonly ChannelRange[];
  readonly #sums = new Map<Operator, { readonly image: ChannelRange; readonly sums: ChannelRange | undefined }>();

  constructor({ tensors }: Graph) {
    this.atFirst = tensors.map((tensor) => (isConstant(tensor) ? constantRange(tensor) : fullRange(tensor)));
  }

  /** As `sumBounds`: those of the last question about the same layer where its image can hold the same. */
  sumsOf(layer: SummingLayer, image: ChannelRange): ChannelRange | undefined {
    const known = this.#sums.get(layer.operator);
    if (known !== undefined && isSameRange(known.image, image)) return known.sums;
    const sums = sumBounds(layer, image);
    this.#sums.set(layer.operator, { image, sums });
    return sums;
  }
}

function isSameRange(a: ChannelRange, b: ChannelRange): boolean {
  return a.low.every((end, channel) => end === b.low[channel] && a.high[channel] === b.high[channel]);
}

interface Place {
  readonly graph: Graph;
  readonly ranges: readonly ChannelRange[];
  readonly rounding: Rounding;
  readonly unrounded: UnroundedRanges;
}

function outputRange(place: Place, operator: Operator): ChannelRange | undefined {
  const { graph, ranges, unrounded } = place;
  const output = graph.tensors[operator.outputs[0]];
  const layer = summingLayer(operator, graph);
  if (layer !== undefined) {
    const sums = unrounded.sumsOf(layer, ranges[layer.image.index]);
    if (sums === undefined) return undefined;
    return output.type === 'float32' ? floatOutput(layer, sums) : requantizeRange(layer, sums, place);
  }
  if (growing.has(operator.kind))
    return betweenEnds(place, operator, [
      ['low', 'low'],
      ['high', 'high'],
    ]);
  // Of a value with itself the corners say nothing: its square is least between them.
  if (cornerKinds.has(operator.kind) && operator.inputs.length === 2 && operator.inputs[0] !== operator.inputs[1]) {
    return betweenEnds(place, operator, [
      ['low', 'low'],
      ['low', 'high'],
      ['high', 'low'],
      ['high', 'high'],
    ]);
  }
  if (tableKinds.has(operator.kind) && output.type === 'int8') return fromTable(place, operator);
  return undefined;
}

/**
 * The kernel is given inputs of no weight and the bound of the sum as its bias: it answers with what it makes of that
 * sum.
 */
function requantizeRange(
  layer: SummingLayer,
  sums: ChannelRange,
  { graph, rounding }: Place,
): ChannelRange | undefined {
  if (layer.output.type !== 'int8' || layer.image.type !== 'int8') return undefined;
  const ends = [sums.low, sums.high].map((sum) => throughKernel(layer, { sum, rounding }, graph));
  const [low, high] = ends;
  if (low === undefined || high === undefined) return undefined;
  const range = { low, high };
  const full = fullRange(layer.output);
  for (let channel = 0; channel < low.length; channel++) {
    // A sum that could leave 32 bits, by itself or shifted as its scale asks for, could wrap: nothing is known of it.
    const shifted = 2 ** leftShift(layer, channel);
    if (sums.low[channel] * shifted >= -(2 ** 31) && sums.high[channel] * shifted < 2 ** 31) continue;
    range.low[channel] = full.low[channel];
    range.high[channel] = full.high[channel];
  }
  return range;
}

/** Bits that kernels shift a sum up by before they multiply it: some where the output's scale is the finer one. */
function leftShift({ image, weights, output }: SummingLayer, channel: number): number {
  const scales = weights.quantization?.scales ?? [];
  const [from, to] = [image, output].map(({ quantization }) => quantization?.scales[0] ?? 1);
  const scale = scales[scales.length === 1 ? 0 : channel] ?? 1;
  return Math.max(0, quantizeMultiplier((from * scale) / to, 'double').shift);
}

function throughKernel(
  { operator, image, weights, bias, output, form }: SummingLayer,
  { sum, rounding }: { readonly sum: Float64Array; readonly rounding: Rounding },
  { tensors }: Graph,
): Float64Array | undefined {
  const outputs = channelCount(output);
  const isDense = weights.shape.length === 2;
  const one = form === 'mixing' ? (isDense ? [outputs, 1] : [outputs, 1, 1, 1]) : [1, 1, 1, outputs];
  const zero = weights.quantization?.zeroPoints.length === 1 ? weights.quantization.zeroPoints[0] : 0;
  const biasIndex = bias?.index ?? tensors.length;
  const wrapped = Int32Array.from(sum, (value) => Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value)));
  const changed = new Map<number, Tensor>([
    [image.index, { ...image, shape: isDense ? [1, 1] : [1, 1, 1, 1] }],
    [
      weights.index,
      { ...weights, type: 'int8', shape: one, data: new Uint8Array(new Int8Array(outputs).fill(zero).buffer) },
    ],
    [
      biasIndex,
      { ...(bias ?? output), type: 'int32', index: biasIndex, shape: [outputs], data: new Uint8Array(wrapped.buffer) },
    ],
    [output.index, { ...output, shape: isDense ? [1, outputs] : [1, 1, 1, outputs] }],
  ]);
  const table = [...tensors, ...(bias === undefined ? [changed.get(biasIndex)!] : [])].map(
    (each, index) => changed.get(index) ?? each,
  );
  const probed = { ...operator, inputs: [image.index, weights.index, biasIndex] };
  const inputs = new Map([[image.index, [image.quantization?.zeroPoints[0] ?? 0]]]);
  return probe({ operator: withMultiplier(probed, form, outputs), tensors: table }, inputs, rounding);
}

/**
 * The probe's image has one channel, of which a depthwise filter makes all outputs; the other options stay, strides and
 * dilation do no harm.
 */
function withMultiplier(operator: Operator, form: SummingLayer['form'], depthMultiplier: number): Operator {
  if (form === 'mixing' || operator.options === undefined) return operator;
  return { ...operator, options: { ...operator.options, values: { ...operator.options.values, depthMultiplier } } };
}

/** Far above what the order of summation and its rounding come to in 32-bit floating point. */
const relativeError = 1e-3;

/** Real sums with the rounding of any order of summation set aside generously, then the activation. */
function floatOutput(layer: SummingLayer, sums: ChannelRange): ChannelRange | undefined {
  const widened = (ends: Float64Array, outwards: number): Float64Array =>
    ends.map((end) => (end === 0 ? 0 : end + outwards * Math.abs(end) * relativeError + outwards * 1e-30));
  const ends = [widened(sums.low, -1), widened(sums.high, 1)].map((sum) => clampEnds(layer, sum));
  const [low, high] = ends;
  return low === undefined || high === undefined ? undefined : { low, high };
}

function clampEnds({ operator }: SummingLayer, sum: Float64Array): Float64Array | undefined {
  const clamp = activationRanges[enumOption(operator, 'fusedActivationFunction', 'NONE')];
  return clamp === undefined ? undefined : sum.map((value) => Math.min(Math.max(value, clamp.least), clamp.most));
}

type End = keyof ChannelRange;

function betweenEnds(
  place: Place,
  operator: Operator,
  corners: readonly (readonly [End, End])[],
): ChannelRange | undefined {
  const { graph, ranges, rounding } = place;
  const tensors = elementwise.has(operator.kind) ? atOnePlace(operator, graph) : graph.tensors;
  if (!isProbed({ operator, tensors })) return undefined;
  const results = corners.map((ends) => {
    const values = new Map(
      operator.inputs.flatMap((index, position) => {
        if (index < 0 || isConstant(tensors[index])) return [];
        return [[index, ranges[index][ends[Math.min(position, 1)]]] as const];
      }),
    );
    return probe({ operator, tensors }, values, rounding);
  });
  if (!results.every((result) => result !== undefined)) return undefined;
  const channels = channelCount(tensors[operator.outputs[0]]);
  return results
    .map((result) => hull(result, channels))
    .reduce((a, b) => ({
      low: a.low.map((value, channel) => Math.min(value, b.low[channel])),
      high: a.high.map((value, channel) => Math.max(value, b.high[channel])),
    }));
}

/**
 * The operator's tensors with one place instead of a whole image, where its constants do not differ from place to
 * place.
 */
function atOnePlace(operator: Operator, { tensors }: Graph): readonly Tensor[] {
  const own = [...operator.inputs, ...operator.outputs].filter((index) => index >= 0).map((index) => tensors[index]);
  if (own.some((tensor) => isConstant(tensor) && elementCount(tensor.shape) > channelCount(tensor))) return tensors;
  const small = new Map(
    own.flatMap((tensor) =>
      isConstant(tensor)
        ? []
        : [
            [
              tensor.index,
              { ...tensor, shape: tensor.shape.map((size, axis) => (axis === tensor.shape.length - 1 ? size : 1)) },
            ],
          ],
    ),
  );
  return tensors.map((tensor) => small.get(tensor.index) ?? tensor);
}

function fromTable({ graph, ranges, rounding }: Place, operator: Operator): ChannelRange | undefined {
  const [input, output] = [graph.tensors[operator.inputs[0]], graph.tensors[operator.outputs[0]]];
  if (input.type !== 'int8') return undefined;
  const all = Array.from({ length: 256 }, (_, index) => index - 128);
  const tensors = graph.tensors.map((each) =>
    each === input || each === output ? { ...each, shape: [1, 256] } : each,
  );
  const table = probe({ operator, tensors }, new Map([[input.index, all]]), rounding);
  if (table === undefined) return undefined;
  const { low, high } = ranges[input.index];
  const between = low
    .map((_, channel) => channel)
    .reduce<ChannelRange>((range, channel) => {
      const part = table.subarray(low[channel] + 128, high[channel] + 129);
      range.low[channel] = part.reduce((a, b) => Math.min(a, b), 127);
      range.high[channel] = part.reduce((a, b) => Math.max(a, b), -128);
      return range;
    }, fullRange(output));
  return between;
}
